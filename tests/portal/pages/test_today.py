"""The to-do page as it reads."""

import re

from tests.portal import sample
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter, csrf
from tests.portal.sample import identity


def test_counts_lead_to_their_sections(enter: Enter) -> None:
    page = enter().get("/?whose=all").text

    assert re.findall(r'<a href="#(\w+)"><span class="tally-name">', page) == [
        "overdue",
        "soon",
        "later",
        "endings",
        "events",
        "alarms",
    ]
    assert re.findall(r'tally-count">([^<]+)<', page) == ["2", "3", "2", "0", "1", "0"]
    for section in ("overdue", "soon", "later", "endings", "events", "alarms"):
        assert f'id="{section}"' in page


def test_agreements_that_end_stand_with_their_days_and_what_to_do(
    enter: Enter, neighbours: Neighbours
) -> None:
    [plain] = sample.AGREEMENTS
    overdue = plain | {"end": {"rule": "auto_renews", "ends_on": "2026-11-22", "note": None}}
    second = plain | {
        "id": identity("second"),
        "key": None,
        "number": None,
        "lead_department_id": None,
        "end": {"rule": "fixed", "ends_on": "2026-12-23", "note": None},
    }
    neighbours.registry.hold(agreement=[overdue, second])

    page = enter().get("/").text

    [section] = re.findall(r'<section class="sheet" id="endings".*?</section>', page, re.DOTALL)
    said = " ".join(re.sub(r"<[^>]+>", " ", section).split())
    assert "1일 지남 2026-11-22 (일)" in said
    assert "현재 기간의 마지막 날 담당부서" not in said
    assert "현재 기간의 마지막 날 인공지능정책과 갱신 기록" in said
    assert "D-30 2026-12-23 (수)" in said
    assert "총괄부서 갱신·종료 협의" in said
    assert f'href="/agreements/{identity("second")}"' in section
    form = f'href="/agreements/{identity("second")}/change#rule"'
    assert form in section
    assert form not in enter("auditor").get("/").text


def test_an_end_that_is_known_in_part_is_told_as_it_is_written(
    enter: Enter, neighbours: Neighbours
) -> None:
    [plain] = sample.AGREEMENTS
    month = {
        "written": "2027년 1월",
        "precision": "month",
        "from": "2027-01-01",
        "to": "2027-01-31",
    }
    parties = [
        each | ({} if each["side"] == "own" else {"left_as": month}) for each in plain["parties"]
    ]
    end = {"rule": "fixed", "ends_on": "2028-12-23", "note": None}
    neighbours.registry.hold(agreement=[plain | {"end": end, "parties": parties}])

    page = enter().get("/").text

    [section] = re.findall(r'<section class="sheet" id="endings".*?</section>', page, re.DOTALL)
    assert "2027년 1월" in section
    assert "2027-01-01" not in section


def test_a_milestone_leads_to_its_place_and_a_missing_seat_to_whoever_is_to_have_it(
    enter: Enter,
) -> None:
    client = enter()
    place = f"/agreements/{identity(sample.AGREEMENT)}#milestone-{identity('m1')}"
    pages = ("/?whose=all", "/milestones", f"/partners/{identity('naver')}")
    for page in pages:
        assert f'<a href="{place}">' in client.get(page).text, page
    assert f'id="milestone-{identity("m1")}"' in client.get(place).text
    today = client.get("/?whose=all").text
    assert f'<a href="/partners/{identity("gist")}#people">알림을 받을 담당자 지정' in today


def test_made_up_records_are_marked(enter: Enter) -> None:
    page = enter().get("/?whose=all").text

    assert page.count(">예시</span>") == 8


def test_the_sender_says_when_it_last_looked(enter: Enter, neighbours: Neighbours) -> None:
    assert "마지막 발송 점검 12초 전" in enter().get("/").text

    neighbours.said["sender"] |= {"seconds_ago": 4210, "alive": False}
    page = enter().get("/").text
    assert "마지막 발송 점검 70분 전" in page
    assert "ieum-notify work" in page


def test_a_sender_that_never_looked_says_so(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.said["sender"] |= {"seconds_ago": None, "ticked_at": None, "alive": False}

    assert "아직 한 번도 점검하지 않았습니다" in enter().get("/").text


def test_alarms_are_told_in_the_readers_language(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.said["sender"] |= {
        "alarms": [
            {
                "code": "registry.unreachable",
                "since": "2026-11-23T01:00:00Z",
                "subject": None,
                "detail": {"ko": "대장에 닿지 못했습니다.", "en": "Out of reach."},
                "mends": [],
            }
        ]
    }

    assert "대장에 닿지 못했습니다." in enter().get("/").text
    assert "Out of reach." in enter(language="en").get("/").text
    assert "2026-11-23 (월) 10:00" in enter().get("/").text


LETTER = {
    "code": "letter.refused",
    "since": "2026-11-23T01:00:00Z",
    "subject": {"type": "milestone", "id": str(identity("letter"))},
    "detail": {"ko": "주소를 거절했습니다.", "en": "Refused."},
    "mends": [],
}


def test_the_office_lets_letters_go_out_again(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.said["sender"] |= {"alarms": [LETTER]}
    client = enter()
    page = client.get("/")
    form = {"csrf_token": csrf(page), **LETTER["subject"]}  # type: ignore[dict-item]  # A map.

    answer = client.post("/letters/resend", data=form)

    assert ">다시 보내기</button>" in page.text
    assert answer.status_code == 303
    assert neighbours.said["resent"] == [{"subject": LETTER["subject"]}]
    assert "다음 근무일 09:00에 나갑니다" in client.get("/?resent=letters").text


def test_where_nothing_waits_the_office_is_told_so(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.said["sender"] |= {"alarms": [LETTER]}
    neighbours.said["nothing_waits"] = True
    client = enter()
    form = {"csrf_token": csrf(client.get("/")), **LETTER["subject"]}  # type: ignore[dict-item]  # A map.

    answer = client.post("/letters/resend", data=form, follow_redirects=True)

    assert "다시 보낼 메일이 없습니다" in answer.text


def test_who_may_only_read_is_offered_no_resend(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.said["sender"] |= {"alarms": [LETTER]}

    assert "/letters/resend" not in enter("auditor").get("/").text


def test_a_graph_that_is_behind_says_by_how_much(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.said["projection"] |= {"state": "behind", "lag_seconds": 95.4, "applied_seq": 120}

    page = enter().get("/").text

    assert "152번 가운데 120번까지" in page
    assert "95초 전 모습" in page


def test_nothing_to_do_is_said_for_each_section(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.registry.hold(milestone=[])

    page = enter().get("/").text

    assert page.count('<p class="none">') == 4
    assert "기한이 지난 이행과제가 없습니다." in page


def test_what_is_not_known_is_no_zero(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    neighbours.set_all_down()

    page = client.get("/")

    assert page.status_code == 200
    assert re.findall(r'tally-count">([^<]+)<', page.text) == ["–", "–", "–", "–", "–", "3"]
    assert re.search(
        "대장\\(registry\\)에서 답을 받지 못했습니다. 빠진 것: [^<]*이행과제,", page.text
    )
    assert page.headers["X-Request-Id"] in page.text


def test_another_day_is_said_and_kept_in_links(enter: Enter) -> None:
    page = enter().get("/?on=2026-12-20").text

    assert "2026-12-20 (일)</time> 기준" in page
    assert 'href="/partners?on=2026-12-20"' in page
    assert "오늘로 돌아가기" in page


def test_today_needs_no_banner(enter: Enter) -> None:
    client = enter()

    assert "asof-banner" not in client.get("/").text
    assert "asof-banner" not in client.get("/?on=2026-11-23").text


def events(page: str) -> str:
    """Give the words of the section about events, tags taken out."""
    [section] = re.findall(r'<section class="sheet" id="events".*?</section>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", section).split())


def test_events_and_deadlines_stand_with_their_days_and_both_times(enter: Enter) -> None:
    page = enter().get("/?whose=all&on=2026-12-20").text

    said = events(page)
    assert "D-3 부스 신청 마감 미국 서부 융합현실 전시회 예시" in said
    assert "2026-12-23 (수) 17:00 America/Los_Angeles 서울 2026-12-24 (목) 10:00" in said
    assert "D-17 시작 미국 서부 융합현실 전시회 예시" in said
    assert "2027-01-06 (수) 09:00 America/Los_Angeles (UTC-8) 서울 2027-01-07 (목) 02:00" in said
    assert f'href="/events/{identity("expo")}?on=2026-12-20"' in page


def test_what_is_under_way_says_until_when(enter: Enter) -> None:
    said = events(enter().get("/").text)

    assert "진행 중 끝나는 때 해외 대표단 방문 예시" in said
    assert "2026-11-24 (화) 12:00 Asia/Seoul (UTC+9) 서울 시각과 같음" in said
    assert "전시회" not in said


def test_without_any_event_the_section_says_so(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.registry.hold(event=[])

    assert "30일 안에 열리는 행사도, 다가오는 마감도 없습니다." in events(enter().get("/").text)
    english = events(enter(language="en").get("/").text)
    assert "No event begins and no deadline falls within 30 days." in english


def test_events_that_could_not_be_had_are_no_empty_list(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    neighbours.registry.fails_on = "/v1/events"

    page = client.get("/").text

    assert "지금은 알 수 없습니다." in events(page)
    assert "빠진 것: 행사 목록" in page


def test_a_liaison_sees_its_own_partners_events(enter: Enter, neighbours: Neighbours) -> None:
    said = events(enter("liaison").get("/?on=2026-12-20").text)

    assert "소속 기관이 참가하는 행사" in said
    assert "미국 서부 융합현실 전시회" in said
    assert "해외 대표단" not in events(enter("liaison").get("/").text)
    asked = [each for each in neighbours.registry.asked if each.startswith("/v1/events?")]
    assert all(f"partner={identity('naver')}" in each for each in asked)


def test_the_office_is_asked_for_an_end_that_nobody_knows_and_nobody_whose_it_is_not(
    enter: Enter, neighbours: Neighbours
) -> None:
    [plain] = sample.AGREEMENTS
    end = {"rule": "unknown", "ends_on": None, "note": None}
    neighbours.registry.hold(agreement=[plain | {"end": end}])

    asked = {
        role: "종료일을 확인할 협약" in enter(role).get("/").text
        for role in ("office", "department", "liaison", "auditor")
    }

    assert asked == {"office": True, "department": False, "liaison": False, "auditor": False}


def test_the_page_opens_on_mine_and_all_is_one_click_away(enter: Enter) -> None:
    client = enter()

    mine = client.get("/").text
    everything = client.get("/?whose=all").text

    assert "시민 참여단 모집 공고" not in mine
    assert "시민 참여단 모집 공고" in everything
    assert 'aria-current="true">내 담당 <span class="jump-count">인공지능정책과</span>' in mine
    assert '<a href="/?whose=all">모두</a>' in mine
    assert '<a href="/?whose=all" aria-current="true">모두</a>' in everything
    assert "내 담당" not in enter("auditor").get("/").text


def test_agreements_of_one_title_are_told_apart_by_their_partners(
    enter: Enter, neighbours: Neighbours
) -> None:
    [plain] = sample.AGREEMENTS
    end = {"rule": "fixed", "ends_on": "2026-12-17", "note": None}

    def alike(*partners: str) -> sample.Facts:
        sides = {"gwangju": "own"} | dict.fromkeys(partners, "partner")
        parties = [
            {"partner_id": identity(each), "side": side, "signed_on": "2021-11-16"}
            for each, side in sides.items()
        ]
        own = {"id": identity(f"alike {partners}"), "key": None, "number": None}
        return plain | own | {"end": end, "parties": parties}

    neighbours.registry.hold(agreement=[alike("naver"), alike("gist", "virnect", "unity")])
    section = enter().get("/").text.partition('id="endings"')[2].partition("</section>")[0]
    said = " ".join(re.sub(r"<[^>]+>", " ", section).split())

    assert "네이버 정한 날까지" in said
    assert "광주과학기술원, 버넥트 외 1 정한 날까지" in said
