"""A form as it was filled in: its values as they are meant, and what is wrong with them.

A fault is noted by field and reading goes on, so that the person hears of all of them at once.
"""

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from unicodedata import normalize
from uuid import UUID

from werkzeug.datastructures import MultiDict

from changefeed.subjects.parts import Words
from ieum_portal.pages.wired import EARLIEST, LATEST

LONGEST_LINE = 200
LONGEST_PASSAGE = 4000
LONGEST_LINK = 2000

_CIVIL = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::00(?:\.0+)?)?", re.ASCII)
_CLOCK = re.compile(r"(\d{2}:\d{2})(?::00(?:\.0+)?)?", re.ASCII)
"""As browsers send them, and as a hand writes them where a browser has no such field."""

_HTTPS = re.compile(r"https://[\w.-]+(:\d{1,5})?([/?#]\S*)?")


class Filled:
    """One form.

    Attributes:
        faults: Field → code of what is wrong (`labels.FIELD_FAULTS`), in the order of reading.
    """

    def __init__(self, form: MultiDict[str, str]) -> None:
        self._form = form
        self.faults: dict[str, str] = {}

    def line(self, name: str, *, required: bool = False) -> str | None:
        """Give text on one line; None if it is blank."""
        return self._text(name, LONGEST_LINE, required=required)

    def passage(self, name: str, *, required: bool = False) -> str | None:
        """Give text of one or several lines; None if it is blank."""
        return self._text(name, LONGEST_PASSAGE, required=required)

    def link(self, name: str) -> str | None:
        """Give an address with https; None if it is blank."""
        text = self._text(name, LONGEST_LINK, required=False)
        if text is not None and _HTTPS.fullmatch(text) is None:
            self.faults.setdefault(name, "no_link")
        return text

    def day(self, name: str, *, required: bool = False, latest: date = LATEST) -> date | None:
        """Give a day; None if it is blank.

        Args:
            latest: Days after it are taken for faults.
        """
        text = self._text(name, 10, required=required)
        if text is None:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self.faults.setdefault(name, "no_day")
            return None
        if not EARLIEST <= day <= LATEST:
            self.faults.setdefault(name, "no_day")
            return None
        if day > latest:
            self.faults.setdefault(name, "not_yet")
            return None
        return day

    def civil(self, name: str, *, required: bool = False) -> datetime | None:
        """Give what a clock somewhere shows, to the minute; None if it is blank."""
        text = self._text(name, LONGEST_LINE, required=required)
        written = None if text is None else _CIVIL.fullmatch(text)
        try:
            return None if text is None else datetime.fromisoformat("T".join(_groups(written)))
        except ValueError:
            self.faults.setdefault(name, "no_civil")
            return None

    def clock(self, name: str) -> time | None:
        """Give a time of day, to the minute; None if it is blank."""
        text = self._text(name, LONGEST_LINE, required=False)
        written = None if text is None else _CLOCK.fullmatch(text)
        try:
            return None if text is None else time.fromisoformat("".join(_groups(written)))
        except ValueError:
            self.faults.setdefault(name, "no_clock")
            return None

    def words(self, name: str, *, required: bool = False) -> Words | None:
        """Give a text from two lines, `<name>_ko` and `<name>_en`; None if both are blank."""
        en = self.line(f"{name}_en")
        ko = self.line(f"{name}_ko", required=required or en is not None)
        return Words(ko, en) if ko else None

    def code(self, name: str, known: Collection[str], *, required: bool = True) -> str | None:
        """Give one of the codes on offer; None if none was chosen."""
        text = self._text(name, LONGEST_LINE, required=required)
        if text is not None and text not in known:
            self.faults.setdefault(name, "not_offered")
        return text

    def one_of(self, name: str, offered: Iterable[UUID], *, required: bool = True) -> UUID | None:
        """Give one of the things on offer; None if none was chosen."""
        text = self._text(name, LONGEST_LINE, required=required)
        found = _id(text)
        if text is not None and found not in set(offered):
            self.faults.setdefault(name, "not_offered")
            return None
        return found

    def some_of(self, name: str, offered: Iterable[UUID]) -> tuple[UUID, ...]:
        """Give those of the things on offer that were chosen, each once, in the order offered."""
        chosen = {_id(each) for each in self._form.getlist(name)}
        in_order = list(offered)
        if chosen - set(in_order):
            self.faults.setdefault(name, "not_offered")
        return tuple(each for each in in_order if each in chosen)

    def version(self) -> int:
        """Give the version that the person had before them; 0, which is none, if it is lost."""
        text = self._form.get("seen", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0

    def _text(self, name: str, longest: int, *, required: bool) -> str | None:
        """Tidy what was typed: composed, line breaks of one kind, no blanks at either end."""
        typed = normalize("NFC", self._form.get(name, ""))
        text = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
        if not text:
            if required:
                self.faults.setdefault(name, "empty")
            return None
        if len(text) > longest:
            self.faults.setdefault(name, "too_long")
        return text


def _groups(found: re.Match[str] | None) -> tuple[str, ...]:
    return () if found is None else found.groups()


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
