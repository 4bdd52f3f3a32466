"""The to-do page as it reads."""

import re

from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter


def test_counts_lead_to_their_sections(enter: Enter) -> None:
    page = enter().get("/").text

    assert re.findall(r'<a href="#(\w+)"><span class="tally-name">', page) == [
        "overdue",
        "soon",
        "later",
        "alarms",
    ]
    assert re.findall(r'tally-count">([^<]+)<', page) == ["2", "3", "2", "0"]
    for section in ("overdue", "soon", "later", "alarms"):
        assert f'id="{section}"' in page


def test_made_up_records_are_marked(enter: Enter) -> None:
    page = enter().get("/").text

    assert page.count(">예시</span>") == 7


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
            }
        ]
    }

    assert "대장에 닿지 못했습니다." in enter().get("/").text
    assert "Out of reach." in enter(language="en").get("/").text
    assert "2026-11-23 (월) 10:00" in enter().get("/").text


def test_a_graph_that_is_behind_says_by_how_much(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.said["projection"] |= {"state": "behind", "lag_seconds": 95.4, "applied_seq": 120}

    page = enter().get("/").text

    assert "152 가운데 120까지" in page
    assert "95초 전 모습" in page


def test_nothing_to_do_is_said_for_each_section(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.said["milestones"] = []

    page = enter().get("/").text

    assert page.count('<p class="none">') == 3
    assert "기한이 지난 마일스톤이 없습니다." in page


def test_what_is_not_known_is_no_zero(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    neighbours.set_all_down()

    page = client.get("/")

    assert page.status_code == 200
    assert re.findall(r'tally-count">([^<]+)<', page.text) == ["–", "–", "–", "3"]
    assert "대장(registry)에서 답을 받지 못했습니다. 빠진 것: 마일스톤" in page.text
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
