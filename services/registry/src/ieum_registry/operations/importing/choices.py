"""What a person decided about one import; without any decision it is guessed from the sheet."""

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from changefeed.subjects.agreement import AgreementKind

MatchBy = Literal["number", "approval_number", "title_and_day", "key"]
"""By what an agreement of the sheet is found on record."""

Mode = Literal["update", "add"]
"""Whether what is on record is changed, or only what is not yet there is added."""

NEW = "new"
"""Decides that a name becomes a new record; `new:university` says of a partner what it is, too."""
NOT_THIS = "leave"
"""Decides that a name is left out, or a row is not the one on record that it resembles."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said to one question of one line."""

    line: int
    code: str
    said: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Every decision so far.

    Attributes:
        sheet: By its name; None is the first with a ledger in it.
        header: The lines of the headings, from 1; None is where they were found.
        uses: What a column holds, by its place from 0; columns that are not named are guessed.
        answers: To questions of single lines.
        partners: By the name as it is written: `new`, `new:<kind>`, an id, or `leave`.
        departments: The same for departments.
        new_partners: Whether every name that nothing on record is called becomes a new partner.
        new_departments: The same for departments.
        match_by: None is by number if the sheet has numbers, else by title and day.
        kind: Of a new agreement whose row does not say.
        own_partner_id: The city's side of agreements whose row names none; None is the only one.
        department_id: The lead department of new agreements whose row names none.
        encoding: Of a text file that is neither UTF-8 nor clearly CP949.
    """

    sheet: str | None = None
    header: tuple[int, ...] | None = None
    uses: dict[int, tuple[str, ...]] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    partners: dict[str, str] = field(default_factory=dict)
    departments: dict[str, str] = field(default_factory=dict)
    new_partners: bool = False
    new_departments: bool = False
    match_by: MatchBy | None = None
    mode: Mode = "update"
    kind: AgreementKind = "mou"
    own_partner_id: UUID | None = None
    department_id: UUID | None = None
    encoding: str | None = None
