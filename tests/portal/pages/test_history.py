"""The change log as it reads: who, what, why, before and after, and what was checked of it."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from changefeed.change import Actor
from ieum_portal.storage.accounts import StoredAccounts
from sqlstore.engine import open_engine
from tests.portal.desk import Desk
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.registry import BEGUN, NOON
from tests.portal.sample import (
    AGREEMENT,
    COLLABORATIONS,
    MILESTONES,
    PARTNERS,
    PROOF,
    identity,
)

NAVER_AT = 2
"""The number of the entry that registers NAVER: the sample begins with the city."""


@pytest.fixture(autouse=True)
def written(neighbours: Neighbours) -> int:
    """Have three changes written after the sample; give the number of the newest entry."""
    registry, naver, begun = neighbours.registry, PARTNERS[1], COLLABORATIONS[0]
    registry.write("partner.changed", naver | {"website": "https://naver.example"})
    ended = begun | {"ends_on": "2026-12-31", "holds_until": "2026-12-31"}
    registry.write("collaboration.ended", ended, reason="과업을 마침")
    done = MILESTONES[0] | {"done_on": "2026-11-20", "evidence": PROOF}
    return registry.write("milestone.done", done, at=BEGUN + timedelta(hours=8)).seq


def entries(page: str) -> list[str]:
    """Give the text of each entry, tags taken out."""
    found = re.findall(r'<li class="log-entry".*?</li>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in found]


def test_the_newest_comes_first_with_kind_subject_role_and_moment(
    enter: Enter, written: int
) -> None:
    found = entries(enter().get("/history").text)

    assert [int(each.split()[0]) for each in found] == list(
        range(written, written - len(found), -1)
    )
    assert found[0].startswith(
        f"{written} 이행과제 완료 정밀지도 갱신본 제출 2026-11-20 (금) 17:00 · 총괄부서"
    )
    assert "협력 종료 네이버 · 메타도시 플랫폼 개발 및 실증" in found[1]


def test_a_change_shows_before_and_after_in_words(enter: Enter) -> None:
    found = entries(enter().get("/history").text)

    assert "완료일 없음 2026-11-20" in found[0]
    assert "증빙 없음 2026-09-10 실증 결과 보고" in found[0]
    assert "누리집 없음 https://naver.example" in found[2]
    assert "이행 주체" not in found[0]


def test_a_reason_stands_with_its_entry(enter: Enter) -> None:
    found = entries(enter().get("/history").text)

    assert "이유 과업을 마침" in found[1]
    assert "이유" not in found[0]


def test_ids_are_told_by_name_and_people_are_not(enter: Enter) -> None:
    client = enter()
    of_commitment = client.get(f"/history?subject={identity('naver-T05')}").text
    of_seat = client.get(f"/history?subject={identity('naver-liaison-seat')}").text

    _, started = entries(of_commitment)
    assert "기관 네이버" in started
    assert "디지털 트윈, 정밀지도" in started
    assert "역할 총괄" in started
    [opened] = entries(of_seat)
    assert "김이음" not in of_seat
    assert "liaison@naver.example" not in of_seat
    assert re.search("맡은 사람 연락처 …[0-9a-f]{4}", opened)


def test_subjects_with_a_page_are_linked(enter: Enter) -> None:
    page = enter().get("/history").text

    assert f'<a href="/partners/{identity("naver")}">네이버</a>' in page
    assert f'href="/history?subject={identity("m1")}"' in page


def test_staff_are_named_to_those_who_work_with_them_alone(
    enter: Enter, neighbours: Neighbours, desk: Desk
) -> None:
    accounts = StoredAccounts(open_engine(desk.settings.database))
    for role in ("office", "liaison"):
        account = accounts.by_login(f"{role}@ieum.example")
        assert account is not None
        actor = Actor(f"portal:{account.id}", role)
        neighbours.registry.write("partner.changed", PARTNERS[1], actor=actor)

    for reader in ("office", "department", "auditor"):
        by_liaison, by_office, *_ = entries(enter(reader).get("/history").text)
        assert "총괄부서 총괄부서 담당자" in by_office
        assert "협약기관 연락담당자" not in by_liaison
    assert "총괄부서 담당자" not in "".join(entries(enter("liaison").get("/history").text))


def test_an_operator_and_a_rule_are_told_by_their_role(
    enter: Enter, neighbours: Neighbours
) -> None:
    for actor in (Actor("operator:load", "office"), Actor("rule:auto-renewal", "rule")):
        neighbours.registry.write("partner.changed", PARTNERS[1], actor=actor)

    by_rule, by_operator, *_ = entries(enter().get("/history").text)

    assert "· 정해진 규칙 ·" in by_rule
    assert "· 총괄부서 (운영자 명령) ·" in by_operator


def test_filters_narrow_and_stay_in_the_form(enter: Enter, written: int) -> None:
    client = enter()

    ended = client.get("/history?what=collaboration.ended")
    assert [each.split()[0] for each in entries(ended.text)] == [f"{written - 1}"]
    assert '<option value="collaboration.ended" selected>' in ended.text
    assert len(entries(client.get("/history?what=milestone").text)) == len(MILESTONES) + 1
    assert len(entries(client.get("/history?role=rule").text)) == 0
    assert "조건에 맞는 기록이 없습니다" in client.get("/history?role=rule").text
    one = client.get(f"/history?subject={identity('m1')}")
    assert len(entries(one.text)) == 2
    assert "한 대상의 이력만" in one.text


def test_days_are_handed_on_and_stay_in_the_form(enter: Enter, neighbours: Neighbours) -> None:
    page = enter().get("/history?from=2026-11-21&to=2026-11-22").text

    assert entries(page) == []
    assert 'name="from" type="date" value="2026-11-21"' in page
    assert "recorded_from=2026-11-21&recorded_to=2026-11-22" in neighbours.registry.asked[0]


@pytest.mark.parametrize(
    "asked", ["from=gestern", "to=2026-13-01", "from=2026-12-02&to=2026-12-01"]
)
def test_days_that_cannot_be_read_are_told(enter: Enter, asked: str) -> None:
    answer = enter().get(f"/history?{asked}")

    assert answer.status_code == 400
    assert "기간을 읽을 수 없습니다" in answer.text


def test_nonsense_in_the_address_is_left_aside(enter: Enter) -> None:
    answer = enter().get("/history?what=x&role=y&subject=z&before=-1")

    assert answer.status_code == 200
    assert entries(answer.text) == entries(enter().get("/history").text)


def test_pages_walk_back(enter: Enter, written: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ieum_portal.operations.history_page.PER_PAGE", written - 3)
    client = enter()

    first = client.get("/history?role=office").text
    second = client.get("/history?role=office&before=4").text

    assert 'href="/history?role=office&amp;before=4"' in first
    assert [each.split()[0] for each in entries(second)] == ["3", "2", "1"]
    assert "처음으로" in second


def test_the_chain_is_computed_and_told_up_to_its_last_entry(enter: Enter, written: int) -> None:
    page = enter().get("/history").text

    assert f"{written}번까지 맞음" in page
    assert f"1번부터 {written}번까지의 해시를 이 화면이" in page
    assert "2026-11-23 (월) 12:00" in page
    assert "머리글만" not in page


def test_what_is_withheld_is_not_claimed_as_checked(enter: Enter) -> None:
    page = enter("liaison").get("/history").text

    assert re.search(
        r"그 가운데 \d+건은 내용을 다 보실 수 없어, 보이는 부분과 머리글만 확인했습니다", page
    )


def test_what_is_disclosed_of_a_withheld_entry_is_shown_as_a_part(enter: Enter) -> None:
    page = enter("liaison").get(f"/history?subject={identity('naver')}").text

    _, first = entries(page)
    assert "공개된 부분만 보입니다" in first
    assert "이름 네이버" in first


def test_a_redacted_entry_is_told_and_leads_to_its_redaction(
    enter: Enter, neighbours: Neighbours
) -> None:
    by = neighbours.registry.redact(NAVER_AT, reason="잘못 적음").seq
    client = enter()

    page = client.get("/history").text

    newest = entries(page)[0]
    _, redacted = entries(client.get(f"/history?subject={identity('naver')}").text)
    assert f"내용이 파기되었습니다. 파기 기록 {by}번" in redacted
    assert "내용 파기함" in newest
    assert "잘못 적음" in newest
    assert f"{by}번까지 맞음" in page
    assert "머리글만" in page


def test_an_entry_made_while_the_clock_was_ahead_is_marked(
    enter: Enter, neighbours: Neighbours
) -> None:
    ahead = NOON + timedelta(days=400)
    neighbours.registry.write("partner.changed", PARTNERS[1], at=ahead)

    told = entries(enter().get("/history").text)

    assert "시계가 앞섰을 때의 시각" in told[0]
    assert not any("시계가 앞섰을 때의 시각" in each for each in told[1:])


def test_a_broken_chain_is_told_with_its_number_and_what_to_do(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.registry.forge(5, '"own":false', '"own":true')

    page = enter().get("/history").text

    assert "5번이 앞의 기록과 맞지 않습니다" in page
    assert "4번까지는 맞습니다" in page
    assert "번까지 맞음" not in page


def test_a_long_log_is_checked_when_somebody_asks(
    enter: Enter, monkeypatch: pytest.MonkeyPatch, neighbours: Neighbours, written: int
) -> None:
    monkeypatch.setattr("ieum_portal.operations.history_page.CHECKED_UNASKED", written - 1)
    client = enter()

    unasked = client.get("/history?what=milestone").text
    assert "번까지 맞음" not in unasked
    assert f"이력이 {written}번까지 있어 아직 확인하지 않았습니다" in unasked
    assert 'href="/history?what=milestone&amp;chain=all"' in unasked
    assert not any("changes" in each for each in neighbours.registry.asked)
    assert f"{written}번까지 맞음" in client.get("/history?chain=all").text


def test_a_registry_that_is_down_leaves_the_form(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    neighbours.registry.is_down = True

    answer = client.get("/history")

    assert answer.status_code == 200
    assert 'role="search"' in answer.text
    assert "지금은 이력을 보여 드릴 수 없습니다" in answer.text


def test_every_kind_and_every_subject_can_be_looked_for(enter: Enter) -> None:
    page = enter().get("/history").text

    options = re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)</option>', page)
    assert len(options) > 45
    assert {code for code, name in options if code in name} == set()


def test_a_first_entry_tells_what_was_recorded_without_a_before(enter: Enter) -> None:
    page = enter().get(f"/history?subject={identity('naver')}").text

    first = re.findall(r'<details class="log-more".*?</details>', page, re.DOTALL)[-1]
    assert "이전" not in first
    assert "네이버" in first


def test_an_account_that_is_none_of_ours_has_no_name(enter: Enter, neighbours: Neighbours) -> None:
    for account in ("nobody", UUID(int=1)):
        actor = Actor(f"portal:{account}", "office")
        neighbours.registry.write("partner.changed", PARTNERS[1], actor=actor)

    found = entries(enter().get("/history").text)
    assert ["· 총괄부서 ·" in each for each in found[:2]] == [True, True]


def test_codes_within_a_fact_are_told_in_words(enter: Enter) -> None:
    client = enter()

    [event] = entries(client.get(f"/history?subject={identity('expo')}").text)
    [agreement] = entries(client.get(f"/history?subject={identity(AGREEMENT)}").text)

    assert "끝나는 방식: 목적 달성까지" in agreement
    assert "기관: 네이버 · 구분: 상대 기관 · 서명일: 2021-11-16" in agreement
    assert "시작 2027-01-06 (수) 09:00" in event
    assert "부스 신청 2026-12-23 17:00" in event
