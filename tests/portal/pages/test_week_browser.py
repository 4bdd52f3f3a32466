"""An office's week at the desk, as a person sees it: by labels, buttons and links alone.

`docs/week.md` names the jobs; those that other browser tests or journeys do are not here again.
"""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.portal import sample
from tests.portal.neighbours import Neighbours
from tests.portal.pages.browsing import Visit, turned
from tests.portal.pages.test_listing import agreement, sheet
from tests.portal.sample import identity

AGREEMENT = f"/agreements/{identity(sample.AGREEMENT)}"
NAVER = f"/partners/{identity('naver')}"
EXPO = f"/events/{identity('expo')}"


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Click the first link that is called so."""
    with turned(page):
        page.get_by_role("link", name=name).first.click()


def press(page: Page, name: str) -> None:
    with turned(page):
        page.get_by_role("button", name=name, exact=True).first.click()


def write(page: Page, label: str, text: str) -> None:
    page.get_by_role("textbox", name=label).first.fill(text)


def record(page: Page) -> None:
    """Look at what changes, and record it."""
    press(page, "무엇이 달라지는지 보기")
    press(page, "기록하기")
    expect(page.get_by_text("기록했습니다.")).to_be_visible()


def test_today_opens_on_what_is_mine_and_leads_to_the_milestone_itself(visit: Visit) -> None:
    page = visit("/")

    mine = page.get_by_role("link", name="내 담당")
    expect(mine).to_have_attribute("aria-current", "true")
    follow(page, re.compile("^모두$"))
    page.get_by_role("link", name="음성 데이터 공개", exact=True).click()
    page.wait_for_url("**/agreements/**")

    expect(page.get_by_role("rowheader", name="음성 데이터 공개")).to_be_in_viewport()


def test_an_agreement_is_found_by_its_number(visit: Visit) -> None:
    page = visit("/agreements")

    page.get_by_role("searchbox", name="찾기").fill("2021-017")
    press(page, "찾기")
    page.locator("main").get_by_role("rowheader").get_by_role("link").click()

    expect(page.locator(".title")).to_contain_text("2021-017")


def test_what_ends_within_90_days_is_had_as_a_workbook(
    visit: Visit, neighbours: Neighbours
) -> None:
    ends = [
        agreement(key, end={"rule": "fixed", "ends_on": sample.ahead(days), "note": None})
        for key, days in (("soon", 60), ("late", 120))
    ]
    neighbours.registry.hold(agreement=ends, collaboration=[], milestone=[], journal=[])
    page = visit("/agreements")

    follow(page, "만료: 90일 안")
    with page.expect_download() as download:
        page.get_by_role("link", name="엑셀(.xlsx)").click()
    rows, _ = sheet(Path(download.value.path()).read_bytes())

    assert len(rows) == 2
    shown = page.locator("main").get_by_role("rowheader").get_by_role("link")
    expect(shown).to_have_text([rows[1][0]])


def test_a_milestone_is_set_and_its_day_is_moved(visit: Visit, neighbours: Neighbours) -> None:
    page = visit(AGREEMENT)

    follow(page, "이행과제 등록")
    write(page, "제목(한국어)", "실무 점검 회의록 제출")
    write(page, "기한", "26.11.25")
    page.get_by_role("combobox", name="이행 주체").select_option(label="네이버 (파트너)")
    record(page)
    row = page.get_by_role("row", name="실무 점검 회의록 제출")
    with turned(page):
        row.get_by_role("link", name="고치기").click()
    write(page, "기한", "2026년 11월 26일")
    write(page, "이유", "하루 미룸")
    record(page)

    expect(page.get_by_role("row", name="실무 점검 회의록 제출")).to_contain_text("2026-11-26")
    assert neighbours.registry.changes()[-1].reason == "하루 미룸"


def test_a_completion_is_taken_back_and_the_milestone_given_up(
    visit: Visit, neighbours: Neighbours
) -> None:
    held = [sample.MILESTONES[0] | {"done_on": "2026-11-20"}]
    neighbours.registry.hold(milestone=held)
    page = visit(AGREEMENT)

    follow(page, "되돌리기 – 정밀지도 갱신본 제출")
    write(page, "이유", "다른 이행과제와 혼동")
    record(page)
    follow(page, "완료 기록 – 정밀지도 갱신본 제출")
    follow(page, "취소 기록")
    write(page, "이유", "양측 합의")
    record(page)

    kinds = [each.kind for each in neighbours.registry.changes()[-2:]]
    assert kinds == ["milestone.reopened", "milestone.cancelled"]
    expect(page.get_by_role("row", name="정밀지도 갱신본 제출")).to_contain_text("2026-11-23 취소")


def test_a_partner_is_registered_renamed_and_found_by_its_old_name(visit: Visit) -> None:
    page = visit("/partners")

    follow(page, "새 파트너 등록")
    write(page, "이름(한국어)", "나래로보틱스")
    page.get_by_role("combobox", name="구분").select_option(label="기업")
    write(page, "사업자등록번호", "124-81-00998")
    record(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("나래로보틱스")
    follow(page, "고치기 – 나래로보틱스")
    write(page, "이름(한국어)", "나래로봇")
    write(page, "이유", "상호 변경")
    record(page)
    page.get_by_role("search", name="통합 검색").get_by_label("찾을 말").fill("나래로보틱스")
    press(page, "검색")

    expect(page.get_by_role("region", name="파트너")).to_contain_text("나래로봇")


def test_a_role_is_handed_over_and_the_handover_taken_back(
    visit: Visit, neighbours: Neighbours
) -> None:
    other = sample.CONTACTS[0] | {"id": identity("other"), "key": "other", "name": "박다음"}
    neighbours.registry.write("contact.registered", other)
    page = visit(NAVER)

    follow(page, "담당자 변경(인계인수)")
    page.get_by_role("combobox", name="새로 맡을 사람").select_option(label="박다음")
    record(page)
    expect(page.locator(".seats")).to_contain_text("연락담당자 박다음")
    follow(page, "담당자 변경(인계인수)")
    follow(page, "되돌리기")
    write(page, "이유", "잘못 인계함")
    record(page)

    expect(page.locator(".seats")).to_contain_text("연락담당자 김이음")
    assert neighbours.registry.changes()[-1].reason == "잘못 인계함"


def test_an_event_is_registered_with_its_city_for_its_zone(
    visit: Visit, neighbours: Neighbours
) -> None:
    page = visit("/events")

    follow(page, "새 행사 등록")
    write(page, "제목(한국어)", "스마트시티 박람회")
    page.get_by_role("combobox", name="구분").select_option(label="박람회·전시")
    page.get_by_label("시간대").fill("바르셀로나")
    page.get_by_label("시작", exact=True).fill("2027-11-02T09:00")
    page.get_by_label("끝", exact=True).fill("2027-11-04T17:00")
    page.get_by_label("나라").select_option(label="스페인")
    write(page, "도시(한국어)", "바르셀로나")
    record(page)

    expect(page.locator("main")).to_contain_text("서울 2027-11-02 (화) 17:00")
    assert neighbours.registry.newest()["zone"] == "Europe/Madrid"


def test_an_event_is_cancelled_and_the_cancellation_taken_back(visit: Visit) -> None:
    page = visit(EXPO)

    follow(page, "취소 기록")
    write(page, "이유", "주최 측 통보")
    record(page)
    expect(page.get_by_text("이 행사는 취소되었습니다")).to_be_visible()
    follow(page, "취소 되돌리기")
    write(page, "이유", "오인")
    record(page)

    expect(page.get_by_text("취소를 되돌렸습니다")).to_be_visible()


def test_a_call_is_noted_on_the_partners_page(visit: Visit) -> None:
    page = visit(NAVER)

    follow(page, "연락 기록하기")
    page.get_by_role("combobox", name="구분").select_option(label="전화")
    page.get_by_role("combobox", name="담당부서").select_option(label="문화산업과")
    write(page, "내용", "시연 일정을 물음")
    press(page, "기록하기")

    expect(page.get_by_role("region", name="연락 기록")).to_contain_text("시연 일정을 물음")


def test_who_works_on_a_task_is_two_clicks_away(visit: Visit) -> None:
    page = visit("/")

    follow(page, "과제 현황")
    page.get_by_role("link", name=re.compile(r"T05 .*과제 전체")).click()
    page.wait_for_url("**task=T05**")

    rows = page.locator("#rows").get_by_role("rowheader")
    expect(rows.filter(has_text="네이버")).to_be_visible()
    expect(rows.filter(has_text="버넥트")).to_be_visible()


def test_the_tasks_as_of_a_day_are_printed_on_one_sheet(visit: Visit) -> None:
    page = visit("/coverage")

    page.get_by_label("기준일").fill("2026-06-30")
    press(page, "보기")
    expect(page.locator("main")).to_contain_text("2026-06-30 (화) 기준")
    printed = page.pdf(prefer_css_page_size=True)

    assert re.findall(rb"/Count (\d+)", printed) == [b"1"]


def test_the_history_of_one_agreement_is_reached_from_its_page(visit: Visit) -> None:
    page = visit(AGREEMENT)

    follow(page, re.compile("이력 모두 보기"))

    expect(page.get_by_role("heading", level=1)).to_have_text("이력")
    expect(page.get_by_text("한 대상의 이력만 보고 있습니다.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("협약 기록")


def test_help_of_the_page_is_one_click_away(visit: Visit) -> None:
    page = visit(NAVER)

    page.get_by_role("contentinfo").get_by_role("link", name="도움말").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("파트너")
