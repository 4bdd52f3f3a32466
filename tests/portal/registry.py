"""The registry itself beside the portal, with the sample on record and a clock that stands."""

import json
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import chain
from pathlib import Path
from uuid import UUID, uuid4

from uuid_utils.compat import uuid7

from changefeed.change import Actor, Change
from changefeed.mapping import from_facts
from changefeed.page import from_wire
from httpedge.caller import ROLES, Signer
from ieum_registry.app import create_app, open_documents, wire
from ieum_registry.commands.work import work_once
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.domain.errors import NotFound
from ieum_registry.domain.subjects import SUBJECTS, Subject
from ieum_registry.operations.importing.choices import Choices
from ieum_registry.operations.importing.steps import bring
from ieum_registry.operations.ports.ledger import LedgerTransaction, Person
from ieum_registry.operations.redaction import redact
from ieum_registry.settings import Settings
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from tests.portal.in_process import Neighbour
from tests.portal.sample import LEDGER, LEDGER_NAME, SAMPLE, Facts, identity
from tests.registry.desk import signer_of

NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # In Seoul.
BEGUN = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
OFFICE = Actor(f"portal:{UUID(int=7)}", "office")
PERSONAL = ("name", "email", "phone")
FIRST_KINDS = {
    "seat": "seat.opened",
    "handover": "handover.recorded",
    "agreement": "agreement.recorded",
    "collaboration": "collaboration.started",
    "milestone": "milestone.set",
    "journal": "journal.recorded",
    "promise": "promise.made",
    "promise_report": "promise_report.recorded",
    "reply": "reply.proposed",
    "calendar_day": "calendar_day.declared",
}
"""How the log calls the first entry of a subject, where it is not registered."""


class Registry(Neighbour):
    """The application over a store of the test's own.

    What a test puts on record goes straight to the ledger: its rules have tests of their own.

    Attributes:
        signing_key: The portal's private key; the registry takes what it signs.
    """

    def __init__(self, folder: Path) -> None:
        (folder / "keys").mkdir()
        signer_of(folder, "portal", ROLES)
        self.signing_key = folder / "portal.key.json"
        self._folder, self._empty = folder, folder / "empty.db"
        STEPS.migrate(f"sqlite:///{self._empty}")
        settings = _settings(folder, self._empty)
        super().__init__("registry", create_app(settings, clock=lambda: NOON))
        self._documents = open_documents(settings)
        self._store: Store | None = None

    @property
    def store(self) -> Store:
        """The store of the test that runs."""
        assert self._store is not None
        return self._store

    @property
    def database(self) -> Path:
        """The store's file."""
        return self._folder / "now.db"

    def begin(self) -> None:
        """Stand open over the sample, and nothing else."""
        self.stand_open()
        self.hold()

    def hold(self, **others: Sequence[Facts]) -> None:
        """Begin anew with the sample, of which some types are others: `hold(milestone=[])`."""
        self.hold_only(SAMPLE | others)

    def hold_only(self, records: Mapping[str, Sequence[Facts]]) -> None:
        """Begin anew with these records alone, by type; recorded once, then copied."""
        mark = sha256(json.dumps(records).encode()).hexdigest()
        template = self._folder / f"{mark}.db"
        if not template.exists():
            self.open(self._empty)
            _put(self.store, records)
            self.end()
            self.database.rename(template)
        self.open(template)

    def end(self) -> None:
        """Close the store, if one is open."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def write(
        self,
        kind: str,
        facts: Facts,
        *,
        actor: Actor = OFFICE,
        reason: str | None = None,
        at: datetime | None = None,
    ) -> Change:
        """Record one change, an hour after the sample unless told when."""
        instant = BEGUN + timedelta(hours=1) if at is None else at
        with self.store.ledger.in_name_of(actor, at=instant).open() as transaction:
            entry = transaction.record(
                kind, _taken(transaction, kind.partition(".")[0], facts), reason
            )
            _keep_person(transaction, kind.partition(".")[0], facts)
        return entry.change

    def change(self, subject_type: str, facts: Facts, **others: object) -> Change:
        """Record one change of a subject in the ordinary way: `change("partner", NAVER, …)`."""
        return self.write(f"{subject_type}.changed", facts | others)

    def work(self) -> None:
        """Let the worker of imports do what waits."""
        while work_once(self.store, now=lambda: NOON, new_id=uuid7):
            pass

    def find_damaged(self, sha256: str) -> None:
        """Let the daily check have found a file missing."""
        self.store.checks.keep(sha256, "missing", at=NOON)

    def redact(self, seq: int, *, reason: str) -> Change:
        """Destroy what an entry says and record that."""
        ledger = self.store.ledger.in_name_of(OFFICE, at=NOON)
        return redact(seq, reason=reason, redaction_id=uuid4(), ledger=ledger).change

    def forge(self, seq: int, was: str, to: str) -> None:
        """Write other words into an entry, behind the registry's back."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            changed = connection.execute(
                "UPDATE change_log SET body = replace(body, ?, ?) WHERE seq = ?", (was, to, seq)
            )
            assert changed.rowcount == 1

    def changes(self) -> list[Change]:
        """Read the whole log."""
        items = self._read("/v1/changes?after=0&limit=1000")["items"]
        return [from_wire(each) for each in items]

    def newest(self) -> Facts:
        """Give the facts that the newest entry holds."""
        body = self.changes()[-1].body
        assert body is not None
        return body

    def head(self) -> int:
        """Read the log's last number."""
        seq: int = self._read("/v1/head")["seq"]
        return seq

    def one(self, collection: str, subject_id: str) -> Facts:
        """Read one record as the office does."""
        return self._read(f"/v1/{collection}/{subject_id}")

    def _read(self, path: str) -> Facts:
        token = Signer(self.signing_key).token("office", ["registry"], now=datetime.now(UTC))
        answer = self.app.test_client().get(path, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200, answer.text
        found: Facts = answer.get_json()
        return found

    def open(self, template: Path) -> None:
        """Begin anew with a copy of a store."""
        self.end()
        for each in self._folder.glob("now.db*"):
            each.unlink()
        shutil.copy(template, self.database)
        self._store = Store(f"sqlite:///{self.database}", disclose=disclosed)
        wire(self.app, self._store, lambda: NOON, documents=self._documents)


def _settings(folder: Path, database: Path) -> Settings:
    address, documents = f"sqlite:///{database}", str(folder / "documents")
    return Settings(("127.0.0.1", 0), 1, address, folder / "keys", documents)


def _put(store: Store, records: Mapping[str, Sequence[Facts]]) -> None:
    """Record everything at once, a type after the other; and bring a ledger, if there are any."""
    with store.ledger.in_name_of(OFFICE, at=BEGUN).open() as transaction:
        for subject_type, found in records.items():
            kind = FIRST_KINDS.get(subject_type, f"{subject_type}.registered")
            for facts in found:
                subject = from_facts(SUBJECTS[subject_type], facts)
                transaction.record(kind, subject, facts.get("reason"))
                _keep_person(transaction, subject_type, facts)
    if records.get("agreement"):
        ids = chain([UUID(identity("ledger"))], iter(uuid4, None))
        bring(
            LEDGER_NAME,
            LEDGER.encode(),
            Choices(),
            by=OFFICE,
            at=BEGUN,
            new_id=lambda: next(ids),
            imports=store.imports,
            records=store.records,
        )


def _taken(transaction: LedgerTransaction, subject_type: str, facts: Facts) -> Subject:
    """Give the subject as it will be; one on record is read, so that its versions go on."""
    kind_of = SUBJECTS[subject_type]
    with suppress(NotFound):
        transaction.take(kind_of, UUID(facts["id"]))
    return from_facts(kind_of, facts)


def _keep_person(transaction: LedgerTransaction, subject_type: str, facts: Facts) -> None:
    if subject_type == "contact":
        name, email, phone = (facts[each] for each in PERSONAL)
        transaction.keep_person(UUID(facts["id"]), Person(name, email, phone))
