"""What every question's text and rows are put together from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from neo4j import ManagedTransaction, Record
from neo4j.graph import Node

from ieum_graph.domain.answers import Answer, Cell, Question, Thing
from ieum_graph.domain.clocks import OPEN_DAY, OPEN_SEQ, Clocks
from ieum_graph.domain.kinds import NODES
from ieum_graph.domain.words import Words


class Names:
    """What the nodes of an answer are called, as known at `$seq`, for who is to know it.

    Source: docs/rules/lifecycle.md, L-12.
    """

    def __init__(self, found: Iterable[Record]) -> None:
        self._things = {each["id"]: thing(each) for each in found}

    def of(self, node: Any) -> Thing:  # noqa: ANN401  The driver's Node is typed as any mapping.
        """Give a thing; one that may not be named, or whose facts are gone, has no name."""
        (label,) = node.labels
        nameless = Thing(NODES[label].subject_type, node["id"], None, Words(""))
        return self._things.get(node["id"], nameless)

    def if_any(self, node: Any) -> Thing | None:  # noqa: ANN401  As above.
        """Give a thing if there is one and it may be named."""
        return None if node is None else self._things.get(node["id"])

    def all(self, nodes: Iterable[Any]) -> tuple[Thing, ...]:
        """Give those that may be named, each once, in order of the Korean name."""
        found = {node["id"]: self._things.get(node["id"]) for node in nodes}
        named = (each for each in found.values() if each is not None)
        return tuple(sorted(named, key=lambda each: (each.label.ko, each.id)))


@dataclass(frozen=True, slots=True)
class Asking:
    """One question's values for its text.

    Attributes:
        named: The things that the parameters name; None where one was left out.
        scope: Agreements under which closed things are shown too; None shows all.
        limit: Most rows wanted, 1 to 500; the API checks it.
        stands: By id, for each partner that was merged, the one that stands for it.
    """

    named: Mapping[str, Thing | None]
    clocks: Clocks
    scope: list[str] | None
    limit: int
    stands: Mapping[str, str] = field(default_factory=dict)

    def run(self, read: ManagedTransaction, text: str, **more: object) -> list[Record]:
        """Run a text with `$on`, `$seq`, `$scope` and the parameters by name."""
        ids = {name: None if each is None else each.id for name, each in self.named.items()}
        clocks = {"on": self.clocks.on, "seq": self.clocks.seq}
        return list(
            read.run(text, {**ids, **clocks, "scope": self.scope, "stands": self.stands, **more})
        )

    @property
    def one_with(self) -> list[str] | None:
        """Give the ids of all records of the partner that is named; None if none is."""
        partner = self.named["partner"]
        return None if partner is None else one_with(partner.id, self.stands)

    def names(self, read: ManagedTransaction, *shown: Iterable[Record]) -> Names:
        """Find out what the nodes in records are called."""
        ids = {node["id"] for records in shown for node in _nodes_in(records)}
        return Names(self.run(read, NAMES, ids=sorted(ids)))


@dataclass(frozen=True, slots=True)
class Askable:
    """A question with what answers it.

    Attributes:
        texts: The statements that it runs; tests hold each against the clocks and the scope.
    """

    question: Question
    texts: tuple[str, ...]
    answer: Callable[[ManagedTransaction, Asking], Answer]


def seen(*edges: str) -> str:
    """Give the condition that edges hold on `$on`, as known at `$seq`, and are `$scope`'s to see.

    Args:
        edges: Names of variables in the text around it; never anything that a caller sent.
    """
    return " AND ".join(
        f"{edge}.valid_from <= $on AND $on < {edge}.valid_to "
        f"AND {edge}.seq_from <= $seq AND $seq < {edge}.seq_to "
        f"AND ($scope IS NULL OR {edge}.disclosed OR {edge}.agreement_id IN $scope)"
        for edge in edges
    )


# In order, so that of several the last one counts: what a partner was merged into may have been
# merged itself since, never the other way round. Whoever sees a partner may know it, on any day.
MERGES = """
MATCH (merged:Partner)-[into:MERGED_INTO]->(one:Partner)
WHERE into.seq_from <= $seq AND $seq < into.seq_to
RETURN merged.id AS merged, one.id AS one ORDER BY into.seq_from
"""


def merges(
    read: ManagedTransaction, clocks: Clocks, without: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """Give by id, for each partner that was merged, the one that stands for it.

    Args:
        without: Merges that do not count, each partner by the one that it was merged into.

    Source: docs/rules/lifecycle.md, L-36.
    """
    pairs = ((each["merged"], each["one"]) for each in read.run(MERGES, seq=clocks.seq))
    return {merged: one for merged, one in pairs if without.get(merged) != one}


def one_with(partner_id: str, stands: Mapping[str, str]) -> list[str]:
    """Give the ids of all records of the organisation that a partner is one of."""
    one = stands.get(partner_id, partner_id)
    return [one, *(each for each, into in stands.items() if into == one)]


def one_of(partner: str, called: str) -> str:
    """Match, under another name, the partner that stands for one that may have been merged."""
    return f"({called}:Partner {{id: coalesce($stands[{partner}.id], {partner}.id)}})"


def may_be_named(node: str) -> str:
    """Give the condition that `called` names a node as `seen` has it, and the node is seen now too.

    What was closed since keeps its ties of then; its name is not told again.
    """
    return (
        f"{seen('called')} AND ($scope IS NULL OR EXISTS {{ ({node})-[now:CALLED]->({node}) "
        f"WHERE now.seq_to = {OPEN_SEQ} AND (now.disclosed OR now.agreement_id IN $scope) }})"
    )


def is_called(node: str) -> str:
    """Give the Korean name of a node, if it may be named, to put rows in order."""
    return (
        f"head([({node})-[called:CALLED]->({node}) WHERE {may_be_named(node)} | called.label_ko])"
    )


NAMES = f"""
MATCH (node)-[called:CALLED]->(node) WHERE called.source_id IN $ids AND {may_be_named("node")}
RETURN head(labels(node)) AS label, node.id AS id, called
"""


def thing(found: Mapping[str, Any]) -> Thing:
    """Read what is found as `label`, `id` and `called`: a tie, or a node as it is now."""
    called = found["called"]
    return Thing(
        NODES[found["label"]].subject_type,
        found["id"],
        called.get("key"),
        Words(called.get("label_ko") or "", called.get("label_en")),
        bool(called.get("illustrative")),
    )


def _nodes_in(records: Iterable[Record]) -> Iterator[Any]:
    for record in records:
        for value in record.values():
            yield from (each for each in _listed(value) if isinstance(each, Node))


def _listed(value: Any) -> Sequence[Any]:  # noqa: ANN401  Whatever a record holds.
    return value if isinstance(value, list) else (value,)


def last_day(valid_to: Any) -> date | None:  # noqa: ANN401  The driver's Date.
    """Turn a half-open end into the inclusive last day that the wire has; None is open."""
    day: date = valid_to.to_native()
    return None if day == OPEN_DAY else day - timedelta(days=1)


def commitment(found: Record, names: Names) -> dict[str, Cell]:
    """Give the cells that say whose one commitment is, on what, under what, and its days.

    Args:
        found: With `partner`, `task`, `part` (its edge TAKES_PART) and `agreement`.
    """
    return {
        "partner": names.of(found["partner"]),
        "task": names.of(found["task"]),
        "role": found["part"]["role"],
        "agreement": names.if_any(found["agreement"]),
        "since": found["part"]["valid_from"].to_native(),
        "until": last_day(found["part"]["valid_to"]),
    }
