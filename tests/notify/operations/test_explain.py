"""Every letter's story can be asked: why, why not, and each attempt."""

from datetime import timedelta
from uuid import UUID

import pytest

from ieum_notify.domain.errors import NotFound
from ieum_notify.domain.facts import Subject
from ieum_notify.operations.explain import Explanation, explain
from tests.notify.makers import (
    AGREEMENT,
    EVENT,
    LIAISON_SEAT,
    MILESTONE,
    MONDAY,
    OFFICE,
    PostRoom,
    agreement,
    deadline,
    event,
    milestone,
    place,
    the_city,
)
from tests.smtp import Mailbox

DUE = MONDAY + timedelta(days=5)
SEVEN = f"{MILESTONE}|milestone_due|2026-11-28|7|{LIAISON_SEAT}|mail"


def story(room: PostRoom, key: str = SEVEN) -> Explanation:
    return explain(room.rules, room.copy, room.history, room.now, key=key)


def test_a_letter_that_went_out_tells_why_and_when(room: PostRoom, smtp_server: Mailbox) -> None:
    room.registry.record(milestone(DUE))
    room.day()

    found = story(room)

    assert found.listed is not None
    assert found.listed.entry.state == "sent"
    assert found.is_owed
    assert [each.outcome for each in found.attempts] == ["sent"]
    assert found.attempts[0].message_id == smtp_server.messages[0]["Message-ID"]


def test_a_letter_that_did_not_go_out_tells_why_not(room: PostRoom) -> None:
    room.registry.record(milestone(DUE))
    room.follow()
    room.plan()
    room.registry.record(milestone(DUE, done_on="2026-11-23"))
    room.follow()
    room.plan()

    found = story(room)

    assert not found.is_owed
    assert found.why_not is not None
    assert found.why_not.ko == "이행이 완료되었습니다."


def test_a_letter_not_yet_written_down_is_explained_from_the_planner(room: PostRoom) -> None:
    room.registry.record(milestone(DUE))
    room.follow()

    found = story(room)

    assert found.listed is None
    assert found.is_owed
    assert found.why


def test_a_letter_of_a_rule_that_is_gone_still_has_its_story(room: PostRoom) -> None:
    room.registry.record(milestone(DUE))
    room.follow()
    room.plan()
    room.rules = ()

    found = story(room)

    assert found.why == ()
    assert found.why_not is not None


def test_a_key_that_was_never_planned_is_not_found(room: PostRoom) -> None:
    with pytest.raises(NotFound):
        story(room, "milestone:x|nothing")


def test_every_letter_is_explained_as_the_preview_of_all_shows_it(room: PostRoom) -> None:
    others = Subject("milestone", UUID(int=(0x018F << 112) + 2))
    room.registry.record(
        the_city(),
        event("2026-12-20T17:00", deadlines=[deadline("booth", "2026-12-10")]),
        milestone(MONDAY + timedelta(days=5)),
        milestone(MONDAY + timedelta(days=30), others, owner=place(OFFICE)),
        agreement(rule="fixed", ends_on=MONDAY + timedelta(days=40)),
    )
    room.follow()
    shown = room.preview(45).items

    for each in shown:
        key = each.occurrence.key
        told = explain(room.rules, room.copy, room.history, room.now, key=key)
        assert (told.occurrence, told.why) == (each.occurrence, each.why)
        assert told.is_owed
    assert {each.occurrence.subject for each in shown} == {EVENT, MILESTONE, others, AGREEMENT}
