"""An answer that is an error: its code, and what each code means to a reader.

Source: RFC 9457; DESIGN section 3.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemText:
    """What one code means to a reader.

    The details are `str.format` templates over the problem's facts and end with the next step.
    """

    status: int
    ko_title: str
    en_title: str
    ko_detail: str
    en_detail: str


ProblemTable = Mapping[str, ProblemText]


class Problem(Exception):
    """An answer that is an error.

    Attributes:
        facts: What the detail names; whatever is given here is shown to the caller.
        errors: One map for each place at fault: `pointer` (RFC 6901) and `detail`, and what else
            helps to find it, as `file` and `line`.
        headers: Added to the answer, as Retry-After.
    """

    def __init__(
        self,
        code: str,
        facts: Mapping[str, object] | None = None,
        *,
        errors: Sequence[Mapping[str, object]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Name the code; it must stand in the table of the application."""
        super().__init__(code)
        self.code = code
        self.facts = dict(facts or {})
        self.errors = [dict(error) for error in errors]
        self.headers = dict(headers or {})
