"""The limit of the case `write` makes a real change's inserts; the verdict follows the goal."""

import pytest

from bench._raw import RawWriter
from bench.write import Took, say
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from tests.postgres import Databases


def test_the_bare_writer_leaves_one_current_span_and_an_entry_for_each_write(
    database_urls: Databases,
) -> None:
    url = database_urls(STEPS.migrate)
    writer = RawWriter(url)

    assert [writer.write(number) for number in (0, 1, 0, 0)] == [1, 2, 3, 4]

    store = Store(url, disclose=disclosed)
    spans = store.database.rows("SELECT version, seq_from, seq_to FROM partner_span ORDER BY 2")
    store.close()
    last = 9007199254740991
    assert [tuple(each) for each in spans] == [(1, 1, 3), (1, 2, last), (2, 3, 4), (3, 4, last)]


@pytest.mark.parametrize(("route_s", "verdict"), [(0.011, "ok"), (0.025, "short"), (0.2, "short")])
def test_the_case_is_short_where_sixteen_writers_miss_their_goal(
    capsys: pytest.CaptureFixture[str], route_s: float, verdict: str
) -> None:
    raw, route = Took([0.01] * 200, 2.0), Took([route_s] * 200, 200 * route_s)

    code = say({"sqlite": {16: {"raw": raw, "route": route}}})

    assert capsys.readouterr().out.rstrip().endswith(f": {verdict}")
    assert code == (verdict == "short")
