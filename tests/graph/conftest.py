"""The graph over a real Neo4j, filled from logs made in memory."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from neo4j import Driver

from ieum_graph.domain.answers import Question
from ieum_graph.operations.apply_page import apply_page
from ieum_graph.operations.ask import Answered, Asked, Asker, ask
from ieum_graph.operations.come_as_far import Waiting
from ieum_graph.operations.kept_answers import KeptAnswers
from ieum_graph.storage.edits import StoredProjection
from ieum_graph.storage.questions.register import QUESTIONS
from ieum_graph.storage.reading import StoredReading
from tests.graph.makers import Log, id_of

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TODAY = date(2026, 11, 23)
OFFICE = Asker(sees_all=True)
PUBLIC = Asker(sees_all=False)


def liaison_of(*partners: str) -> Asker:
    return Asker(sees_all=False, partners=tuple(UUID(id_of(each)) for each in partners))


class Graph:
    """A projection with its questions."""

    def __init__(self, driver: Driver) -> None:
        self.projection = StoredProjection(driver)
        self.reading = StoredReading(driver)
        self.head = 0
        self.kept = KeptAnswers()

    def follow(self, log: Log, *, limit: int = 1000) -> None:
        """Apply what the log has and the graph has not, page by page."""
        self.head = log.head
        while (cursor := self.projection.standing().cursor).seq < log.head:
            page = log.page(cursor.seq, limit)
            apply_page(page, read_after=cursor, heard_at=NOW, projection=self.projection)

    def ask(
        self,
        about: str | Question,
        asker: Asker = OFFICE,
        *,
        on: date = TODAY,
        known_at: int | datetime | None = None,
        min_seq: int = 0,
        limit: int = 200,
        today: date = TODAY,
        pause: Callable[[float], None] = lambda _: None,
        newest: int | None = None,
        **parameters: str,
    ) -> Answered:
        """Ask a question of the register by its name, or one that a test made up."""
        question = next((each.question for each in QUESTIONS if each.question.name == about), about)
        assert isinstance(question, Question)
        return ask(
            Asked(question, parameters, on, known_at, min_seq, limit),
            asker,
            reading=self.reading,
            today=today,
            now=NOW + timedelta(days=1),
            waiting=Waiting(lambda: newest or self.head, pause),
            kept=self.kept,
        )


@pytest.fixture
def graph(neo4j_driver: Driver) -> Graph:
    """Give an empty graph."""
    return Graph(neo4j_driver)
