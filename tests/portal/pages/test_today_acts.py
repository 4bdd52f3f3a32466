"""Whatever 할 일 says is wrong or due leads to what ends it; no kind of alarm leads nowhere."""

import re
from html import unescape
from typing import Any

import pytest

from ieum_notify.domain.alarm import SENTENCES
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import opened
from tests.portal.sample import identity

SEAT: dict[str, str | None] = {"type": "seat", "id": identity("naver-liaison-seat"), "role": None}
LACKS: dict[str, str | None] = {"type": "department", "id": identity("culture"), "role": "officer"}
CONTACT: dict[str, str | None] = {"type": "contact", "id": identity("naver-liaison"), "role": None}
MENDS: dict[str, list[dict[str, str | None]]] = {
    "seat.empty": [SEAT, LACKS],
    "office.empty": [SEAT],
    "seat.no_address": [CONTACT],
    "letter.refused": [CONTACT],
}


def alarm(code: str) -> dict[str, Any]:
    return {
        "code": code,
        "since": "2026-11-23T01:00:00Z",
        "subject": {"type": "milestone", "id": identity("m2")},
        "detail": {"ko": "경보의 말", "en": "What is wrong."},
        "mends": MENDS.get(code, []),
    }


def acts(page: str) -> list[str]:
    """Give where the alarms lead."""
    [alarms] = re.findall(r'<ul class="alarms">(.*?)</ul>', page, re.DOTALL)
    return [unescape(each) for each in re.findall(r'<a class="button[^"]*" href="([^"]+)"', alarms)]


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_kind_of_alarm_leads_to_what_ends_it(
    enter: Enter, neighbours: Neighbours, code: str
) -> None:
    neighbours.said["sender"] |= {"alarms": [alarm(code)]}
    client = enter()

    page = client.get("/").text

    led_to = acts(page)
    assert led_to or "다시 보내기" in page
    assert len(led_to) >= len(MENDS.get(code, []))
    for each in led_to:
        opened_there = client.get(each, follow_redirects=True)
        assert opened_there.status_code == 200
        if "#" in each:
            assert f'id="{each.partition("#")[2]}"' in opened_there.text
    assert acts(enter("auditor").get("/").text) == []


def test_an_empty_seat_leads_to_its_own_form_and_one_that_lacks_to_the_form_that_opens_it(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.said["sender"] |= {"alarms": [alarm("seat.empty")]}
    client = enter()

    fill, make = acts(client.get("/").text)

    assert fill == f"/seats/{SEAT['id']}/handover"
    form = opened(client.get(make, follow_redirects=True))
    assert (form["at"], form["role"]) == (LACKS["id"], "officer")


def test_an_alarm_of_the_release_before_leads_to_the_roles(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.said["sender"] |= {"alarms": [alarm("seat.empty") | {"mends": []}]}

    assert acts(enter().get("/").text) == ["/people"]


def test_a_milestone_that_nobody_hears_of_leads_to_the_form_of_the_very_seat(
    enter: Enter, neighbours: Neighbours
) -> None:
    about = {"type": "milestone", "id": identity("m5")}
    neighbours.said["sender"] |= {"alarms": [alarm("seat.empty") | {"subject": about}]}

    page = enter().get("/").text

    asked = re.findall(r'<a href="([^"]+)">알림을 받을 담당자 지정</a>', page)
    assert asked == [f"/seats/{SEAT['id']}/handover"]
