"""A seat goes to somebody of its house, or to somebody new who is entered in that very form."""

import re

import pytest

from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import open_form, preview, send
from tests.portal.sample import CONTACTS, SEATS, identity

SEAT = f"/seats/{identity('naver-liaison-seat')}/handover"
NEW = {
    "from_on": "2026-11-23",
    "contact_id": "",
    "name": "박신입",
    "email": "park@naver.example",
    "phone": "062-000-0009",
    "purpose": "협약 이행 연락",
    "consented_on": "2026. 11. 20.",
}


def test_somebody_new_takes_an_empty_seat_in_one_form(enter: Enter, neighbours: Neighbours) -> None:
    empty = [each | {"holders": []} for each in SEATS]
    neighbours.registry.hold(seat=empty, contact=CONTACTS[1:])
    client = enter()

    form = open_form(client, SEAT)
    shown = preview(client, SEAT, **NEW)
    before = neighbours.registry.head()
    recorded = send(client, shown, "record")

    assert "아래에 새로 적는 사람" in form.text
    assert "비어 있음" in form.text
    assert "박신입" in shown.text
    entries = neighbours.registry.changes()[before:]
    assert [each.kind for each in entries] == ["contact.registered", "seat.changed"]
    [holder] = neighbours.registry.newest()["holders"]
    person = neighbours.registry.one("contacts", holder["contact_id"])
    assert (person["name"], person["phone"]) == ("박신입", "062-000-0009")
    assert person["at"] == {"type": "partner", "id": identity("naver")}
    assert "박신입" in client.get(recorded.location).text


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({key: "" for key in NEW if key != "from_on"}, ["contact_id"]),
        ({"email": "", "consented_on": ""}, ["email", "consented_on"]),
        ({"email": "park"}, ["email"]),
        ({"retain_until": "2020-01-01"}, ["retain_until"]),
        ({"from_on": ""}, ["from_on"]),
        ({"contact_id": identity("naver-liaison")}, ["name"]),
    ],
)
def test_what_is_not_said_of_the_new_person_stands_at_its_field(
    enter: Enter, neighbours: Neighbours, typed: dict[str, str], fields: list[str]
) -> None:
    head = neighbours.registry.head()

    page = preview(enter(), SEAT, **NEW | typed)

    assert re.findall(r'<li><a href="#(\w+)">', page.text) == fields
    assert re.search(rf'id="{fields[0]}-fault">[^<]*[가-힣]', page.text)
    assert neighbours.registry.head() == head


def test_the_form_names_holders_whom_no_letter_reaches_and_leads_to_them(
    enter: Enter, neighbours: Neighbours
) -> None:
    over = CONTACTS[0] | {"retain_until": "2026-11-22"}
    gone = CONTACTS[0] | {"id": identity("gone"), "key": "gone", "erased_on": "2026-11-01"}
    neighbours.registry.hold(contact=[over, gone | {"name": "지워진 이"}, CONTACTS[1]])

    page = open_form(enter(), SEAT).text

    assert "김이음: 보유 기한이 지나 알림을 보내지 못합니다." in page
    assert f'href="/contacts/{identity("naver-liaison")}/change"' in page
    assert identity("gone") not in page
