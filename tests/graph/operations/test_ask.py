"""A graph that has stopped does not answer as if it were whole."""

from datetime import UTC, date, datetime
from typing import cast
from unittest.mock import create_autospec

import pytest

from changefeed.cursor import Cursor
from ieum_graph.domain.answers import Question
from ieum_graph.domain.errors import Behind
from ieum_graph.domain.kinds import FINGERPRINT
from ieum_graph.operations.ask import Asked, Asker, ask
from ieum_graph.operations.ports import Reading, Standing

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_a_stopped_graph_says_what_it_lacks() -> None:
    cursor = Cursor(252, bytes(32))
    stopped = Standing(cursor, NOW, 254, NOW, "stopped", "why", 1, FINGERPRINT)
    reading = create_autospec(Reading, instance=True)
    reading.standing.return_value = stopped
    asked = Asked(cast(Question, None), {}, date(2026, 11, 23), None, 0, 50)

    with pytest.raises(Behind) as behind:
        ask(
            asked,
            Asker(sees_all=True),
            reading=reading,
            today=asked.on,
            now=NOW,
            pause=lambda _: None,
        )

    assert behind.value.facts == {"wanted": 254, "applied": 252}
