"""Write the graph: edits, cursor and state, each step one transaction."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from neo4j import Driver, ManagedTransaction
from neo4j.time import Date, DateTime

from changefeed.cursor import Cursor
from ieum_graph.domain.changes import Edge, Edits
from ieum_graph.domain.kinds import EDGE_KINDS, EDGES, FINGERPRINT, NODE_KINDS
from ieum_graph.operations.ports import Standing, State, Step
from ieum_graph.storage import texts
from ieum_graph.storage.cursor import read_standing
from ieum_graph.storage.driver import DATABASE, away
from ieum_graph.storage.edges import batches, open_edges
from ieum_graph.storage.schema import migrate

Result = TypeVar("Result")
MOST_THROWN = 10_000
"""Edges or nodes thrown away in one transaction, which Neo4j holds in its 512 MB of heap."""


class StoredProjection:
    """The projection in Neo4j; `operations.ports.Projection`."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def prepare(self) -> None:
        """Make what an empty store lacks."""
        migrate(self._driver)

    def standing(self) -> Standing:
        """Say how far it has come."""
        with away(), self._driver.session(database=DATABASE) as session:
            return session.execute_read(read_standing)

    def in_one_step(self, work: Callable[[Step], Result]) -> Result:
        """Run `work` in one write transaction, again from its start after a transient error."""
        with away(), self._driver.session(database=DATABASE) as session:
            return session.execute_write(lambda transaction: work(_Step(transaction)))

    def heard(self, head_seq: int, at: datetime) -> None:
        """Note that the registry answered and how far its log reaches."""
        text = (
            "MATCH (p:Projection {name: 'changes'}) SET p.heard_at = $at, p.head_seq = $head_seq "
            "WITH p WHERE p.state IN ['rebuilding', 'stopped'] AND p.applied_seq >= $head_seq "
            "SET p.state = 'following' REMOVE p.detail"
        )
        with away(), self._driver.session(database=DATABASE) as session:
            session.execute_write(lambda t: t.run(text, at=at, head_seq=head_seq).consume())

    def empty_some(self) -> int:
        """Throw away a batch, if the projection is being emptied."""

        def empty(transaction: ManagedTransaction) -> int:
            if read_standing(transaction, for_writing=True).state != "emptying":
                return 0
            for text in texts.EMPTY_SOME:
                record = transaction.run(text, limit=MOST_THROWN).single(strict=True)
                if record["n"]:
                    return int(record["n"])
            return 0

        with away(), self._driver.session(database=DATABASE) as session:
            return session.execute_write(empty)

    def elements(self) -> Iterator[str]:
        """Give nodes, then edges, each kind in its declared order, in order of id."""
        with away(), self._driver.session(database=DATABASE) as session:
            for node in NODE_KINDS:
                for record in session.run(texts.all_nodes(node.label)):
                    yield _line(node.label, record["facts"])
            for record in session.run("MATCH (n:Moment) RETURN n{.*} AS facts ORDER BY n.at"):
                yield _line("Moment", record["facts"])
            for edge in EDGE_KINDS:
                for record in session.run(texts.all_edges(edge)):
                    yield _line(edge.type, record["facts"], record["source"], record["target"])


class _Step:
    """One open write transaction; `operations.ports.Step`."""

    def __init__(self, transaction: ManagedTransaction) -> None:
        self._transaction = transaction

    def standing(self) -> Standing:
        return read_standing(self._transaction, for_writing=True)

    def open_edges(self, subjects: Mapping[str, Collection[str]]) -> list[Edge]:
        return open_edges(self._transaction, subjects)

    def write(self, edits: Edits, log: bytes | None) -> None:
        nodes = _grouped(
            (each.label, {"id": each.id, **each.shown}) for each in edits.nodes.values()
        )
        for label, whole in nodes.items():
            self._run(texts.put_nodes(label), whole)
        closed = _grouped(
            (type_, {"id": id_, "seq_to": seq_to}) for id_, (type_, seq_to) in edits.closed.items()
        )
        for type_, ends_at in closed.items():
            self._run(texts.close_edges(type_), ends_at)
        opened = _grouped(
            ((each.tie.type, each.tie.source_label, each.tie.target_label), _drawn(each, log))
            for each in edits.opened.values()
        )
        for ends, drawn in opened.items():
            self._run(texts.open_edges(*ends), drawn)

    def move(
        self,
        cursor: Cursor,
        *,
        head_seq: int,
        heard_at: datetime,
        moments: Mapping[datetime, int],
    ) -> None:
        self._run(
            "UNWIND $rows AS row MERGE (m:Moment {at: row.at}) SET m.seq = row.seq",
            [{"at": at, "seq": seq} for at, seq in moments.items()],
        )
        self._transaction.run(
            "MATCH (p:Projection {name: 'changes'}) "
            "SET p.began_at = CASE p.applied_seq WHEN 0 THEN $head_seq ELSE p.began_at END "
            "SET p.applied_seq = $seq, p.hash = $hash, p.log = $log, "
            "p.head_seq = $head_seq, p.heard_at = $heard_at, "
            "p.applied_at = coalesce($at, p.applied_at)",
            seq=cursor.seq,
            hash=cursor.hash.hex(),
            log=None if cursor.genesis is None else cursor.genesis.hex(),
            head_seq=head_seq,
            heard_at=heard_at,
            at=max(moments, default=None),
        ).consume()

    def note_lost(self, cursor: Cursor) -> None:
        self._transaction.run(
            "MATCH (p:Projection {name: 'changes'}) SET p.lost_seq = $seq, p.lost_hash = $hash",
            seq=cursor.seq,
            hash=cursor.hash.hex(),
        ).consume()

    def forget_log(self) -> None:
        self._transaction.run(
            "MATCH (p:Projection {name: 'changes'}) REMOVE p.log, p.lost_seq, p.lost_hash"
        ).consume()

    def settle(self, state: State, detail: str | None = None) -> None:
        text = "MATCH (p:Projection {name: 'changes'}) SET p.state = $state, p.detail = $detail"
        if state == "rebuilding":
            text += (
                ", p.applied_seq = 0, p.hash = $genesis, p.generation = p.generation + 1"
                ", p.model = $model"
            )
        self._transaction.run(
            text, state=state, detail=detail, genesis=Cursor().hash.hex(), model=FINGERPRINT
        ).consume()

    def _run(self, text: str, rows: Sequence[object]) -> None:
        for some in batches(rows):
            self._transaction.run(text, rows=some).consume()


Key = TypeVar("Key")
Written = TypeVar("Written")


def _grouped(pairs: Iterable[tuple[Key, Written]]) -> dict[Key, list[Written]]:
    groups: dict[Key, list[Written]] = {}
    for key, row in pairs:
        groups.setdefault(key, []).append(row)
    return groups


def _drawn(edge: Edge, log: bytes | None) -> list[Any]:
    """Give what `texts.open_edges` writes of an edge: its ends, then its facts in their order."""
    tie = edge.tie
    carried = dict(tie.carries)
    return [
        tie.source,
        tie.target,
        edge.id,
        tie.valid_from,
        tie.valid_to,
        edge.seq_from,
        edge.seq_to,
        tie.source_id,
        tie.agreement_id,
        tie.disclosed,
        None if log is None else log.hex(),
        *(carried.get(name) for name in EDGES[tie.type].carries),
    ]


def _line(kind: str, facts: Mapping[str, Any], *ends: str) -> str:
    return json.dumps([kind, *ends, facts], sort_keys=True, ensure_ascii=False, default=_written)


def _written(value: object) -> str:
    if isinstance(value, Date | DateTime | date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
