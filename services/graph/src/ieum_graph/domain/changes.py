"""What does one change of the log do to the graph?

Pure: a change and the ties that its subject had before give the edits. Everything that a question
filters on lands on edges; nodes hold what is shown, as known now.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid5

from changefeed.bounds import is_unapproved, left_on, party_doubt, party_run, spans_of
from changefeed.change import Change
from changefeed.declared import readers_of
from changefeed.kinds import retracts
from changefeed.mapping import from_facts
from changefeed.subjects.agreement import Agreement, Party
from changefeed.subjects.all import DECLARED
from changefeed.subjects.journal import CONTACT_KINDS, REMARK, ContactKind
from ieum_graph.domain.clocks import FIRST_DAY, OPEN_DAY, OPEN_SEQ
from ieum_graph.domain.kinds import CALLED, NODE_OF_SUBJECT, NodeKind

_EDGES = UUID("6f1d3c7e-2a54-4f0e-9b86-3d5a1c0e7b42")
"""Namespace of edge ids: the same history gives the same ids on every rebuild."""

Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Node:
    """A node as it is to stand, whole: properties that it had and that are not here go."""

    label: str
    id: str
    shown: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge apart from when it was known: two equal ties need one edge.

    Attributes:
        valid_to: The first day on which it no longer holds; OPEN_DAY has no end.
        source_id: The subject whose facts say it.
        agreement_id: Under which agreement it lies, for the scope of a liaison.
        carries: Names and values in the order of the kind's declaration.
    """

    type: str
    source_label: str
    source: str
    target_label: str
    target: str
    valid_from: date
    valid_to: date
    source_id: str
    agreement_id: str | None
    disclosed: bool
    carries: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie with its id and the entries of the log between which it was held to be true."""

    tie: Tie
    id: str
    seq_from: int
    seq_to: int = OPEN_SEQ


@dataclass(slots=True)
class Edits:
    """What is to be written; later changes of the same subject overwrite earlier ones."""

    nodes: dict[str, Node] = field(default_factory=dict)
    opened: dict[str, Edge] = field(default_factory=dict)
    closed: dict[str, tuple[str, int]] = field(default_factory=dict)
    """For edges that stood before: id → (type, seq_to)."""


class NotApplied(Exception):
    """An entry whose facts cannot be drawn; nothing after it may be applied either.

    Attributes:
        fault: What is wrong with the facts, for who mends them.
    """

    def __init__(self, change: Change, fault: str) -> None:
        """Name the entry."""
        about = f"{change.kind} of {change.subject_id}"
        super().__init__(f"entry {change.seq} ({about}) cannot be drawn: {fault}")
        self.change = change
        self.fault = fault


class Tracing:
    """Collects the edits of changes taken one after the other.

    Args:
        standing: The edges that are open before the first change, at least those of its subjects.
    """

    def __init__(self, standing: Collection[Edge]) -> None:
        self.edits = Edits()
        self._open: dict[str, dict[Tie, Edge]] = {}
        for edge in standing:
            self._open.setdefault(edge.tie.source_id, {})[edge.tie] = edge

    @property
    def edges(self) -> int:
        """How many edges are to be written so far."""
        return len(self.edits.opened) + len(self.edits.closed)

    def take(self, change: Change) -> None:
        """Add what one change does; ties that it leaves as they were keep their edges.

        Raises:
            NotApplied: Its facts cannot be drawn; nothing was added.
        """
        subject = str(change.subject_id)
        try:
            wanted, node = dict.fromkeys(ties_of(change)), node_of(change)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise NotApplied(change, f"{type(error).__name__}: {error}") from error
        before = self._open.get(subject, {})
        after = {tie: before.get(tie) or self._opened(tie, change.seq) for tie in wanted}
        for tie, edge in before.items():
            if tie not in after:
                self._close(edge, change.seq)
        self._open[subject] = after
        if node is not None:
            self.edits.nodes[node.id] = node

    def _opened(self, tie: Tie, seq: int) -> Edge:
        name = f"{tie.type}|{tie.source_id}|{tie.source}|{tie.target}|{tie.valid_from}|{seq}"
        edge = Edge(tie, str(uuid5(_EDGES, name)), seq)
        self.edits.opened[edge.id] = edge
        return edge

    def _close(self, edge: Edge, seq: int) -> None:
        if edge.id in self.edits.opened:
            self.edits.opened[edge.id] = Edge(edge.tie, edge.id, edge.seq_from, seq)
        else:
            self.edits.closed[edge.id] = (edge.tie.type, seq)


def node_of(change: Change) -> Node | None:
    """Give the node of a change's subject.

    Returns:
        None for subjects that are not drawn (people, seats, loads), for one that was retracted,
        and for a withheld body: what cannot be read is not shown anew.
    """
    kind = NODE_OF_SUBJECT.get(change.subject_type)
    facts: dict[str, Any] | None = change.body
    if kind is None or facts is None or retracts(change.kind):
        return None
    if facts["id"] != str(change.subject_id):
        raise ValueError(f"facts of {facts['id']}")
    shown = {**_name(facts), **{name: facts[name] for name in kind.shows}}
    for name, value in shown.items():
        if not isinstance(value, _SHOWABLE):
            raise TypeError(f"{name} is a {type(value).__name__}")
    return Node(kind.label, facts["id"], MappingProxyType(shown))


def _name(facts: dict[str, Any]) -> dict[str, Value]:
    """Give what a subject is called, and whether it is an example and no fact."""
    words = facts.get("name") or facts.get("title") or _without_name(facts)
    return {
        "key": facts["key"],
        "label_ko": words["ko"],
        "label_en": words.get("en"),
        "illustrative": bool(facts["provenance"]["illustrative"]),
    }


def _without_name(facts: dict[str, Any]) -> dict[str, str | None]:
    """Call what has neither name nor title by its key; a contact by its day and kind."""
    if not {"on", "kind"} <= facts.keys():
        return {"ko": facts["key"] or "", "en": None}
    kind: ContactKind = facts["kind"]
    on, called = facts["on"], CONTACT_KINDS[kind]
    return {"ko": f"{on} {called.ko}", "en": f"{on} {called.en}"}


_SHOWABLE = (str, int, bool, type(None))
"""What a node can hold: Neo4j takes no maps."""


def _id(value: object) -> str:
    """Make sure that an end is named: Neo4j ties nothing to null."""
    if not isinstance(value, str):
        raise TypeError(f"an id is a {type(value).__name__}")
    return value


def ties_of(change: Change) -> tuple[Tie, ...]:
    """Give all ties that a subject's facts say.

    Returns:
        Nothing for a withheld body, as what cannot be read is no longer claimed, and for a
        subject that was retracted.
    """
    kind = NODE_OF_SUBJECT.get(change.subject_type)
    if kind is None or change.body is None or retracts(change.kind):
        return ()
    pen = _Pen(str(change.subject_id), disclosed=change.disclosed is not None)
    draw = _DRAWN.get(change.subject_type, _nothing)
    drawn = tuple(tie for tie in draw(change.body, pen) if tie.valid_from < tie.valid_to)
    ties = (_called(kind, change.body, change.disclosed), *drawn)
    if readers_of(DECLARED[change.subject_type]) == "office":
        # What it is about may be the asker's own; that there is such an entry is not.
        return tuple(replace(each, disclosed=False, agreement_id=None) for each in ties)
    return ties


def _called(kind: NodeKind, facts: dict[str, Any], disclosed: dict[str, Any] | None) -> Tie:
    """Say what a subject is called; the public may know it if that is what it may read."""
    name = _name(facts)
    may_be_known = disclosed is not None and _name(disclosed) == name
    under = facts["id"] if kind.label == "Agreement" else facts.get("agreement_id")
    itself = (kind.label, facts["id"])
    tie = _Pen(facts["id"], disclosed=may_be_known).tie(CALLED, itself, itself, agreement_id=under)
    return replace(tie, carries=tuple(name.items()))


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws the ties of one subject."""

    source_id: str
    disclosed: bool

    def tie(
        self,
        type_: str,
        source: tuple[str, str],
        target: tuple[str, str],
        *,
        days: tuple[date, date] = (FIRST_DAY, OPEN_DAY),
        agreement_id: str | None = None,
        **carries: Value,
    ) -> Tie:
        """Draw one; `source` and `target` are label and id."""
        return Tie(
            type_,
            source[0],
            _id(source[1]),
            target[0],
            _id(target[1]),
            *days,
            self.source_id,
            agreement_id,
            self.disclosed,
            tuple(carries.items()),
        )


def _nothing(_facts: dict[str, Any], _pen: _Pen) -> Iterator[Tie]:
    return iter(())


def _agreement(facts: dict[str, Any], pen: _Pen) -> Iterator[Tie]:
    told, agreement = from_facts(Agreement, facts), ("Agreement", facts["id"])
    # Of a proposal nobody hears before it is approved, those whom it names no more than others.
    named = () if is_unapproved(told) else told.parties
    for spans in spans_of(named).values():
        first = FIRST_DAY
        for ordinal, span in enumerate(spans, 1):
            yield from _span(told, span, ordinal, first, pen)
            first = _next(left_on(span))
    if facts["programme_id"] is not None:
        yield pen.tie(
            "PART_OF",
            agreement,
            ("Programme", facts["programme_id"]),
            agreement_id=facts["id"],
        )
    if told.parent_id is not None:
        # Its parties know what it hangs under; the public would hear of a closed one.
        closed = replace(pen, disclosed=False)
        above = ("Agreement", str(told.parent_id))
        yield closed.tie("ANNEX_OF", agreement, above, agreement_id=facts["id"])


def _span(told: Agreement, span: Party, ordinal: int, first: date, pen: _Pen) -> Iterator[Tie]:
    """Tie a partner to an agreement in one of its spans there.

    Args:
        first: The day from which it is named: after the span before. So its spans never share a
            day, and the days tell their edges apart.

    Source: docs/rules/lifecycle.md, L-1, L-12, L-27 and L-28.
    """
    partner, agreement = ("Partner", str(span.partner_id)), ("Agreement", str(told.id))
    yield pen.tie(
        "NAMED_IN",
        partner,
        agreement,
        days=(first, _next(left_on(span))),
        agreement_id=str(told.id),
        span=ordinal,
    )
    known, unknown = party_run(told, span), party_doubt(told, span)
    for type_, run in (("PARTY_TO", known), ("PERHAPS_PARTY_TO", unknown)):
        if run is None:
            continue
        yield pen.tie(
            type_,
            partner,
            agreement,
            days=(run.first_on, _next(run.last_on)),
            agreement_id=str(told.id),
            side=span.side,
            span=ordinal,
        )


def _collaboration(facts: dict[str, Any], pen: _Pen) -> Iterator[Tie]:
    partner, work = ("Partner", facts["partner_id"]), ("Collaboration", facts["id"])
    task, field_id = ("Task", facts["task_id"]), facts["service_field_id"]
    agreement = facts["agreement_id"]
    days = (date.fromisoformat(facts["holds_from"]), _after(facts["holds_until"]))

    def tie(type_: str, source: tuple[str, str], target: tuple[str, str], **carries: Value) -> Tie:
        return pen.tie(type_, source, target, days=days, agreement_id=agreement, **carries)

    in_a_role: dict[str, Value] = {
        "role": facts["role"],
        "service_field_id": field_id,
        "illustrative": bool(facts["provenance"]["illustrative"]),
    }
    yield tie("TAKES_PART", partner, work, role=facts["role"])
    yield tie("UNDER", work, ("Agreement", agreement))
    yield tie("ON", work, task)
    yield tie("WORKS_ON", partner, task, **in_a_role)
    if facts.get("unknown_from") is not None:
        unknown = (date.fromisoformat(facts["unknown_from"]), _after(facts.get("unknown_until")))
        yield pen.tie(
            "PERHAPS_WORKS_ON", partner, task, days=unknown, agreement_id=agreement, **in_a_role
        )
    if field_id is not None:
        yield tie("IN_FIELD", work, ("ServiceField", field_id))
    for technology in facts["technology_ids"]:
        yield tie("USES", work, ("Technology", technology))
        yield tie("BRINGS", partner, ("Technology", technology))
        yield tie("USED_FOR", ("Technology", technology), task)


def _milestone(facts: dict[str, Any], pen: _Pen) -> Iterator[Tie]:
    milestone = ("Milestone", facts["id"])
    days = (FIRST_DAY, _settled(facts))
    agreement = facts["agreement_id"]
    if facts["owner"]["type"] == "partner":
        yield pen.tie(
            "OWES",
            ("Partner", facts["owner"]["id"]),
            milestone,
            days=days,
            agreement_id=agreement,
        )
    for label, of in (("Agreement", agreement), ("Collaboration", facts["collaboration_id"])):
        if of is not None:
            yield pen.tie("DUE_UNDER", milestone, (label, of), days=days, agreement_id=agreement)


def _settled(facts: dict[str, Any]) -> date:
    """Give the day from which a milestone is done or cancelled.

    Source: docs/rules/lifecycle.md, L-9.
    """
    ends = (facts["done_on"], facts["cancelled_on"])
    return min(OPEN_DAY if day is None else date.fromisoformat(day) for day in ends)


def _event(facts: dict[str, Any], pen: _Pen) -> Iterator[Tie]:
    """Tie an event to who takes part and to what it is about, until it is cancelled."""
    event = ("Event", facts["id"])
    cancelled_on = facts["cancelled_on"]
    days = (FIRST_DAY, OPEN_DAY if cancelled_on is None else date.fromisoformat(cancelled_on))
    for partner in facts["partner_ids"]:
        yield pen.tie("ATTENDS", ("Partner", partner), event, days=days)
    for task in facts["task_ids"]:
        yield pen.tie("ABOUT", event, ("Task", task), days=days)


def _journal(facts: dict[str, Any], pen: _Pen) -> Iterator[Tie]:
    """Tie a contact to whom it was with and to what it was about, from its day on.

    What a ledger remarks was a contact with nobody.
    """
    entry = ("JournalEntry", facts["id"])
    days = (date.fromisoformat(facts["on"]), OPEN_DAY)
    if facts["kind"] != REMARK:
        yield pen.tie("CONTACT_WITH", entry, ("Partner", facts["partner_id"]), days=days)
    if facts["agreement_id"] is not None:
        yield pen.tie("ABOUT", entry, ("Agreement", facts["agreement_id"]), days=days)


def _partner(facts: dict[str, Any], pen: _Pen) -> Iterator[Tie]:
    """Tie to a partner every record that is the same organisation, those of these included."""
    for merged in facts.get("merged_ids", ()):
        yield pen.tie("MERGED_INTO", ("Partner", merged), ("Partner", facts["id"]))


def _strategy(facts: dict[str, Any], pen: _Pen) -> Iterator[Tie]:
    yield pen.tie("PART_OF", ("Strategy", facts["id"]), ("Programme", facts["programme_id"]))


def _task(facts: dict[str, Any], pen: _Pen) -> Iterator[Tie]:
    yield pen.tie("PART_OF", ("Task", facts["id"]), ("Strategy", facts["strategy_id"]))


def _service_field(facts: dict[str, Any], pen: _Pen) -> Iterator[Tie]:
    yield pen.tie("PART_OF", ("ServiceField", facts["id"]), ("Programme", facts["programme_id"]))


def _technology(facts: dict[str, Any], pen: _Pen) -> Iterator[Tie]:
    if facts["broader_id"] is not None:
        yield pen.tie("BROADER", ("Technology", facts["id"]), ("Technology", facts["broader_id"]))


_DRAWN: Mapping[str, Callable[[dict[str, Any], _Pen], Iterator[Tie]]] = MappingProxyType(
    {
        "agreement": _agreement,
        "collaboration": _collaboration,
        "milestone": _milestone,
        "event": _event,
        "journal": _journal,
        "partner": _partner,
        "strategy": _strategy,
        "task": _task,
        "service_field": _service_field,
        "technology": _technology,
    }
)


def _after(last_on: str | None) -> date:
    """Turn an inclusive last day into a half-open end, as `_next` does."""
    return _next(None if last_on is None else date.fromisoformat(last_on))


def _next(last_on: date | None) -> date:
    """Turn an inclusive last day into a half-open end; the last day there is counts as open."""
    if last_on is None or last_on >= OPEN_DAY:
        return OPEN_DAY
    return last_on + timedelta(days=1)
