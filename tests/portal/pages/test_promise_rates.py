"""약속 이행률: what came of what was promised, with its definition, day, rows and trend."""

import re

import pytest
from flask.testing import FlaskClient

from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter


@pytest.fixture
def office(enter: Enter) -> FlaskClient:
    return enter("office")


def test_rates_say_their_definition_their_day_and_their_trend(office: FlaskClient) -> None:
    page = office.get("/promises/rates").text

    assert "투자금액" in page
    assert "0.0%" in page
    assert "어떻게 셉니까" in page
    assert "<svg" in page
    assert 'id="trend-table"' in page


@pytest.mark.parametrize("by", ["partner", "agreement", "kind", "department", "year", "task"])
def test_rates_are_shown_in_groups(office: FlaskClient, by: str) -> None:
    answer = office.get(f"/promises/rates?by={by}&lang=en")

    assert answer.status_code == 200
    assert "5,000,000,000" in answer.text


def test_each_point_of_the_picture_stands_in_the_table(office: FlaskClient) -> None:
    page = office.get("/promises/rates").text
    table = page.partition('id="trend-table"')[2].partition("</table>")[0]

    picture = page.partition('<svg class="trend"')[2].partition("</svg>")[0]
    drawn = picture.count("<circle ")
    shares = [each for each in re.findall(r">([\d.]+%|–)</td>", table) if each != "–"]

    assert drawn == len(shares) > 0


def test_the_page_asks_as_often_however_many_promises_there_are(
    office: FlaskClient, neighbours: Neighbours
) -> None:
    office.get("/promises/rates")
    asked = [each for each in neighbours.registry.asked if "/v1/promises/" in each]

    assert len(asked) == 2


def test_without_promises_it_says_how_one_is_added(
    office: FlaskClient, neighbours: Neighbours
) -> None:
    neighbours.registry.hold(promise=[], promise_report=[])

    page = office.get("/promises/rates").text

    assert "약속 추가" in page
    assert '<svg class="trend"' not in page
