"""Ask the graph: choose the clocks and the scope, wait if need be, answer, draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ieum_graph.domain.answers import Answer, Parameter, Question, Thing
from ieum_graph.domain.clocks import Clocks
from ieum_graph.domain.errors import InTheFuture, NotGiven, NotKnown, Rebuilding
from ieum_graph.domain.layout import place
from ieum_graph.operations.come_as_far import BUSY, Waiting, come_as_far
from ieum_graph.operations.kept_answers import AnswerKey, Drawn, KeptAnswers
from ieum_graph.operations.ports import Inquiry, Reading, Standing

MOST_NODES = 120
"""Above this a picture is a hairball; the table says the same."""


Sight = Literal["all", "party", "disclosed"]
"""What an answer is drawn from: everything; what is disclosed and what lies under the asker's own
agreements (those that its partner is party to, or that its department leads); what is disclosed.
Counts are of this alone: "nobody" means nobody in sight."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as far as it decides what is seen.

    Attributes:
        sees_all: Offices, auditors and services.
        partners: Whose liaison asks; nobody's, with `sees_all` false, sees the disclosed.
        department: Which department of the city asks; the same if none does.

    Source: docs/rules/access.md, A-1 to A-3.
    """

    sees_all: bool
    partners: tuple[UUID, ...] = ()
    department: UUID | None = None

    @property
    def sight(self) -> Sight:
        """Say what answers to this asker are drawn from."""
        if self.sees_all:
            return "all"
        return "disclosed" if self.department is None and not self.partners else "party"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as asked.

    Attributes:
        parameters: References by UUID or key, only those given.
        known_at: A number of the log or an instant; None is all that is known.
        min_seq: The entry that the caller has written and wants to see the effect of.
        limit: Most rows wanted.
    """

    question: Question
    parameters: Mapping[str, str]
    on: date
    known_at: int | datetime | None
    min_seq: int
    limit: int


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with the clocks that it was given by.

    Attributes:
        named: The things that the parameters named.
        positions: x and y of each of the picture's nodes.
        is_cut: Whether rows or nodes were left out.
    """

    answer: Answer
    clocks: Clocks
    named: Mapping[str, Thing]
    positions: Mapping[str, tuple[int, int]]
    is_cut: bool
    standing: Standing
    sight: Sight


def ask(
    asked: Asked,
    asker: Asker,
    *,
    reading: Reading,
    today: date,
    now: datetime,
    waiting: Waiting,
    kept: KeptAnswers,
) -> Answered:
    """Answer a question; one that was answered already is not worked out again.

    Args:
        today: Decides which agreements a liaison's partners are party to.
        waiting: For who sees more than the disclosed; strangers are told at once.
        kept: What is at hand; an answer is kept only if the graph stood still meanwhile.

    Raises:
        NotKnown, InTheFuture, NotGiven: It names something that is not there, or not yet.
        Behind: The graph has not come far enough, after a wait of `WAIT_S` at most.
        Rebuilding, GraphAway: Ask again later.
    """
    if isinstance(asked.known_at, datetime) and asked.known_at > now:
        head = reading.standing().head_seq
        raise InTheFuture(asked=asked.known_at.isoformat(), head=head)
    known = asked.known_at if isinstance(asked.known_at, int) else 0
    standing = come_as_far(
        max(asked.min_seq, known),
        reading=reading,
        waiting=waiting,
        may_wait=asker.sight != "disclosed",
        beyond=InTheFuture if known > asked.min_seq else NotGiven,
        misses_nothing=asked.known_at is None,
    )
    answered, key = reading.in_one_look(
        lambda look: _look(asked, asker, look, standing, today, kept)
    )
    after = reading.standing()
    if after.state in BUSY or after.generation != standing.generation:
        raise Rebuilding
    if after.cursor == standing.cursor:
        kept.keep(key, Drawn(answered.answer, answered.positions, answered.is_cut))
    return answered


def _look(
    asked: Asked,
    asker: Asker,
    look: Inquiry,
    standing: Standing,
    today: date,
    kept: KeptAnswers,
) -> tuple[Answered, AnswerKey]:
    seq = standing.cursor.seq
    scope = scope_of(asker, look, Clocks(today, seq))
    if isinstance(asked.known_at, datetime):
        seq = look.seq_at(asked.known_at)
    elif asked.known_at is not None:
        seq = asked.known_at
    clocks = Clocks(asked.on, seq)
    named = {
        each.name: _named(look, each, asked.parameters[each.name], clocks, scope)
        for each in asked.question.parameters
        if each.name in asked.parameters
    }
    key = AnswerKey(
        asked.question.name,
        frozenset((name, thing.id) for name, thing in named.items()),
        clocks,
        None if scope is None else tuple(scope),
        asked.limit,
        standing.cursor,
        standing.generation,
    )
    drawn = kept.find(key)
    if drawn is None:
        answer = look.answer(asked.question.name, named, clocks, scope=scope, limit=asked.limit)
        drawn = _drawn(answer)
    answered = Answered(
        drawn.answer, clocks, named, drawn.positions, drawn.is_cut, standing, asker.sight
    )
    return answered, key


def _drawn(answer: Answer) -> Drawn:
    shown = _shown(answer.rings)
    ids = {thing.id for ring in shown for thing in ring}
    links = tuple(link for link in answer.links if link.source in ids and link.target in ids)
    positions = place(
        [[thing.id for thing in ring] for ring in shown],
        [(link.source, link.target) for link in links],
    )
    cut = len(answer.rows) < answer.total or sum(map(len, shown)) < sum(map(len, answer.rings))
    return Drawn(Answer(answer.rows, answer.total, shown, links), positions, cut)


def scope_of(asker: Asker, look: Inquiry, clocks: Clocks) -> list[str] | None:
    """Give the agreements under which closed things are the asker's to see; None sees all."""
    if asker.sees_all:
        return None
    if asker.department is not None:
        return look.agreements_led_by(asker.department)
    return look.agreements_of(asker.partners, clocks)


def _named(
    look: Inquiry, parameter: Parameter, reference: str, clocks: Clocks, scope: list[str] | None
) -> Thing:
    thing = look.find(parameter.of, reference, clocks, scope=scope)
    if thing is None:
        raise NotKnown(parameter=parameter.name, reference=reference)
    return thing


def _shown(rings: Sequence[Sequence[Thing]]) -> tuple[tuple[Thing, ...], ...]:
    """Leave out what would make a picture of more than MOST_NODES, from outside in."""
    shown, room = [], MOST_NODES
    for ring in rings:
        if ring:
            shown.append(tuple(ring[:room]))
            room -= len(shown[-1])
    return tuple(ring for ring in shown if ring)


def lag_seconds(standing: Standing, now: datetime, *, silence_s: int) -> float:
    """Say how old the graph's knowledge may be, in seconds.

    Returns:
        0 while all that was heard of is applied and the registry was heard from lately; else how
        long ago that was last so.
    """
    if standing.heard_at is None:
        return 0.0 if standing.applied_at is None else (now - standing.applied_at).total_seconds()
    silent_s = (now - standing.heard_at).total_seconds()
    if standing.cursor.seq < standing.head_seq:
        since = standing.applied_at or standing.heard_at
        return max(0.0, (now - since).total_seconds())
    return silent_s if silent_s > silence_s else 0.0
