"""The main job, end to end: from Gwangju's MOU to an answer from the graph and a letter."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from playwright.sync_api import Page, expect

from tests.journey.conftest import House

DATA = Path(__file__).parents[2] / "data"
Wait = Callable[..., Any]


def illustration() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DATA / "illustration.yaml").read_text("utf-8"))
    return loaded


def by_key(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {each["key"]: each for each in items}


def test_the_real_network_is_in_the_record(house: House) -> None:
    def count(path: str, own: str = "false") -> int:
        params = {"own": own} if path == "/v1/partners" else {}
        return len(house.get("registry", path, limit=200, **params)["items"])

    [agreement] = house.get("registry", "/v1/agreements")["items"]

    assert count("/v1/partners") == 24
    assert count("/v1/partners", own="any") == 25
    assert count("/v1/strategies") == 4
    assert count("/v1/tasks") == 16
    assert count("/v1/service-fields") == 7
    assert len(agreement["parties"]) == 25
    assert agreement["signed_on"] == "2021-11-16"


def test_coverage_is_what_counting_the_file_by_hand_gives(house: House, eventually: Wait) -> None:
    head = house.get("registry", "/v1/head")["seq"]
    answer = house.get("graph", "/v1/questions/task-coverage", min_seq=head)
    today = date.fromisoformat(answer["on"])
    anchor = today  # The journey loads afresh, so the first load was today.

    partners_on: dict[str, set[str]] = {}
    for each in illustration()["collaborations"]:
        if _day(each["starts_on"], anchor) <= today <= _day(each.get("ends_on"), anchor):
            partners_on.setdefault(each["task"], set()).add(each["partner"])
    expected = {f"T{n:02}": len(partners_on.get(f"T{n:02}", ())) for n in range(1, 17)}

    told = {row["task"]["key"]: len(row["partners"]) for row in answer["rows"]}
    assert told == expected
    assert Counter(row["codes"]["status"] for row in answer["rows"])["nobody"] == 3


def test_who_is_on_a_task_is_what_the_file_says(house: House) -> None:
    head = house.get("registry", "/v1/head")["seq"]
    for task in ("T01", "T05", "T16"):
        answer = house.get("graph", "/v1/questions/partners-on-task", task=task, min_seq=head)
        today = date.fromisoformat(answer["on"])
        expected = {
            each["partner"]
            for each in illustration()["collaborations"]
            if each["task"] == task
            and _day(each["starts_on"], today) <= today <= _day(each.get("ends_on"), today)
        }

        assert {row["partner"]["key"] for row in answer["rows"]} == expected


def test_a_partners_network_shows_its_commitments(house: House) -> None:
    head = house.get("registry", "/v1/head")["seq"]
    answer = house.get("graph", "/v1/questions/partner-network", partner="naver", min_seq=head)

    nodes = {each["id"] for each in answer["network"]["nodes"]}
    assert {each["kind"] for each in answer["network"]["nodes"]} == {
        "partner",
        "task",
        "technology",
    }
    assert all(
        each["source"] in nodes and each["target"] in nodes for each in answer["network"]["edges"]
    )


def test_a_change_reaches_the_graph(house: House) -> None:
    [strategy] = house.get("registry", "/v1/strategies", key="S1")["items"]
    answer = house.ask(
        "POST",
        "registry",
        "/v1/technologies",
        json={"name": {"ko": "양자 통신", "en": "Quantum communication"}, "key": "quantum"},
    )
    assert answer.status_code == 201, answer.text
    seq = int(answer.headers["X-Change-Seq"])

    asked = house.ask(
        "GET",
        "graph",
        "/v1/questions/task-coverage",
        params={"strategy": strategy["key"], "min_seq": seq},
    )

    assert int(asked.headers["X-Graph-Seq"]) >= seq
    assert len(asked.json()["rows"]) == 4


def test_a_milestone_letter_arrives_by_itself(house: House, eventually: Wait) -> None:
    due_on = datetime.now(ZoneInfo("Asia/Seoul")).date() + timedelta(days=5)

    def letters() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = house.ask("GET", "mailbox", "/messages.json").json()
        return [each for each in found if f"{due_on.month}. {due_on.day}.(" in each["text"]]

    found = eventually(letters, 90)

    assert len({each["message_id"] for each in found}) == len(found)
    assert all(each["to"].endswith(".example") or ".example>" in each["to"] for each in found)


def test_the_office_hears_when_nobody_can_be_told(house: House, eventually: Wait) -> None:
    def told() -> list[dict[str, Any]]:
        sender = house.get("notify", "/v1/sender")
        return [each for each in sender["alarms"] if each["code"] == "seat.empty"]

    def letter() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = house.ask("GET", "mailbox", "/messages.json").json()
        return [each for each in found if "알릴 사람이 없습니다" in each["subject"]]

    assert eventually(told, 90)
    assert {each["to"] for each in eventually(letter, 90)} == {"gildong.hong@gwangju.example"}


def test_the_preview_says_what_goes_out_and_why(house: House) -> None:
    items = house.get("notify", "/v1/preview", days=30)["items"]
    printed = house.ieum("notify", "preview", "--days", "30").stdout

    assert items
    assert all(each["why"] for each in items)
    assert [each["title"]["ko"] for each in items if each["title"]["ko"] not in printed] == []


def test_the_log_verifies(house: House) -> None:
    head = house.get("registry", "/v1/head")["seq"]

    assert str(head) in house.ieum("registry", "verify").stdout.replace(",", "")


def test_loading_again_changes_nothing(house: House) -> None:
    before = house.get("registry", "/v1/head")

    house.ieum("load", str(DATA / "gwangju-2021.yaml"), str(DATA / "illustration.yaml"))

    assert house.get("registry", "/v1/head") == before


def test_up_can_be_repeated(house: House) -> None:
    before = house.get("registry", "/v1/head")

    house.ieum("up")

    assert house.get("registry", "/v1/head") == before


def test_a_liaison_sees_its_own_and_nobody_elses_people(house: House) -> None:
    [naver] = house.get("registry", "/v1/partners", key="naver")["items"]
    token = house.token("liaison", "--partner", "naver")
    import requests

    def ask(path: str) -> Any:  # noqa: ANN401  JSON.
        return requests.get(
            f"http://127.0.0.1:{house.base + 1}{path}",
            headers={"Authorization": f"Bearer {token}"},
            timeout=10,
        )

    contacts = ask("/v1/contacts?limit=200").json()["items"]
    everyone = house.get("registry", "/v1/contacts", limit=200)["items"]
    foreign = next(each for each in everyone if each["at"]["id"] != naver["id"])

    assert contacts
    assert {each["at"]["id"] for each in contacts} == {naver["id"]}
    assert ask(f"/v1/contacts/{foreign['id']}").status_code == 404


def test_the_portal_from_sign_in_to_the_letter(house: House, page: Page) -> None:
    left: list[str] = []
    page.on("request", lambda request: left.append(request.url))
    password = house.accounts()["office@ieum.example"]

    page.goto(house.portal)
    page.get_by_label("아이디").fill("office@ieum.example")
    page.get_by_label("비밀번호").fill(password)
    page.get_by_role("button", name="로그인").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("할 일")
    page.get_by_role("link", name="파트너", exact=True).first.click()
    page.get_by_role("link", name="네이버").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("네이버")
    expect(page.locator("svg").first).to_be_visible()
    page.goto(f"http://127.0.0.1:{house.base + 4}/")
    page.get_by_role("link", name="메타도시 플랫폼 2차 시험 운영 결과 제출").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("메타도시 플랫폼 2차")

    assert all(url.startswith("http://127.0.0.1:") for url in left)


def _day(value: Any, anchor: date) -> date:  # noqa: ANN401  A date, a relative day or nothing.
    from dateutil.relativedelta import relativedelta

    if value is None:
        return date.max
    if isinstance(value, date):
        return value
    [(direction, length)] = value.items()
    number, unit = int(length[1:-1]), length[-1]
    steps = {
        "D": relativedelta(days=number),
        "M": relativedelta(months=number),
        "Y": relativedelta(years=number),
    }
    step = steps[unit]
    moved: date = anchor + step if direction == "in" else anchor - step
    return moved
