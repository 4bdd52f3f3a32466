"""What each page of the desk costs: server time, questions to the neighbours, rows and bytes.

The portal asks the registry itself, with tokens and scopes as in a house, both in this process, so
that a page's time is that of the two together. Two registers take turns: Gwangju's own records with
the made-up examples, and *large*: 5,000 partners, 100,000 agreements, 60,000 commitments, 20,000
milestones and 500 events, on one of whose busiest partners the pages are opened. Graph and notify
are left out: they say canned things at once; what they cost is measured by `lag`, `rebuild` and
`letters`. Each page of the register is opened by the office and by a liaison.

What is compared with the goals is processor time: on a machine with other work the time that passes
follows that work, and is told beside it. Filling the large register takes minutes; in the folder
IEUM_BENCH_FOLDER it is kept for the next run.
"""

import gzip
import json
import logging
import os
import random
import re
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urljoin
from uuid import UUID

from flask import Flask, url_for
from flask.testing import FlaskClient
from uuid_utils.compat import uuid7

from bench._made_up import AGREEMENTS, MadeUpLog
from changefeed.mapping import from_facts
from httpedge.caller import Signer
from ieum_portal.domain.viewer import Role
from ieum_portal.domain.websession import WebSession
from ieum_portal.operations.sign_in import hash_of
from ieum_portal.pages.entry import new_token
from ieum_portal.pages.register import SCREENS
from ieum_portal.pages.screen import Screen
from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.migrate import STEPS as PORTAL_STEPS
from ieum_registry.domain.subjects import SUBJECTS
from ieum_registry.storage.migrate import STEPS as REGISTRY_STEPS
from sqlstore.engine import open_engine
from tests.portal import sample
from tests.portal.desk import NOON, add_account, app_at, settings_for
from tests.portal.neighbours import Neighbours, neighbours_in
from tests.portal.registry import BEGUN, OFFICE, Registry

ROOT = Path(__file__).parents[1]
FILES = ("gwangju-2021.yaml", "illustration.yaml")
LARGE = {"agreement": 100_000, "collaboration": 60_000, "milestone": 20_000, "partner": 5_000}
EVENTS = 500
BATCH = 2_000
MOST_COUNTED = 5_000
"""Commitments among which a busy partner is looked for."""

TURNS = 12
GOAL_MS = {"gwangju": 120, "large": 400}
FIRST_KB, LATER_KB = 700, 60
ROLES: tuple[Role, ...] = ("office", "liaison")


@dataclass(frozen=True, slots=True)
class Looked:
    """One look at a page."""

    processor_ms: float
    passed_ms: float
    asked: int
    rows: int
    raw: int
    packed: int


@dataclass(frozen=True, slots=True)
class City:
    """A desk over a register of some size, and what its pages are opened with."""

    size: str
    app: Flask
    neighbours: Neighbours
    browsers: Mapping[str, FlaskClient]
    things: Mapping[str, str]

    def look(self, screen: Screen, role: str) -> Looked:
        """Open a page once."""
        neighbours = (self.neighbours.registry, self.neighbours.graph, self.neighbours.notify)
        for each in neighbours:
            each.asked.clear()
        path = self._address(screen)
        began, spent = time.perf_counter(), time.process_time()
        page = self.browsers[role].get(path, follow_redirects=True)
        spent, passed = time.process_time() - spent, time.perf_counter() - began
        if page.status_code != 200:
            raise RuntimeError(f"{screen.endpoint} for {role}: {page.status}")
        rows = len(re.findall(r"<(?:tr|li)\b", page.text))
        asked = sum(len(each.asked) for each in neighbours)
        packed = len(gzip.compress(page.data, 6))
        return Looked(spent * 1000, passed * 1000, asked, rows, len(page.data), packed)

    def first_load_kb(self) -> float:
        """Give what a browser fetches that comes for the first time, packed where it may be."""
        page = self.browsers["office"].get("/")
        found = set(re.findall(r'"(/static/v/[^"]+)"', page.text))
        client, total = self.app.test_client(), len(gzip.compress(page.data, 6))
        for address in sorted(found):
            asset = client.get(address)
            if address.endswith(".css"):
                inside = re.findall(r"url\(\"?([^)\"]+)\"?\)", asset.text)
                found |= {urljoin(address, each) for each in inside if not each.startswith("data:")}
        for address in found:
            data = client.get(address).data
            total += len(data) if address.endswith(".woff2") else len(gzip.compress(data, 6))
        return total / 1000

    def lacks(self, screen: Screen) -> str | None:
        """Give the first argument of a page that nothing here could be opened with."""
        rule = next(self.app.url_map.iter_rules(screen.endpoint))
        return next((each for each in sorted(rule.arguments) if each not in self.things), None)

    def _address(self, screen: Screen) -> str:
        rule = next(self.app.url_map.iter_rules(screen.endpoint))
        things: dict[str, Any] = {each: self.things[each] for each in rule.arguments}
        with self.app.test_request_context():
            return url_for(screen.endpoint, **things)


def main(rounds: int | None = None) -> int:
    """Fill both registers, look at each page in turn, and say what it costs at both sizes."""
    screens = [each for each in SCREENS if "public" not in each.roles]
    with _folder() as folder, _city(folder, "gwangju") as gwangju, _city(folder, "large") as large:
        logging.getLogger().handlers[:] = []
        cities = (gwangju, large)
        opened = [each for each in screens if all(city.lacks(each) is None for city in cities)]
        for each in screens:
            if each not in opened:
                print(f"not opened, for want of one on record: {each.endpoint}")
        looks = [(screen, role) for screen in opened for role in ROLES if role in screen.roles]
        took: dict[tuple[str, str, str], list[Looked]] = {}
        for turn in range((rounds or TURNS) + 1):
            for (screen, role), city in ((look, city) for look in looks for city in cities):
                found = city.look(screen, role)
                if turn:
                    took.setdefault((screen.endpoint, role, city.size), []).append(found)
        first = gwangju.first_load_kb()
    return _say(took, first)


@contextmanager
def _folder() -> Iterator[Path]:
    if kept := os.environ.get("IEUM_BENCH_FOLDER"):
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield Path(kept)
        return
    with tempfile.TemporaryDirectory(prefix="ieum-bench-") as folder:
        yield Path(folder)


@contextmanager
def _city(folder: Path, size: str) -> Iterator[City]:
    with tempfile.TemporaryDirectory(prefix="ieum-bench-") as place:
        here = Path(place)
        neighbours = neighbours_in(here)
        neighbours.begin()
        registry = neighbours.registry
        kept = folder / f"{size}.db"
        if not kept.exists():
            registry.hold_only({})
            (_fill_gwangju if size == "gwangju" else _fill_large)(registry)
            registry.end()
            shutil.move(registry.database, kept)
        REGISTRY_STEPS.migrate(f"sqlite:///{kept}")  # One of a former run may be older.
        registry.open(kept)
        things = _things(registry)
        neighbours.said["network"] = sample.network_of("naver")
        database = f"sqlite:///{here}/portal.db"
        PORTAL_STEPS.migrate(database)
        settings = settings_for(here, database, neighbours)
        with patch("ieum_portal.app.new_session", neighbours.session):
            app = app_at(settings)
        browsers: dict[str, FlaskClient] = {}
        accounts = StoredAccounts(open_engine(database))
        for role in ROLES:
            account = add_account(settings, role)
            if role == "liaison":
                own = replace(account, contact_id=UUID(things["contact_id"]))
                accounts.keep(own, was=account)
            browsers[role] = _browser(app, account.id)
            things = {**things, "account_id": str(account.id)}
        yield City(size, app, neighbours, browsers, things)
        registry.end()


def _browser(app: Flask, account_id: UUID) -> FlaskClient:
    token, client = new_token(), app.test_client()
    session = WebSession(hash_of(token), account_id, began_at=NOON, seen_at=NOON)
    app.extensions["ieum"].auth.sessions.add(session)
    client.set_cookie("ieum_session", token)
    return client


def _fill_gwangju(registry: Registry) -> None:
    """Load the files that a new house begins with."""
    texts = [{"name": each, "text": (ROOT / "data" / each).read_text()} for each in FILES]
    token = Signer(registry.signing_key).token("office", ["registry"], now=datetime.now(UTC))
    answer = registry.app.test_client().post(
        "/v1/loads", json={"documents": texts}, headers={"Authorization": f"Bearer {token}"}
    )
    if answer.status_code not in {200, 201}:
        raise RuntimeError(answer.text[:500])


def _fill_large(registry: Registry) -> None:
    """Make up a large register, entry by entry."""
    log = MadeUpLog(random.Random(10), AGREEMENTS, most_parties=3)
    while any(len(log.ids.get(each, ())) < wanted for each, wanted in LARGE.items()):
        with registry.store.ledger.in_name_of(OFFICE, at=BEGUN).open() as transaction:
            for _ in range(BATCH):
                entry = log.next()
                kind_of = SUBJECTS[entry["subject_type"]]
                transaction.record(entry["kind"], from_facts(kind_of, entry["body"]))
        print(f"\rfilled {log.seq:,} entries", end="", flush=True)
    partners = log.ids["partner"]
    with registry.store.ledger.in_name_of(OFFICE, at=BEGUN).open() as transaction:
        for number in range(EVENTS):
            facts = sample.EVENTS[number % 2] | {
                "id": str(uuid7()),
                "key": None,
                "department_id": None,
                "task_ids": [],
                "partner_ids": sorted(log.chance.sample(partners, 3)),
            }
            transaction.record("event.registered", from_facts(SUBJECTS["event"], facts))
    print()


def _things(registry: Registry) -> Mapping[str, str]:
    """Give, by argument, what pages about one thing are opened with: what a busy partner has."""
    commitments: list[Mapping[str, Any]] = []
    after = None
    while len(commitments) < MOST_COUNTED:
        page = registry.store.records.list("collaboration", limit=200, after=after)
        commitments += [json.loads(each.text) for each in page.items]
        after = page.next
        if after is None:
            break
    counts = Counter(each["partner_id"] for each in commitments)
    ((busy, _),) = counts.most_common(1)
    theirs = next(each for each in commitments if each["partner_id"] == busy)
    contact, seat = _appoint(busy, registry)
    return {
        **dict(_firsts(registry)),
        "partner_id": busy,
        "agreement_id": theirs["agreement_id"],
        "commitment_id": theirs["id"],
        "contact_id": contact,
        "seat_id": seat,
        "name": "partner-network",
    }


def _firsts(registry: Registry) -> Iterator[tuple[str, str]]:
    """Give one of each type that is on record, by the argument of its page."""
    for subject_type in SUBJECTS:
        for found in registry.store.records.list(subject_type, limit=1).items:
            yield f"{subject_type}_id", str(json.loads(found.text)["id"])


def _appoint(partner: str, registry: Registry) -> tuple[str, str]:
    """Appoint a liaison of a partner; gives the contact and the seat."""
    contact, seat = str(uuid7()), str(uuid7())
    own = {"key": None, "at": {"type": "partner", "id": partner}}
    registry.write("contact.registered", sample.SAMPLE["contact"][0] | own | {"id": contact})
    place = sample.SAMPLE["seat"][0]
    holders = [each | {"contact_id": contact} for each in place["holders"][:1]]
    registry.write("seat.opened", place | own | {"id": seat, "holders": holders})
    return contact, seat


def _say(took: Mapping[tuple[str, str, str], Sequence[Looked]], first_kb: float) -> int:
    print(f"{'page':<26}{'role':<9}{'size':<9}{'p50':>7}{'p95':>7} ms{'passed':>8}", end="")
    print(f"{'asked':>7}{'rows':>6}{'KB':>8}{'packed':>8}")
    worst = dict.fromkeys(GOAL_MS, 0.0)
    heaviest, uneven = 0.0, []
    for (endpoint, role, size), looked in sorted(took.items()):
        spent = [each.processor_ms for each in looked]
        p95 = statistics.quantiles(spent, n=20)[-1] if len(spent) > 1 else spent[0]
        passed = statistics.median(each.passed_ms for each in looked)
        last = looked[-1]
        worst[size] = max(worst[size], p95)
        heaviest = max(heaviest, last.packed / 1000)
        print(
            f"{endpoint:<26}{role:<9}{size:<9}{statistics.median(spent):>7.0f}{p95:>7.0f}   "
            f"{passed:>8.0f}{last.asked:>7}{last.rows:>6}{last.raw / 1000:>8.1f}"
            f"{last.packed / 1000:>8.1f}"
        )
        other = took.get((endpoint, role, "gwangju"), looked)
        if last.asked > other[-1].asked:
            uneven.append(endpoint)
    is_ok = (
        all(worst[size] <= goal for size, goal in GOAL_MS.items())
        and first_kb <= FIRST_KB
        and heaviest <= LATER_KB
    )
    goals = ", ".join(f"{size} <= {goal} ms" for size, goal in GOAL_MS.items())
    print(f"pages that ask more of the large register: {', '.join(sorted({*uneven})) or 'none'}")
    print(
        f"pages: worst p95 gwangju {worst['gwangju']:.0f} ms, large {worst['large']:.0f} ms;"
        f" first load {first_kb:.0f} KB, then at most {heaviest:.0f} KB packed;"
        f" load of the machine {os.getloadavg()[0]:.1f};"
        f" goal p95 {goals}, first <= {FIRST_KB} KB, then <= {LATER_KB} KB:"
        f" {'ok' if is_ok else 'short'}"
    )
    return 0 if is_ok else 1
