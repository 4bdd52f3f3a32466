"""Dispatch: send what is due, once, to the people who hold the seats now."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from logging import getLogger
from uuid import UUID

from ieum_notify.domain.alarm import Alarm
from ieum_notify.domain.calendar import today_in_seoul
from ieum_notify.domain.facts import FactsUnreadable, Record, Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.letter import Letter, Person, letter_values, message_id
from ieum_notify.domain.occurrence import Occurrence, State
from ieum_notify.domain.planner import owed_for
from ieum_notify.domain.reason import NOT_OWED, why_not_owed, why_owed
from ieum_notify.domain.retry import FAULT, MAIL, REGISTRY
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.words import Words
from ieum_notify.operations.plan import OF_LETTERS
from ieum_notify.operations.ports import (
    Book,
    Claim,
    Copy,
    Directory,
    MailAway,
    MailFailed,
    Mailing,
    Outcome,
    Postbox,
    RegistryAway,
    Resolution,
)

BATCH = 20
"""How many occurrences are claimed at a time."""

LEASE_S = 120
"""How long a claim holds without progress: longer than a mail server's slowest answer."""

log = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outside:
    """All that dispatching reaches for.

    Attributes:
        now: Reads the clock; asked again for each letter, as a batch may take minutes.
        draw: A random number from 0 to 1, for spreading retries.
        portal_url: Where a letter's link leads.
    """

    copy: Copy
    book: Book
    directory: Directory
    postbox: Postbox
    now: Callable[[], datetime]
    draw: Callable[[], float]
    portal_url: str


@dataclass(slots=True)
class Dispatched:
    """What became of one batch: how many occurrences ended in which state."""

    claimed: int = 0
    states: dict[State, int] = field(default_factory=dict)

    def count(self, state: State) -> None:
        """Add one."""
        self.states[state] = self.states.get(state, 0) + 1


def dispatch(rules: Sequence[Rule], outside: Outside) -> Dispatched:
    """Send one batch of what is due.

    The claim is committed first. The registry is asked once for the whole batch, and the planner
    runs again on what it says: a key that is no longer produced is withdrawn, not sent. Each
    person's letter is an attempt that is committed before it goes out; what happens to one
    touches no other.
    """
    if not outside.copy.is_whole():
        return Dispatched()
    claims = outside.book.claim(outside.now(), limit=BATCH, lease_s=LEASE_S)
    done = Dispatched(len(claims))
    if not claims:
        return done
    known = outside.copy.known()
    by_name = {rule.name: rule for rule in rules}
    try:
        found = outside.directory.resolve(*_asked(claims, by_name, known))
    except RegistryAway:
        for claim in claims:
            _put_off(claim, "held", "registry.away", outside, done)
        outside.book.raise_alarm(Alarm("registry.away"), outside.now())
        return done
    outside.book.clear_alarm("registry.away")
    current = known.updated(_current(claims, found), found.seats.values())
    with ExitStack() as lines:
        line = _Line(outside.postbox, lines)
        for claim in claims:
            _Sending(claim, by_name.get(claim.occurrence.rule), current, found, outside, line).run(
                done
            )
        if line.has_sent:
            outside.book.clear_alarm("mail.away")
    return done


class _Line:
    """The connection to the mail server, opened with the first letter and again after a break."""

    def __init__(self, postbox: Postbox, stack: ExitStack) -> None:
        self._postbox = postbox
        self._stack = stack
        self._mailing: Mailing | None = None
        self.away: MailAway | None = None
        self.has_sent = False

    def get(self) -> Mailing:
        """Give an open line; once the server is away it stays so for the batch."""
        if self.away is not None:
            raise self.away
        if self._mailing is None:
            opened: AbstractContextManager[Mailing] = self._postbox.open()
            try:
                self._mailing = self._stack.enter_context(opened)
            except MailAway as error:
                self.away = error
                raise
        return self._mailing

    def broke(self) -> None:
        """Forget a line that is of no more use."""
        self._mailing = None


@dataclass(slots=True)
class _Sending:
    """One claim on its way out."""

    claim: Claim
    rule: Rule | None
    known: Known
    found: Resolution
    outside: Outside
    line: _Line

    def run(self, done: Dispatched) -> None:
        """Send to each person behind the seat, or put the claim down with its reason."""
        try:
            self._run(done)
        except MailAway as error:
            self.outside.book.raise_alarm(
                Alarm("mail.away", facts={"code": error.code}), self.outside.now()
            )
            _put_off(self.claim, "retry", "mail.away", self.outside, done)
        except Exception as error:  # One faulty letter must not stop the others: it steps aside.
            fault = type(error).__name__
            log.exception("letter put off", extra={"key": self.claim.occurrence.key})
            self._alarm("letter.faulty", {"fault": fault})
            _put_off(self.claim, "retry", f"letter.faulty {fault}", self.outside, done)

    def _run(self, done: Dispatched) -> None:
        occurrence, today = self.claim.occurrence, today_in_seoul(self.outside.now())
        rule = self.rule
        if rule is None or not self._is_still_owed(rule):
            reason = why_not_owed(rule, occurrence, self.known, today)
            self._settle(NOT_OWED[reason][0], reason, done)
            return
        if rule.in_doubt == "hold" and any(each.is_unfinished for each in self.claim.deliveries):
            self._alarm("letter.in_doubt", {})
            self._settle("in_doubt", "letter.in_doubt", done)
            return
        people = self.found.people.get(occurrence.seat_id, ()) if occurrence.seat_id else ()
        reachable = [person for person in people if person.email]
        if not reachable:
            self._alarm("seat.no_address", {})
            _put_off(self.claim, "held", "seat.no_address", self.outside, done)
            return
        self._conclude([self._deliver(rule, person) for person in reachable], done)

    def _is_still_owed(self, rule: Rule) -> bool:
        """Run the planner again for this subject, on the facts as the registry has them now."""
        occurrence, today = self.claim.occurrence, today_in_seoul(self.outside.now())
        record = self.known.records.get(occurrence.subject)
        if record is None:
            return False
        try:
            owed = owed_for(
                rule, occurrence.subject, record.facts, self.known, today=today, until=today
            )
            return any(each.key == occurrence.key for each in owed)
        except FactsUnreadable:
            return False

    def _deliver(self, rule: Rule, person: Person) -> Outcome | None:
        """Send one person's letter; None if the lease was lost and nothing may go out."""
        before = {each.contact_id: each.state for each in self.claim.deliveries}
        if before.get(person.contact_id) in ("sent", "refused"):
            return "sent" if before[person.contact_id] == "sent" else "refused"
        letter = self._letter(rule, person)
        mailing = self.line.get()
        attempt = self.outside.book.begin(
            self.claim,
            person.contact_id,
            letter.message_id,
            now=self.outside.now(),
            lease_s=LEASE_S,
        )
        if attempt is None:
            return None
        return self._attempt(mailing, letter, attempt)

    def _attempt(self, mailing: Mailing, letter: Letter, attempt: UUID) -> Outcome:
        book, now = self.outside.book, self.outside.now
        try:
            mailing.send(letter)
        except MailAway as error:
            self.line.broke()
            self.line.away = error
            failure = MailFailed(permanent=False, fault=error.code)
            book.finish(attempt, "put_off", now=now(), failure=failure)
            raise
        except MailFailed as failure:
            if failure.smtp_code is None:
                self.line.broke()
            outcome: Outcome = "put_off"
            if failure.in_doubt:
                outcome = "in_doubt"
            elif failure.permanent:
                outcome = "refused"
                self._alarm("letter.refused", {"code": str(failure.smtp_code or failure.fault)})
            book.finish(attempt, outcome, now=now(), failure=failure)
            return outcome
        except Exception as error:
            # A fault of ours, found before anything was handed over: nothing is in doubt.
            fault = MailFailed(permanent=False, fault=type(error).__name__)
            book.finish(attempt, "put_off", now=now(), failure=fault)
            raise
        book.finish(attempt, "sent", now=now())
        self.line.has_sent = True
        return "sent"

    def _letter(self, rule: Rule, person: Person) -> Letter:
        occurrence, now = self.claim.occurrence, self.outside.now()
        today = today_in_seoul(now)
        anchor = rule.anchor(self.known.records[occurrence.subject].facts)
        copied = self.outside.copy.records(anchor.mentions.values())
        values = letter_values(
            rule,
            occurrence,
            {**copied, **self.known.records, **self.found.records},
            why_owed(rule, occurrence, self.known.days, today),
            today=today,
            language=person.language,
            portal_url=self.outside.portal_url,
        )
        identity = message_id(occurrence.key, person.contact_id, self.outside.postbox.domain)
        return Letter(occurrence.letter, person.language, person, identity, values)

    def _conclude(self, outcomes: Sequence[Outcome | None], done: Dispatched) -> None:
        """Derive the occurrence's state from what became of each person's letter."""
        if None in outcomes:
            return  # Somebody else holds it now, and concludes.
        if "in_doubt" in outcomes and self.rule is not None and self.rule.in_doubt == "hold":
            self._alarm("letter.in_doubt", {})
            self._settle("in_doubt", "letter.in_doubt", done)
        elif "in_doubt" in outcomes or "put_off" in outcomes:
            reason = "letter.in_doubt" if "in_doubt" in outcomes else "letter.put_off"
            _put_off(self.claim, "retry", reason, self.outside, done)
        elif "sent" in outcomes:
            mended = OF_LETTERS if "refused" not in outcomes else ()
            self._settle("sent", None, done, mends=mended)
        else:
            self._settle("dead", "letter.refused", done)

    def _settle(
        self, state: State, reason: str | None, done: Dispatched, mends: Sequence[str] = ()
    ) -> None:
        now = self.outside.now()
        if self.outside.book.settle(self.claim, state, reason, now=now, mends=mends):
            done.count(state)

    def _alarm(self, code: str, facts: Mapping[str, str]) -> None:
        alarm = Alarm(code, self.claim.occurrence.subject, self._title(), facts)
        self.outside.book.raise_alarm(alarm, self.outside.now())

    def _title(self) -> Words:
        """Name what the letter is about; by its id where even its title cannot be read."""
        subject = self.claim.occurrence.subject
        record = self.known.records.get(subject)
        try:
            if self.rule is not None and record is not None:
                return self.rule.anchor(record.facts).title
        except FactsUnreadable:
            pass
        return Words(str(subject), str(subject))


def _put_off(claim: Claim, state: State, reason: str, outside: Outside, done: Dispatched) -> None:
    """Put a claim down to be tried again later, each time later, spread at random."""
    patience = MAIL
    if state == "held":
        patience = REGISTRY
    elif reason.startswith("letter.faulty"):
        patience = FAULT
    now = outside.now()
    next_try_at = now + patience.wait(claim.tries + 1, outside.draw())
    if outside.book.settle(claim, state, reason, now=now, next_try_at=next_try_at):
        done.count(state)


def _asked(
    claims: Sequence[Claim], rules: Mapping[str, Rule], known: Known
) -> tuple[list[Subject], list[UUID]]:
    """Gather what a batch needs of the registry: subjects, what they mention, seats there."""
    subjects: dict[Subject, None] = {}
    seats: dict[UUID, None] = {}
    for claim in claims:
        occurrence = claim.occurrence
        subjects[occurrence.subject] = None
        subjects.update(dict.fromkeys(_mentioned(occurrence, rules, known)))
        if occurrence.seat_id is not None:
            seats[occurrence.seat_id] = None
        for place in (*_mentioned(occurrence, rules, known), known.office):
            if place is not None:
                seats.update(dict.fromkeys(seat.id for seat in known.seats.get(place, ())))
    return list(subjects), list(seats)


def _mentioned(
    occurrence: Occurrence, rules: Mapping[str, Rule], known: Known
) -> Iterable[Subject]:
    record, rule = known.records.get(occurrence.subject), rules.get(occurrence.rule)
    if record is None or rule is None:
        return ()
    try:
        return tuple(rule.anchor(record.facts).mentions.values())
    except FactsUnreadable:
        return ()


def _current(claims: Sequence[Claim], found: Resolution) -> dict[Subject, Record]:
    """Give the batch's own subjects as the registry has them; one it lacks is left as copied.

    The copy says whether a subject is gone: an answer without it may come from a registry that
    was restored, and then the feed tells.
    """
    wanted = {claim.occurrence.subject for claim in claims}
    return {subject: record for subject, record in found.records.items() if subject in wanted}
