"""What every question's text and rows are put together from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from neo4j import ManagedTransaction, Record

from ieum_graph.domain.answers import Answer, Question, Thing
from ieum_graph.domain.clocks import OPEN_DAY, Clocks
from ieum_graph.domain.kinds import EDGE_KINDS, NODES, NodeKind
from ieum_graph.domain.words import Words


@dataclass(frozen=True, slots=True)
class Asking:
    """One question's values for its text.

    Attributes:
        named: The things that the parameters name; None where one was left out.
        scope: Agreements under which closed things are shown too; None shows all.
        limit: Most rows wanted, 1 to 500; the API checks it.
    """

    named: Mapping[str, Thing | None]
    clocks: Clocks
    scope: list[str] | None
    limit: int

    def run(self, read: ManagedTransaction, text: str, **more: object) -> list[Record]:
        """Run a text with `$on`, `$seq`, `$scope` and the parameters by name."""
        ids = {name: None if each is None else each.id for name, each in self.named.items()}
        clocks = {"on": self.clocks.on, "seq": self.clocks.seq}
        return list(read.run(text, {**ids, **clocks, "scope": self.scope, **more}))


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
        f"{edge}.valid_from <= $on AND $on < {edge}.valid_to AND {_known(edge)} "
        f"AND ($scope IS NULL OR {edge}.disclosed OR {edge}.agreement_id IN $scope)"
        for edge in edges
    )


def may_be_named(node: str, kind: NodeKind) -> str:
    """Give the condition that a node is `$scope`'s to see, as its disclosure was known at `$seq`.

    What the subject itself said then decides, on whatever day it holds: a node has no history.

    Args:
        node: Name of a variable in the text around it.

    Source: docs/rules/lifecycle.md, L-12.
    """
    if not kind.may_be_closed:
        return "true"
    own = "|".join(each.type for each in EDGE_KINDS if kind.subject_type in each.drawn_by)
    return (
        f"($scope IS NULL OR EXISTS {{ MATCH ({node})-[said:{own}]-() "
        f"WHERE said.source_id = {node}.id AND {_known('said')} "
        "AND (said.disclosed OR said.agreement_id IN $scope) })"
    )


def _known(edge: str) -> str:
    return f"{edge}.seq_from <= $seq AND $seq < {edge}.seq_to"


def thing(node: Any) -> Thing:  # noqa: ANN401  The driver's Node is typed as any mapping.
    """Read a node as a cell or a picture shows it."""
    (label,) = node.labels
    return Thing(
        NODES[label].subject_type,
        node["id"],
        node.get("key"),
        Words(node.get("label_ko") or "", node.get("label_en")),
    )


def things(nodes: Sequence[Any]) -> tuple[Thing, ...]:
    """Read several, each once, in order of the Korean name."""
    found = {node["id"]: thing(node) for node in nodes}
    return tuple(sorted(found.values(), key=lambda each: (each.label.ko, each.id)))


def last_day(valid_to: Any) -> date | None:  # noqa: ANN401  The driver's Date.
    """Turn a half-open end into the inclusive last day that the wire has; None is open."""
    day: date = valid_to.to_native()
    return None if day == OPEN_DAY else day - timedelta(days=1)
