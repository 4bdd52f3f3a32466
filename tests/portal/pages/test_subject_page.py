"""What an office owns is listed, shown, registered and changed at the desk, as it is declared."""

import re
from html import unescape

import pytest

from tests.portal import sample
from tests.portal.neighbours import Neighbours, a_letter
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import open_form, opened, preview, send
from tests.portal.sample import Facts, identity

XR = f"/technologies/{identity('xr')}"
CULTURE = f"/departments/{identity('culture')}"
LIAISON = f"/contacts/{identity('naver-liaison')}"

FORMS: dict[str, tuple[dict[str, str], Facts]] = {
    "programmes": (
        {"name_ko": "데이터 도시", "announced_on": "2026. 3. 2."},
        {"name": {"ko": "데이터 도시", "en": None}, "announced_on": "2026-03-02"},
    ),
    "strategies": (
        {"programme_id": identity("ai-metaverse"), "name_ko": "인재 양성"},
        {"position": 5, "programme_id": identity("ai-metaverse")},
    ),
    "tasks": (
        {"strategy_id": identity("S1"), "name_ko": "데이터 학교", "position": "1,7"},
        {"position": 17, "strategy_id": identity("S1")},
    ),
    "service-fields": (
        {"programme_id": identity("ai-metaverse"), "name_ko": "돌봄", "group": "citizen"},
        {"position": 8, "group": "citizen"},
    ),
    "technologies": (
        {"name_ko": "홀로그램", "aliases": "입체 영상", "broader_id": identity("xr")},
        {"aliases": ["입체 영상"], "broader_id": identity("xr")},
    ),
    "departments": (
        {"name_ko": "교통정책과", "office": "false"},
        {"office": False},
    ),
    "calendar-days": (
        {"on": "2026-12-31", "name_ko": "종무식", "working": "false", "decreed_by": "시장 방침"},
        {"on": "2026-12-31", "working": False},
    ),
}


@pytest.mark.parametrize("place", FORMS)
def test_each_is_registered_from_its_list_and_stands_on_its_page(
    enter: Enter, neighbours: Neighbours, place: str
) -> None:
    client, (typed, facts) = enter(), FORMS[place]
    assert f'href="/{place}/new"' in client.get(f"/{place}").text
    assert f'href="/{place}"' in client.get("/catalogue").text

    recorded = send(client, preview(client, f"/{place}/new", **typed), "record")
    page = client.get(recorded.location).text

    made = neighbours.registry.newest()
    assert {key: made[key] for key in facts} == facts
    assert recorded.location.startswith(f"/{place}/{made['id']}?recorded=")
    assert typed["name_ko"] in page
    assert f'href="/{place}/{made["id"]}/change"' in page


@pytest.mark.parametrize(
    ("place", "field", "typed"),
    [
        ("tasks", "position", {"position": "0"}),
        ("tasks", "position", {"position": "첫째"}),
        ("tasks", "position", {"position": "9" * 30}),
        ("tasks", "strategy_id", {"strategy_id": identity("xr")}),
        ("programmes", "announced_on", {"announced_on": "2026년 봄"}),
        ("calendar-days", "working", {"working": "perhaps"}),
        ("calendar-days", "on", {"on": "2026-12-24"}),
        ("departments", "office", {"office": "true"}),
    ],
)
def test_what_cannot_be_recorded_stands_at_its_field(
    enter: Enter, neighbours: Neighbours, place: str, field: str, typed: dict[str, str]
) -> None:
    head = neighbours.registry.head()

    page = preview(enter(), f"/{place}/new", **FORMS[place][0] | typed).text

    assert re.findall(r'<li><a href="#(\w+)">', page) == [field]
    assert re.search(rf'id="{field}-fault">[^<]*[가-힣]', page)
    assert neighbours.registry.head() == head


def test_a_change_says_what_stands_and_keeps_what_is_not_touched(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()

    form = opened(open_form(client, f"{XR}/change"))
    send(client, preview(client, f"{XR}/change", aliases="XR\n확장 현실"), "record")

    assert form["name_ko"] == "확장현실(XR)"
    now = neighbours.registry.one("technologies", identity("xr"))
    assert now["aliases"] == ["XR", "확장 현실"]
    assert now["name"]["en"] == "Extended reality"


def test_a_form_begins_under_what_it_was_opened_from(enter: Enter) -> None:
    client = enter()
    page = client.get(f"/strategies/{identity('S1')}").text

    [begun] = re.findall(r'href="(/tasks/new[^"]*)"', page)

    assert opened(open_form(client, unescape(begun)))["strategy_id"] == identity("S1")


def test_a_task_and_a_technology_show_who_works_with_them(enter: Enter) -> None:
    client = enter()

    task = client.get(f"/tasks/{identity('T05')}").text
    technology = client.get(XR).text

    for page in (task, technology):
        assert "버넥트" in page
    assert f'href="/coverage?task={identity("T05")}"' in task
    assert f'href="/questions/technology-use?technology={identity("xr")}"' in technology


def test_a_department_shows_its_agreements_roles_and_people_and_leads_to_their_forms(
    enter: Enter, neighbours: Neighbours
) -> None:
    place = sample.at("department", "culture")
    person = sample.CONTACTS[0] | {"id": identity("kim"), "key": "kim", "at": place}
    holders = [{"contact_id": identity("kim"), "from": "2026-01-05", "to": None}]
    seat = {"id": identity("seat"), "key": "seat", "at": place, "role": "officer"}
    led = [each | {"lead_department_id": identity("culture")} for each in sample.AGREEMENTS]
    neighbours.registry.hold(
        contact=[*sample.CONTACTS, person | {"name": "김담당"}],
        seat=[*sample.SEATS, sample.SEATS[0] | seat | {"holders": holders}],
        agreement=led,
    )
    client = enter()

    page = client.get(CULTURE).text

    assert f'href="/agreements/{led[0]["id"]}"' in page
    assert "시민 참여단 모집 공고" in page
    assert "김담당" in page
    assert f'href="/seats/{identity("seat")}"' in page
    assert (
        f'href="/seats/{identity("seat")}/handover"'
        in client.get(f"/seats/{identity('seat')}").text
    )
    assert opened(open_form(client, f"/seats/new?at={identity('culture')}"))["at"] == (
        identity("culture")
    )
    for role in ("department", "liaison", "auditor"):
        others = enter(role).get(CULTURE).text
        assert "김담당" not in others
        assert "/change" not in others


def test_a_newly_declared_day_tells_which_letters_it_moves(
    enter: Enter, neighbours: Neighbours
) -> None:
    moved = a_letter(due_at="2026-12-30T00:00:00Z", due_at_before="2026-12-31T00:00:00Z")
    neighbours.said["reposted"] |= {"moved": [moved]}

    page = preview(enter(), "/calendar-days/new", **FORMS["calendar-days"][0]).text

    assert "날짜가 바뀌는 알림" in page
    assert "2026-12-31 (목) 09:00" in page


def test_a_person_is_shown_to_the_office_alone_and_that_is_recorded(
    enter: Enter, neighbours: Neighbours
) -> None:
    page = enter().get(LIAISON)

    assert "liaison@naver.example" in page.text
    assert f'href="/people?holder={identity("naver-liaison")}"' in page.text
    looks = enter().get("/access").text
    assert "연락처 한 건" in looks
    for role in ("department", "liaison", "auditor"):
        assert enter(role).get(LIAISON).status_code == 403
        assert enter(role).get("/contacts").status_code == 403


def test_a_person_is_erased_with_a_reason_after_a_look(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    assert f'href="{LIAISON}/erase"' in client.get(LIAISON).text

    unsaid = preview(client, f"{LIAISON}/erase", reason=" ")
    named = preview(client, f"{LIAISON}/erase", reason="김이음 본인 요청")
    shown = preview(client, f"{LIAISON}/erase", reason="본인 요청")
    before = neighbours.registry.head()
    recorded = send(client, shown, "record")

    assert '<a href="#reason">' in unsaid.text
    assert '<a href="#reason">' in named.text
    assert "복구할 수 없습니다" in unsaid.text
    assert "개인정보 삭제" in shown.text
    kinds = [each.kind for each in neighbours.registry.changes()[before:]]
    assert kinds[:2] == ["seat.changed", "contact.erased"]
    person = neighbours.registry.one("contacts", identity("naver-liaison"))
    assert (person["name"], person["email"], person["purpose"]) == (None, None, None)
    after = client.get(recorded.location)
    assert after.status_code == 200
    assert "김이음" not in after.text


def test_one_is_recorded_after_the_other_under_the_same(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    typed = {"strategy_id": identity("S1"), "name_ko": "데이터 학교"}

    first = send(client, preview(client, "/tasks/new", **typed), "record_next")
    again = client.get(first.location, follow_redirects=True)
    shown = send(client, again, "preview", name_ko="데이터 축제")
    second = send(client, client.get(shown.location), "record_next")

    assert "앞의 것을 기록했습니다. 이어서 다음 것을 적으십시오." in again.text
    assert opened(again)["strategy_id"] == identity("S1")
    assert (opened(again)["name_ko"], opened(again)["position"]) == ("", "18")
    assert second.location.startswith(f"/tasks/new?strategy_id={identity('S1')}&after=")
    made = [str(each.body) for each in neighbours.registry.changes()[-2:]]
    assert ["데이터 학교" in each for each in made] == [True, False]
    assert "데이터 축제" in made[1]


def test_a_role_is_called_by_its_place_and_never_by_its_key(enter: Enter) -> None:
    client, seat = enter(), f"/seats/{identity('naver-liaison-seat')}"

    page = client.get(seat).text
    preview(client, f"{seat}/change", language="en")

    assert "네이버 연락담당자" in page
    assert "네이버 연락담당자" in client.get("/").text
    assert "naver-liaison-seat" not in page
    assert "liaison</h1>" in enter(language="en").get(seat).text


def test_a_person_who_is_erased_is_not_called_by_a_key(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    send(client, preview(client, f"{LIAISON}/erase", reason="본인이 요청함"), "record")

    gone = client.get(LIAISON)

    assert gone.status_code == 200
    assert "이름 없음" in gone.text
    assert "naver-liaison" not in gone.text
