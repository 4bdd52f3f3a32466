"""What a person decided about one import; without any decision it is guessed from the sheet."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from changefeed.subjects.agreement import AgreementKind

MatchBy = Literal["id", "key", "number", "approval_number", "title_and_day"]
"""By what an agreement of the sheet is found on record."""

Mode = Literal["update", "add"]
"""Whether what is on record is changed, or only what is not yet there is added."""

NEW = "new"
"""Decides that a name becomes a new record; `new:university` says of a partner what it is, too."""

SAME = "same:"
"""Decides that a name means whom another name of the sheet means: `same:조선대학교병원`."""

LEAVE = "leave"
"""Decides that a name is left out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said to one question, or typed in the place of one cell.

    Attributes:
        key: Of the question, as its line tells it; `cell@C` for what is typed in the place of cell
            C, `use@title` for what no column of the sheet says, `line` for whether a
            line is taken (`take`), left out (`skip`) or joined (`join`).
    """

    sheet: str
    line: int
    key: str
    said: str


@dataclass(frozen=True, slots=True)
class PeopleDecision:
    """Whether the city's people in a sheet are entered, decided once for all of them.

    Attributes:
        purpose: What the office holds them for.
        consented_on: Since when they know and agree.
        retain_until: As of a contact; None is open.
    """

    taken: bool
    purpose: str = ""
    consented_on: date | None = None
    retain_until: date | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """Every decision so far.

    Attributes:
        pasted: Whether the cells were pasted, not sent as a file.
        encoding: Of a text file that is neither UTF-8 nor clearly CP949.
        sheets: By their names; None are all on which a ledger was found.
        header: By the sheet the line of its headings, from 1, where it is not where it was found.
        uses: What columns hold, by their headings as written; others are guessed.
        answers: To questions of single lines.
        partners: By the name as it is written: `new`, `new:<kind>`, an id, `leave`, or
            `same:<name>`, whom another name of the sheet means.
        departments: The same for departments.
        people: Whether the city's people are entered; None while nobody has said it: they are not.
        named_people: By the name with its department in brackets, where several are called so: an
            id, `new` or `leave`.
        new_partners: Whether every name that nothing on record resembles becomes a new partner.
        new_departments: The same for departments.
        match_by: None is by our own id, the key or the number, whichever of these the sheet has
            first, else by title and day.
        own_partner_id: The city's side of agreements whose line names none; None is the only one.
        department_id: The lead department of new agreements whose line names none.
        reason: Why it is taken back.
    """

    pasted: bool = False
    encoding: str | None = None
    sheets: tuple[str, ...] | None = None
    header: dict[str, int] = field(default_factory=dict)
    uses: dict[str, tuple[str, ...]] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    partners: dict[str, str] = field(default_factory=dict)
    departments: dict[str, str] = field(default_factory=dict)
    people: PeopleDecision | None = None
    named_people: dict[str, str] = field(default_factory=dict)
    new_partners: bool = False
    new_departments: bool = False
    match_by: MatchBy | None = None
    mode: Mode = "update"
    kind: AgreementKind | None = None
    own_partner_id: UUID | None = None
    department_id: UUID | None = None
    reason: str | None = None
