"""연락 기록: a new form that its declaration says, from the partner's page to the record."""

import re

import pytest

from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import open_form, preview, send, sent
from tests.portal.sample import AGREEMENT, identity

NAVER = f"/partners/{identity('naver')}"
NEW = f"{NAVER}/journal/new"
TYPED = {
    "on": "26.11.20",
    "kind": "call",
    "department_id": identity("culture"),
    "agreement_id": identity(AGREEMENT),
    "text": "\xa0시연 일정을 물었습니다.\u3000",
}


def test_a_contact_is_recorded_from_the_partners_page(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    assert f'href="{NEW}"' in client.get(NAVER).text

    recorded = send(client, open_form(client, NEW), "at_once", **TYPED)

    seq = neighbours.registry.head()
    assert recorded.location == f"{NAVER}?recorded={seq}#recorded"
    entry = neighbours.registry.newest()
    assert {each: entry[each] for each in TYPED} == TYPED | {
        "on": "2026-11-20",
        "text": "시연 일정을 물었습니다.",
    }
    assert entry["partner_id"] == identity("naver")
    page = client.get(recorded.location).text
    assert "시연 일정을 물었습니다." in page
    assert f"변경 이력 {seq}번" in page


def test_a_contact_is_corrected_and_taken_back(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    send(client, open_form(client, NEW), "at_once", **TYPED)
    entry = neighbours.registry.newest()
    page = f"/journal/{entry['id']}"
    assert page in client.get("/journal").text
    assert f'href="{page}/change"' in client.get(page).text

    shown = preview(client, f"{page}/change", kind="visit", reason="방문")
    corrected = send(client, shown, "record")
    changed = neighbours.registry.newest()

    assert corrected.location.startswith(page)
    assert changed["text"] == entry["text"]
    assert changed["kind"] == "visit"
    assert '<a href="#reason">' in preview(client, f"{page}/retract", reason=" ").text
    taken = send(client, preview(client, f"{page}/retract", reason="다른 기관의 연락"), "record")
    assert taken.location.startswith("/journal?")
    assert client.get(page).status_code == 404
    assert "시연 일정을" not in client.get("/journal").text
    assert neighbours.registry.changes()[-1].kind == "journal.retracted"


@pytest.mark.parametrize("role", ["department", "liaison", "auditor"])
def test_only_the_office_corrects_the_journal(enter: Enter, role: str) -> None:
    client, path = enter(role), f"/journal/{identity('call')}"

    assert client.get(f"{path}/change").status_code == 403
    assert client.get(f"{path}/retract").status_code == 403


def test_a_light_form_pressed_twice_records_once(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    form, head = open_form(client, NEW), neighbours.registry.head()

    one, two = (send(client, form, "at_once", **TYPED) for _ in range(2))

    assert one.location == two.location
    assert neighbours.registry.head() == head + 1


def test_another_contact_from_the_same_window_is_asked_about_first(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    form, head = open_form(client, NEW), neighbours.registry.head()
    send(client, form, "at_once", **TYPED)

    asked = sent(client, form, "at_once", **TYPED | {"text": "둘째 통화"})

    assert "이 양식으로 이미 기록했습니다" in asked.text
    assert neighbours.registry.head() == head + 1
    assert f"recorded={head + 2}#" in send(client, asked, "record").location


def test_faults_stand_at_the_field_in_the_forms_order(enter: Enter, neighbours: Neighbours) -> None:
    client, head = enter(), neighbours.registry.head()

    page = sent(client, open_form(client, NEW), "at_once", on="2021-02-30", kind="shout", text=" ")

    assert re.findall(r'<li><a href="#(\w+)">([^<:]+):', page.text) == [
        ("on", "날"),
        ("kind", "구분"),
        ("department_id", "담당부서"),
        ("text", "내용"),
    ]
    assert re.search(r'id="on-fault">달력에 없는 날', page.text)
    assert 'value="2021-02-30"' in page.text
    assert neighbours.registry.head() == head


@pytest.mark.usefixtures("impatient")
def test_an_answer_that_was_lost_costs_nothing(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    form, head = open_form(client, NEW), neighbours.registry.head()
    neighbours.registry.loses_answers_on = "/v1/journal"
    unsure = sent(client, form, "at_once", **TYPED)
    neighbours.registry.loses_answers_on = None

    again = send(client, unsure, "record")

    assert unsure.status_code == 503
    assert f"recorded={head + 1}#" in again.location


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ieum_portal.outbound.recording.PAUSES_S", ())


@pytest.mark.parametrize("role", ["department", "liaison", "auditor"])
def test_only_the_office_writes_in_the_journal(enter: Enter, role: str) -> None:
    client = enter(role)

    assert client.get(NEW).status_code == 403
    assert NEW not in client.get(NAVER).text


@pytest.mark.parametrize(
    ("role", "sees"), [("office", True), ("auditor", True), ("liaison", False)]
)
def test_the_journal_is_shown_to_whom_it_is_open(enter: Enter, role: str, *, sees: bool) -> None:
    client = enter()
    send(client, open_form(client, NEW), "at_once", **TYPED)

    assert ("시연 일정을 물었습니다." in enter(role).get(NAVER).text) is sees
