"""What the operations need from outside, each named for the need."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal, Protocol
from uuid import UUID

from changefeed.change import Change
from ieum_notify.domain.alarm import Alarm
from ieum_notify.domain.answers import Verdict
from ieum_notify.domain.facts import Record, Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.letter import Letter, Person
from ieum_notify.domain.letters_out import LettersOut
from ieum_notify.domain.occurrence import Occurrence, State
from ieum_notify.domain.readers import Ended
from ieum_notify.domain.restored import Restored
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.seat import Seat
from ieum_notify.domain.sight import Sight

Outcome = Literal["sent", "refused", "put_off", "in_doubt"]
"""How one attempt ended: taken, refused for good, refused for now, or nobody knows."""


class RegistryAway(Exception):
    """The registry gives no answer; trying again later is right."""


class FeedGap(Exception):
    """The feed lacks a number; nothing may be applied over the gap."""


class FeedForked(Exception):
    """The feed tells another history than the one copied: copy it again from its start."""


class OtherLog(Exception):
    """The feed is another log than the one copied: nothing of it may be copied over this one."""


class MailAway(Exception):
    """The mail server takes nothing from us now, whoever the letter is for.

    Attributes:
        code: Its answer as `421`, or the name of the fault below it.
    """

    def __init__(self, code: str) -> None:
        """Keep the code; never the text, which may hold an address."""
        super().__init__(code)
        self.code = code


class MailFailed(Exception):
    """One letter was not taken, or nobody knows.

    Attributes:
        verdict: What the answer means: `address`, `refused`, `later` or `doubt`.
        smtp_code: Three digits, or None where no answer came.
        enhanced_code: As `5.1.1`, or None.
        fault: What went wrong where there is no answer.
        is_cut: The line is of no more use.
    """

    def __init__(
        self,
        verdict: Verdict,
        *,
        smtp_code: int | None = None,
        enhanced_code: str | None = None,
        fault: str = "",
        is_cut: bool = False,
    ) -> None:
        """Keep the codes; never the text, which may hold an address."""
        super().__init__(fault or str(smtp_code))
        self.verdict = verdict
        self.smtp_code = smtp_code
        self.enhanced_code = enhanced_code
        self.fault = fault
        self.is_cut = is_cut

    def named(self) -> str:
        """Name the answer by its codes, or what went wrong."""
        code = None if self.smtp_code is None else str(self.smtp_code)
        return " ".join(filter(None, (code, self.enhanced_code))) or self.fault


@dataclass(frozen=True, slots=True)
class Bookmark:
    """The last change copied, with its hash; the next one must follow on it.

    Attributes:
        genesis: The hash of the log's first entry; None until it was told.
    """

    seq: int
    hash: bytes
    genesis: bytes | None = None


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Changes that follow on a bookmark, strictly one by one, and how far the log reaches.

    Attributes:
        genesis: Of the log that they are of.
    """

    changes: tuple[Change, ...]
    head: int
    genesis: bytes | None = None


class Feed(Protocol):
    """The registry's change log."""

    def read(self, mark: Bookmark, wait_s: int) -> FeedPage:
        """Give what follows; empty if nothing came within the wait.

        Raises:
            RegistryAway, FeedGap, FeedForked, OtherLog: As named.
        """
        ...


class Copy(Protocol):
    """This service's own copy of the facts: no names of people, no addresses."""

    def mark(self) -> Bookmark:
        """Say how far the copy reaches."""
        ...

    def apply(self, mark: Bookmark, page: FeedPage, now: datetime) -> bool:
        """Store a page's facts and move the bookmark, in one transaction.

        Returns:
            False if the bookmark was no longer the one given: somebody else applied it.
        """
        ...

    def is_whole(self) -> bool:
        """Say whether the copy reached the head that it last saw; never while it fills."""
        ...

    def forget(self) -> None:
        """Throw the copy away; what was planned and sent stays."""
        ...

    def known(self) -> Known:
        """Give what the planner needs, as of the bookmark."""
        ...

    def records(self, subjects: Iterable[Subject]) -> dict[Subject, Record]:
        """Give the copied facts of some subjects; unknown ones are absent."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """An occurrence as it stands in the outbox."""

    occurrence: Occurrence
    state: State
    reason: str | None


class PlanTransaction(Protocol):
    """One open planning transaction."""

    def entries(
        self, wanted: Collection[str], only: Collection[Subject] | None
    ) -> Mapping[str, Entry]:
        """Give by key all that wait, and those of the wanted keys that were ever planned.

        Args:
            only: Whose letters are looked at; None looks at all.
        """
        ...

    def enter(self, occurrences: Iterable[Occurrence]) -> int:
        """Write new ones down as planned; one whose key exists stays as it is."""
        ...

    def perhaps_sent(self, occurrences: Iterable[Occurrence]) -> Collection[str]:
        """Give the keys of those that may have gone out before this store was put back (T-66)."""
        ...

    def doubt(self, occurrences: Iterable[Occurrence]) -> None:
        """Write down, or set, as waiting for a person to say whether they went out."""
        ...

    def ended(self, keys: Collection[str]) -> Mapping[str, Ended]:
        """Give those of the keys that went out, were refused or are in doubt, and who had one."""
        ...

    def replan(self, occurrence: Occurrence) -> None:
        """Plan one again that waits, lapsed or has ended, with its due day as it is now.

        Whoever has a copy already gets no other one.
        """
        ...

    def lapse(self, key: str, state: State, reason: str) -> None:
        """Withdraw one that waits; one already claimed is left to the dispatcher."""
        ...

    def set_alarms(
        self, codes: Collection[str], alarms: Iterable[Alarm], only: Collection[Subject] | None
    ) -> None:
        """Let the alarms of these codes be exactly these; of `only` these subjects, if given."""
        ...

    def corrected(self) -> Collection[str]:
        """Give the keys that were put off for a reader whose own record was changed since."""
        ...

    def keep_alarms(
        self,
        codes: Collection[str],
        subjects: Collection[Subject],
        only: Collection[Subject] | None,
    ) -> None:
        """Take away the alarms of these codes that are about any other subject, or of `only`."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """One person's copy of a claimed letter, as far as it came before.

    Attributes:
        state: `refused` counts only as long as the person's own record stays as it was.
        doubts: How often nobody knew whether it was taken, since it was planned; attempts that
            were started and never ended are such.
        refused_at: When its address was last refused in a way that is not yet beyond doubt.
    """

    contact_id: UUID
    state: str
    doubts: int
    refused_at: datetime | None


@dataclass(frozen=True, slots=True)
class Claim:
    """An occurrence in this dispatcher's hands until its lease ends.

    Attributes:
        token: Fences: whoever claims later has another, and this one's writes then do nothing.
        tries: How often it was put off before.
        planned_at: When it was last written down as owed.
    """

    id: UUID
    token: UUID
    occurrence: Occurrence
    tries: int
    planned_at: datetime
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """How an attempt ended.

    Attributes:
        failure: Why it was not taken; None if it was.
    """

    attempt: UUID
    outcome: Outcome
    failure: MailFailed | None = None


class Outbox(Protocol):
    """Occurrences, deliveries and attempts."""

    def planning(self, now: datetime) -> AbstractContextManager[PlanTransaction]:
        """Open a planning transaction, the only one; it rolls back unless it ends well."""
        ...

    def claim(self, now: datetime, *, limit: int, lease_s: int) -> tuple[Claim, ...]:
        """Take due occurrences that nobody holds, oldest first; committed when this returns."""
        ...

    def renew(self, claim: Claim, *, now: datetime, lease_s: int) -> None:
        """Hold a claim longer; nothing happens if the lease was lost."""
        ...

    def give_back(self, claims: Collection[Claim], until: datetime | None = None) -> None:
        """Let others take claims that nothing was begun of.

        Args:
            until: Not before this instant; it is no failed try.
        """
        ...

    def let_go(self, opens: time) -> None:
        """Let go out at once what was put down until an opening at this hour in Seoul."""
        ...

    def begin(
        self,
        claim: Claim,
        contact_id: UUID,
        message_id: str,
        *,
        contact_version: int | None,
        now: datetime,
        lease_s: int,
    ) -> UUID | None:
        """Commit that an attempt starts, and renew the lease; before anything is sent.

        Args:
            contact_version: Which version of the reader's own record the address was taken from,
                as far as the copy knows: a refusal holds for this one alone.

        Returns:
            The attempt; None if the lease was lost meanwhile: then nothing may be sent.
        """
        ...

    def finish(self, ended: Finished, *, now: datetime) -> None:
        """Record how an attempt ended, on it and on its delivery."""
        ...

    def has_taken_since(self, moment: datetime, *, besides: UUID) -> bool:
        """Say whether the mail server took a letter to anybody else since an instant."""
        ...

    def settle(
        self,
        claim: Claim,
        state: State,
        reason: str | None,
        *,
        now: datetime,
        next_try_at: datetime | None = None,
        mends: Collection[str] = (),
        ended: Finished | None = None,
    ) -> bool:
        """Put a claim down, with how its last attempt ended, in one transaction.

        Args:
            mends: Codes of alarms about the subject that are taken away with it, unless another
                letter about the subject still waits to be taken.
            ended: The attempt, if there was one that is not finished yet.

        Returns:
            False if the lease was lost: then nothing was written but how the attempt ended.
        """
        ...

    def resend(self, key: str, now: datetime) -> bool:
        """Let a letter go out again now to whoever lacks it; False if it is not stuck."""
        ...

    def hold_back(self, restored: Restored) -> int:
        """Put in doubt what is due and not surely sent; gives how many (T-66)."""
        ...

    def told(self, rules: Sequence[Rule]) -> tuple[LettersOut, ...]:
        """Give the letters that somebody got, or may have, by seat and person.

        Args:
            rules: Of the subjects alone whose letters one of these takes back.
        """
        ...

    def raise_alarm(self, alarm: Alarm, now: datetime) -> None:
        """Show an alarm; one that is already shown keeps its first instant."""
        ...

    def clear_alarm(self, code: str, subject: Subject | None = None) -> None:
        """Take an alarm away; nothing happens if there is none."""
        ...

    def tick(self, name: str, now: datetime) -> None:
        """Record that a part of the worker is alive."""
        ...


@dataclass(frozen=True, slots=True)
class Listed:
    """An occurrence as the list shows it; `cursor` is where the next page goes on."""

    entry: Entry
    cursor: str
    next_try_at: datetime | None
    tries: int


@dataclass(frozen=True, slots=True)
class AttemptMade:
    """One attempt: when, and what the mail server answered; never to which address."""

    contact_id: UUID
    message_id: str
    started_at: datetime
    finished_at: datetime | None
    outcome: Outcome | None
    smtp_code: int | None
    enhanced_code: str | None
    fault: str | None


@dataclass(frozen=True, slots=True)
class AlarmRaised:
    """An alarm and since when it stands."""

    alarm: Alarm
    since: datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the sender is doing; None where nothing is known yet.

    Attributes:
        oldest_due_at: Since when the letter waits that waits longest: due, and planned.
        in_doubt: How many letters wait for a person to say whether they were taken.
        dead: How many letters were given up.
    """

    ticked_at: datetime | None
    oldest_due_at: datetime | None
    due: int
    sent_today: int
    in_doubt: int
    dead: int
    applied_seq: int
    applied_hash: bytes
    head_seq: int
    alarms: tuple[AlarmRaised, ...]


class History(Protocol):
    """What was planned and what became of it."""

    def listed(
        self,
        *,
        state: State | None,
        after: str | None,
        limit: int,
        sight: Sight | None = None,
    ) -> tuple[Listed, ...]:
        """Give the occurrences in sight, latest due first; None shows all."""
        ...

    def entry(self, key: str) -> Listed | None:
        """Give one by its key."""
        ...

    def stuck(self, subject: Subject) -> tuple[str, ...]:
        """Give the keys about a subject that could not be handed over, oldest due first."""
        ...

    def attempts(self, key: str) -> tuple[AttemptMade, ...]:
        """Give every attempt for one key, oldest first."""
        ...

    def ended(self, keys: Collection[str]) -> Mapping[str, Ended]:
        """Give those of the keys that went out, were refused or are in doubt, and who had one."""
        ...

    def told(self, rules: Sequence[Rule]) -> tuple[LettersOut, ...]:
        """Give the letters that somebody got, or may have, by seat and person.

        Args:
            rules: Of the subjects alone whose letters one of these takes back.
        """
        ...

    def pulse(self, now: datetime, today_began_at: datetime) -> Pulse:
        """Give the sender's state."""
        ...


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the registry says now of some subjects and seats; unknown ids are absent."""

    records: Mapping[Subject, Record]
    seats: Mapping[UUID, Seat]
    people: Mapping[UUID, tuple[Person, ...]]


class Directory(Protocol):
    """Who sits where today, and the facts as they are now."""

    def resolve(self, subjects: Sequence[Subject], seats: Sequence[UUID]) -> Resolution:
        """Ask once for a whole batch.

        Raises:
            RegistryAway: No answer.
        """
        ...


class Mailing(Protocol):
    """An open line to the mail server."""

    def send(self, letter: Letter, meanwhile: Callable[[], None]) -> None:
        """Hand over one letter; returning means that the server took it.

        Args:
            meanwhile: Called every few seconds of a wait; never fails.

        Raises:
            MailFailed: This letter was not taken, or nobody knows.
            MailAway: The server takes nothing at all.
        """
        ...


class MailServer(Protocol):
    """Where letters are handed over."""

    domain: str
    """What Message-IDs end in."""

    def open(self, meanwhile: Callable[[], None]) -> AbstractContextManager[Mailing]:
        """Connect; raises MailAway."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All that dispatching reaches for.

    Attributes:
        now: Reads the clock; asked again for each letter, as a batch may take minutes.
        draw: A random number from 0 to 1, for spreading retries.
        portal_url: Where a letter's link leads.
    """

    copy: Copy
    outbox: Outbox
    directory: Directory
    mail_server: MailServer
    now: Callable[[], datetime]
    draw: Callable[[], float]
    portal_url: str
