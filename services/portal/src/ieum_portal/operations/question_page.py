"""A question to the network: what it may be asked about, and its answer as table and picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from changefeed.subjects.all import DECLARED
from changefeed.subjects.parts import Words
from ieum_portal.domain.drawing import EMPTY, Drawing, draw
from ieum_portal.domain.errors import NotFound
from ieum_portal.domain.network import NetworkAnswer, Parameter, Question
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.offers import Offer, offer, search
from ieum_portal.operations.ports import Graph, Neighbours, Registry

NOTHING = Offer((), is_whole=False)
"""Where nothing is offered."""

SEOUL = ZoneInfo("Asia/Seoul")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one parameter is about.

    Attributes:
        typed: What was written: an id, or a part of a name.
        offer: What may be chosen, where it is all there are.
        id: The one thing that is meant; None if none is, or several are.
        name: What it is called, as far as the reader may know it.
        found: What is called as was written, where that is not one thing.
    """

    parameter: Parameter
    typed: str
    offer: Offer = NOTHING
    id: UUID | None = None
    name: Words | None = None
    found: Offer = NOTHING


@dataclass(frozen=True, slots=True)
class QuestionsPage(Gathered):
    """What can be asked."""

    questions: Sequence[Question]


@dataclass(frozen=True, slots=True)
class QuestionPage(Gathered):
    """One question with its form and, once it is asked about something, its answer.

    Attributes:
        known_on: The answer is of what was known at the end of that day; None is of all that is.
        answer: None while something is still to be chosen, or if none could be had.
    """

    question: Question
    chosen: Sequence[Chosen]
    known_on: date | None
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
    gathering = Gathering(neighbours.left_s)
    found = gathering.ask("graph", "questions", neighbours.graph.questions, otherwise=())
    return QuestionsPage(found, missing=tuple(gathering.missing))


def question_page(
    name: str,
    written: Mapping[str, str],
    *,
    on: date,
    known_on: date | None,
    neighbours: Neighbours,
) -> QuestionPage:
    """Gather one question's page.

    Args:
        written: By parameter: an id, or a part of a name.

    Raises:
        NotFound: There is no such question.
        NeighbourDown, NeighbourRefused: The graph does not say what can be asked.
    """
    gathering = Gathering(neighbours.left_s)
    question = gathering.need("graph", lambda: question_named(name, neighbours.graph))
    asked_of = [
        gathering.begin(
            "registry",
            "names",
            partial(_chosen, each, written.get(each.name, ""), neighbours.registry),
            otherwise=Chosen(each, written.get(each.name, ""), id=_id(written.get(each.name, ""))),
        )
        for each in question.parameters
    ]
    chosen = [each() for each in asked_of]
    answer, known_at = None, None if known_on is None else end_of(known_on)
    if not _waits(chosen):
        asked = {each.parameter.name: str(each.id) for each in chosen if each.id is not None}
        answer = gathering.ask(
            "graph",
            "answer",
            lambda: neighbours.graph.ask(question.name, asked, on=on, known_at=known_at),
            otherwise=None,
        )
    drawing = EMPTY if answer is None else draw(answer.nodes, answer.edges)
    return QuestionPage(
        question, chosen, known_on, answer, drawing, missing=tuple(gathering.missing)
    )


def end_of(day: date) -> datetime:
    """Give the last instant of a day in Seoul, up to which is known what was known on that day."""
    return datetime.combine(day, time.max, SEOUL)


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
    kind_of, known = DECLARED[parameter.of], _id(typed)
    chosen = () if known is None else (known,)
    offered = offer(kind_of, chosen=chosen, sought=None, registry=registry, asked={})
    if known is not None or not typed:
        name = None if known is None else dict(offered.choices).get(known)
        return Chosen(parameter, typed, offered, known, name)
    found = search(kind_of, typed, registry=registry)
    if len(found.choices) == 1:
        return Chosen(parameter, typed, offered, *found.choices[0])
    return Chosen(parameter, typed, offered, found=found)


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
