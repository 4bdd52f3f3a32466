"""A partner is registered and changed by forms that its declaration says, in the real registry."""

import re

import pytest

from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import open_form, opened, preview, send
from tests.portal.sample import identity

NEW = "/partners/new"
NAVER = f"/partners/{identity('naver')}"
CHANGE = f"{NAVER}/change"
TYPED = {
    "name_ko": "\xa0나래로보틱스 ",
    "name_en": "Narae Robotics",
    "kind": "company",
    "aliases": "나래\r\n\r\n 나래로봇 ",
    "business_number": "124-81-00998",
    "website": "https://narae.example",
    "memo": "첫 상담 2026년",
}


def test_a_partner_is_registered_after_a_look(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    assert f'href="{NEW}"' in client.get("/partners").text

    shown = preview(client, NEW, **TYPED)
    recorded = send(client, shown, "record")

    entry = neighbours.registry.changes()[-1]
    assert entry.kind == "partner.registered"
    assert recorded.location.startswith(f"/partners/{entry.subject_id}?recorded=")
    made = neighbours.registry.newest()
    assert made["name"] == {"ko": "나래로보틱스", "en": "Narae Robotics"}
    assert made["aliases"] == ["나래", "나래로봇"]
    assert made["business_number"] == "1248100998"
    assert (made["country"], made["memo"]) == (None, "첫 상담 2026년")
    assert "나래로보틱스" in client.get(recorded.location).text
    assert "이유를 적지 않았습니다" not in shown.text  # It is not asked for here.


def test_a_change_keeps_what_is_not_touched(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    was = neighbours.registry.one("partners", identity("naver"))
    assert f'href="{CHANGE}"' in client.get(NAVER).text

    form = opened(open_form(client, CHANGE))
    send(client, preview(client, CHANGE, memo="담당 바뀜", reason="통화"), "record")

    now = neighbours.registry.one("partners", identity("naver"))
    assert form["aliases"].splitlines() == was["aliases"]
    assert {key: now[key] for key in was if key not in ("memo", "version")} == {
        key: was[key] for key in was if key not in ("memo", "version")
    }
    assert now["memo"] == "담당 바뀜"
    assert neighbours.registry.changes()[-1].reason == "통화"


def test_an_open_form_of_a_partner_changes_nothing_by_itself(enter: Enter) -> None:
    assert "지금 기록과 다른 것이 없어" in preview(enter(), CHANGE).text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name_ko": "\u3000"}, "name_ko"),
        ({"kind": "club"}, "kind"),
        ({"business_number": "124-81-00999"}, "business_number"),
        ({"country": "XK"}, "country"),
        ({"website": "narae"}, "website"),
        ({"aliases": "가" * 201}, "aliases"),
    ],
)
def test_each_fault_stands_at_its_field_in_words(
    enter: Enter, neighbours: Neighbours, typed: dict[str, str], field: str
) -> None:
    head = neighbours.registry.head()

    page = preview(enter(), NEW, **TYPED | typed)

    assert re.findall(r'<li><a href="#(\w+)">', page.text) == [field]
    assert re.search(rf'id="{field}-fault">[^<]*[가-힣]', page.text)
    assert neighbours.registry.head() == head
