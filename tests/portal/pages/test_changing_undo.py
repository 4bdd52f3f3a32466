"""What was recorded wrongly is taken back by an entry of its own, with its reason."""

import pytest

from changefeed.words import kind_label
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import (
    DONE,
    END,
    PROOF,
    SEAT,
    open_form,
    opened,
    preview,
    send,
)
from tests.portal.sample import AGREEMENT, CONTACTS, MILESTONES, identity

REOPEN = f"/milestones/{identity('m1')}/reopen"
RESUME = f"/commitments/{identity('naver-T05')}/resume"
BACK = f"/seats/{identity('naver-liaison-seat')}/hand-back"


@pytest.mark.parametrize("closed", ["done_on", "cancelled_on"])
def test_a_closed_milestone_offers_to_be_taken_back_and_is(
    enter: Enter, neighbours: Neighbours, closed: str
) -> None:
    neighbours.registry.hold(milestone=[MILESTONES[0] | {closed: "2026-11-01"}])
    client = enter()
    assert f'href="{REOPEN}"' in client.get(f"/agreements/{identity(AGREEMENT)}").text

    refused = preview(client, DONE, **PROOF)
    shown = preview(client, REOPEN, reason="다른 이행과제와 혼동")
    recorded = send(client, shown, "record")

    assert f'href="{REOPEN}"' in refused.text
    entry = neighbours.registry.changes()[-1]
    assert (entry.kind, entry.reason) == ("milestone.reopened", "다른 이행과제와 혼동")
    assert neighbours.registry.newest()[closed] is None
    assert "recorded=" in recorded.location
    assert "recorded=" in send(client, preview(client, DONE, **PROOF), "record").location


@pytest.mark.parametrize("path", [REOPEN, RESUME, BACK])
def test_nothing_is_taken_back_without_a_reason(
    enter: Enter, neighbours: Neighbours, path: str
) -> None:
    client, end = enter(), {"ends_on": "2026-11-20", "reason": "과제 종료"}
    send(client, preview(client, END, **end), "record")
    send(client, preview(client, DONE, **PROOF), "record")
    head = neighbours.registry.head()

    page = preview(client, path, reason=" ")

    assert '<a href="#reason">' in page.text
    assert neighbours.registry.head() == head


def test_an_open_milestone_has_nothing_to_take_back(enter: Enter) -> None:
    assert "완료로도 취소로도" in preview(enter(), REOPEN, reason="왜").text


def test_an_ended_commitment_goes_on_until_the_day_that_stood_before(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    was = neighbours.registry.one("collaborations", identity("naver-T05"))["ends_on"]
    end = {"ends_on": "2026-11-20", "reason": "과제 종료"}
    send(client, preview(client, END, **end), "record")

    assert f'href="{RESUME}"' in open_form(client, END).text
    form = open_form(client, RESUME)
    shown = preview(client, RESUME, reason="다른 협력과 혼동")
    send(client, shown, "record")

    assert opened(form)["ends_on"] == (was or "")
    now = neighbours.registry.one("collaborations", identity("naver-T05"))
    assert (now["ends_on"], now["holds_until"]) == (was, None)
    assert neighbours.registry.changes()[-1].reason == "다른 협력과 혼동"


def test_a_handover_goes_back_to_whoever_sat_there(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    other = CONTACTS[0] | {"id": identity("naver-other"), "key": "other", "name": "박다음"}
    neighbours.registry.write("contact.registered", other)
    before = neighbours.registry.one("seats", identity("naver-liaison-seat"))["holders"]
    chosen = {"contact_id": identity("naver-other"), "from_on": "2026-11-23"}
    send(client, preview(client, SEAT, **chosen), "record")

    assert f'href="{BACK}"' in open_form(client, SEAT).text
    form = open_form(client, BACK)
    send(client, preview(client, BACK, reason="잘못 인계함"), "record")

    assert opened(form)["contact_id"] == identity("naver-liaison")
    assert opened(form)["from_on"] == "2026-11-23"
    holders = neighbours.registry.one("seats", identity("naver-liaison-seat"))["holders"]
    assert [each["contact_id"] for each in holders if each["to"] is None] == [
        each["contact_id"] for each in before
    ]
    assert identity("naver-other") not in str(holders)


def test_a_seat_that_nobody_took_over_has_nothing_to_hand_back(enter: Enter) -> None:
    page = open_form(enter(), BACK)

    assert "되돌릴 인계를 찾지 못했습니다" in page.text
    assert opened(page)["contact_id"] == ""


CANCEL, COME_BACK = (f"/events/{identity('expo')}/{each}" for each in ("cancel", "reopen"))
CALLED_OFF = {"cancelled_on": "2026-11-20", "reason": "오인", "cancelled_for": "주최 측 사정"}


def test_a_cancellation_is_taken_back_and_its_page_says_so(
    enter: Enter, neighbours: Neighbours
) -> None:
    client, page = enter(), f"/events/{identity('expo')}"
    send(client, preview(client, CANCEL, **CALLED_OFF), "record")
    assert f'href="{COME_BACK}"' in client.get(page).text

    refused = preview(client, CANCEL, **CALLED_OFF)
    unsaid = preview(client, COME_BACK, reason=" ")
    shown = preview(client, COME_BACK, reason="주최 측이 바로잡음")
    recorded = send(client, shown, "record")

    assert f'href="{COME_BACK}"' in refused.text
    assert '<a href="#reason">' in unsaid.text
    assert "2026-11-20" in shown.text
    entry = neighbours.registry.changes()[-1]
    assert (entry.kind, entry.reason) == ("event.reopened", "주최 측이 바로잡음")
    assert neighbours.registry.newest()["cancelled_on"] is None
    after = client.get(recorded.location).text
    assert "취소를 되돌렸습니다" in after
    assert f'href="{CANCEL}"' in after
    history = client.get(f"/history?subject={identity('expo')}").text
    words = kind_label("event.reopened")
    assert words is not None
    assert words.ko in history


def test_of_two_who_take_a_cancellation_back_one_does_and_the_other_is_told(
    enter: Enter, neighbours: Neighbours
) -> None:
    one, other = enter(), enter()
    send(one, preview(one, CANCEL, **CALLED_OFF), "record")
    shown = [preview(each, COME_BACK, reason="바로잡음") for each in (one, other)]
    head = neighbours.registry.head()

    first, second = (
        send(client, page, "record") for client, page in zip((one, other), shown, strict=True)
    )

    told = other.get(second.location)
    assert "recorded=" in first.location
    assert "recorded=" not in second.location
    assert "그사이 다른 사람이 바꾸었습니다" in told.text
    assert opened(told)["reason"] == "바로잡음"
    assert neighbours.registry.head() == head + 1


def test_an_event_that_stands_has_no_cancellation_to_take_back(enter: Enter) -> None:
    assert "되돌릴 취소가 없습니다" in preview(enter(), COME_BACK, reason="왜").text


def test_a_milestone_is_given_up_with_a_reason(enter: Enter, neighbours: Neighbours) -> None:
    client, give_up = enter(), f"/milestones/{identity('m1')}/cancel"
    assert f'href="{give_up}"' in open_form(client, DONE).text

    unsaid = preview(client, give_up)
    send(client, preview(client, give_up, cancelled_on="26.11.20", reason="계획 변경"), "record")

    assert '<a href="#reason">' in unsaid.text
    assert neighbours.registry.newest()["cancelled_on"] == "2026-11-20"
    assert neighbours.registry.changes()[-1].kind == "milestone.cancelled"
