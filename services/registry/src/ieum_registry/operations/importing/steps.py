"""The steps of one import that a person takes: bring, decide, approve, take back, throw away."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from changefeed.change import Actor
from changefeed.sheet import mentioned
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.errors import NotFound, Refused, RuleBroken
from ieum_registry.domain.subjects import SUBJECTS
from ieum_registry.operations.importing.check import check
from ieum_registry.operations.importing.choices import NEW, Choices
from ieum_registry.operations.importing.commit import record, subject_of
from ieum_registry.operations.importing.people import must_be_whole
from ieum_registry.operations.importing.reading import open_sheet
from ieum_registry.operations.load import checked
from ieum_registry.operations.ports.idempotency import KeyUse
from ieum_registry.operations.ports.imports import (
    Claim,
    Found,
    Import,
    Imports,
    ImportState,
    Lease,
    LeaseLost,
    Planned,
)
from ieum_registry.operations.ports.ledger import Ledger
from ieum_registry.operations.ports.records import Records
from sheetreader.cells import Workbook
from sheetreader.headings import plain

CHECKED_AT_ONCE = 1500
"""Lines of a file that are checked while its sender waits; larger ones are the worker's."""

LEASE = timedelta(seconds=60)
"""How long who works on an import holds it before giving a sign again."""

FORESEEN = 100
"""Agreements of which it is foreseen what their entries would do, and those of whom they name."""

MOST_FORESEEN = 1000
"""So many entries do graph and notify look at together."""


def bring(
    name: str,
    data: bytes,
    choices: Choices,
    *,
    by: Actor,
    at: datetime,
    new_id: Callable[[], UUID],
    imports: Imports,
    records: Records,
    key: KeyUse | None = None,
) -> Import:
    """Stage a sheet, and check it at once unless it is large; gives it as it then stands.

    What cannot be opened is refused and not kept.

    Args:
        key: The claimed Idempotency-Key, to be settled when the sheet is staged.

    Raises:
        Unreadable: With its code, and what to choose between.
    """
    book = open_sheet(data, name, choices)
    sha256 = hashlib.sha256(data).hexdigest()
    new = Import(new_id(), 1, "checking", name, sha256, by, by, at, at, choices, Found())
    lease = _lease(sum(len(each.rows) for each in book.sheets), at, new_id)
    imports.add(new, data, lease, key)
    if lease is not None:
        return _checked(lease, new, book, at, new_id, imports, records)
    return new


def decide(
    import_id: UUID,
    change: Callable[[Choices], Choices],
    *,
    seen: int,
    by: Actor,
    at: datetime,
    new_id: Callable[[], UUID],
    imports: Imports,
    records: Records,
) -> Import:
    """Change decisions; the sheet is checked anew with them, as `bring` does.

    Raises:
        NotFound, Stale: There is none; it has another version.
        RuleBroken: `import.state`, if it is being written or has been; as `must_be_whole`.
    """
    this = _in_state(imports.one(import_id), "open", "checking")
    choices = change(this.choices)
    must_be_whole(choices.people)
    # One that was never checked through is a worker's, who has begun.
    lines = sum(each.lines for each in this.found.sheets)
    lease = _lease(lines, at, new_id) if lines else None
    moved = imports.move(import_id, seen, "checking", choices=choices, by=by, at=at, lease=lease)
    if lease is not None:
        book = open_sheet(imports.data(import_id), moved.name, choices)
        return _checked(lease, moved, book, at, new_id, imports, records)
    return moved


def _lease(lines: int, at: datetime, new_id: Callable[[], UUID]) -> Lease | None:
    """Give what a small sheet is held with, so that no worker checks it, too."""
    return Lease(new_id(), at + LEASE) if lines <= CHECKED_AT_ONCE else None


def _checked(
    lease: Lease,
    this: Import,
    book: Workbook,
    at: datetime,
    new_id: Callable[[], UUID],
    imports: Imports,
    records: Records,
) -> Import:
    """Check what was staged or decided just now; if somebody has moved it on, that is given."""
    claim = Claim(this.id, lease.token)
    with suppress(LeaseLost):
        check(claim, this, book, now=at, new_id=new_id, imports=imports, records=records)
    return imports.one(this.id)


def merged(choices: Choices, patch: Mapping[str, Any]) -> Choices:
    """Give decisions with others in their place; a name, heading or answer by itself.

    Args:
        patch: By the field of `Choices`; within maps None takes a decision back.
    """
    values = dict(patch)
    for name in ("uses", "partners", "departments", "named_people", "header"):
        if name in values:
            both = {**getattr(choices, name), **values[name]}
            values[name] = {key: each for key, each in both.items() if each is not None}
    if "answers" in values:
        by_question = {(each.sheet, each.line, each.key): each for each in choices.answers}
        for each in values["answers"]:
            by_question[each.sheet, each.line, each.key] = each
        values["answers"] = tuple(each for each in by_question.values() if each.said)
    return replace(choices, **values)


def approve(
    import_id: UUID, *, only_clean: bool, seen: int, by: Actor, at: datetime, imports: Imports
) -> Import:
    """Let the worker write what was checked.

    Args:
        only_clean: Whether lines with faults or open questions are left; else they are a reason
            not to begin.

    Raises:
        NotFound, Stale: There is none; it has another version.
        RuleBroken: `import.state`; `import.unanswered`; `import.nothing_to_write`.
    """
    this = _in_state(imports.one(import_id), "open")
    faults, questions = (this.found.counts.get(each, 0) for each in ("fault", "question"))
    if not this.found.records:
        raise RuleBroken("import.nothing_to_write", questions=questions, faults=faults)
    if (faults or questions) and not only_clean:
        raise RuleBroken("import.unanswered", questions=questions, faults=faults)
    moved = imports.move(import_id, seen, "committing", choices=None, by=by, at=at)
    _remember(this, imports, at)
    return moved


def _remember(this: Import, imports: Imports, at: datetime) -> None:
    """Keep what the next import is to be told of: headings, and whom names mean.

    That a name is new is not kept: it is on record from then on, under that name.
    """
    choices = this.choices
    headings = {plain(each): " ".join(uses) for each, uses in choices.uses.items()}
    imports.remember("heading", headings, at)
    for kind, decided in (("partner", choices.partners), ("department", choices.departments)):
        lasting = {name: said for name, said in decided.items() if said.partition(":")[0] != NEW}
        imports.remember(kind, lasting, at)


def undo(
    import_id: UUID, *, reason: str, seen: int, by: Actor, at: datetime, imports: Imports
) -> Import:
    """Let the worker take back what was written.

    Raises:
        NotFound, Stale: There is none; it has another version.
        RuleBroken: `import.state`, if it is not done.
    """
    this = _in_state(imports.one(import_id), "done")
    choices = replace(this.choices, reason=reason)
    return imports.move(import_id, seen, "undoing", choices=choices, by=by, at=at)


def throw_away(import_id: UUID, *, seen: int, imports: Imports) -> None:
    """Erase what is staged; what was written stays, and cannot be taken back as a whole.

    Raises:
        NotFound, Stale: There is none; it has another version.
        RuleBroken: `import.state`, if it is being written or taken back.
    """
    _in_state(imports.one(import_id), "open", "checking", "done", "undone")
    imports.erase(import_id, seen)


def foresee(import_id: UUID, *, today: date, ledger: Ledger, imports: Imports) -> None:
    """Record the first agreements in a dry ledger, so that it can be asked what they would do.

    Partners and departments by themselves bring neither ties nor letters: of them those that these
    agreements name; all else only where no agreement is to be written.

    Raises:
        NotFound: There is none.
        RuleBroken: `import.state`, if it is not open.
    """
    this = _in_state(imports.one(import_id), "open")
    with ledger.open() as transaction:
        for planned in _foreseen(import_id, imports):
            kind_of: type[Any] = SUBJECTS[planned.subject_type]
            after, _ = subject_of(planned)
            try:
                before = transaction.take(kind_of, planned.subject_id) if planned.seen else None
                record(
                    checked(after, before, transaction, today),
                    before,
                    transaction,
                    reason=this.name,
                )
            except (NotFound, Refused):
                continue  # It will be left, and told.


def _foreseen(import_id: UUID, imports: Imports) -> Sequence[Planned]:
    agreements = imports.to_write(import_id, limit=FORESEEN, subject_type="agreement")
    if not agreements:
        return imports.to_write(import_id, limit=FORESEEN)
    named: dict[UUID, None] = {}
    taken: list[Planned] = []
    for each in agreements:
        also = {UUID(found): None for _, found in mentioned(Agreement, each.facts)} - named.keys()
        if len(taken) + len(named) + len(also) >= MOST_FORESEEN:
            break
        named |= dict.fromkeys(also)
        taken.append(each)
    return [*imports.to_write_among(import_id, named), *taken]


def _in_state(this: Import, *states: ImportState) -> Import:
    if this.state not in states:
        raise RuleBroken("import.state", state=this.state)
    return this
