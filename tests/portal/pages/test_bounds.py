"""However much is on record: as many requests for a page, as many rows on it, as many bytes."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from ieum_portal.pages.register import SCREENS
from ieum_portal.pages.screen import Screen
from tests.portal import sample
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_register import address
from tests.portal.sample import Facts, identity

OFTEN, SELDOM = 600, 150
"""How much of each there is: already the smaller number is more than any page shows at once."""

STEPPED = {
    "agreement.show": "shows what lies under it",
    "seat_form.hand_over": "offers the people of one place",
    "handover_form.of_person": "offers the people of one place",
    "undoing.hand_back": "offers the people of one place",
    "milestone_form.register": "offers the commitments under one agreement",
    "milestone_form.change": "offers the commitments under one agreement",
}
"""Pages that read more than one page of something, up to a bound of their own, and why."""

PAGES = [each for each in SCREENS if "office" in each.roles and each.endpoint not in STEPPED]
SIGNED = date(2021, 1, 1)


def copies(one: Facts, count: int, **more: object) -> list[Facts]:
    """Give so many more of a thing."""
    return [
        one | {"id": identity(f"{one['id']} {number}"), "key": None} | more
        for number in range(count)
    ]


def record_of(count: int) -> dict[str, list[Facts]]:
    """Give the sample with so many more of all that grows, each of it near NAVER."""
    agreement, milestone = sample.AGREEMENTS[0], sample.SAMPLE["milestone"][0]
    contact, event = sample.SAMPLE["contact"][0], sample.EVENTS[0]
    end = {"rule": "fixed", "ends_on": "2026-12-10", "note": None}
    parties = [
        {"partner_id": identity("gwangju"), "side": "own", "signed_on": "2021-11-16"},
        {"partner_id": identity("naver"), "side": "partner", "signed_on": "2021-11-16"},
    ]
    later = [
        each | {"signed_on": (SIGNED + timedelta(days=number)).isoformat()}
        for number, each in enumerate(
            copies(agreement, count, number=None, end=end, parties=parties)
        )
    ]
    return {
        "agreement": [*sample.AGREEMENTS, *later],
        "milestone": [
            *sample.SAMPLE["milestone"],
            *copies(milestone, count, due_on="2026-11-01"),
            *copies(milestone | {"id": "soon"}, count, due_on="2026-12-01"),
        ],
        "collaboration": [
            *sample.SAMPLE["collaboration"],
            *copies(
                sample.SAMPLE["collaboration"][0],
                count,
                starts_on="2024-01-01",
                holds_from="2024-01-01",
            ),
        ],
        "contact": [*sample.SAMPLE["contact"], *copies(contact, count)],
        "event": [*sample.EVENTS, *copies(event, count)],
        "partner": [
            *sample.PARTNERS,
            *copies(sample.PARTNERS[1], count, business_number=None, own=False),
        ],
    }


def asked_of(neighbours: Neighbours) -> int:
    """Give how many requests the three were sent; none of them is left over afterwards."""
    asked = [each.asked for each in (neighbours.registry, neighbours.graph, neighbours.notify)]
    found = sum(map(len, asked))
    for each in asked:
        each.clear()
    return found


@pytest.mark.parametrize("screen", PAGES, ids=lambda each: each.endpoint)
def test_a_page_costs_the_same_however_much_is_on_record(
    enter: Enter, app: Flask, neighbours: Neighbours, screen: Screen
) -> None:
    path, client = address(app, screen), enter()
    requests, rows, sizes = [], [], []

    for count in (SELDOM, OFTEN):
        neighbours.registry.hold(**record_of(count))
        asked_of(neighbours)
        page = client.get(path, follow_redirects=True)
        assert page.status_code == 200
        requests.append(asked_of(neighbours))
        rows.append(len(re.findall(r"<(?:tr|li|option)\b", page.text)))
        sizes.append(len(page.data))

    assert requests[0] == requests[1]
    assert rows[0] == rows[1]
    assert abs(sizes[1] - sizes[0]) < 500, "What is counted may have more digits, no more."


def test_a_partners_page_says_how_many_there_are_and_where_they_all_are(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.registry.hold(**record_of(SELDOM))
    naver = identity("naver")

    page = enter().get(f"/partners/{naver}").text

    assert f'<a class="all-of" href="/agreements?partner={naver}">151건 가운데 10건' in page
    assert f'<a class="all-of" href="/commitments?partner={naver}">153건 가운데 20건' in page
    assert f'<a class="all-of" href="/milestones?owner={naver}">' in page
    assert "151건" in enter().get(f"/agreements?partner={naver}").text
    assert "153건" in enter().get(f"/commitments?partner={naver}").text


def test_the_days_work_says_how_much_there_is_and_where_it_all_is(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.registry.hold(**record_of(SELDOM))

    page = enter().get("/").text
    links = dict(re.findall(r'<a class="all-of" href="([^"]+)">(\d+)건 가운데 20건', page))

    counted = {link: count for link, count in links.items() if link.startswith("/milestones")}
    assert len(counted) == 2
    for link, count in counted.items():
        assert f"총 {count}건" in enter().get(link.replace("&amp;", "&")).text
    assert links["/agreements?ends=90"] == "150"
