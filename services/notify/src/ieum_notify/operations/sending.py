"""Send one claimed letter: look again whether it is owed, then one mail to each person."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from logging import getLogger
from uuid import UUID

from ieum_notify.domain.alarm import Alarm
from ieum_notify.domain.calendar import today_in_seoul
from ieum_notify.domain.enclosure import Enclosure
from ieum_notify.domain.facts import FactsUnreadable, Record, Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.letter import Letter, Person, letter_values, message_id
from ieum_notify.domain.occurrence import State
from ieum_notify.domain.planner import addressed, must_hear, owed_for
from ieum_notify.domain.reason import NEW_READER, why_not_owed, why_owed
from ieum_notify.domain.retry import FAULT, MAIL, MAIL_AWAY, REGISTRY, Patience
from ieum_notify.domain.rule import Anchor, Rule
from ieum_notify.domain.words import Words
from ieum_notify.operations.plan import OF_LETTERS
from ieum_notify.operations.ports import (
    Claim,
    MailAway,
    MailFailed,
    Mailing,
    Outcome,
    Outside,
    Postbox,
    Resolution,
)

LEASE_S = 120
"""How long a claim holds without progress: longer than a mail server's slowest answer."""

log = getLogger(__name__)


@dataclass(slots=True)
class Dispatched:
    """What became of one batch: how many occurrences ended in which state."""

    claimed: int = 0
    states: dict[State, int] = field(default_factory=dict)

    def count(self, state: State) -> None:
        """Add one."""
        self.states[state] = self.states.get(state, 0) + 1


class Line:
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
class Sending:
    """One claim on its way out."""

    claim: Claim
    rule: Rule | None
    known: Known
    found: Resolution
    outside: Outside
    line: Line

    def run(self, done: Dispatched) -> None:
        """Send to each person behind the seat, or put the claim down with its reason."""
        try:
            self._run(done)
        except MailAway as error:
            self.outside.book.raise_alarm(
                Alarm("mail.away", facts={"code": error.code}), self.outside.now()
            )
            self._put_off("retry", "mail.away", MAIL_AWAY, done)
        except Exception as error:  # One faulty letter must not stop the others: it steps aside.
            fault = type(error).__name__
            log.exception("letter put off", extra={"key": self.claim.occurrence.key})
            self._alarm("letter.faulty", {"fault": fault})
            self._put_off("retry", f"letter.faulty {fault}", FAULT, done)

    def _run(self, done: Dispatched) -> None:
        occurrence, now = self.claim.occurrence, self.outside.now()
        rule = self.rule
        if rule is None or not self._is_still_owed(rule, now):
            reason = why_not_owed(rule, occurrence, self.known, now)
            self._settle(reason.state, reason.code, done)
            return
        if rule.in_doubt == "hold" and any(each.is_unfinished for each in self.claim.deliveries):
            self._alarm("letter.in_doubt", {})
            self._settle("in_doubt", "letter.in_doubt", done)
            return
        people = self._readers(rule, now)
        reachable = [person for person in people if person.email]
        if not reachable:
            self._alarm("seat.no_address", {})
            self._put_off("held", "seat.no_address", REGISTRY, done)
            return
        self._conclude([self._deliver(rule, person) for person in reachable], done)

    def _readers(self, rule: Rule, now: datetime) -> Sequence[Person]:
        """Give the people behind the seat; of what takes back or renews, those whom it concerns."""
        occurrence = self.claim.occurrence
        if occurrence.seat_id is None:
            return ()
        people = self.found.people.get(occurrence.seat_id, ())
        if rule.tells == "named":
            return people
        whom = must_hear(
            rule, occurrence.subject, occurrence.seat_id, self.known, today_in_seoul(now)
        )
        return [each for each in people if each.contact_id in whom]

    def _is_still_owed(self, rule: Rule, now: datetime) -> bool:
        """Run the planner again for this subject, on the facts as the registry has them now."""
        occurrence = self.claim.occurrence
        record = self.known.records.get(occurrence.subject)
        if record is None:
            return False
        try:
            owed = owed_for(
                rule,
                occurrence.subject,
                record.facts,
                self.known,
                now=now,
                until=today_in_seoul(now),
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
        record = self.known.records[occurrence.subject]
        anchor = rule.read(record.facts)
        owners = self._owners(rule, anchor, today)
        copied = self.outside.copy.records([*anchor.subjects(), *filter(None, owners)])
        values = letter_values(
            rule,
            occurrence,
            {**copied, **self.known.records, **self.found.records},
            [
                *why_owed(rule, occurrence, self.known.days, today),
                *([NEW_READER] if self._is_new(person) else []),
            ],
            owners=owners,
            now=now,
            language=person.language,
            portal_url=self.outside.portal_url,
        )
        identity = message_id(occurrence.key, person.contact_id, self.outside.postbox.domain)
        enclosure = self._enclosure(rule, record)
        return Letter(occurrence.letter, person.language, person, identity, values, enclosure)

    def _is_new(self, person: Person) -> bool:
        """Say whether others had this letter before, and this person nothing of it."""
        had = {each.contact_id for each in self.claim.deliveries}
        return bool(had) and person.contact_id not in had

    def _owners(self, rule: Rule, anchor: Anchor, today: date) -> Sequence[Subject | None]:
        """Give whom the letter names as in charge; where nobody is told, all who are not."""
        if self.claim.occurrence.is_for_office:
            return addressed(rule, anchor, self.known, today).empty
        return (anchor.owner or self.known.office,)

    def _enclosure(self, rule: Rule, record: Record) -> Enclosure | None:
        """Make the calendar entry, stamped so that a resend is the same and no later one older.

        A step that is found late was planned after its own instant.
        """
        occurrence = self.claim.occurrence
        if rule.enclose is None or occurrence.is_for_office:
            return None
        taken_back = self.known.times_taken_back(occurrence.subject, occurrence.seat_id)
        return rule.enclose(record, max(occurrence.due_at, self.claim.planned_at), taken_back)

    def _conclude(self, outcomes: Sequence[Outcome | None], done: Dispatched) -> None:
        """Derive the occurrence's state from what became of each person's letter."""
        if None in outcomes:
            return  # Somebody else holds it now, and concludes.
        if "in_doubt" in outcomes and self.rule is not None and self.rule.in_doubt == "hold":
            self._alarm("letter.in_doubt", {})
            self._settle("in_doubt", "letter.in_doubt", done)
        elif "in_doubt" in outcomes or "put_off" in outcomes:
            reason = "letter.in_doubt" if "in_doubt" in outcomes else "letter.put_off"
            self._put_off("retry", reason, MAIL, done)
        elif "sent" in outcomes:
            mended = OF_LETTERS if "refused" not in outcomes else ()
            self._settle("sent", None, done, mends=mended)
        else:
            self._settle("dead", "letter.refused", done)

    def _put_off(self, state: State, reason: str, patience: Patience, done: Dispatched) -> None:
        put_off(self.claim, state, reason, self.outside, done, patience=patience)

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
                return self.rule.read(record.facts).title
        except FactsUnreadable:
            pass
        return Words(str(subject), str(subject))


def put_off(
    claim: Claim,
    state: State,
    reason: str,
    outside: Outside,
    done: Dispatched,
    *,
    patience: Patience,
) -> None:
    """Put a claim down to be tried again later, each time later, spread at random."""
    now = outside.now()
    next_try_at = now + patience.wait(claim.tries + 1, outside.draw())
    if outside.book.settle(claim, state, reason, now=now, next_try_at=next_try_at):
        done.count(state)
