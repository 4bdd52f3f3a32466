"""Say what entries would do to the graph if they were recorded; nothing is written."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from changefeed.change import Change
from changefeed.kinds import KINDS
from ieum_graph.domain.answers import Thing
from ieum_graph.domain.changes import Node, NotApplied
from ieum_graph.domain.consequences import Shift, Turn, merged_by, shifts, tasks_of, turns
from ieum_graph.domain.errors import Behind, EntryUnreadable, NotForeseen
from ieum_graph.domain.kinds import NODES
from ieum_graph.domain.words import Words
from ieum_graph.operations.come_as_far import Waiting, come_as_far
from ieum_graph.operations.ports import Inquiry, Reading

LOOKS = 5
"""How often it is looked at anew, while a follower changes the graph under the reading."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would follow.

    Attributes:
        seq: The last entry that the graph had applied when this was worked out.
        things: Every subject, end of a tie and task that is named, by id.
    """

    seq: int
    on: date
    turns: tuple[Turn, ...]
    shifts: tuple[Shift, ...]
    things: Mapping[str, Thing]


def foresee(
    entries: Sequence[Change],
    *,
    on: date,
    reading: Reading,
    waiting: Waiting,
) -> Foreseen:
    """Work out what entries would do, as the registry's dry run answered them.

    The graph must know all that went before the first of them; what it knows of the entries
    themselves already does nothing again.

    Args:
        on: The day on which partners at work on a task are counted.

    Raises:
        NotForeseen: The log does not reach to the entry before the first.
        EntryUnreadable: Naming the first entry whose facts cannot be drawn.
        Behind: The graph has not come as far as the entries' log, or changes all the time.
        Rebuilding, GraphAway: Ask again later.
    """
    for position, entry in enumerate(entries):
        kind = KINDS.get(entry.kind)
        if kind is None or kind.subject_type != entry.subject_type:
            fault = f"kind {entry.kind} is not of a {entry.subject_type}"
            raise EntryUnreadable(position=position, kind=entry.kind, fault=fault)
    wanted = min(each.seq for each in entries) - 1
    for _ in range(LOOKS):
        before = come_as_far(
            wanted, reading=reading, waiting=waiting, may_wait=True, beyond=NotForeseen
        )
        found = reading.in_one_look(lambda look: _look(entries, on, look, before.cursor.seq))  # noqa: B023 - called at once.
        after = reading.standing()
        if (after.cursor, after.generation) == (before.cursor, before.generation):
            return found
    raise Behind(wanted=after.head_seq, applied=after.cursor.seq)


def _look(entries: Sequence[Change], on: date, look: Inquiry, seq: int) -> Foreseen:
    subjects: dict[str, set[str]] = {}
    for each in entries:
        subjects.setdefault(each.subject_type, set()).add(str(each.subject_id))
    standing = look.open_edges(subjects)
    try:
        turned, nodes = turns(entries, standing)
    except NotApplied as entry:
        position = next(n for n, each in enumerate(entries) if each is entry.change)
        raise EntryUnreadable(
            position=position, kind=entry.change.kind, fault=entry.fault
        ) from entry
    _must_tie_subjects(entries, turned)
    stands, then, tasks = look.stands(seq), None, tasks_of(turned)
    parted, merged = merged_by(turned, "closes"), merged_by(turned, "opens")
    if parted or merged:
        then = {**look.stands(seq, without=parted), **merged}
        tasks |= {each.tie.target for each in look.work_of({*parted, *merged})}
    working = look.working_on(tasks)
    shifted = shifts(turned, [each.tie for each in working], on, stands, then)
    covered = {each.task for each in shifted}
    return Foreseen(seq, on, turned, shifted, _things(turned, covered, nodes, look))


def _must_tie_subjects(entries: Sequence[Change], turned: Sequence[Turn]) -> None:
    """Refuse facts that name as a subject what can be none; the record would never say so."""
    at = {str(entry.subject_id): position for position, entry in enumerate(entries)}
    for tie in (turn.tie for turn in turned):
        for end in (tie.source, tie.target):
            try:
                UUID(end)
            except ValueError as error:
                position = at[tie.source_id]
                kind, fault = entries[position].kind, f"{tie.type} names no subject"
                raise EntryUnreadable(position=position, kind=kind, fault=fault) from error


def _things(
    turned: Sequence[Turn], tasks: Collection[str], nodes: Sequence[Node], look: Inquiry
) -> Mapping[str, Thing]:
    """Name the ends and tasks: as they would be shown, else as they are, else by id alone."""
    ends = {(each.tie.source_label, each.tie.source) for each in turned}
    ends |= {(each.tie.target_label, each.tie.target) for each in turned}
    ends |= {("Task", each) for each in tasks}
    wanted: dict[str, set[str]] = {}
    for label, id_ in ends:
        wanted.setdefault(label, set()).add(id_)
    nameless = {id_: Thing(NODES[label].subject_type, id_, None, Words(id_)) for label, id_ in ends}
    return nameless | look.things(wanted) | {node.id: _thing(node) for node in nodes}


def _thing(node: Node) -> Thing:
    key, ko, en = (node.shown[name] for name in ("key", "label_ko", "label_en"))
    return Thing(
        NODES[node.label].subject_type,
        node.id,
        None if key is None else str(key),
        Words(str(ko or ""), None if en is None else str(en)),
    )
