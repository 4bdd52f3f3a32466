"""One agreement as it reads, and the list that leads to it."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from ieum_portal.domain.next_acts import next_acts
from ieum_portal.pages.agreement.sentences import recorded_by
from registryclient.answers import AgreementStanding
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.sample import (
    AGREEMENT,
    AGREEMENTS,
    COLLABORATIONS,
    MILESTONES,
    TODAY,
    collaboration,
    identity,
)

PAGE = f"/agreements/{identity(AGREEMENT)}"


def test_parties_commitments_milestones_and_standing_are_there(enter: Enter) -> None:
    page = enter().get(PAGE).text

    assert page.count("상대 기관</span>") == 24
    assert "네이버" in page
    assert "디지털 트윈, 정밀지도" in page
    assert "12일 지남" in page
    assert "시가 서명한 날, 상대 기관이 서명한 날" in page
    assert "목적 달성까지: 끝을 기록하면 정해집니다" in page


def test_flags_say_what_they_mean(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.registry.hold(
        collaboration=[each | {"evidence": []} for each in COLLABORATIONS],
        milestone=[],
        promise=[],
        promise_report=[],
    )

    page = enter().get(PAGE).text

    assert "365일 넘게 증빙이나 완료가 기록되지 않았습니다." in page


def test_the_history_says_who_what_and_why(enter: Enter, neighbours: Neighbours) -> None:
    done = MILESTONES[0] | {"done_on": "2026-11-20"}
    entry = neighbours.registry.write("milestone.done", done, reason="보고서 접수")

    page = enter().get(PAGE).text

    rows = page[page.index('id="entries"') :]
    assert "이행과제 완료" in rows
    assert "이유: 보고서 접수" in rows
    assert "완료일" in rows
    assert rows.index("이행과제 완료") < rows.index("이행과제 정함")
    assert f"<span>{entry.seq}</span>" in rows


def test_a_liaison_that_is_no_party_sees_nothing_of_what_is_closed(
    enter: Enter, neighbours: Neighbours
) -> None:
    [plain] = AGREEMENTS
    others = [each for each in plain["parties"] if each["partner_id"] != identity("naver")]
    neighbours.registry.hold(agreement=[plain | {"parties": others}])

    of_office, of_liaison = (enter(role).get(PAGE).text for role in ("office", "liaison"))

    told = [page[page.index('id="entries"') :] for page in (of_office, of_liaison)]
    assert ["협력 시작" in each for each in told] == [True, False]
    assert ["음성 데이터 공개" in each for each in (of_office, of_liaison)] == [True, False]


def test_the_office_alone_sees_buttons_and_only_as_of_today(enter: Enter) -> None:
    office = enter()

    page = office.get(PAGE).text
    assert page.count(">완료 기록<") == len(MILESTONES)
    assert ">협력 시작 기록<" in page
    assert page.count(">종료 기록<") == 5
    assert ">완료 기록<" not in office.get(f"{PAGE}?on=2026-06-30").text
    for role in ("department", "liaison", "auditor"):
        assert ">완료 기록<" not in enter(role).get(PAGE).text


def test_an_earlier_day_shows_what_held_then_and_says_so(enter: Enter) -> None:
    page = enter().get(f"{PAGE}?on=2025-06-01").text

    assert "진행 중 6 · 모두 6" in page
    assert "2025-06-01 (일) 기준" in re.sub(r"<[^>]+>", "", page)


def test_days_that_the_agreement_bounds_are_told(enter: Enter, neighbours: Neighbours) -> None:
    late = COLLABORATIONS[0] | {"holds_from": "2023-06-01"}
    never = COLLABORATIONS[1] | {"holds_until": "2023-03-01"}
    neighbours.registry.hold(collaboration=[late, never])

    page = re.sub(r"<[^>]+>", "", enter().get(PAGE).text)

    assert "협약에 묶여 2023-06-01 ~" in page
    assert "효력이 없음" in page


def test_a_failing_part_costs_that_part_alone(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.registry.fails_on = "/history"

    page = enter().get(PAGE)

    assert page.status_code == 200
    assert "빠진 것: 이력" in page.text
    assert "디지털 트윈, 정밀지도" in page.text


def test_an_agreement_that_is_not_there_is_not_found(enter: Enter) -> None:
    assert enter().get(f"/agreements/{identity('nothing')}").status_code == 404


@pytest.mark.parametrize("number", ["x", "-1", "9" * 20, "<b>"])
def test_a_made_up_number_is_no_news(enter: Enter, number: str) -> None:
    assert "기록했습니다" not in enter().get(f"{PAGE}?recorded={number}").text


def test_the_list_leads_there_by_state(enter: Enter) -> None:
    page = enter().get("/agreements").text

    assert f'href="{PAGE}"' in page
    assert "2021-017" in page
    assert "유효" in page


def test_the_list_is_searched_and_filtered(enter: Enter) -> None:
    client = enter()

    assert f'href="{PAGE}"' in client.get("/agreements?q=2021&state=in_force").text
    assert "조건에 맞는 것이 없습니다" in client.get("/agreements?q=없는협약").text
    assert "조건에 맞는 것이 없습니다" in client.get("/agreements?state=ended").text


def test_the_list_says_when_it_cannot_be_had(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.registry.is_down = True

    assert "지금은 목록을 보여 드릴 수 없습니다" in enter().get("/agreements").text


def with_naver_coming_back(**more: object) -> dict[str, Any]:
    """Give the agreement with a partner that left and signed again, written in no order."""
    [plain] = AGREEMENTS
    others = [each for each in plain["parties"] if each["partner_id"] != identity("naver")]
    [before] = [each for each in plain["parties"] if each["partner_id"] == identity("naver")]
    again = before | {"signed_on": "2024-03-01", "joined_on": "2024-03-01", "number": "NV-7"}
    spans = [again, *others, before | {"left_on": "2022-12-31"}]
    return {**plain, "parties": spans, **more}


def rows_of(page: str, name: str) -> list[str]:
    """Give the text of the rows of the parties that begin with a name."""
    [table] = re.findall(r'<section class="sheet" id="parties".*?</section>', page, re.DOTALL)
    rows = re.findall(r"<tr role=\"row\".*?</tr>", table, re.DOTALL)
    plain = (" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in rows)
    return [each for each in plain if each.startswith(name)]


def test_each_span_of_a_partner_has_a_line_with_its_own_state(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.registry.hold(agreement=[with_naver_coming_back()])

    page = enter().get(PAGE).text

    again, before = rows_of(page, "네이버")
    assert "기관 번호 NV-7" in again
    assert "유효" in again
    assert "2024-03-01 참여" in again
    assert "탈퇴" in before
    assert "2022-12-31 까지" in before
    assert 'id="parties-title">당사자</h2><span class="quiet">25곳' in page


def test_a_day_known_in_part_reads_as_it_is_written(enter: Enter, neighbours: Neighbours) -> None:
    part = {"written": "2014.5", "precision": "month", "from": "2014-05-01", "to": "2014-05-31"}
    [plain] = AGREEMENTS
    around = {"written": "2030년경", "precision": "none", "from": "2030-01-01", "to": "2030-12-31"}
    end = plain["end"] | {"rule": "fixed", "ends_as": around}
    parties = [each | {"signed_on": None, "signed_as": part} for each in plain["parties"]]
    old = plain | {"signed_on": None, "signed_as": part, "end": end, "parties": parties}
    neighbours.registry.hold(agreement=[old])

    page, listed = (enter().get(each).text for each in (PAGE, "/agreements"))

    assert "<dt>서명일</dt><dd>2014.5</dd>" in page
    assert "<dt>서명이 갖춰진 날</dt><dd>2014.5<span" in page
    assert "2014-05-31" not in page
    assert "정한 날까지 · 2030년경" in page
    assert "<span>2014.5</span>" in listed
    assert "2030년경" in listed


def test_an_annex_and_its_parent_lead_to_each_other(enter: Enter, neighbours: Neighbours) -> None:
    [plain] = AGREEMENTS
    title = {"ko": "부속합의서", "en": None}
    annex = plain | {"id": str(uuid4()), "key": "annex", "number": None, "title": title}
    neighbours.registry.hold(agreement=[plain, annex | {"parent_id": plain["id"]}])

    parent, child = (enter().get(f"/agreements/{each['id']}").text for each in (plain, annex))

    assert f'<dt>하위 협약</dt><dd><a href="/agreements/{annex["id"]}">부속합의서</a>' in parent
    assert f'<dt>상위 협약</dt><dd><a href="/agreements/{plain["id"]}">' in child
    assert "하위 협약" not in child


def test_of_an_unknown_end_the_page_says_that_nobody_knows(
    enter: Enter, neighbours: Neighbours
) -> None:
    [plain] = AGREEMENTS
    end = {"rule": "unknown", "ends_on": None, "note": None}
    neighbours.registry.hold(agreement=[plain | {"end": end}])

    page = enter().get(PAGE).text
    listed = enter().get("/agreements?state=unknown_end").text

    assert '<span class="mark ">종료 미상</span>' in page
    assert "효력을 알 수 없는 첫날" in page
    assert page.count("종료 미상") >= 26
    assert '<span class="mark mark-later">종료 미상</span>' in listed
    assert "유효</span>" not in listed


def with_many_commitments(count: int) -> list[dict[str, Any]]:
    """Give so many commitments, three to a task and the rest over again."""
    tasks = [f"T{number:02d}" for number in range(1, 17)]
    partners = ("naver", "sk-telecom", "gist", "virnect")
    return [
        collaboration(partners[at % 4], tasks[at // 3 % 16], "xr")
        | {"id": identity(f"many-{at}"), "key": f"many-{at}"}
        for at in range(count)
    ]


def test_many_commitments_are_folded_by_task_and_counted(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.registry.hold(collaboration=with_many_commitments(45))

    page = enter().get(PAGE).text

    folds = re.findall(
        r'<details class="fold"( open)?>.*?<summary>(.*?)</summary>', page, re.DOTALL
    )
    assert len(folds) == 15
    assert {is_open for is_open, _ in folds} == {""}
    said = [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for _, each in folds]
    assert said[0] == "T01 AI-메타버스 실증도시 조성 3건"
    assert "진행 중 45 · 모두 45" in page
    assert page.count(">종료 기록<") == 45


def test_few_commitments_stand_open(enter: Enter) -> None:
    page = enter().get(PAGE).text

    folds = re.findall(r'<details class="fold"( open)?>', page)
    assert folds
    assert set(folds) == {" open"}


def test_very_many_commitments_come_page_by_page_at_a_constant_number_of_questions(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    neighbours.registry.hold(collaboration=with_many_commitments(45))
    neighbours.registry.asked.clear()
    client.get(PAGE)
    few = [each for each in neighbours.registry.asked if "collaborations" in str(each)]
    neighbours.registry.hold(collaboration=with_many_commitments(230))
    neighbours.registry.asked.clear()

    first = client.get(PAGE).text
    many = [each for each in neighbours.registry.asked if "collaborations" in str(each)]
    onward = re.search(r'href="([^"]*after=[^"]+)#commitments"', first)
    assert onward is not None
    second = client.get(onward.group(1).replace("&amp;", "&")).text

    assert len(few) == len(many) == 1
    assert "모두 230 가운데 100" in first
    assert "모두 230 가운데 100" in second
    shown = [set(re.findall(r"/commitments/([0-9a-f-]+)/end", page)) for page in (first, second)]
    assert [len(each) for each in shown] == [100, 100]
    assert not shown[0] & shown[1]
    assert client.get(f"{PAGE}?after=made-up").status_code == 400


def test_the_page_says_what_is_to_be_done_next(enter: Enter, neighbours: Neighbours) -> None:
    [plain] = AGREEMENTS
    end = {"rule": "fixed", "ends_on": "2027-01-20", "note": None}
    unsigned = [each | {"signed_on": None} for each in plain["parties"][-1:]]
    parties = [*plain["parties"][:-1], *unsigned]
    neighbours.registry.hold(agreement=[plain | {"end": end, "parties": parties}])

    page = enter().get(PAGE).text

    told = page[page.index('id="next"') : page.index('id="parties"')]
    assert "90일 안에 끝납니다. 갱신할지 종료할지 협의하십시오." in told
    assert "서명하지 않은 당사자가 있습니다." in told
    in_order = ("90일 안에", "서명하지 않은", "정밀지도 갱신본 제출")
    assert [*in_order] == sorted(in_order, key=told.index)
    assert "남은 이행과제 8건 모두 보기" in told
    assert '<span class="mark mark-later">D-58</span>' in page.partition("</h1>")[2][:600]


@pytest.mark.parametrize(
    ("flags", "state", "told"),
    [
        (("overdue",), "in_force", ("record_renewal",)),
        (("dormant",), "in_force", ("collect_evidence",)),
        ((), "unknown_end", ("find_end",)),
        ((), "in_force", ()),
    ],
)
def test_what_is_next_follows_from_the_standing(
    flags: tuple[str, ...], state: str, told: tuple[str, ...]
) -> None:
    assert next_acts(AgreementStanding(state, flags), TODAY) == told


@pytest.mark.parametrize(
    ("last", "told"), [(-1, ()), (0, ("decide_end",)), (90, ("decide_end",)), (91, ())]
)
def test_an_end_is_pressing_ninety_days_before(last: int, told: tuple[str, ...]) -> None:
    standing = AgreementStanding("in_force", last_on=TODAY + timedelta(last))

    assert next_acts(standing, TODAY) == told


@pytest.mark.parametrize(("ago", "told"), [(0, ("report_end",)), (90, ("report_end",)), (91, ())])
def test_what_has_ended_is_reported_for_a_while(ago: int, told: tuple[str, ...]) -> None:
    standing = AgreementStanding(
        "ended", ("dormant",), in_force_until=TODAY - timedelta(ago), last_on=TODAY
    )

    assert next_acts(standing, TODAY) == told


@pytest.mark.parametrize(
    ("who", "kind", "sentence"),
    [
        ("김이음", "이행과제 완료", "총괄부서 김이음이 ‘이행과제 완료’를 입력했습니다."),
        ("박나라", "협력 시작", "총괄부서 박나라가 ‘협력 시작’을 입력했습니다."),
        ("Kim (A)", "협약 2", "총괄부서 Kim (A)이 ‘협약 2’를 입력했습니다."),
    ],
)
def test_an_entry_reads_as_a_sentence(app: Flask, who: str, kind: str, sentence: str) -> None:
    with app.test_request_context():
        assert str(recorded_by("office", who, kind)) == sentence
