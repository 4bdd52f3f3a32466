"""What the operations need from elsewhere, named for the need.

The three neighbours are asked in the name of one viewer: whoever opens them has minted the token
and chosen the language. Each of their methods raises NeighbourDown or NeighbourRefused; reading
one thing that is not there, or not the viewer's to see, raises NotFound; a list that takes `after`
raises NoSuchPlace if that is no cursor of its own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, Protocol, TypeVar
from uuid import UUID

from changefeed.declared import Declaration
from changefeed.page import Page
from changefeed.subjects.parts import Words
from httpedge.access_record import Counted
from ieum_portal.domain.account import Account
from ieum_portal.domain.account_link import AccountLink
from ieum_portal.domain.attempts import Failure
from ieum_portal.domain.command import (
    Command,
    Foretold,
    ManyChanged,
    OneCommand,
    Recorded,
    TriedEach,
)
from ieum_portal.domain.consequences import Redrawn, Reposted
from ieum_portal.domain.draft import Draft
from ieum_portal.domain.history import LogEntry
from ieum_portal.domain.network import NetworkAnswer, Question
from ieum_portal.domain.office import Office
from ieum_portal.domain.oidc import Identity, Provider, Started
from ieum_portal.domain.operation import About, LetterAhead, PlannedLetter, Projection, Sender
from ieum_portal.domain.passkey import Passkey
from ieum_portal.domain.saved_view import SavedView
from ieum_portal.domain.websession import WebSession
from registryclient.alike import LookAlike, Pairs
from registryclient.answers import (
    Asked,
    Counts,
    DamagedDocument,
    DocumentState,
    Listed,
    MoveStanding,
    StreamedFile,
    Versioned,
    Way,
)
from registryclient.found import SearchFound
from registryclient.held import Held
from registryclient.imported import Import, ImportOutcomes, ImportPage, ImportRows
from registryclient.promised import PromiseQuarter, PromiseRates

Kind = TypeVar("Kind", bound=Declaration)
Standing = TypeVar("Standing")


@dataclass(frozen=True, slots=True)
class LooksSought:
    """Which records of access are looked for.

    Attributes:
        first, last: The days, both included, by Seoul's clock.
        account: As records name it.
        person: A contact whose data were shown.
        outcome: `200` was shown, `401`, `403`, `404` was denied; None is all.
        taken: Whether data were taken out, with a reason, or looked at; None is both.
    """

    first: date
    last: date
    account: str | None = None
    person: UUID | None = None
    outcome: str | None = None
    taken: bool | None = None


class Registry(Protocol):
    """The record, as the viewer may see it: subjects as they are declared.

    Lists take the filters of docs/api/registry.json; None leaves one out.
    """

    def one(self, kind_of: type[Kind], subject_id: UUID) -> Kind:
        """Give one subject; what the viewer is not told takes its default."""

    def versioned(self, kind_of: type[Kind], subject_id: UUID) -> Versioned[Kind]:
        """Give one subject with the version that a change of it must name."""

    def facts(self, kind_of: type[Declaration], subject_id: UUID) -> Mapping[str, Any]:
        """Give what is on record of one subject, by the record's own names."""

    def load(self, files: Mapping[str, str]) -> None:
        """Take files of records in, all of them or none; the same again changes nothing.

        Args:
            files: Their texts, by name.
        """

    def page(
        self, kind_of: type[Kind], *, after: str | None, limit: int, **asked: Asked
    ) -> Listed[Kind]:
        """Give one page of a list.

        Args:
            after: The `next` of the page before; `before` among `asked` is the way back.
            asked: The list's filters, by its declaration (`changefeed.lists.filters_of`); `sort`
                one of `sorts_of`, `-` before it for descending; `count=True` for `total`.
        """

    def page_standing(
        self,
        kind_of: type[Kind],
        standing: type[Standing],
        *,
        after: str | None,
        limit: int,
        **asked: Asked,
    ) -> Listed[tuple[Kind, Standing]]:
        """Give one page of a list, each with where it stands."""

    def all(self, kind_of: type[Kind], *, at_most: int = 100, **asked: Asked) -> Sequence[Kind]:
        """Give a list.

        Args:
            at_most: So many pages of 200 and no more.
        """

    def all_standing(
        self, kind_of: type[Kind], standing: type[Standing], *, at_most: int = 100, **asked: Asked
    ) -> Sequence[tuple[Kind, Standing]]:
        """Give a list, each with where it stands."""

    def whole(self, kind_of: type[Kind], *, at_most: int, **asked: Asked) -> Sequence[Kind] | None:
        """Give a list; None if it is longer than so many pages of 200."""

    def promise_rates(self, **asked: Asked) -> PromiseRates:
        """Give how much of what was promised has come, in groups if `by` says which."""

    def promise_trend(self, **asked: Asked) -> Sequence[PromiseQuarter]:
        """Give the same at the end of each of some quarters."""

    def counts(
        self,
        kind_of: type[Declaration],
        *by: Way,
        distinct: str | None = None,
        most: int = 200,
        **asked: Asked,
    ) -> Counts:
        """Count a list in several ways (`changefeed.lists.groupings_of`), whatever its length.

        Args:
            distinct: Of which different ones are counted; None counts subjects.
            most: So many groups of each way, the largest.
        """

    def by_id(
        self, kind_of: type[Kind], ids: Collection[UUID], **asked: Asked
    ) -> Mapping[UUID, Kind]:
        """Give subjects by id; those that the viewer may not see are absent."""

    def look_alikes(self, *, limit: int, **asked: Asked) -> Sequence[LookAlike]:
        """Give who may be the same organisation as one of that name, number or website."""

    def pairs_alike(self, *, limit: int, after: str | None) -> Pairs:
        """Give pairs of partners that may be one organisation, which nobody has decided on."""

    def held(self, whose: str, subject_id: UUID, *, on: date) -> Sequence[Held]:
        """Give what a person (`contact`) or a `department` answers for on a day."""

    def looks(
        self, sought: LooksSought, *, after: str | None, limit: int
    ) -> tuple[Sequence[Counted], str | None]:
        """Give a page of who saw people's data, the newest first, and the next page's cursor."""

    def send_document(self, about: Mapping[str, Asked], file: IO[bytes], *, once: str) -> Recorded:
        """Put a file on record.

        Args:
            about: What is said of it, as docs/api/registry.json calls it.
            once: Under this key it is written once.

        Raises:
            NeighbourRefused: It is not taken; why, in the viewer's language.
            NeighbourDown: It is not known whether it is on record.
        """

    def document_state(self, document_id: UUID) -> DocumentState:
        """Say whether the text of a document was read, and what was found of its file last."""

    def damaged_documents(self, *, limit: int) -> Listed[DamagedDocument]:
        """List the documents whose file is missing or altered, by title."""

    def put_document_back(self, document_id: UUID, file: IO[bytes]) -> None:
        """Put the very file of a document in its place again.

        Raises:
            NeighbourRefused: It is another file, or the document was erased.
        """

    def document_file(self, document_id: UUID, page: int | None = None) -> StreamedFile:
        """Give the file of a document in pieces, or one of its pages drawn as a picture.

        Raises:
            NotFound: No such document or page, or none that the viewer may see.
            NeighbourRefused: It was erased, is missing, or is not what is on record.
        """

    def search(self, q: str, *, limit: int) -> SearchFound:
        """Search over everything that words find; gives so many hits of each type."""

    def standing(
        self,
        kind_of: type[Declaration],
        standing: type[Standing],
        subject_id: UUID,
        *,
        on: date | None,
    ) -> Standing:
        """Say where one subject stands on a day; an event also at this instant."""

    def moves(self, agreement_id: UUID) -> Sequence[MoveStanding]:
        """Say of every move of an agreement whether the viewer may make it today, and why not."""

    def names_of(
        self, partners: frozenset[UUID], departments: frozenset[UUID]
    ) -> dict[UUID, Words]:
        """Give the names behind ids; ids that are not found are absent."""

    def try_out(self, command: OneCommand) -> Sequence[Foretold]:
        """Give the entries that a change would write; writes none.

        Raises:
            Stale, ChangeRefused: Changed since it was seen; against the registry's rules.
        """

    def try_each(self, command: ManyChanged) -> TriedEach:
        """Give the entries that changes of several would write, and which are left; writes none."""

    def versions(
        self, kind_of: type[Kind], ids: Collection[UUID]
    ) -> Mapping[UUID, Versioned[Kind]]:
        """Give subjects by id, each with the version that a change of it must name."""

    def record(self, command: Command, *, once: str) -> Recorded:
        """Write a change, once under one key; of several each that nothing stands against.

        Raises:
            Stale, ChangeRefused: As for `try_out`.
            NeighbourDown: It is not known whether it was written; the same call may be made again.
        """


class Graph(Protocol):
    """The projection, as far as the viewer may see it."""

    def partner_network(self, partner_id: UUID, *, on: date) -> NetworkAnswer:
        """Ask the question `partner-network`."""

    def event_neighbours(
        self, event_id: UUID, *, on: date, written: int | None = None
    ) -> NetworkAnswer:
        """Ask the question `event-neighbours`.

        Args:
            written: The entry that the viewer has just written and wants to see the effect of.
        """

    def questions(self) -> Sequence[Question]:
        """List what can be asked."""

    def ask(
        self,
        name: str,
        parameters: Mapping[str, str],
        *,
        on: date,
        known_at: datetime | None = None,
    ) -> NetworkAnswer:
        """Ask one of them.

        Args:
            parameters: Ids or keys by parameter, only those given.

        Raises:
            NotFound: There is no such question, or no such thing to ask about.
        """

    def projection(self) -> Projection:
        """Say how the projection is doing."""

    def consequences(self, entries: Sequence[Foretold], *, on: date) -> Redrawn:
        """Say what entries that are not yet written would change in the network."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries of the log are looked for; None does not narrow. Days are Seoul's, inclusive.

    Attributes:
        role: The role in which a change was made; `rule` is a rule's.
    """

    subject: UUID | None = None
    subject_type: str | None = None
    kind: str | None = None
    role: str | None = None
    recorded_from: date | None = None
    recorded_to: date | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries, the newest first; `next` is the number to go on before, None at the end."""

    entries: tuple[LogEntry, ...]
    next: int | None
    head: int


class Log(Protocol):
    """The change log, as the viewer may read it."""

    def history(self, sought: Sought, *, before: int | None, limit: int) -> LogPage:
        """List the entries that are looked for, the newest first."""

    def about(self, subjects: Sequence[UUID], *, at_most: int) -> Sequence[LogEntry]:
        """Give the entries about some subjects, the newest first; at most 200."""

    def feed(self, after: int) -> Page:
        """Give the entries after a number, in order, up to a thousand."""


class Imports(Protocol):
    """Spreadsheets on their way into the record.

    Whatever moves one names the version that was seen, and raises Stale or ChangeRefused.
    """

    def page(self, *, after: UUID | None) -> ImportPage:
        """Give a page of imports, the latest first."""

    def one(self, import_id: UUID) -> Import:
        """Give one import with what was found and decided."""

    def rows(self, import_id: UUID, *, state: str | None, after: int, limit: int) -> ImportRows:
        """Give a page of lines in their order."""

    def outcomes(self, import_id: UUID, *, state: str, limit: int) -> ImportOutcomes:
        """Give the first records that something became of."""

    def faults(self, import_id: UUID) -> bytes:
        """Give the lines with faults or questions as an xlsx."""

    def bring(
        self, name: str, data: bytes, *, is_pasted: bool, encoding: str | None, once: str
    ) -> Import:
        """Bring a file, or copied cells as UTF-8; under one key, once."""

    def decide(self, import_id: UUID, decisions: Mapping[str, Any], *, seen: int) -> Import:
        """Change decisions; the sheet is checked anew."""

    def try_out(self, import_id: UUID) -> Sequence[Foretold]:
        """Give the entries that the first records would write; writes none."""

    def approve(self, import_id: UUID, *, only_clean: bool, seen: int) -> Import:
        """Let it be written; `only_clean` leaves lines with faults or questions."""

    def undo(self, import_id: UUID, *, reason: str, seen: int) -> Import:
        """Let it be taken back, as far as nobody has touched it since."""

    def erase(self, import_id: UUID, *, seen: int) -> None:
        """Erase what is staged; what was written stays."""


class Notify(Protocol):
    """The post room."""

    def sender(self) -> Sender:
        """Say how the sender is doing."""

    def planned(self, *, days: int) -> Sequence[PlannedLetter]:
        """List the letters planned for the coming days, in order of time."""

    def ahead(self, *, days: int) -> Sequence[LetterAhead]:
        """List the same with what each is about and whom it goes to."""

    def resend(self, about: About) -> None:
        """Let the letters about something that could not be handed over go out again.

        Raises:
            NeighbourRefused: Nothing of it waits, or it is owed no more.
        """

    def consequences(self, entries: Sequence[Foretold]) -> Reposted:
        """Say what entries that are not yet written would change among the letters."""


class Neighbours(Protocol):
    """The three services, asked in the name of one viewer."""

    @property
    def registry(self) -> Registry:
        """The record."""

    def own_partners(self) -> Sequence[UUID]:
        """Give the partners of a viewer who is a liaison, as its seats are today; else none."""

    def left_s(self) -> float:
        """Say how long their answers may still be waited for, all of them together."""

    @property
    def log(self) -> Log:
        """The change log."""

    @property
    def imports(self) -> Imports:
        """Spreadsheets on their way into the record."""

    @property
    def graph(self) -> Graph:
        """The projection."""

    @property
    def notify(self) -> Notify:
        """The post room."""


class Accounts(Protocol):
    """The accounts, each of which is one person's way in."""

    def by_login(self, login: str) -> Account | None:
        """Find an account by its folded login."""

    def by_id(self, account_id: UUID) -> Account | None:
        """Find an account."""

    def add(self, account: Account) -> None:
        """Keep a new account.

        Raises:
            LoginTaken: One with that login is there.
        """

    def keep(self, account: Account, *, was: Account) -> None:
        """Keep what is changed of an account; what others change meanwhile stays theirs.

        Raises:
            LastAdministrator: Nobody would administer accounts then; nothing is kept.
        """

    def are_there(self) -> bool:
        """Say whether any account was ever made."""

    def add_first(self, account: Account) -> None:
        """Keep the very first account.

        Raises:
            FirstRunOver: There is one; of two who come at once the second finds it.
        """

    def all(self) -> Sequence[Account]:
        """Give all accounts, in the order in which they were made."""

    def set_password_hash(self, account_id: UUID, password_hash: str) -> None:
        """Replace a password's hash."""


class Identities(Protocol):
    """Who of a provider of OpenID Connect is which account."""

    def account_of(self, identity: Identity) -> UUID | None:
        """Give whose it is; None of nobody yet."""

    def bind(self, identity: Identity, account_id: UUID, at: datetime) -> bool:
        """Let it be an account's.

        Gives False where the account has another of this issuer already, or it is somebody else's.
        """


class Passkeys(Protocol):
    """The passkeys of accounts, and which challenges were used up."""

    def of(self, account_id: UUID) -> Sequence[Passkey]:
        """Give an account's, in the order in which they were added."""

    def by_id(self, passkey_id: str) -> Passkey | None:
        """Find one."""

    def add(self, passkey: Passkey) -> bool:
        """Keep a new one; gives False if it is somebody's already."""

    def used(self, passkey: Passkey, *, sign_count: int, at: datetime) -> None:
        """Note that it was used."""

    def rename(self, passkey_id: str, account_id: UUID, name: str) -> None:
        """Call one of an account's otherwise."""

    def remove(self, passkey_id: str, account_id: UUID) -> None:
        """Forget one of an account's."""

    def take_challenge(self, digest: str, *, at: datetime, old: datetime) -> bool:
        """Use a challenge up; gives False if it was already, also of two that come at once.

        Args:
            old: What was used before is forgotten: it has run out anyway.
        """


class SignOn(Protocol):
    """A provider of OpenID Connect.

    Attributes:
        provider: As the settings name it.
    """

    provider: Provider

    def address(self, started: Started) -> str:
        """Give where a browser goes to sign in.

        Raises:
            NotSignedIn: `down`.
        """

    def redeem(self, code: str, started: Started) -> Identity:
        """Give who signed in, for the code that came back.

        Raises:
            NotSignedIn: As named; nobody did.
        """


class Sessions(Protocol):
    """The web sessions."""

    def add(self, session: WebSession) -> None:
        """Keep a new session."""

    def find(self, token_hash: str) -> tuple[WebSession, Account] | None:
        """Find a session with its account, whether or not it is still open."""

    def of(self, account_id: UUID) -> Sequence[WebSession]:
        """Give the sessions of an account that nobody ended, the newest first."""

    def touch(self, token_hash: str, at: datetime) -> None:
        """Note a sign of life."""

    def revoke(self, token_hash: str, at: datetime) -> None:
        """End one session; ending it again changes nothing."""

    def revoke_all(self, account_id: UUID, at: datetime) -> int:
        """End all of an account's sessions; gives how many were open."""

    def sweep(self, before: datetime) -> None:
        """Forget the sessions that began before a moment."""


class Attempts(Protocol):
    """The attempts to sign in that have failed, or have not succeeded yet."""

    def note(self, failure: Failure) -> int:
        """Count an attempt as failed, and forget those too old to matter; gives its number."""

    def failures(self, *, account: str, address: str, since: datetime) -> Sequence[Failure]:
        """List the failures that touch the account or the address."""

    def forgive(self, number: int, *, account: str, address: str) -> None:
        """Take back an attempt that succeeded, and the account's failures from that address."""

    def forget(self, *, account: str | None, address: str | None) -> int:
        """Forget the failures of an account, of an address, or with neither all; gives how many."""


class AccessRecords(Protocol):
    """Who signed in, who tried to, and who was denied a page."""

    def page(
        self,
        *,
        after: tuple[datetime, str] | None,
        limit: int,
        account: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Sequence[Counted]:
        """Give records, the newest first, after the instant and key of the last one seen.

        Args:
            account: As `portal:<id>`: of this one alone.
            since, until: From the first instant on, before the second.
        """

    def forget_before(self, moment: datetime) -> int:
        """Forget what is older; gives how many records went."""


class AccountLinks(Protocol):
    """The links that let people choose a password."""

    def add(self, link: AccountLink) -> None:
        """Keep a new link."""

    def find(self, link_id: UUID) -> AccountLink | None:
        """Find a link."""

    def of(self, account_id: UUID) -> Sequence[AccountLink]:
        """Give the links of an account, the newest first."""

    def newest(self) -> Mapping[UUID, AccountLink]:
        """Give the newest link of each account that has one, by account."""

    def unsent(self, now: datetime) -> Sequence[AccountLink]:
        """Give the links whose letter still has to go out, the oldest first."""

    def mark_sent(self, link_id: UUID, at: datetime) -> None:
        """Note that the mail server took the letter."""

    def mark_refused(self, link_id: UUID, at: datetime) -> None:
        """Note that the mail server never takes it."""

    def use(self, link_id: UUID, account: Account, at: datetime, *, was: Account) -> None:
        """Give the account its new password by a link, and end its sessions; all or nothing.

        Raises:
            LinkClosed: Somebody used it before, or the account is no longer as it was.
        """

    def forget_before(self, moment: datetime) -> int:
        """Forget links made before a moment; gives how many went."""


class AccountMail(Protocol):
    """Hands letters about accounts over to be sent."""

    def send(self, link: AccountLink, account: Account) -> None:
        """Send the letter that carries a link.

        Raises:
            NeighbourDown: It could not be sent now.
            NeighbourRefused: The address takes no letters.
        """


class LetterRounds(Protocol):
    """Sends the letters about accounts that wait."""

    def begin(self) -> None:
        """Begin a round, beside the request under way."""


class Drafts(Protocol):
    """The forms that people have not finished."""

    def add(self, draft: Draft) -> None:
        """Keep a new draft."""

    def find(self, draft_id: UUID, account_id: UUID) -> Draft | None:
        """Find a draft of an account; another's is as if it were not there."""

    def of(self, account_id: UUID) -> Sequence[Draft]:
        """Give an account's drafts, the one changed last first."""

    def all(self) -> Sequence[Draft]:
        """Give everybody's drafts, the one changed last first."""

    def keep(self, draft: Draft, *, was: int) -> bool:
        """Keep a draft as it is now, if its revision is still the one that it was."""

    def drop(self, draft_id: UUID, account_id: UUID) -> None:
        """Throw a draft of an account away; one that is not there changes nothing."""

    def forget(self, now: datetime) -> int:
        """Throw away what has been kept long enough; gives how many went."""


class SavedViews(Protocol):
    """The views of lists that people keep."""

    def all(self, account_id: UUID) -> Sequence[SavedView]:
        """Give an account's views and the office's."""

    def add(self, view: SavedView) -> None:
        """Keep a new view.

        Raises:
            ViewRefused: `view.name_taken`; its owner has one of that list under that name.
        """

    def rename(self, view: SavedView) -> None:
        """Keep a view under its name of now.

        Raises:
            ViewRefused: `view.name_taken`.
        """

    def drop(self, view_id: UUID) -> None:
        """Throw a view away."""

    def opening(self, account_id: UUID, of: str) -> UUID | None:
        """Give the view that an account opens a list with."""

    def open_with(self, account_id: UUID, of: str, view_id: UUID | None) -> None:
        """Open a list with a view from now on; None with none."""

    def forget(self, account_id: UUID) -> int:
        """Throw away what an account kept for itself; gives how many views went."""


class CalendarLinks(Protocol):
    """Which account's calendar a token opens; of the token its hash alone."""

    def keep(self, account_id: UUID, token_hash: str, made_at: datetime) -> None:
        """Keep an account's token in place of the one before."""

    def drop(self, account_id: UUID) -> None:
        """Close an account's calendar."""

    def owner(self, token_hash: str) -> UUID | None:
        """Give whose token has this hash."""

    def made_at(self, account_id: UUID) -> datetime | None:
        """Give since when an account has a calendar; None without one."""


class Passwords(Protocol):
    """The one-way function for passwords."""

    def hash(self, password: str) -> str:
        """Make a salted hash."""

    def fits(self, password_hash: str | None, password: str) -> bool:
        """Say whether a password made a hash; None takes as long and never fits."""

    def is_outdated(self, password_hash: str) -> bool:
        """Say whether a hash was made at a lower cost than is asked for today."""


class KeptOffice(Protocol):
    """Who answers for the portal, as the first run said."""

    def __call__(self) -> Office:
        """Give it; nobody before the first run."""

    def keep(self, office: Office) -> None:
        """Keep what the first run said, in place of what an earlier try said."""


class ContactFinder(Protocol):
    """Finds the contact that an account belongs to."""

    def __call__(self, key: str) -> UUID | None:
        """Give the contact's id by its key; None if there is none (yet)."""
