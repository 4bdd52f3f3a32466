"""What is kept of a subject for searching: its texts in normal form, and the pieces (grams) of it.

The databases' own text searches find no two-syllable words inside names and no 초성. Pieces of
two characters find candidates, of three among the initial consonants, of which there are only
nineteen; then the whole word is looked for in the candidates' text. Shorter words have no pieces:
they are in so many texts that a walk finds them.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from changefeed.finding import grams_of, has_initial, initials_of, normal

BETWEEN = "\n"
"""What parts two texts of one subject; no piece reaches across it."""


@dataclass(frozen=True, slots=True)
class Searched:
    """The searched text of one subject.

    Attributes:
        norm: Its names in normal form, parted by `BETWEEN`.
        initials: The same with each Hangul syllable replaced by its first consonant.
    """

    norm: str
    initials: str

    def text_id(self, subject_id: UUID) -> int:
        """Name this text of this subject by a number below 2^63, the same whenever it recurs."""
        digest = hashlib.sha256(subject_id.bytes + self.norm.encode()).digest()
        return int.from_bytes(digest[:8]) >> 1

    def grams(self) -> set[str]:
        """Give all pieces that can be asked for."""
        found = _within(self.norm, 2)
        found.update(gram for gram in _within(self.initials, 3) if has_initial(gram))
        return found


def searched(texts: Iterable[str | None]) -> Searched:
    """Bring the texts by which a subject is to be found into the form that is searched."""
    norm = BETWEEN.join(dict.fromkeys(normal(text) for text in texts if text))
    return Searched(norm, initials_of(norm))


def _within(text: str, length: int) -> set[str]:
    return {gram for gram in grams_of(text, length) if BETWEEN not in gram}
