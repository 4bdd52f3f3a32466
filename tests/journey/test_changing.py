"""The office changes the record at the desk, sees before what follows, and then it does follow.

What is changed here is this journey's own: in the end every task is covered as before.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journey.conftest import House

Wait = Callable[..., Any]


@pytest.fixture
def desk(house: House, page: Page) -> Page:
    """Give a browser in which the office is signed in."""
    page.goto(house.portal)
    page.get_by_label("아이디").fill("office@ieum.example")
    page.get_by_label("비밀번호").fill(house.accounts()["office@ieum.example"])
    page.get_by_role("button", name="로그인").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("할 일")
    return page


def seoul_today() -> date:
    return datetime.now(ZoneInfo("Asia/Seoul")).date()


def recorded(page: Page) -> int:
    """Press the button of the preview; give the number of the entry that it wrote."""
    page.get_by_role("button", name="기록하기").click()
    expect(page.get_by_role("status").first).to_contain_text("기록했습니다")
    found = re.search(r"recorded=(\d+)", page.url)
    assert found is not None
    return int(found.group(1))


def status_of(house: House, task: str, seq: int) -> str:
    """Give how a task is covered today, as the graph knows it once it has applied an entry."""
    rows = house.get("graph", "/v1/questions/task-coverage", min_seq=seq)["rows"]
    [status] = [row["codes"]["status"] for row in rows if row["task"]["key"] == task]
    return str(status)


def test_a_milestone_done_at_the_desk_withdraws_its_letters(
    house: House, desk: Page, eventually: Wait
) -> None:
    [agreement] = house.get("registry", "/v1/agreements")["items"]
    [naver] = house.get("registry", "/v1/partners", key="naver")["items"]
    promise = {
        "title": {"ko": "여정 시험의 약속", "en": "A promise of the journey"},
        "due_on": (seoul_today() + timedelta(days=42)).isoformat(),
        "owner": {"type": "partner", "id": naver["id"]},
        "agreement_id": agreement["id"],
    }
    milestone = house.ask("POST", "registry", "/v1/milestones", json=promise).json()

    def letters() -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = house.get("notify", "/v1/preview", days=45)["items"]
        return [each for each in items if each["subject"]["id"] == milestone["id"]]

    planned = eventually(letters, 60)
    # Its place opens the fold that it lies in.
    desk.goto(f"{house.portal}/agreements/{agreement['id']}#milestone-{milestone['id']}")
    row = desk.locator(f"#milestone-{milestone['id']}")
    row.get_by_role("link", name="완료 기록").click()
    desk.get_by_label("증빙", exact=True).fill("결과 보고서 접수")
    desk.get_by_role("button", name="무엇이 달라지는지 보기").click()
    withdrawn = desk.locator("li", has_text="보내지 않음")
    expect(withdrawn).to_have_count(len(planned))
    expect(withdrawn.first).to_contain_text("여정 시험의 약속")
    assert letters() == planned

    recorded(desk)

    assert eventually(lambda: not letters(), 60)
    expect(desk.locator(f"#milestone-{milestone['id']}")).to_contain_text("완료")


def test_somebody_new_takes_an_empty_role_from_its_alarm_and_the_alarm_goes(
    house: House, desk: Page, eventually: Wait
) -> None:
    def made(path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = house.ask("POST", "registry", f"/v1/{path}", json=body)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    department = made("departments", {"name": {"ko": "여정시험과"}})
    place = {"type": "department", "id": department["id"]}
    seat = made("seats", {"at": place, "role": "officer"})
    [agreement] = house.get("registry", "/v1/agreements")["items"]
    due_on = (seoul_today() + timedelta(days=20)).isoformat()
    promise = {"title": {"ko": "아무도 듣지 못한 약속"}, "due_on": due_on, "owner": place}
    milestone = made("milestones", {**promise, "agreement_id": agreement["id"]})

    def alarms() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = house.get("notify", "/v1/sender")["alarms"]
        return [each for each in found if (each["subject"] or {}).get("id") == milestone["id"]]

    [alarm] = eventually(alarms, 60)
    assert alarm["mends"] == [{"type": "seat", "id": seat["id"], "role": None}]
    desk.goto(f"{house.portal}/")
    shown = desk.locator(".alarms li", has_text="아무도 듣지 못한 약속")
    shown.get_by_role("link", name="담당자 지정").click()
    expect(desk.locator("main")).to_contain_text("여정시험과 · 담당자")
    desk.get_by_label("이름").fill("새담당")
    desk.get_by_label("전자우편").fill("new.officer@gwangju.example")
    desk.locator("#purpose").fill("여정 시험의 연락")
    desk.locator("#consented_on").fill(seoul_today().isoformat())
    desk.get_by_role("button", name="무엇이 달라지는지 보기").click()
    expect(desk.locator("main")).to_contain_text("새담당")
    recorded(desk)

    expect(desk.locator("main")).to_contain_text("새담당")
    assert eventually(lambda: not alarms(), 60)
    desk.goto(f"{house.portal}/")
    expect(desk.locator("#alarms")).not_to_contain_text("아무도 듣지 못한 약속")


def test_a_commitment_is_started_and_ended_and_coverage_follows(house: House, desk: Page) -> None:
    [agreement] = house.get("registry", "/v1/agreements")["items"]
    [naver] = house.get("registry", "/v1/partners", key="naver")["items"]
    head = house.get("registry", "/v1/head")["seq"]
    rows = house.get("graph", "/v1/questions/task-coverage", min_seq=head)["rows"]
    task = next(row["task"] for row in rows if row["codes"]["status"] == "nobody")
    yesterday = (seoul_today() - timedelta(days=1)).isoformat()

    desk.goto(f"{house.portal}/agreements/{agreement['id']}/commitments/new")
    desk.locator("#partner_id").select_option(value=naver["id"])
    desk.locator("#task_id").select_option(value=task["id"])
    desk.locator("#role").select_option(value="research")
    desk.locator("#starts_on").fill(yesterday)
    desk.get_by_role("button", name="무엇이 달라지는지 보기").click()
    expect(desk.locator("main")).to_contain_text("0곳 → 1곳")
    expect(desk.locator("main")).to_contain_text("공백 해소")
    assert status_of(house, task["key"], recorded(desk)) == "one"

    of_task = desk.locator("summary", has_text=task["key"])
    fold = desk.locator("#commitments details:not(.fold-alone)", has=of_task)
    fold.evaluate(
        "each => { for (; each; each = each.parentElement.closest('details')) each.open = true }"
    )
    fold.locator("tr:not(.gone)").get_by_role("link", name="종료 기록").click()
    desk.locator("#ends_on").fill(yesterday)
    desk.get_by_label("이유").fill("여정 시험을 마침")
    desk.get_by_role("button", name="무엇이 달라지는지 보기").click()
    expect(desk.locator("main")).to_contain_text("담당 기관이 없게 됩니다")
    expect(desk.locator("main")).to_contain_text("1곳 → 0곳")

    assert status_of(house, task["key"], recorded(desk)) == "nobody"
    expect(desk.locator("#entries")).to_contain_text("여정 시험을 마침")


def test_an_event_is_registered_moved_and_cancelled_and_its_letters_follow(
    house: House, desk: Page, eventually: Wait
) -> None:
    [naver] = house.get("registry", "/v1/partners", key="naver")["items"]
    first = seoul_today() + timedelta(days=40)
    title = "여정 시험 박람회"

    def look() -> None:
        desk.get_by_role("button", name="무엇이 달라지는지 보기").click()
        expect(desk.get_by_role("heading", level=1)).to_contain_text("무엇이 달라지나")

    def letters(event_id: str) -> list[str]:
        items = house.get("notify", "/v1/preview", days=45)["items"]
        return sorted(each["letter"] for each in items if each["subject"]["id"] == event_id)

    def around(event_id: str, seq: int) -> list[dict[str, Any]]:
        question = "/v1/questions/event-neighbours"
        return list(house.get("graph", question, event=event_id, min_seq=seq)["rows"])

    def mail(word: str) -> list[str]:
        found = house.ask("GET", "mailbox", "/messages.json").json()
        subjects = [str(each["subject"]) for each in found]
        return [each for each in subjects if title in each and word in each]

    desk.goto(f"{house.portal}/events")
    desk.get_by_role("link", name="새 행사 등록").click()
    desk.locator("#title_ko").fill(title)
    desk.locator("#kind").select_option(value="expo")
    desk.locator("#zone").fill("Helsinki")
    desk.locator("#starts_at").fill(f"{first}T09:00")
    desk.locator("#ends_at").fill(f"{first + timedelta(days=2)}T17:00")
    desk.locator("#country").select_option(value="FI")
    desk.locator("#city_ko").fill("헬싱키")
    desk.locator(f"input[value='{naver['id']}']").check()
    look()
    expect(desk.locator("main")).to_contain_text("Europe/Helsinki")  # The city's, in that country.
    expect(desk.locator("li", has_text="이어짐")).to_contain_text(title)
    expect(desk.locator("li", has_text="새로 보냄").first).to_contain_text(title)
    registered = recorded(desk)
    event_id = re.search(r"/events/([0-9a-f-]{36})", desk.url)
    assert event_id is not None
    expect(desk.get_by_role("heading", level=1)).to_have_text(title)
    planned = eventually(lambda: letters(event_id[1]), 60)
    assert set(planned) == {"event_ahead"}
    assert [each["partner"]["id"] for each in around(event_id[1], registered)] == [naver["id"]]

    desk.get_by_role("link", name="행사 고치기").click()
    desk.locator("#starts_at").fill(f"{first}T10:00")
    desk.get_by_label("이유").fill("주최 측 통보")
    look()
    expect(desk.locator("li", has_text="행사 변경 알림").first).to_contain_text("새로 보냄")
    recorded(desk)
    expect(desk.locator("main")).to_contain_text("일정이나 장소가")
    expect(desk.locator("main")).to_contain_text(f"{first} ")
    eventually(lambda: mail("변경"), 90)

    desk.get_by_role("link", name="취소 기록").click()
    desk.get_by_label("이유").fill("여정 시험을 마침")
    look()
    expect(desk.locator("li", has_text="지금은 끝 없음")).to_contain_text(title)
    expect(desk.locator("li", has_text="보내지 않음").first).to_contain_text(title)
    cancelled = recorded(desk)

    expect(desk.locator("main")).to_contain_text("이 행사는 취소되었습니다")
    eventually(lambda: "event_ahead" not in letters(event_id[1]), 60)
    eventually(lambda: mail("취소"), 90)
    assert around(event_id[1], cancelled) == []
