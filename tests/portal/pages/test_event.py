"""One event as it reads: there and here, until when for what, who goes and who might be asked."""

import re

import pytest

from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.sample import EVENTS, identity

EXPO = f"/events/{identity('expo')}"
VISIT = f"/events/{identity('visit')}"
FORUM = f"/events/{identity('forum')}"


def text(page: str) -> str:
    """Give the words of the page's matter, tags taken out."""
    (main,) = re.findall(r"<main.*?</main>", page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_start_and_end_stand_on_both_clocks(enter: Enter) -> None:
    said = text(enter().get(EXPO).text)

    assert "2027-01-06 (수) 09:00 America/Los_Angeles (UTC-8) 서울 2027-01-07 (목) 02:00" in said
    assert "2027-01-09 (토) 17:30 America/Los_Angeles (UTC-8) 서울 2027-01-10 (일) 10:30" in said
    assert "미국, 라스베이거스" in said


def test_an_event_on_seouls_clock_tells_its_time_once(enter: Enter) -> None:
    said = text(enter().get(VISIT).text)

    assert "2026-11-22 (일) 14:00 Asia/Seoul (UTC+9) 서울 시각과 같음" in said
    assert "기록된 마감이 없습니다" in said
    assert "총괄부서" in said
    assert "참가하기로 한 기관이 아직 없습니다" in said


def test_deadlines_count_down_where_the_event_is(enter: Enter) -> None:
    said = text(enter().get(EXPO).text)

    assert "부스 신청 D-31 2026-12-23 (수) 17:00 America/Los_Angeles" in said
    assert "서울 2026-12-24 (목) 10:00" in said
    assert "참가 등록 2일 지남 2026-11-20 (금) 그날 끝까지" in said


def test_a_deadline_is_closed_when_its_hour_has_struck_there(
    enter: Enter, neighbours: Neighbours
) -> None:
    due = [{"kind": "booth", "on": "2026-11-22", "at": "18:59"}]  # It is 19:00 there.
    neighbours.registry.change("event", EVENTS[1], deadlines=due)

    assert "부스 신청 마감됨" in text(enter().get(EXPO).text)
    assert "부스 신청 오늘" in text(enter().get(f"{EXPO}?on=2026-11-22").text)


def test_partners_and_tasks_are_linked(enter: Enter) -> None:
    page = enter().get(EXPO).text

    assert f'<a href="/partners/{identity("naver")}">네이버</a>' in page
    assert 'href="/coverage?task=T05#rows"' in page
    assert "문화산업과" in page
    assert f'href="/history?subject={identity("expo")}"' in page


def test_those_who_work_on_it_and_do_not_go_are_suggested(enter: Enter) -> None:
    page = enter().get(EXPO).text

    suggested = page[page.index('id="ask-title"') :]
    assert "SK텔레콤" in suggested
    assert "정밀지도" in suggested
    assert "네이버" not in suggested


@pytest.mark.parametrize(
    ("path", "day"),
    [
        (EXPO, "2027-01-06 (수)"),
        (f"{EXPO}?on=2026-12-20", "2027-01-06 (수)"),
        (f"{EXPO}?on=2027-01-08", "2027-01-08 (금)"),
        (VISIT, "2026-11-23 (월)"),
        (f"{FORUM}?on=2026-11-15", "2026-11-15 (일)"),
    ],
)
def test_suggestions_are_of_the_network_on_the_first_day_or_once_begun_of_the_day(
    enter: Enter, neighbours: Neighbours, path: str, day: str
) -> None:
    said = text(enter().get(path).text)

    assert f"{day} 에 관련 과제를 담당하고 있으나" in said
    [asked] = [each for each in neighbours.graph.asked if "event-neighbours" in each]
    assert f"on={day[:10]}" in asked


def test_a_cancelled_event_says_so_and_where_to_see_why(enter: Enter) -> None:
    said = text(enter().get(FORUM).text)

    assert "이 행사는 취소되었습니다" in said
    assert "2026-11-16 (월) 에 취소되었습니다" in said
    assert "참가 등록 취소됨" in said
    assert "취소된 행사라" in said


def with_reason(neighbours: Neighbours, reason: str | None) -> None:
    neighbours.registry.change("event", EVENTS[2], cancelled_for=reason)


@pytest.mark.parametrize("role", ["office", "department", "liaison", "auditor"])
def test_the_reason_of_a_cancellation_is_for_everybody(
    enter: Enter, neighbours: Neighbours, role: str
) -> None:
    with_reason(neighbours, "주최 측이 <취소>했습니다")

    said = text(enter(role).get(FORUM).text)

    assert "에 취소되었습니다. 이유: 주최 측이 &lt;취소&gt;했습니다" in said


@pytest.mark.parametrize("is_named", [False, True])
def test_without_a_reason_who_reads_the_log_is_led_there_and_others_are_told_whom_to_ask(
    enter: Enter, neighbours: Neighbours, is_named: bool
) -> None:
    if is_named:
        with_reason(neighbours, None)

    for role in ("office", "department", "auditor"):
        page = enter(role).get(FORUM).text
        link = f'<a href="/history?subject={identity("forum")}">이유는 이력에 있습니다.</a>'
        assert link in page
        assert "물어보십시오" not in page
    liaison = text(enter("liaison").get(FORUM).text)
    assert "이유는 이력에" not in liaison
    assert "이유는 총괄부서에 물어보십시오." in liaison


def test_a_liaison_is_told_which_department_to_ask(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.registry.change("event", EVENTS[2], department_id=identity("culture"))

    assert "이유는 문화산업과에 물어보십시오." in text(enter("liaison").get(FORUM).text)
    english = text(enter("liaison", "en").get(FORUM).text)
    assert "Ask the Culture Industry Division for the reason." in english


def test_before_the_day_of_its_cancellation_it_was_ahead(enter: Enter) -> None:
    said = text(enter().get(f"{FORUM}?on=2026-11-15").text)

    assert "이 행사는 취소되었습니다" not in said
    assert "D-83" in said


def test_a_moved_event_says_since_when(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.registry.change("event", EVENTS[1], revision=2, revised_on="2026-11-19")

    assert "2026-11-19 (목) 에 바뀌었습니다" in text(enter().get(EXPO).text)


def test_after_a_change_the_graph_is_asked_as_it_is_with_it(
    enter: Enter, neighbours: Neighbours
) -> None:
    enter().get(f"{EXPO}?recorded=12")
    enter().get(EXPO)

    after, plain = [each for each in neighbours.graph.asked if "event-neighbours" in each]
    assert "min_seq=12" in after
    assert "min_seq" not in plain


def test_without_the_graph_the_page_says_what_it_lacks(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.graph.is_down = True

    answer = enter().get(EXPO)

    assert answer.status_code == 200
    assert "빠진 것: 추가 초청 후보 기관" in answer.text
    assert "네이버" in answer.text


def test_without_its_standing_the_local_times_stay(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.registry.fails_on = "/standing"

    answer = enter().get(EXPO)

    assert answer.status_code == 200
    assert "2027-01-06 (수) 09:00" in answer.text
    assert "빠진 것: 행사의 상태" in answer.text


@pytest.mark.parametrize("path", [f"/events/{identity('nobody')}", "/events/expo"])
def test_an_unknown_event_is_not_found(enter: Enter, path: str) -> None:
    assert enter().get(path).status_code == 404


def test_english_is_english(enter: Enter) -> None:
    said = text(enter(language="en").get(EXPO).text)

    assert "Wed" in said
    assert "Culture Industry Division" in said
    assert "until the end of the day" in said
