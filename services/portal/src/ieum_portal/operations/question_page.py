"""A question to the network: what it may be asked about, and its answer as table and picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from changefeed.declared import Declaration
from changefeed.subjects.all import DECLARED
from changefeed.subjects.parts import Words
from ieum_portal.domain.drawing import EMPTY, Drawing, draw
from ieum_portal.domain.errors import NotFound
from ieum_portal.domain.network import NetworkAnswer, Parameter, Question
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.names import name_of, names_behind
from ieum_portal.operations.ports import Graph, Neighbours, Registry

FEW = frozenset({"programme", "strategy", "task", "service_field", "technology"})
"""Types of which a city has so few that a reader may choose from all of them."""

MOST_OFFERED = 20
"""So many of those found are offered; whoever finds more writes more of the name."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one parameter is about.

    Attributes:
        typed: What was written: an id, or a part of a name.
        id: The one thing that is meant; None if none is, or several are.
        name: What it is called, as far as the reader may know it.
        offered: What may be chosen, each with its name; all of a type that has few.
        is_more: Whether more was found than is offered.
    """

    parameter: Parameter
    typed: str
    id: UUID | None = None
    name: Words | None = None
    offered: Sequence[tuple[UUID, Words]] = ()
    is_more: bool = False

    @property
    def is_few(self) -> bool:
        """Whether the type has so few that all of them are offered."""
        return self.parameter.of in FEW


@dataclass(frozen=True, slots=True)
class QuestionsPage(Gathered):
    """What can be asked."""

    questions: Sequence[Question]


@dataclass(frozen=True, slots=True)
class QuestionPage(Gathered):
    """One question with its form and, once it is asked about something, its answer.

    Attributes:
        answer: None while something is still to be chosen, or if none could be had.
    """

    question: Question
    chosen: Sequence[Chosen]
    answer: NetworkAnswer | None
    drawing: Drawing

    @property
    def asked(self) -> Mapping[str, str]:
        """What it is asked about, by parameter."""
        return {each.parameter.name: str(each.id) for each in self.chosen if each.id is not None}

    @property
    def waits(self) -> bool:
        """Whether something is still to be chosen before it can be asked."""
        return _waits(self.chosen)

    @property
    def is_resolved(self) -> bool:
        """Whether a name was written of which only one thing is called so."""
        return any(each.id is not None and each.typed != str(each.id) for each in self.chosen)


def questions_page(*, neighbours: Neighbours) -> QuestionsPage:
    """List what can be asked."""
    gathering = Gathering()
    found = gathering.ask("graph", "questions", neighbours.graph.questions, otherwise=())
    return QuestionsPage(found, missing=tuple(gathering.missing))


def question_page(
    name: str, written: Mapping[str, str], *, on: date, neighbours: Neighbours
) -> QuestionPage:
    """Gather one question's page.

    Args:
        written: By parameter: an id, or a part of a name.

    Raises:
        NotFound: There is no such question.
        NeighbourDown, NeighbourRefused: The graph does not say what can be asked.
    """
    gathering, question = Gathering(), question_named(name, neighbours.graph)
    chosen = [
        gathering.ask(
            "registry",
            "names",
            partial(_chosen, each, written.get(each.name, ""), neighbours.registry),
            otherwise=Chosen(each, written.get(each.name, ""), _id(written.get(each.name, ""))),
        )
        for each in question.parameters
    ]
    answer = None
    if not _waits(chosen):
        asked = {each.parameter.name: str(each.id) for each in chosen if each.id is not None}
        answer = gathering.ask(
            "graph",
            "answer",
            lambda: neighbours.graph.ask(question.name, asked, on=on),
            otherwise=None,
        )
    drawing = EMPTY if answer is None else draw(answer.nodes, answer.edges)
    return QuestionPage(question, chosen, answer, drawing, missing=tuple(gathering.missing))


def question_named(name: str, graph: Graph) -> Question:
    """Give a question by its name.

    Raises:
        NotFound: There is none.
    """
    found = next((each for each in graph.questions() if each.name == name), None)
    if found is None:
        raise NotFound
    return found


def _waits(chosen: Sequence[Chosen]) -> bool:
    return any(each.id is None and (each.typed or each.parameter.is_required) for each in chosen)


def _chosen(parameter: Parameter, typed: str, registry: Registry) -> Chosen:
    kind_of: type[Declaration] = DECLARED[parameter.of]
    offered: list[tuple[UUID, Words]] = []
    if parameter.of in FEW:
        offered = [(each.id, name_of(each)) for each in registry.all(kind_of)]
    if not typed:
        return Chosen(parameter, typed, offered=offered)
    known = _id(typed)
    if known is not None:
        name = names_behind({parameter.of: frozenset({known})}, registry).get(known)
        return Chosen(parameter, typed, known, name, offered)
    found = registry.page(kind_of, q=typed, after=None, limit=MOST_OFFERED)
    hits = [(each.id, name_of(each)) for each in found.items]
    if len(hits) == 1 and found.next is None:
        return Chosen(parameter, typed, *hits[0], offered)
    return Chosen(parameter, typed, None, None, hits, is_more=found.next is not None)


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
