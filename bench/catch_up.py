"""How fast does a follower that is far behind catch up, against the bare writing of what it draws?

`follower` is the graph's own: pages read, decoded and held to their chain by the client of the
feed, worked out against what stands, written with cursor and hash, page by page. `bare` is told
beforehand what comes out and merges just that: the same nodes and edges, as they stand at the end,
by UNWIND and MERGE in batches of 2,000 under the same constraints. Both write to one Neo4j, one
started for this run with the heap of the product; they take turns, 10,000 entries each, so that
other work on the machine falls on both. The first turn of each warms Neo4j up and is not counted.

The log is made up, in the form in which the feed sends it: three quarters commitments with five to
eleven ties each, some changed or ended later, milestones, partners, agreements with their parties.
It is read from files instead of over HTTP: making 100,000 entries in a registry takes longer than
following them. ROUNDS is how many times 10,000 entries; ten without it.
"""

import json
import random
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, ServiceUnavailable

from changefeed.chain import GENESIS, body_hash, canonical, disclosed_hash, entry_hash, header_text
from changefeed.change import Actor, Change
from changefeed.page import page_from_wire, to_wire
from changefeed.reader import FeedReader
from ieum_graph.domain.changes import Edits, Tracing
from ieum_graph.domain.kinds import EDGE_KINDS, NODE_KINDS
from ieum_graph.jobs.follow import follow_once
from ieum_graph.storage.edits import StoredProjection
from ieum_graph.storage.schema import migrate

ROUNDS = 10
SLICE = 10_000
PAGE = 1_000
BATCH = 2_000
GOAL = 0.5
"""Least ratio of the follower's rate to the bare one's (issue: catching up)."""

ENGINE = (sys.executable, "-m", "ieum_engine.app")
START_S = 240
BEGAN_AT = datetime(2020, 1, 1, tzinfo=UTC)
OFFICE = Actor("bench", "office")
ROLES = ("lead", "develop", "supply", "demonstrate", "research", "train")


def main(rounds: int | None = None) -> int:
    """Make the log, start a Neo4j and let both write it in turns."""
    with tempfile.TemporaryDirectory(prefix="ieum-bench-") as name, _engine(Path(name)) as driver:
        size = (rounds or ROUNDS) * SLICE
        edits = write_log(Path(name), size)
        print(f"made {size:,} entries: {len(edits.opened):,} edges", flush=True)
        for statement in _bare_schema():
            driver.execute_query(statement)
        spent = race(driver, Path(name), size, edits, tell=_tell)
    print(
        f"catch-up: {size:,} entries behind, {len(edits.opened):,} edges; follower "
        f"{spent.entries / spent.follower_s:,.0f} entries/s, "
        f"bare {spent.entries / spent.bare_s:,.0f}; follower:bare {spent.ratio:.2f}; "
        f"goal >= {GOAL}: {'ok' if spent.ratio >= GOAL else 'short'}"
    )
    return 0 if spent.ratio >= GOAL else 1


@dataclass(slots=True)
class Spent:
    """Seconds of the clock for so many entries, turns together."""

    entries: int = 0
    follower_s: float = 0.0
    bare_s: float = 0.0

    @property
    def ratio(self) -> float:
        """The follower's rate against the bare one's."""
        return self.bare_s / self.follower_s


def race(
    driver: Driver,
    folder: Path,
    size: int,
    edits: Edits,
    *,
    turn: int = SLICE,
    tell: Callable[[int, float], None] = lambda *_: None,
) -> Spent:
    """Let the follower and the bare writer write in turns; who begins changes each time."""
    projection = StoredProjection(driver)
    feed = FeedReader("http://feed.of.files", lambda: "", _Files(folder, size))  # type: ignore[arg-type]  # It asks a session for nothing else.
    slices = _bare_slices(edits, turn)
    spent = Spent()

    def follow(upto: int) -> None:
        while projection.standing().cursor.seq < upto:
            follow_once(feed=feed, projection=projection, now=lambda: datetime.now(UTC))

    for number, start in enumerate(range(0, size, turn)):
        upto = min(start + turn, size)
        writes = slices.get(number, [])
        took = {}
        for who in ("follower", "bare") if number % 2 else ("bare", "follower"):
            began = time.monotonic()
            if who == "bare":
                _merge(driver, writes)
            else:
                follow(upto)
            took[who] = time.monotonic() - began
        if number or size <= turn:  # A single turn is all there is.
            spent.entries += upto - start
            spent.follower_s += took["follower"]
            spent.bare_s += took["bare"]
        tell(upto, took["bare"] / took["follower"])
    return spent


def _tell(reached: int, ratio: float) -> None:
    print(f"{reached:>9,} entries: follower:bare {ratio:.2f} in this turn", flush=True)


# ---- the bare writer: labels and types of its own beside the follower's


def _bare_schema() -> Iterator[str]:
    for node in NODE_KINDS:
        yield (
            f"CREATE CONSTRAINT bare_{node.subject_type} IF NOT EXISTS "
            f"FOR (n:Bare{node.label}) REQUIRE n.id IS UNIQUE"
        )
        yield (
            f"CREATE INDEX bare_{node.subject_type}_key IF NOT EXISTS "
            f"FOR (n:Bare{node.label}) ON (n.key)"
        )
    for edge in EDGE_KINDS:
        name = edge.type.lower()
        yield (
            f"CREATE CONSTRAINT bare_{name} IF NOT EXISTS "
            f"FOR ()-[e:BARE_{edge.type}]-() REQUIRE e.id IS UNIQUE"
        )
        yield (
            f"CREATE INDEX bare_{name}_source IF NOT EXISTS "
            f"FOR ()-[e:BARE_{edge.type}]-() ON (e.source_id)"
        )
    yield "CALL db.awaitIndexes(60)"


def _bare_slices(edits: Edits, turn: int) -> dict[int, list[tuple[str, list[dict[str, Any]]]]]:
    """Give each turn's statements with their rows: first the nodes, then the edges."""
    nodes: dict[int, dict[str, list[dict[str, Any]]]] = {}
    born = _first_drawn(edits)
    for node in edits.nodes.values():
        text = f"UNWIND $rows AS row MERGE (n:Bare{node.label} {{id: row.id}}) SET n = row"
        number = (born.get(node.id, 1) - 1) // turn
        nodes.setdefault(number, {}).setdefault(text, []).append({"id": node.id, **node.shown})
    edges: dict[int, dict[str, list[dict[str, Any]]]] = {}
    for edge in edits.opened.values():
        tie = edge.tie
        text = (
            "UNWIND $rows AS row "
            f"MERGE (source:Bare{tie.source_label} {{id: row.source}}) "
            f"MERGE (target:Bare{tie.target_label} {{id: row.target}}) "
            f"MERGE (source)-[e:BARE_{tie.type} {{id: row.id}}]->(target) SET e = row.facts"
        )
        facts = {
            "id": edge.id,
            "valid_from": tie.valid_from,
            "valid_to": tie.valid_to,
            "seq_from": edge.seq_from,
            "seq_to": edge.seq_to,
            "source_id": tie.source_id,
            "agreement_id": tie.agreement_id,
            "disclosed": tie.disclosed,
            **dict(tie.carries),
        }
        row = {"id": edge.id, "source": tie.source, "target": tie.target, "facts": facts}
        number = (edge.seq_from - 1) // turn
        edges.setdefault(number, {}).setdefault(text, []).append(row)
    return {
        number: [*nodes.get(number, {}).items(), *edges.get(number, {}).items()]
        for number in {*nodes, *edges}
    }


def _first_drawn(edits: Edits) -> dict[str, int]:
    """Give for each subject the entry by which it first tied anything."""
    first: dict[str, int] = {}
    for edge in edits.opened.values():
        known = first.get(edge.tie.source_id, edge.seq_from)
        first[edge.tie.source_id] = min(known, edge.seq_from)
    return first


def _merge(driver: Driver, writes: Iterable[tuple[str, list[dict[str, Any]]]]) -> None:
    with driver.session(database="neo4j") as session:
        for text, rows in writes:
            for start in range(0, len(rows), BATCH):
                some = rows[start : start + BATCH]
                session.execute_write(
                    lambda t, text, some: t.run(text, rows=some).consume(), text, some
                )


# ---- the feed: files of pages as the registry would send them


class _Files:
    """What a FeedReader asks of a session, answered from files."""

    def __init__(self, folder: Path, head: int) -> None:
        self._folder = folder
        self._head = head

    def get(self, _: str, *, params: Mapping[str, int], **__: object) -> "_Answer":
        after = params["after"]
        if after >= self._head:
            return _Answer(json.dumps({"items": [], "next": after, "head": self._head}))
        return _Answer((self._folder / f"{after}.json").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str

    def raise_for_status(self) -> None:
        """Always well."""

    def json(self) -> Any:  # noqa: ANN401  As `requests` has it.
        """Read the text."""
        return json.loads(self.text)


def write_log(folder: Path, size: int, *, page: int = PAGE) -> Edits:
    """Write a log of so many entries as pages; give what they draw all together."""
    log, tracing = _Log(random.Random(7)), Tracing(())
    for after in range(0, size, page):
        items = [log.next() for _ in range(min(page, size - after))]
        said = {"items": items, "next": after + len(items), "head": size}
        (folder / f"{after}.json").write_text(json.dumps(said, ensure_ascii=False), "utf-8")
        for change in page_from_wire(said).items:
            tracing.take(change)
    return tracing.edits


@dataclass
class _Log:
    """Makes one entry after the other, each as the feed sends it."""

    chance: random.Random
    seq: int = 0
    previous: bytes = GENESIS
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)

    def next(self) -> dict[str, Any]:
        """Give the next entry: first a city to work in, then what happens there."""
        if self.seq < len(_CITY):
            return self._new(_CITY[self.seq])
        about = self.chance.choices(*_SHARES)[0]
        if about == "changed":
            return self._changed()
        return self._new(about)

    def _new(self, subject_type: str) -> dict[str, Any]:
        id_ = str(
            UUID(int=(self.seq + 1 << 80) | (7 << 76) | (2 << 62) | self.chance.getrandbits(60))
        )
        facts = {
            "id": id_,
            "key": None,
            "provenance": {"source": [], "illustrative": False},
            **getattr(self, f"_{subject_type}")(),
        }
        self.ids.setdefault(subject_type, []).append(id_)
        return self._entry(_FIRST[subject_type], id_, facts)

    def _changed(self) -> dict[str, Any]:
        id_ = self.chance.choice(self.ids["collaboration"])
        facts = dict(self.facts[id_])
        if self.chance.random() < 0.5:
            facts["ends_on"] = facts["holds_until"] = self._day(2024)
            return self._entry("collaboration.ended", id_, facts, reason="사업 종료")
        facts["role"] = self.chance.choice(ROLES)
        return self._entry("collaboration.changed", id_, facts)

    def _entry(
        self, kind: str, id_: str, facts: dict[str, Any], *, reason: str | None = None
    ) -> dict[str, Any]:
        self.seq += 1
        self.facts[id_] = facts
        self.versions[id_] = self.versions.get(id_, 0) + 1
        salt, text = self.chance.randbytes(16), canonical(facts)
        shown = kind.partition(".")[0] != "milestone" and facts.get("disclosure") != "closed"
        header: dict[str, Any] = {
            "seq": self.seq,
            "at": BEGAN_AT + timedelta(minutes=self.seq // 2),
            "actor": OFFICE,
            "kind": kind,
            "schema": 1,
            "subject_type": kind.partition(".")[0],
            "subject_id": UUID(id_),
            "version": self.versions[id_],
            "body_hash": body_hash(salt, text, reason),
            "disclosed_hash": disclosed_hash(salt, text) if shown else None,
            "prev_hash": self.previous,
        }
        self.previous = entry_hash(header_text(**header))
        change = Change(
            **header,
            body=facts,
            reason=reason,
            salt=salt,
            disclosed=facts if shown else None,
            disclosed_salt=salt if shown else None,
            hash=self.previous,
        )
        return to_wire(change)

    def _day(self, year: int) -> str:
        return (date(year, 1, 1) + timedelta(days=self.chance.randrange(700))).isoformat()

    def _one(self, subject_type: str) -> str:
        return self.chance.choice(self.ids[subject_type])

    def _name(self, ko: str) -> dict[str, str | None]:
        return {"ko": f"{ko} {self.seq + 1}", "en": f"No. {self.seq + 1}"}

    def _programme(self) -> dict[str, Any]:
        return {"name": self._name("사업"), "announced_on": "2020-01-01"}

    def _strategy(self) -> dict[str, Any]:
        facts = {"programme_id": self._one("programme"), "position": self.seq}
        return {**facts, "name": self._name("추진전략")}

    def _task(self) -> dict[str, Any]:
        facts = {"strategy_id": self._one("strategy"), "position": self.seq}
        return {**facts, "name": self._name("과제")}

    def _service_field(self) -> dict[str, Any]:
        facts = {"programme_id": self._one("programme"), "position": self.seq, "group": "industry"}
        return {**facts, "name": self._name("분야")}

    def _technology(self) -> dict[str, Any]:
        known = self.ids.get("technology")
        broader = self.chance.choice(known) if known else None
        return {"name": self._name("기술"), "aliases": [], "broader_id": broader}

    def _partner(self) -> dict[str, Any]:
        return {
            "kind": "company",
            "name": self._name("주식회사 협약기관"),
            "aliases": [],
            "own": False,
            "business_number": None,
            "website": "https://partner.example",
        }

    def _agreement(self) -> dict[str, Any]:
        signed_on = self._day(2020)
        partners = self.chance.sample(self.ids["partner"], self.chance.randint(2, 12))
        parties = [
            {
                "partner_id": each,
                "side": "partner" if position else "own",
                "signed_on": signed_on,
                "joined_on": None,
                "left_on": None,
            }
            for position, each in enumerate(partners)
        ]
        return {
            "number": f"광주-{self.seq + 1}",
            "kind": "mou",
            "title": self._name("융합도시 조성 업무협약"),
            "purpose": self._name("생태계를 함께 만들고 실증을 지원한다"),
            "programme_id": self._one("programme"),
            "lead_department_id": None,
            "signed_on": signed_on,
            "effective_on": signed_on,
            "venue": None,
            "end": {"rule": "evergreen", "ends_on": None, "note": None},
            "parties": parties,
            "disclosure": "public",
        }

    def _collaboration(self) -> dict[str, Any]:
        agreement = self._one("agreement")
        parties = self.facts[agreement]["parties"]
        starts_on = self._day(2021)
        technologies = self.chance.sample(self.ids["technology"], self.chance.randint(0, 2))
        return {
            "partner_id": self.chance.choice(parties)["partner_id"],
            "agreement_id": agreement,
            "task_id": self._one("task"),
            "technology_ids": technologies,
            "service_field_id": self._one("service_field") if self.seq % 3 else None,
            "role": self.chance.choice(ROLES),
            "starts_on": starts_on,
            "ends_on": None,
            "holds_from": starts_on,
            "holds_until": None,
            "evidence": [],
            "disclosure": "public" if self.seq % 4 else "closed",
        }

    def _milestone(self) -> dict[str, Any]:
        agreement = self._one("agreement")
        owner = self.chance.choice(self.facts[agreement]["parties"])["partner_id"]
        return {
            "title": self._name("중간 보고"),
            "due_on": self._day(2026),
            "owner": {"type": "partner", "id": owner},
            "agreement_id": agreement,
            "collaboration_id": self._one("collaboration"),
            "done_on": None,
            "cancelled_on": None,
            "evidence": [],
        }


_CITY = (
    *("programme",) * 2,
    *("strategy",) * 8,
    *("task",) * 64,
    *("service_field",) * 14,
    *("technology",) * 60,
    *("partner",) * 60,
    *("agreement",) * 20,
    "collaboration",
)
_SHARES = (
    ("collaboration", "changed", "milestone", "partner", "agreement"),
    (75, 10, 10, 4, 1),
)
_FIRST = {
    **{
        each: f"{each}.registered"
        for each in ("programme", "strategy", "task", "service_field", "technology", "partner")
    },
    "agreement": "agreement.recorded",
    "collaboration": "collaboration.started",
    "milestone": "milestone.set",
}


@contextmanager
def _engine(folder: Path) -> Iterator[Driver]:
    """Start a Neo4j of its own, with the schema in it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    password, log = folder / "password", folder / "engine.log"
    password.write_text(secrets.token_hex(16), "utf-8")
    where = ("--data", str(folder / "data"), "--listen", f"127.0.0.1:{port}")
    with log.open("wb") as out:
        engine = subprocess.Popen(
            [*ENGINE, "serve", *where, "--password-file", str(password)], stdout=out, stderr=out
        )
    try:
        url, auth = f"bolt://127.0.0.1:{port}", ("neo4j", password.read_text("utf-8"))
        with GraphDatabase.driver(url, auth=auth, warn_notification_severity="OFF") as driver:
            _await(driver, engine, log)
            migrate(driver)
            yield driver
    finally:
        engine.terminate()
        engine.wait()


def _await(driver: Driver, engine: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and engine.poll() is None:
        if '"engine.ready"' in log.read_text("utf-8"):
            try:
                driver.verify_connectivity()
            except (ServiceUnavailable, AuthError):
                pass
            else:
                return
        time.sleep(0.2)
    raise SystemExit(f"Neo4j did not start:\n{log.read_text('utf-8')}")
