"""Events at the desk: registered, moved and called off, each after a look at what follows."""

import re

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from changefeed.countries import COUNTRIES
from ieum_portal.pages.changing.places import countries, zones
from ieum_registry.domain.civil_time import is_zone
from tests.portal.neighbours import Neighbours, a_letter
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import opened, preview, send, sent
from tests.portal.sample import Facts, identity

NEW = "/events/new"
EXPO = f"/events/{identity('expo')}"
CHANGE, CANCEL = f"{EXPO}/change", f"{EXPO}/cancel"
TYPED = {
    "title_ko": "북유럽 가상도시 박람회",
    "title_en": "Nordic Virtual City Expo",
    "kind": "expo",
    "zone": "Europe/Helsinki",
    "starts_at": "2027-05-11T09:00",
    "ends_at": "2027-05-13T17:00",
    "country": "FI",
    "city_ko": "헬싱키",
    "city_en": "Helsinki",
    "venue_ko": "박람회장",
    "link": "https://expo.example/nordic",
    "registration_on": "2027-04-01",
    "papers_on": "2027-03-01",
    "papers_at": "12:00",
    "department_id": identity("culture"),
}
CHOSEN = {
    "partner_ids": [identity("naver"), identity("gist")],
    "task_ids": [identity("T05"), identity("T12")],
}


def look(client: FlaskClient, path: str, **typed: str | list[str]) -> TestResponse:
    return preview(client, path, **typed)


def record(client: FlaskClient, shown: TestResponse) -> TestResponse:
    return send(client, shown, "record")


def main_of(page: TestResponse) -> str:
    return page.text[page.text.index("<main") :]


def on_record(neighbours: Neighbours, event_id: str) -> Facts:
    return neighbours.registry.one("events", event_id)


def faults(page: TestResponse) -> list[str]:
    return re.findall(r'<li><a href="#(\w+)">', page.text)


def test_an_event_is_registered_after_a_look(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    before = neighbours.registry.head()

    shown = look(client, NEW, **TYPED, **CHOSEN)
    assert shown.status_code == 200
    assert neighbours.registry.head() == before
    recorded = record(client, shown)

    entry = neighbours.registry.changes()[-1]
    where = f"/events/{entry.subject_id}?recorded={before + 1}#recorded"
    assert (recorded.status_code, recorded.location) == (303, where)
    event = on_record(neighbours, str(entry.subject_id))
    assert event["title"] == {"ko": "북유럽 가상도시 박람회", "en": "Nordic Virtual City Expo"}
    assert event["venue"] == {"ko": "박람회장", "en": None}
    assert event["deadlines"] == [
        {"kind": "registration", "on": "2027-04-01", "at": None},
        {"kind": "papers", "on": "2027-03-01", "at": "12:00"},
    ]
    assert set(event["partner_ids"]) == set(CHOSEN["partner_ids"])
    assert event["department_id"] == identity("culture")
    page = client.get(recorded.location)
    assert f"변경 이력 {before + 1}번" in page.text
    assert "2027-05-11 (화) 09:00" in page.text


def test_the_preview_says_what_is_written_in_words(enter: Enter) -> None:
    page = look(enter(), NEW, **TYPED, **CHOSEN).text

    assert "행사 등록" in page
    assert "핀란드" in page
    assert "네이버" in page
    assert re.search(r"논문 제출 <time[^>]*>2027-03-01</time> 12:00", page)
    assert re.search(r"참가 등록 <time[^>]*>2027-04-01</time> 그날 끝까지", page)
    assert "일정 개정" not in page
    assert "이유를 적지 않았습니다" not in page
    assert "2027-05-11 (화) 09:00" in page


def test_a_letter_whose_hour_has_struck_is_said_to_go_at_once(
    enter: Enter, neighbours: Neighbours
) -> None:
    three_hours_ago = "2026-11-23T00:00:00Z"
    named = {"rule_title": {"ko": "행사 일정 알림", "en": "Event ahead"}}
    letter = a_letter(letter="event_ahead", rule="event_ahead", due_at=three_hours_ago, **named)
    neighbours.said["reposted"] |= {"added": [letter]}

    page = look(enter(), NEW, **TYPED).text

    assert "곧바로 · 행사 일정 알림" in page


def test_a_letter_is_called_as_its_rule_is_by_notify(enter: Enter, neighbours: Neighbours) -> None:
    new = {"rule": "journal_silent", "letter": "journal_silent"}
    named = {"rule_title": {"ko": "오래 소식 없음 알림", "en": "No sign of life"}}
    lone = a_letter(**new, **named) | {"letter": "nobody_to_tell"}
    neighbours.said["reposted"] |= {"added": [a_letter(**new, **named), lone]}

    page = look(enter(), NEW, **TYPED).text

    assert "오래 소식 없음 알림:" in page
    assert "오래 소식 없음 알림 (알릴 사람이 없다는 알림):" in page
    assert "journal_silent" not in page


def test_an_open_form_holds_what_is_on_record_and_changes_nothing_by_itself(
    enter: Enter, neighbours: Neighbours
) -> None:
    head = neighbours.registry.head()

    shown = look(enter(), CHANGE)

    assert shown.status_code == 200
    assert "지금 기록과 다른 것이 없어 기록할 것이 없습니다" in shown.text
    assert neighbours.said["foreseen"] == []
    assert neighbours.registry.head() == head


def test_a_moved_event_keeps_the_rest_and_says_why(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    was = on_record(neighbours, identity("expo"))
    moved = {"starts_at": "2027-01-07T09:00", "reason": "주최 측 통보", "registration_on": ""}

    shown = look(client, CHANGE, **moved)
    recorded = record(client, shown)

    assert recorded.location.startswith(f"{EXPO}?recorded=")
    now = on_record(neighbours, identity("expo"))
    assert (now["starts_at"], now["revision"]) == ("2027-01-07T09:00", 1)
    assert now["deadlines"] == was["deadlines"][1:]
    same = ("ends_at", "partner_ids", "task_ids", "link", "department_id", "city", "zone")
    assert {name: now[name] for name in same} == {name: was[name] for name in same}
    assert neighbours.registry.changes()[-1].reason == "주최 측 통보"
    assert "에 바뀌었습니다" in client.get(recorded.location).text


def test_nobody_chosen_takes_everybody_off(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()

    shown = look(client, CHANGE, partner_ids=[])
    record(client, shown)

    assert on_record(neighbours, identity("expo"))["partner_ids"] == []


def test_a_cancellation_says_when_and_why_and_cannot_be_repeated(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()

    shown = look(
        client,
        CANCEL,
        cancelled_on="2026-11-20",
        reason="예산 삭감",
        cancelled_for="주최 측 사정",
    )
    recorded = record(client, shown)

    assert recorded.location.startswith(f"{EXPO}?recorded=")
    assert on_record(neighbours, identity("expo"))["cancelled_on"] == "2026-11-20"
    assert on_record(neighbours, identity("expo"))["cancelled_for"] == "주최 측 사정"
    assert neighbours.registry.changes()[-1].reason == "예산 삭감"
    page = client.get(recorded.location).text
    assert "이 행사는 취소되었습니다" in page
    assert CANCEL not in page
    again = look(client, CANCEL, reason="또")
    assert "더 바뀌지 않습니다" in again.text


@pytest.mark.parametrize("typed", [{"reason": " "}, {"cancelled_on": "2026-11-24", "reason": "x"}])
def test_a_cancellation_needs_a_reason_and_a_day_that_has_come(
    enter: Enter, typed: dict[str, str]
) -> None:
    page = look(enter(), CANCEL, **typed)

    assert len(faults(page)) == 1


SKIPPED = {"starts_at": "2027-03-28T03:30"}  # Summer time begins in Helsinki at three.


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        (SKIPPED, "starts_at", "서머타임"),
        (
            {"zone": "어딘가", "country": "ES"},
            "zone",
            "Europe/Madrid, Africa/Ceuta, Atlantic/Canary",
        ),
        ({"zone": "서울", "country": "ES"}, "zone", "Europe/Madrid[^<]*Asia/Seoul"),
        ({"zone": "어딘가", "country": "US"}, "zone", "America/New_York"),
        ({"ends_at": "2027-05-11T09:00"}, "ends_at", "뒤여야 합니다"),
        ({"ends_at": "2029-05-11T09:00"}, "ends_at", "366일까지"),
        ({"papers_on": "2027-05-14"}, "papers_on", "늦습니다"),
        ({"booth_on": "2027-03-28", "booth_at": "03:30"}, "booth_at", "서머타임"),
        ({"starts_at": "1800-05-11T09:00"}, "starts_at", "1800년"),
    ],
)
def test_what_the_registry_finds_stands_at_its_field_and_nothing_typed_is_lost(
    enter: Enter, neighbours: Neighbours, typed: dict[str, str], field: str, said: str
) -> None:
    client = enter()
    before = neighbours.registry.head()

    page = look(client, NEW, **TYPED | typed, **CHOSEN)

    assert faults(page) == [field]
    assert re.search(rf'id="{field}-fault">[^<]*{said}', page.text)
    kept = opened(page)
    for name, value in (TYPED | typed).items():
        assert kept[name] == value, name
    for name, values in CHOSEN.items():
        assert set(kept.getlist(name)) == set(values)
    assert neighbours.registry.head() == before


def test_the_registrys_words_are_the_readers(enter: Enter) -> None:
    page = look(enter(language="en"), NEW, **TYPED | SKIPPED)

    assert re.search(r'id="starts_at-fault">[^<]*summer time', page.text)


def test_what_is_no_time_is_told_before_the_registry_is_asked(
    enter: Enter, neighbours: Neighbours
) -> None:
    wrong: dict[str, str | list[str]] = {
        "title_ko": "",
        "kind": "party",
        "zone": "",
        "starts_at": "내일",
        "ends_at": "2027-02-30T10:00",
        "country": "XK",
        "city_ko": "",
        "venue_ko": "",
        "venue_en": "Hall",
        "link": "http://x",
        "registration_on": "",
        "registration_at": "25:00",
        "booth_at": "10:00",
        "papers_on": "3.1",
        "partner_ids": [identity("nobody")],
    }

    page = look(enter(), NEW, **TYPED | wrong)

    assert set(faults(page)) == (set(wrong) - {"venue_en", "registration_on", "booth_at"}) | {
        "booth_on"
    }
    assert not [each for each in neighbours.registry.asked if "dry_run" in each]


@pytest.mark.parametrize("written", ["2027-05-11 09:00", "2027-05-11T09:00:00"])
def test_a_time_written_by_hand_is_taken(enter: Enter, written: str) -> None:
    page = look(enter(), NEW, **TYPED | {"starts_at": written})

    assert "2027-05-11 (화) 09:00" in page.text


def test_the_same_event_in_another_form_is_warned_of(enter: Enter) -> None:
    client = enter()
    shown = look(client, NEW, **TYPED)
    record(client, shown)

    anew = look(client, NEW, **TYPED)
    other = look(client, NEW, **TYPED | {"starts_at": "2027-05-11T10:00"})

    assert "같은 행사가 이미" not in shown.text
    assert "같은 행사가 이미" in anew.text
    assert "같은 행사가 이미" not in other.text


@pytest.mark.usefixtures("impatient")
def test_a_new_event_survives_a_registry_that_is_away_and_is_written_once(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    before = neighbours.registry.head()
    shown = look(client, NEW, **TYPED, **CHOSEN)
    neighbours.registry.loses_answers_on = "/v1/events"

    unsure = sent(client, shown, "record")
    neighbours.registry.loses_answers_on = None
    again = record(client, unsure)

    assert unsure.status_code == 503
    assert f"recorded={before + 1}#" in again.location
    assert neighbours.registry.head() == before + 1


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ieum_portal.outbound.recording.PAUSES_S", ())


@pytest.mark.parametrize("role", ["department", "liaison", "auditor"])
def test_the_forms_are_the_offices(enter: Enter, role: str) -> None:
    client = enter(role)

    assert client.get(NEW).status_code == 403
    assert "/events/new" not in client.get("/events").text
    assert CHANGE not in client.get(EXPO).text


def test_the_office_is_led_to_the_forms_on_todays_page_alone(enter: Enter) -> None:
    client = enter()

    assert 'href="/events/new"' in client.get("/events").text
    page, later = client.get(EXPO).text, client.get(f"{EXPO}?on=2026-12-20").text
    for path in (CHANGE, CANCEL):
        assert f'href="{path}"' in page
        assert path not in later


def test_only_places_that_the_registry_takes_are_offered(app: Flask) -> None:
    assert all(is_zone(each) for each in zones())
    assert {"Asia/Seoul", "America/Los_Angeles", "America/Argentina/Ushuaia"} <= set(zones())
    for language, name in (("ko", "핀란드"), ("en", "Finland")):
        with app.test_request_context():
            g.language = language
            assert {code for code, _ in countries()} == set(COUNTRIES)
            assert ("FI", name) in countries()
