"""Read edges that stand, whole, for whoever works out what a change does to them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar

from neo4j import ManagedTransaction, Record

from ieum_graph.domain.changes import Edge, Tie
from ieum_graph.domain.consequences import COVERS_A_TASK
from ieum_graph.domain.kinds import DRAWING_SUBJECTS, EDGES
from ieum_graph.storage import texts

Item = TypeVar("Item")
BATCH = 2_000
"""Rows in one statement: measured as the size after which nothing is gained (DESIGN section 9)."""


def open_edges(
    transaction: ManagedTransaction, subjects: Mapping[str, Collection[str]]
) -> list[Edge]:
    """Give the open edges that subjects say, given by their type, in no order."""
    return [
        _edge(each)
        for subject_type, all_ids in sorted(subjects.items())
        if subject_type in DRAWING_SUBJECTS
        for ids in batches(sorted(all_ids))
        for each in transaction.run(texts.standing_edges(subject_type), ids=ids)
    ]


def working_on(transaction: ManagedTransaction, tasks: Collection[str]) -> list[Edge]:
    """Give the open edges that say who works on these tasks, or perhaps does, in no order."""
    return [
        _edge(each)
        for type_ in COVERS_A_TASK
        for each in transaction.run(texts.edges_to(type_), ids=sorted(tasks))
    ]


def work_of(transaction: ManagedTransaction, partners: Collection[str]) -> list[Edge]:
    """Give the open edges that say what partners work on, or perhaps do, in no order."""
    return [
        _edge(each)
        for type_ in COVERS_A_TASK
        for each in transaction.run(texts.edges_from(type_), ids=sorted(partners))
    ]


def batches(rows: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Cut rows into what one statement takes."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _edge(found: Record) -> Edge:
    facts = found["facts"]
    tie = Tie(
        found["type"],
        found["source_label"],
        found["source"],
        found["target_label"],
        found["target"],
        facts["valid_from"].to_native(),
        facts["valid_to"].to_native(),
        facts["source_id"],
        facts.get("agreement_id"),
        facts["disclosed"],
        tuple((name, facts.get(name)) for name in EDGES[found["type"]].carries),
    )
    return Edge(tie, facts["id"], facts["seq_from"], facts["seq_to"])
