"""Consequences: which letters would come and which would go if a change were written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ieum_notify.domain.calendar import today_in_seoul
from ieum_notify.domain.errors import CopyBehind, CopyFilling, FactsRefused, NotGiven
from ieum_notify.domain.facts import Record, Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.occurrence import Occurrence
from ieum_notify.domain.planner import HORIZON_DAYS, Plan, plan
from ieum_notify.domain.readers import Readers
from ieum_notify.domain.reason import why_not_owed
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.touched import touched
from ieum_notify.domain.words import Words
from ieum_notify.operations.ports import Copy, History
from ieum_notify.operations.preview import Previewed, going_out, previewed

LOOKS = 20
"""How often it is looked whether the copy has come far enough."""

PAUSE_S = 0.1
"""How long it is waited between two looks: the worker copies an entry within a second."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What might be recorded.

    Attributes:
        facts: The subjects that would change, as they would be; None for one that would be gone.
        follows_on: The last entry of the log before them: the copy must have come as far.
    """

    facts: Mapping[Subject, Record | None]
    follows_on: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waiting for the copy takes.

    Attributes:
        newest: Asks the registry for its newest entry, within a second; None without an answer.
        pause: Sleeps so many seconds.
    """

    newest: Callable[[], int | None]
    pause: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A letter that would no longer go out, as it stands now, and why."""

    letter: Previewed
    reason: Words


@dataclass(frozen=True, slots=True)
class Moved:
    """A letter that would go out at another time, as it would be, and when it goes out now."""

    letter: Previewed
    due_at_before: datetime


@dataclass(frozen=True, slots=True)
class Consequences:
    """What would become of the letters of some days.

    A letter that goes out either way may be readdressed and moved at once.

    Attributes:
        seq: The last change that the facts without the new ones hold.
        readdressed: Letters whose seat somebody else would hold on their day, or whose reader's
            own record would change, as by a new address.
        kept: How many letters about what the change touches would go out either way, unchanged.
    """

    seq: int
    days: int
    added: tuple[Previewed, ...]
    withdrawn: tuple[Withdrawn, ...]
    readdressed: tuple[Previewed, ...]
    moved: tuple[Moved, ...]
    kept: int


def consequences(
    rules: Sequence[Rule],
    copy: Copy,
    history: History,
    now: datetime,
    *,
    proposed: Proposed,
    waiting: Waiting,
) -> Consequences:
    """Plan twice, on the facts as they are and as they would be, and compare. Writes nothing.

    Only the subjects that the change touches are planned: the others' letters are the same.

    What was sent already is neither added nor withdrawn; it is added for whoever would take the
    seat.

    Raises:
        NotGiven: The log does not reach to the entry before the first.
        CopyBehind, CopyFilling: The copy lacks what went before, however long it was waited for.
        FactsRefused: Nothing can be planned from what is proposed; letters that stayed away for
            that would look like letters withdrawn.

    Source: docs/rules/reminders.md, R-25.
    """
    seq = _come_as_far(proposed.follows_on, copy, waiting)
    told, today = history.told(rules), today_in_seoul(now)
    known = copy.known()
    before = known.with_told(told)
    after = known.changed(proposed.facts).with_told(told)
    by_name = {rule.name: rule for rule in rules}
    only = touched(rules, before, after, proposed.facts)
    would_be = plan(rules, after, now, only=only)
    _must_be_readable(proposed, after, would_be)
    owed, would = _by_key(plan(rules, before, now, only=only)), _by_key(would_be)
    ended = history.ended(list(owed.keys() | would.keys()))
    read, would_read = Readers(before, rules), Readers(after, rules)
    to_go = {key: each for key, each in owed.items() if not read.have(each, ended, today)}
    would_go = {key: each for key, each in would.items() if not would_read.have(each, ended, today)}
    added = (each for key, each in would_go.items() if key not in to_go)
    gone = (each for key, each in to_go.items() if key not in would)
    stays = [(to_go[key], each) for key, each in would_go.items() if key in to_go]
    others = _with_other_readers([each for _, each in stays], read, would_read, proposed, today)
    moved = [(was, each) for was, each in stays if max(was.due_at, now) != max(each.due_at, now)]
    differs = {each.key for each in others} | {each.key for _, each in moved}
    return Consequences(
        seq,
        HORIZON_DAYS,
        tuple(previewed(by_name[each.rule], each, after, would_read, now) for each in added),
        tuple(
            Withdrawn(
                previewed(by_name[each.rule], each, before, read, now),
                why_not_owed(by_name[each.rule], each, after, now).said,
            )
            for each in gone
        ),
        tuple(previewed(by_name[each.rule], each, after, would_read, now) for each in others),
        tuple(
            Moved(
                previewed(by_name[each.rule], each, after, would_read, now),
                going_out(by_name[was.rule], was, before, now)[0].due_at,
            )
            for was, each in moved
        ),
        len(stays) - len(differs),
    )


def _must_be_readable(proposed: Proposed, after: Known, would_be: Plan) -> None:
    faults = {**after.unreadable, **would_be.unreadable, **would_be.faulty}
    for about, fault in faults.items():
        if about in proposed.facts:
            raise FactsRefused(about=about, fault=fault)


def _come_as_far(wanted: int, copy: Copy, waiting: Waiting) -> int:
    """Wait a moment for a copy that is whole and holds an entry; give how far it reaches.

    A number that was never given is not waited for; what was given a moment ago only the registry
    knows.
    """
    for look in range(LOOKS):
        if look:
            waiting.pause(PAUSE_S)
        is_whole, applied = copy.is_whole(), copy.mark().seq
        if is_whole and applied >= wanted:
            return applied
        if look == 0 and applied < wanted:
            newest = waiting.newest()
            if newest is not None and newest < wanted:
                raise NotGiven(asked=wanted, head=newest)
            if newest is None and is_whole:
                break
    if is_whole:
        raise CopyBehind(wanted=wanted, applied=applied)
    raise CopyFilling(applied=applied)


def _with_other_readers(
    letters: Sequence[Occurrence],
    read: Readers,
    would_read: Readers,
    proposed: Proposed,
    today: date,
) -> Sequence[Occurrence]:
    """Give the letters that somebody else would read, or the same person under other data.

    Keys hold the seat and not the person (R-5): a handover moves its letters without a new key.
    """
    touched = {about.id for about in proposed.facts if about.type == "contact"}

    def differs(letter: Occurrence) -> bool:
        if letter.seat_id is None:
            return False
        on = max(letter.due_on, today)
        readers = would_read.of(letter.seat_id, on)
        return readers != read.of(letter.seat_id, on) or bool(readers & touched)

    return [each for each in letters if differs(each)]


def _by_key(planned: Plan) -> dict[str, Occurrence]:
    return {each.key: each for each in planned.occurrences}
