"""Dispatch: send what is due, once, to the people who hold the seats now."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from logging import getLogger
from uuid import UUID

from ieum_notify.domain.alarm import Alarm
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.answering import may_answer
from ieum_notify.domain.facts import FactsUnreadable, Record, Subject
from ieum_notify.domain.hours import goes_out_at
from ieum_notify.domain.known import Known
from ieum_notify.domain.occurrence import Occurrence
from ieum_notify.domain.retry import REGISTRY
from ieum_notify.domain.rule import Rule
from ieum_notify.operations.ports import Claim, Outside, RegistryAway, Resolution
from ieum_notify.operations.sending import LEASE_S, Dispatched, Line, Sending, put_off

log = getLogger(__name__)

BATCH = 20
"""How many occurrences are claimed at a time."""


def dispatch(rules: Sequence[Rule], outside: Outside, alive: Callable[[], None]) -> Dispatched:
    """Send one batch of what is due.

    The claim is committed first. The registry is asked once for the whole batch, and the planner
    runs again on what it says: a key that is no longer produced is withdrawn, not sent. Each
    person's letter is an attempt that is committed before it goes out; what happens to one
    touches no other. While the mail server lets one wait, the others are given back.

    Args:
        alive: Called every few seconds, however long a mail server takes to answer.
    """
    if not outside.copy.is_whole():
        return Dispatched()
    claims = outside.outbox.claim(outside.now(), limit=BATCH, lease_s=LEASE_S)
    done = Dispatched(len(claims))
    if not claims:
        return done
    known = outside.copy.known().with_told(outside.outbox.told(rules))
    by_name = {rule.name: rule for rule in rules}
    going = _let_wait(claims, by_name, known, outside)
    if not going:
        return done
    try:
        found = outside.directory.resolve(*_asked(going, by_name, known))
    except RegistryAway:
        for claim in going:
            put_off(claim, "held", "registry.away", outside, done, retry_policy=REGISTRY)
        outside.outbox.raise_alarm(Alarm("registry.away"), outside.now())
        return done
    outside.outbox.clear_alarm("registry.away")
    current = known.updated(_current(going, by_name, known, found), found.seats.values())
    records = {**current.records, **found.records}
    with ExitStack() as lines:
        line, untouched = Line(outside.mail_server, lines), deque(going)
        while untouched:
            claim = untouched.popleft()
            done.about.add(claim.occurrence.subject)
            rule = by_name.get(claim.occurrence.rule)
            meanwhile = partial(_hold_on, claim, untouched, outside, alive)
            Sending(claim, rule, current, found, records, outside, line, meanwhile).run(done)
        if line.has_sent:
            outside.outbox.clear_alarm("mail.away")
    return done


def _let_wait(
    claims: Sequence[Claim], rules: Mapping[str, Rule], known: Known, outside: Outside
) -> Sequence[Claim]:
    """Put down until the next opening what can wait for it; give the others.

    Source: docs/rules/reminders.md, R-32 and R-33.
    """
    now, going = outside.now(), []
    waiting: dict[datetime, list[Claim]] = {}
    for claim in claims:
        anchor = _anchor(claim.occurrence, rules, known)
        goes_at = now if anchor is None else goes_out_at(anchor, now, known.days, known.hours)
        if goes_at > now:
            waiting.setdefault(goes_at, []).append(claim)
        else:
            going.append(claim)
    for goes_at, those in waiting.items():
        outside.outbox.give_back(those, until=goes_at)
    return going


def _hold_on(
    claim: Claim, untouched: deque[Claim], outside: Outside, alive: Callable[[], None]
) -> None:
    """Keep the letter in hand while its mail server takes its time; let others have the rest."""
    alive()
    try:
        outside.outbox.renew(claim, now=outside.now(), lease_s=LEASE_S)
        outside.outbox.give_back(untouched)
        untouched.clear()
    except Exception:  # The letter may be out already: what becomes of it must still be recorded.
        log.exception("lease not renewed", extra={"key": claim.occurrence.key})


def _asked(
    claims: Sequence[Claim], rules: Mapping[str, Rule], known: Known
) -> tuple[list[Subject], list[UUID]]:
    """Gather what a batch needs of the registry: subjects, what they mention, the seats named."""
    subjects: dict[Subject, None] = {}
    seats: dict[UUID, None] = {}
    for claim in claims:
        occurrence = claim.occurrence
        anchor = _anchor(occurrence, rules, known)
        subjects[occurrence.subject] = None
        subjects.update(dict.fromkeys(anchor.subjects() if anchor else ()))
        if occurrence.seat_id is not None:
            seats[occurrence.seat_id] = None
        answering = may_answer(anchor, known, known.records) if anchor else ()
        for place in (*(anchor.places() if anchor else ()), *answering, known.office):
            if place is not None:
                seats.update(dict.fromkeys(seat.id for seat in known.seats.get(place, ())))
    return list(subjects), list(seats)


def _anchor(occurrence: Occurrence, rules: Mapping[str, Rule], known: Known) -> Anchor | None:
    """Read what an occurrence is about, as copied; None where that cannot be had."""
    record, rule = known.records.get(occurrence.subject), rules.get(occurrence.rule)
    if record is None or rule is None:
        return None
    try:
        return rule.read(record.facts)
    except FactsUnreadable:
        return None


def _current(
    claims: Sequence[Claim], rules: Mapping[str, Rule], known: Known, found: Resolution
) -> dict[Subject, Record]:
    """Give what the batch is planned from as the registry has it; what it lacks is left as copied.

    That is the batch's own subjects, and the agreements whose departments in charge are told.

    The copy says whether a subject is gone: an answer without it may come from a registry that
    was restored, and then the feed tells.
    """
    wanted = {claim.occurrence.subject for claim in claims}
    for claim in claims:
        rule, anchor = rules.get(claim.occurrence.rule), _anchor(claim.occurrence, rules, known)
        if rule is not None and rule.tells_lead and anchor is not None:
            wanted.update(anchor.mentioned("agreement"))
    return {subject: record for subject, record in found.records.items() if subject in wanted}
