"""What a route may reach for: the store, the clock, the caller's scope, the headers it needs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import IO, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app, g, request

from changefeed.change import Actor
from changefeed.log_id import LogId
from httpedge.access import caller
from httpedge.access_record import AccessLog
from httpedge.problem import Problem
from ieum_registry.api.request_parser import is_dry_run
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.operations.ports.access import AccessRecords
from ieum_registry.operations.ports.document_checks import DocumentChecks
from ieum_registry.operations.ports.document_files import Arrived, DocumentFiles
from ieum_registry.operations.ports.document_reader import DocumentReader
from ieum_registry.operations.ports.document_texts import DocumentTexts
from ieum_registry.operations.ports.idempotency import IdempotencyKeys, KeyUse
from ieum_registry.operations.ports.imports import Imports
from ieum_registry.operations.ports.ledger import Ledger, LedgerTransaction
from ieum_registry.operations.ports.look_alikes import LookAlikes
from ieum_registry.operations.ports.records import Records
from ieum_registry.operations.ports.register_source import RegisterSource
from ieum_registry.operations.ports.scope import DISCLOSED, EVERYTHING, Scope

SEOUL = ZoneInfo("Asia/Seoul")
EXTENSION = "ieum_registry"
READERS = ("portal", "operator")
"""The services that look up people and seats: the portal, for those who sign in to it.

The operator's key may claim any role; to shut its service tokens out would protect nothing.
"""


@dataclass(frozen=True, slots=True)
class Documents:
    """What routes of documents use.

    Attributes:
        arrived: Takes a file in; what arrived is gone when the block ends.
        largest: In bytes.
    """

    files: DocumentFiles
    reader: DocumentReader
    arrived: Callable[[IO[bytes]], AbstractContextManager[Arrived]]
    largest: int


class LedgerFor(Protocol):
    """Gives a ledger in one caller's name, at one instant."""

    def __call__(
        self, actor: Actor, *, at: datetime, key_use: KeyUse | None, dry_run: bool
    ) -> Ledger:
        """Give the ledger; a dry one numbers entries and writes none."""
        ...


@dataclass(frozen=True, slots=True)
class Wiring:
    """What `app.py` puts together and routes use."""

    ledger_for: LedgerFor
    records: Records
    keys: IdempotencyKeys
    access: AccessRecords
    access_log: AccessLog
    imports: Imports
    look_alikes: LookAlikes
    clock: Callable[[], datetime]
    draw_id: Callable[[], UUID]
    log_name: str
    documents: Documents
    checks: DocumentChecks
    texts: DocumentTexts
    register: RegisterSource


class NotedLedger:
    """A ledger that keeps the transaction it wrote, so that the answer can tell its last number."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @contextmanager
    def open(self) -> Iterator[LedgerTransaction]:
        """Open a transaction and keep it in the request."""
        with self._ledger.open() as transaction:
            g.ledger_transaction = transaction
            yield transaction


def ledger_transaction() -> LedgerTransaction:
    """Give the transaction that this request wrote."""
    found: LedgerTransaction = g.ledger_transaction
    return found


def wiring() -> Wiring:
    """Give what the application was put together with."""
    found: Wiring = current_app.extensions[EXTENSION]
    return found


def records() -> Records:
    """Give what is known, as text."""
    return wiring().records


def log_id() -> LogId:
    """Give which log this is."""
    return LogId(wiring().log_name, records().genesis())


def now() -> datetime:
    """Give the instant of this request, the same however often it is asked."""
    if "now" not in g:
        g.now = wiring().clock()
    found: datetime = g.now
    return found


def today() -> date:
    """Give the day of this request in Seoul."""
    return now().astimezone(SEOUL).date()


def new_id() -> UUID:
    """Draw a UUIDv7."""
    return wiring().draw_id()


def ledger() -> Ledger:
    """Give a ledger in the caller's name; a dry one if `?dry_run=true` asks for it."""
    use: KeyUse | None = g.get("key_use")
    plain = wiring().ledger_for(_actor(), at=now(), key_use=use, dry_run=is_dry_run())
    return NotedLedger(plain)


def dry_ledger() -> Ledger:
    """Give a ledger that keeps nothing, to try a change on; the answer tells nothing of it."""
    return wiring().ledger_for(_actor(), at=now(), key_use=None, dry_run=True)


def _actor() -> Actor:
    return Actor(account(), caller().role)


def account() -> str:
    """Give the caller as the log names them: an opaque id."""
    asker = caller()
    return f"{asker.issuer}:{asker.subject}"


def scope() -> Scope:
    """Give what the caller may see; lists, counts and single reads obey the same one.

    Source: DESIGN section 4; docs/rules/access.md, A-1 to A-3.
    """
    asker = caller()
    if asker.role == "public":
        return DISCLOSED
    if asker.role == "liaison":
        return Scope.of_partners(asker.partners, today())
    if asker.role == "department":
        return Scope.of_department(asker.department, today())
    return EVERYTHING


def if_match() -> int:
    """Give the version that the caller last read, from `If-Match: "3"`.

    Raises:
        Problem: `version.missing` (428); `version.unreadable` (412) if it is no version of ours,
            `*` included: whoever changes a record says which one.
    """
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise Problem("version.missing")
    digits = given.removeprefix('"').removesuffix('"')
    if f'"{digits}"' != given or not (digits.isascii() and digits.isdigit()) or len(digits) > 15:
        raise Problem("version.unreadable", {"given": given[:40]})
    return int(digits)


def seq_known(asked: str | None) -> int | None:
    """Give the entry up to which the caller wants to know; None is the head.

    Args:
        asked: A number of the log, or an instant (RFC 3339, with an offset).

    Raises:
        RuleBroken: `known_at.unreadable`; `known_at.in_future`.
    """
    if asked is None:
        return None
    if asked.isascii() and asked.isdigit() and len(asked) <= 15:
        head = records().head().seq
        if int(asked) > head:
            raise RuleBroken("known_at.in_future", pointer="/known_at", asked=asked, head=head)
        return int(asked)
    try:
        # A plus sign in a query arrives as a blank.
        written = datetime.fromisoformat(asked.replace(" ", "+"))
        instant = written.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise RuleBroken("known_at.unreadable", pointer="/known_at", asked=asked[:40]) from error
    if written.tzinfo is None:
        raise RuleBroken("known_at.unreadable", pointer="/known_at", asked=asked[:40])
    if instant > now():
        head = records().head().seq
        raise RuleBroken("known_at.in_future", pointer="/known_at", asked=asked[:40], head=head)
    return records().seq_at(instant)
