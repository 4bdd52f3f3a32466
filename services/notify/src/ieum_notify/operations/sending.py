"""Send one claimed letter: look again whether it is owed, then one mail to each person."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from logging import getLogger
from typing import Literal
from uuid import UUID

from ieum_notify.domain.alarm import Alarm, Mend
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.answering import may_answer, who_answers
from ieum_notify.domain.attachment import Attachment
from ieum_notify.domain.calendar import today_in_seoul
from ieum_notify.domain.facts import FactsUnreadable, Record, Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.letter import Letter, Person, letter_values, message_id
from ieum_notify.domain.occurrence import State
from ieum_notify.domain.planner import addressed, in_charge, must_hear, owed_for
from ieum_notify.domain.reading import Reader
from ieum_notify.domain.reason import NEW_READER, why_not_owed, why_owed
from ieum_notify.domain.retry import FAULT, MAIL, MAIL_AWAY, REGISTRY, RetryPolicy
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.words import Words
from ieum_notify.operations.plan import OF_LETTERS
from ieum_notify.operations.ports import (
    Claim,
    Delivery,
    Finished,
    MailAway,
    MailFailed,
    Mailing,
    MailServer,
    Outcome,
    Outside,
    Resolution,
)

LEASE_S = 120
"""How long a claim holds without progress; who waits for a mail server renews it meanwhile."""

IN_A_ROW = 5
"""So many letters not taken one after the other are the mail server's fault: the batch waits."""

DOUBTS = 2
"""A letter is held for a person once so often nobody knew whether it was taken."""

PATIENT_TRIES = 3
"""A letter that is only put off, as newcomers are at first, raises its alarm from this try on."""

Result = Outcome | Literal["held"]
"""What became of one person's letter; `held` waits for a person."""

log = getLogger(__name__)


@dataclass(slots=True)
class Dispatched:
    """What became of one batch: how many occurrences ended in which state, about whom."""

    claimed: int = 0
    states: dict[State, int] = field(default_factory=dict)
    about: set[Subject] = field(default_factory=set)

    def count(self, state: State) -> None:
        """Add one."""
        self.states[state] = self.states.get(state, 0) + 1


class Line:
    """The connection to the mail server, opened with the first letter and again after a break.

    Attributes:
        away: Set once the server takes nothing from us; it stays so for the batch.
        has_sent: Whether it took anything.
    """

    def __init__(self, mail_server: MailServer, stack: ExitStack) -> None:
        self._mail_server = mail_server
        self._stack = stack
        self._mailing: Mailing | None = None
        self._in_a_row = 0
        self.away: MailAway | None = None
        self.has_sent = False

    def get(self, meanwhile: Callable[[], None]) -> Mailing:
        """Give an open line; raises MailAway."""
        if self.away is not None:
            raise self.away
        if self._mailing is None:
            opened: AbstractContextManager[Mailing] = self._mail_server.open(meanwhile)
            try:
                self._mailing = self._stack.enter_context(opened)
            except MailAway as error:
                self.away = error
                raise
        return self._mailing

    def took(self) -> None:
        """Note that a letter was taken."""
        self.has_sent = True
        self._in_a_row = 0

    def did_not_take(self, failure: MailFailed) -> None:
        """Note that a letter was not taken: so many in a row are no fault of theirs."""
        if failure.is_cut:
            self._mailing = None
        self._in_a_row += 1
        if self._in_a_row >= IN_A_ROW:
            self.away = MailAway(failure.named())

    def closed(self, away: MailAway) -> None:
        """Note that the server takes nothing more from us."""
        self._mailing = None
        self.away = away


@dataclass(slots=True)
class Sending:
    """One claim on its way out.

    Attributes:
        records: All that is known, and over it what the registry has now of the batch's subjects.
    """

    claim: Claim
    rule: Rule | None
    known: Known
    found: Resolution
    records: Mapping[Subject, Record]
    outside: Outside
    line: Line
    meanwhile: Callable[[], None]
    _taken: Finished | None = field(default=None, init=False)
    """A letter that was taken and is not recorded yet: with what follows, in one transaction."""

    def run(self, done: Dispatched) -> None:
        """Send to each person behind the seat, or put the claim down with its reason."""
        try:
            self._run(done)
        except MailAway as error:
            self.outside.outbox.raise_alarm(
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
        people = self._readers(rule, now)
        reachable = [person for person in people if person.email]
        if not reachable:
            contacts = (Subject("contact", each.contact_id) for each in people)
            self._alarm("seat.no_address", {}, [Mend(each) for each in contacts])
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

    def _deliver(self, rule: Rule, person: Person) -> Result | None:
        """Send one person's letter; None if the lease was lost and nothing may go out."""
        self._record_taken()
        before = {each.contact_id: each for each in self.claim.deliveries}.get(person.contact_id)
        if before is not None:
            if before.state == "sent":
                return "sent"
            if before.state == "refused":
                return "refused"
            if before.doubts >= self._most_doubts(rule):
                return "held"
        letter = self._letter(rule, person)
        mailing = self.line.get(self.meanwhile)
        attempt = self.outside.outbox.begin(
            self.claim,
            person.contact_id,
            letter.message_id,
            contact_version=self._version_of(person),
            now=self.outside.now(),
            lease_s=LEASE_S,
        )
        if attempt is None:
            return None
        outcome = self._attempt(mailing, letter, attempt, before)
        doubts = before.doubts + 1 if before is not None else 1
        if outcome == "in_doubt" and doubts >= self._most_doubts(rule):
            return "held"
        return outcome

    @staticmethod
    def _most_doubts(rule: Rule) -> int:
        return 1 if rule.in_doubt == "hold" else DOUBTS

    def _version_of(self, person: Person) -> int | None:
        """Give the version of the reader's own record; None of one who is not known here."""
        record = self.known.records.get(Subject("contact", person.contact_id))
        return None if record is None else record.version

    def _attempt(
        self, mailing: Mailing, letter: Letter, attempt: UUID, before: Delivery | None
    ) -> Outcome:
        outbox, now = self.outside.outbox, self.outside.now
        try:
            mailing.send(letter, self.meanwhile)
        except MailAway as error:
            self.line.closed(error)
            fault = MailFailed("later", fault=error.code)
            outbox.finish(Finished(attempt, "put_off", fault), now=now())
            raise
        except MailFailed as failure:
            self.line.did_not_take(failure)
            outcome = self._not_taken(failure, letter.to.contact_id, before)
            outbox.finish(Finished(attempt, outcome, failure), now=now())
            return outcome
        except Exception as error:
            # A fault of ours, found before anything was handed over: nothing is in doubt.
            fault = MailFailed("later", fault=type(error).__name__)
            outbox.finish(Finished(attempt, "put_off", fault), now=now())
            raise
        self._taken = Finished(attempt, "sent")
        self.line.took()
        return "sent"

    def _record_taken(self) -> None:
        """Record a letter that was taken, before anything else is done than to conclude."""
        if self._taken is not None:
            self.outside.outbox.finish(self._taken, now=self.outside.now())
            self._taken = None

    def _not_taken(self, failure: MailFailed, contact_id: UUID, before: Delivery | None) -> Outcome:
        """Say how an attempt ended whose letter was not taken, and raise the alarm that fits."""
        match failure.verdict:
            case "doubt":
                return "in_doubt"
            case "address":
                corrected = Mend(Subject("contact", contact_id))
                self._alarm("letter.refused", {"code": failure.named()}, [corrected])
                return "refused" if self._is_sure(failure, contact_id, before) else "put_off"
            case "refused":
                self._alarm("letter.not_taken", {"code": failure.named()})
            case _:
                if self.claim.tries + 1 >= PATIENT_TRIES:
                    self._alarm("letter.not_taken", {"code": failure.named()})
        return "put_off"

    def _is_sure(self, failure: MailFailed, contact_id: UUID, before: Delivery | None) -> bool:
        """Say whether an address is refused for good: it was before, and others were taken since.

        A server that has lost its list of users refuses everybody so. What is no address needs no
        server to say it.

        Source: docs/rules/reminders.md, R-29.
        """
        if failure.smtp_code is None:
            return True
        if before is None or before.refused_at is None:
            return False
        return self.outside.outbox.has_taken_since(before.refused_at, besides=contact_id)

    def _letter(self, rule: Rule, person: Person) -> Letter:
        occurrence, now = self.claim.occurrence, self.outside.now()
        today = today_in_seoul(now)
        record = self.known.records[occurrence.subject]
        anchor = rule.read(record.facts)
        owners, reader = self._owners(rule, anchor, today), self._reader(today)
        departments = may_answer(anchor, self.known, self.records, reader)
        values = letter_values(
            rule,
            occurrence,
            self._with_copied([*anchor.subjects(), *filter(None, owners), *departments]),
            [
                *why_owed(rule, occurrence, self.known.days, today),
                *([NEW_READER] if self._is_new(person) else []),
            ],
            owners=owners,
            contact=who_answers(departments, self.known, self.found.people, person.contact_id),
            reader=reader,
            now=now,
            language=person.language,
            portal_url=self.outside.portal_url,
        )
        identity = message_id(occurrence.key, person.contact_id, self.outside.mail_server.domain)
        attachment = self._attachment(rule, record)
        return Letter(occurrence.letter, person.language, person, identity, values, attachment)

    def _with_copied(self, named: Sequence[Subject]) -> Mapping[Subject, Record]:
        """Add what a letter names and no rule plans from, as copied."""
        lacking = [each for each in named if each not in self.records]
        return {**self.records, **self.outside.copy.records(lacking)} if lacking else self.records

    def _reader(self, today: date) -> Reader:
        """Say who reads the letter: the people at the seat's place, as of now."""
        seat_id = self.claim.occurrence.seat_id
        seat = None if seat_id is None else self.found.seats.get(seat_id)
        if seat is None:
            raise LookupError("nobody is written to but behind a seat")
        return self.known.reader(seat.at, today)

    def _is_new(self, person: Person) -> bool:
        """Say whether others had this letter before, and this person nothing of it."""
        had = {each.contact_id for each in self.claim.deliveries}
        return bool(had) and person.contact_id not in had

    def _owners(self, rule: Rule, anchor: Anchor, today: date) -> Sequence[Subject | None]:
        """Give whom the letter names as in charge; where nobody is told, all who are not."""
        if self.claim.occurrence.is_for_office:
            return addressed(rule, anchor, self.known, today).empty
        return (in_charge(rule, anchor, self.known),)

    def _attachment(self, rule: Rule, record: Record) -> Attachment | None:
        """Make the calendar entry, stamped so that a resend is the same and no later one older.

        A step that is found late was planned after its own instant.
        """
        occurrence = self.claim.occurrence
        if rule.attach is None or occurrence.is_for_office:
            return None
        taken_back = self.known.times_taken_back(occurrence.subject, occurrence.seat_id)
        return rule.attach(record, max(occurrence.due_at, self.claim.planned_at), taken_back)

    def _conclude(self, results: Sequence[Result | None], done: Dispatched) -> None:
        """Derive the occurrence's state from what became of each person's letter.

        Nobody waits for another's sake: as long as one is to be tried again, the letter is.
        """
        if None in results:
            self._record_taken()
            return  # Somebody else holds it now, and concludes.
        if "in_doubt" in results or "put_off" in results:
            reason = "letter.in_doubt" if "in_doubt" in results else "letter.put_off"
            self._put_off("retry", reason, MAIL, done)
        elif "held" in results:
            self._record_taken()
            self._alarm("letter.in_doubt", {})
            self._settle("in_doubt", "letter.in_doubt", done)
        elif "sent" in results:
            mended = OF_LETTERS if "refused" not in results else ()
            self._settle("sent", None, done, mends=mended)
        else:
            self._settle("dead", "letter.refused", done)

    def _put_off(
        self, state: State, reason: str, retry_policy: RetryPolicy, done: Dispatched
    ) -> None:
        put_off(
            self.claim,
            state,
            reason,
            self.outside,
            done,
            retry_policy=retry_policy,
            ended=self._taken,
        )
        self._taken = None

    def _settle(
        self, state: State, reason: str | None, done: Dispatched, mends: Sequence[str] = ()
    ) -> None:
        now = self.outside.now()
        if self.outside.outbox.settle(
            self.claim, state, reason, now=now, mends=mends, ended=self._taken
        ):
            done.count(state)
        self._taken = None

    def _alarm(self, code: str, facts: Mapping[str, str], mends: Sequence[Mend] = ()) -> None:
        about = self.claim.occurrence.subject
        self.outside.outbox.raise_alarm(
            Alarm(code, about, self._title(), facts, tuple(mends)), self.outside.now()
        )
        if code in ("letter.refused", "letter.in_doubt"):
            # It is not merely tried again: one alarm, which says what to do. Another letter that is
            # not taken says so at its next try.
            self.outside.outbox.clear_alarm("letter.not_taken", about)

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
    retry_policy: RetryPolicy,
    ended: Finished | None = None,
) -> None:
    """Put a claim down to be tried again later, each time later, spread at random."""
    now = outside.now()
    next_try_at = now + retry_policy.wait(claim.tries + 1, outside.draw())
    if outside.outbox.settle(claim, state, reason, now=now, next_try_at=next_try_at, ended=ended):
        done.count(state)
