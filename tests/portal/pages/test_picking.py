"""Of many, what to choose is found by searching; a form never holds a list of all."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ieum_portal.operations.offers import FEW, FOUND
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import address, open_form, opened, send, sent
from tests.portal.pages.test_changing_events import TYPED
from tests.portal.sample import PARTNERS, Facts, identity, resource, words

NEW = "/events/new"


def a_partner(number: int) -> Facts:
    return resource(
        f"firm-{number}",
        kind="company",
        name=words(f"나래기업{number:03}", f"Narae {number:03}"),
        aliases=[],
        own=False,
        business_number=None,
        website=None,
    )


@pytest.fixture
def _many(neighbours: Neighbours) -> None:
    neighbours.registry.hold(partner=[*PARTNERS, *map(a_partner, range(FEW))])


def offered(page: TestResponse) -> list[str]:
    return re.findall(r'name="partner_ids" value="([^"]+)"', page.text)


def find(client: FlaskClient, page: TestResponse, words: str, *chosen: str) -> TestResponse:
    form: dict[str, str | list[str]] = {"partner_ids-sought": words, "partner_ids": [*chosen]}
    answer = send(client, page, "find-partner_ids", **{**TYPED, **form})
    assert answer.location.endswith("#partner_ids")
    return client.get(answer.location)


def test_a_few_are_offered_whole(enter: Enter) -> None:
    page = open_form(enter(), NEW)

    assert len(offered(page)) == len(PARTNERS)
    assert "찾을 이름" not in page.text


@pytest.mark.usefixtures("_many")
def test_many_are_found_by_searching_and_what_is_ticked_stands_on_top(enter: Enter) -> None:
    client = enter()
    page = open_form(client, NEW)
    assert offered(page) == []

    found = find(client, page, "네이버")
    naver = offered(found)
    more = find(client, found, "나래기업04", *naver)

    assert naver == [identity("naver")]
    assert opened(found)["title_ko"] == TYPED["title_ko"]
    assert offered(more)[0] == identity("naver")
    assert opened(more).getlist("partner_ids") == [identity("naver")]
    assert set(offered(more)[1:]) == {identity(f"firm-{each}") for each in range(40, 50)}


@pytest.mark.usefixtures("_many")
def test_what_was_picked_is_recorded_and_what_was_made_up_is_not(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    page = find(client, open_form(client, NEW), "나래기업049", identity("own"))
    picked = [identity("naver"), identity("firm-49")]

    shown = sent(client, page, "preview", partner_ids=picked, department_id="")
    made_up = sent(client, open_form(client, NEW), "preview", **TYPED, partner_ids=[identity("?")])
    send(client, shown, "record")

    assert '<a href="#partner_ids">' in made_up.text
    assert set(neighbours.registry.newest()["partner_ids"]) == set(picked)


@pytest.mark.usefixtures("_many")
def test_more_than_are_shown_are_said_to_be_there_and_none_is_said_too(enter: Enter) -> None:
    client = enter()
    page = open_form(client, NEW)

    many, none = find(client, page, "나래"), find(client, page, "없는이름")

    assert len(offered(many)) == FOUND
    assert "더 있습니다" in many.text
    assert "그런 이름이 더 없습니다" in none.text


def suggested(client: FlaskClient, page: TestResponse, field: str, words: str) -> TestResponse:
    """Ask as the page's script does."""
    return client.get(f"{address(page)}&sought={field}&words={words}")


@pytest.mark.usefixtures("_many")
def test_names_are_given_while_somebody_types(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    page = open_form(client, NEW)

    few = suggested(client, page, "partner_ids", "나래기업04").json
    many = suggested(client, page, "partner_ids", "나래").json
    none = suggested(client, page, "partner_ids", "없는이름").json

    assert few is not None
    assert many is not None
    assert {each["id"] for each in few["items"]} == {identity(f"firm-{n}") for n in range(40, 50)}
    assert few["items"][0]["name"].startswith("나래기업04")
    assert few["said"] == "10건을 찾았습니다."
    assert len(many["items"]) == FOUND
    assert many["said"].startswith("20건 넘게")
    assert none == {"items": [], "said": "그런 이름이 없습니다. 다른 말로 찾으십시오."}
    neighbours.registry.is_down = True
    assert suggested(client, page, "partner_ids", "나래").status_code == 503


def test_only_what_a_form_names_is_looked_up_and_only_for_whoever_may_open_it(enter: Enter) -> None:
    client = enter()
    page = open_form(client, NEW)

    assert suggested(client, page, "title", "가").status_code == 404
    assert suggested(enter("liaison"), page, "partner_ids", "가").status_code == 403
    other = enter("office").get(f"{NEW}?draft={identity('none')}&sought=partner_ids&words=가")
    assert other.status_code == 404


@pytest.mark.usefixtures("_many")
def test_what_is_spelled_alike_is_told_apart(enter: Enter, neighbours: Neighbours) -> None:
    alike = [
        a_partner(900) | {"name": words("한빛", "Hanbit"), "business_number": "1248100998"},
        a_partner(901) | {"name": words("한 빛", None), "country": "FI"},
        a_partner(902) | {"name": words("한빛나라", None), "business_number": "2208139938"},
    ]
    neighbours.registry.hold(partner=[*PARTNERS, *map(a_partner, range(FEW)), *alike])
    client = enter()
    page = open_form(client, NEW)

    found = suggested(client, page, "partner_ids", "한빛").json
    step = find(client, page, "한빛")

    assert found is not None
    names = {each["name"] for each in found["items"]}
    assert names == {"한빛 (124-81-00998)", "한 빛 (핀란드)", "한빛나라"}
    assert all(each in step.text for each in names)
