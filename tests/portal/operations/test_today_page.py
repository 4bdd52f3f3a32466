"""What needs somebody today, from neighbours that answer, fail, or say that something is wrong."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from ieum_portal.operations.today_page import TodayPage, next_step, seoul_day
from ieum_portal.operations.today_page import today_page as gather
from tests.portal import sample
from tests.portal.desk import NOON
from tests.portal.neighbours import Neighbours
from tests.portal.operations.conftest import Connect
from tests.portal.sample import TODAY, identity

ALARM: dict[str, Any] = {
    "code": "a",
    "since": "2026-11-23T01:00:00Z",
    "subject": None,
    "detail": {"ko": "경보", "en": "Alarm"},
    "mends": [],
}


def page(
    connect: Connect, role: str = "office", on: date = TODAY, *, wants_all: bool = True
) -> TodayPage:
    viewer, neighbours = connect(role)  # type: ignore[arg-type]  # Parametrised by plain text.
    return gather(viewer, on=on, today=TODAY, wants_all=wants_all, neighbours=neighbours)


def titles(found: TodayPage) -> dict[str, list[str]]:
    return {
        section: [row.milestone.title.en or "" for row in rows]
        for section, rows in found.sections.items()
    }


def test_each_milestone_stands_in_its_section_by_day(connect: Connect) -> None:
    assert titles(page(connect)) == {
        "overdue": ["Updated HD map delivered", "Call for citizen panel"],
        "soon": ["Digital twin demonstration", "XR course opened", "Speech data published"],
        "later": ["Yearly check returned", "Second opening of the platform"],
    }


def test_another_day_moves_milestones_between_sections(connect: Connect) -> None:
    found = page(connect, on=TODAY + timedelta(days=1))

    assert "Digital twin demonstration" in titles(found)["overdue"]
    assert "Yearly check returned" in titles(found)["soon"]
    assert "Too far off" in titles(found)["later"]


def test_a_row_names_owner_agreement_and_next_letter(connect: Connect) -> None:
    rows = page(connect).sections["soon"]

    by_title = {row.milestone.title.en: row for row in rows}
    course, speech = by_title["XR course opened"], by_title["Speech data published"]
    assert course.owner_name is not None
    assert course.owner_name.en == "VIRNECT"
    assert course.agreement is not None
    assert course.days_left == 5
    assert course.next_letter is not None
    assert course.next_step == "collect_evidence"
    assert speech.next_step == "appoint_seat"


def test_letters_of_the_week_are_counted_by_the_day_in_seoul(connect: Connect) -> None:
    week = page(connect).week

    assert week is not None
    assert [(each.on.day, each.count) for each in week if each.count] == [(27, 1)]
    assert len(week) == 7


@pytest.mark.parametrize(
    ("sender", "projection", "alarms"),
    [
        ({}, {}, 0),
        ({"alive": False}, {}, 1),
        (
            {"alarms": [ALARM]},
            {},
            1,
        ),
        ({}, {"state": "behind", "lag_seconds": 0.4}, 0),
        ({}, {"state": "behind", "lag_seconds": 11}, 1),
        ({}, {"state": "stopped"}, 1),
        ({}, {"state": "rebuilding"}, 1),
        ({"alive": False}, {"state": "stopped"}, 2),
    ],
)
def test_whatever_is_wrong_with_the_machinery_is_counted(
    connect: Connect,
    neighbours: Neighbours,
    sender: dict[str, object],
    projection: dict[str, object],
    alarms: int,
) -> None:
    neighbours.said["sender"] = neighbours.said["sender"] | sender
    neighbours.said["projection"] = neighbours.said["projection"] | projection

    assert page(connect).alarm_count == alarms


def test_a_sender_that_never_looked_is_told_apart_from_one_that_looked_long_ago(
    connect: Connect, neighbours: Neighbours
) -> None:
    neighbours.said["sender"] |= {"ticked_at": None, "seconds_ago": None, "alive": False}

    sender = page(connect).sender

    assert sender is not None
    assert sender.checked_s_ago is None
    assert sender.behind == 0


def test_a_liaison_is_not_told_of_the_machinery(connect: Connect, neighbours: Neighbours) -> None:
    found = page(connect, "liaison")

    assert (found.sender, found.projection, found.week) == (None, None, None)
    assert found.missing == ()
    assert neighbours.notify.asked == []
    assert neighbours.graph.asked == []


def test_without_notify_and_graph_the_milestones_are_there(
    connect: Connect, neighbours: Neighbours
) -> None:
    neighbours.notify.is_down = neighbours.graph.is_down = True

    found = page(connect)

    assert len(found.sections["overdue"]) == 2
    assert found.week is None
    assert {(each.neighbour, each.part) for each in found.missing} == {
        ("notify", "planned"),
        ("notify", "sender"),
        ("graph", "projection"),
    }


def test_letters_are_planned_from_today_alone(connect: Connect) -> None:
    rows = page(connect, on=TODAY + timedelta(days=1)).sections["soon"]

    assert [row.next_letter for row in rows] == [None] * len(rows)


def test_without_the_registry_the_machinery_is_there(
    connect: Connect, neighbours: Neighbours
) -> None:
    neighbours.registry.is_down = True

    found = page(connect)

    assert found.lacks("milestones")
    assert found.sender is not None
    assert found.projection is not None
    assert found.alarm_count == 1


def test_an_agreement_that_is_not_the_viewers_to_see_leaves_its_milestone(
    connect: Connect, neighbours: Neighbours
) -> None:
    neighbours.registry.hold(agreement=[])

    row = page(connect).sections["overdue"][0]

    assert row.agreement is None
    assert not page(connect).missing


def test_an_unreadable_answer_costs_its_part_alone(
    connect: Connect, neighbours: Neighbours
) -> None:
    neighbours.notify.babbles_on = "/sender"

    found = page(connect)

    assert found.lacks("sender")
    assert found.projection is not None


@pytest.mark.parametrize(
    ("left", "step"),
    [
        (-1, "record_outcome"),
        (0, "collect_evidence"),
        (7, "collect_evidence"),
        (8, "confirm_owner"),
        (30, "confirm_owner"),
        (31, "watch"),
    ],
)
def test_the_next_step_follows_from_the_days_left(left: int, step: str) -> None:
    assert next_step(left, None) == step


def test_noon_in_seoul_is_still_the_same_day() -> None:
    assert seoul_day(NOON) == TODAY
    assert seoul_day(NOON + timedelta(hours=12)) == TODAY + timedelta(days=1)


def coming(found: TodayPage) -> list[tuple[str, str, int]]:
    assert found.coming is not None
    return [(each.event.title.ko[:3], each.what, each.days_left) for each in found.coming]


def test_events_and_deadlines_of_thirty_days_are_told_by_the_day_asked_about(
    connect: Connect,
) -> None:
    assert coming(page(connect)) == [("해외 ", "under_way", 0)]
    assert coming(page(connect, on=date(2026, 12, 20))) == [
        ("미국 ", "deadline", 3),
        ("미국 ", "starts", 17),
    ]
    assert coming(page(connect, on=date(2028, 1, 1))) == []


def test_today_goes_by_the_hour_and_another_day_by_the_day(
    connect: Connect, neighbours: Neighbours
) -> None:
    page(connect)
    page(connect, on=date(2026, 12, 20))

    by_hour, by_day = [each for each in neighbours.registry.asked if "/events?" in each]
    assert "on=" not in by_hour
    assert "on=2026-12-20" in by_day
    assert "state=ahead" in by_hour
    assert "standing=true" in by_hour


def test_a_liaisons_events_are_those_of_each_of_its_partners_and_each_once(
    connect: Connect, neighbours: Neighbours
) -> None:
    holder = [{"contact_id": identity("naver-liaison"), "from": "2026-01-05", "to": None}]
    neighbours.registry.change("seat", sample.SEATS[1], holders=holder)
    both = sorted(identity(each) for each in ("naver", "gist"))
    neighbours.registry.change("event", sample.EVENTS[1], partner_ids=both)

    found = page(connect, "liaison", on=date(2026, 12, 20))

    assert coming(found) == [("미국 ", "deadline", 3), ("미국 ", "starts", 17)]
    assert coming(page(connect, "liaison")) == []
    assert len([each for each in neighbours.registry.asked if "/events?" in each]) == 4


def test_without_the_registry_events_are_not_known(
    connect: Connect, neighbours: Neighbours
) -> None:
    neighbours.registry.is_down = True

    found = page(connect)

    assert found.coming is None
    assert found.lacks("events")


def ending(name: str, rule: str, ends_on: str, **more: object) -> dict[str, object]:
    [plain] = sample.AGREEMENTS
    end = {"rule": rule, "ends_on": ends_on, "note": None}
    own = {"id": identity(name), "key": None, "number": None}
    return plain | own | {"end": end} | more


ENDING = [
    ending("far", "fixed", "2027-02-22"),
    ending("ninety", "fixed", "2027-02-21"),
    ending("renews", "auto_renews", "2026-12-31", lead_department_id=None),
    ending("today", "fixed", "2026-11-23"),
    ending("lately", "fixed", "2026-10-24"),
    ending("overdue", "auto_renews", "2026-11-22"),
    ending("long ago", "fixed", "2026-10-23"),
]


def test_agreements_stand_with_their_days_the_first_to_end_first(
    connect: Connect, neighbours: Neighbours
) -> None:
    neighbours.registry.hold(agreement=ENDING)

    found = page(connect)

    assert found.endings is not None
    assert [(each.agreement.id, each.days_left, each.renews) for each in found.endings] == [
        (UUID(identity("lately")), -30, False),
        (UUID(identity("overdue")), -1, True),
        (UUID(identity("today")), 0, False),
        (UUID(identity("renews")), 38, True),
        (UUID(identity("ninety")), 90, False),
    ]
    assert UUID(identity("ai-policy")) in found.names_in


def test_a_department_sees_what_it_leads_first(connect: Connect, neighbours: Neighbours) -> None:
    other = ending("other", "fixed", "2026-11-24", lead_department_id=identity("transport"))
    own = ending("own", "fixed", "2026-12-24", lead_department_id=identity("ai-policy"))
    neighbours.registry.hold(agreement=[other, own])
    viewer, asked = connect("department")
    viewer = replace(viewer, department=UUID(identity("ai-policy")))

    found = gather(viewer, on=TODAY, today=TODAY, wants_all=True, neighbours=asked)

    assert found.endings is not None
    names = [each.agreement.id for each in found.endings]
    assert names == [UUID(identity("own")), UUID(identity("other"))]


def test_a_liaison_sees_the_ends_of_its_own_partners_agreements(
    connect: Connect, neighbours: Neighbours
) -> None:
    neighbours.registry.hold(agreement=ENDING)

    found = page(connect, "liaison")

    assert found.endings is not None
    assert len(found.endings) == 5
    asked = [each for each in neighbours.registry.asked if "ends_from" in each]
    assert asked
    assert all(f"partner={identity('naver')}" in each for each in asked)


def test_ends_that_could_not_be_had_are_no_empty_list(
    connect: Connect, neighbours: Neighbours
) -> None:
    neighbours.registry.fails_on = "/v1/agreements"

    found = page(connect)

    assert found.endings is None
    assert found.lacks("endings")


def test_the_page_opens_on_what_is_the_readers(connect: Connect) -> None:
    office, liaison = (page(connect, each, wants_all=False) for each in ("office", "liaison"))

    assert office.is_mine
    assert "Call for citizen panel" not in titles(office)["overdue"]  # Another department's.
    assert "Updated HD map delivered" in titles(office)["overdue"]
    assert [each.ko for each in office.names] == ["인공지능정책과"]
    assert titles(liaison) == {
        "overdue": ["Updated HD map delivered"],
        "soon": ["Digital twin demonstration"],
        "later": ["Second opening of the platform"],
    }
    assert [each.ko for each in liaison.names] == ["네이버"]


def test_a_department_opens_on_its_own(connect: Connect) -> None:
    viewer, neighbours = connect("office")  # Who may read all of it.
    culture = replace(viewer, role="department", department=UUID(identity("culture")))

    found = gather(culture, on=TODAY, today=TODAY, wants_all=False, neighbours=neighbours)

    assert titles(found) == {"overdue": ["Call for citizen panel"], "soon": [], "later": []}
    assert found.coming == []


@pytest.mark.parametrize("role", ["department", "auditor"])
def test_who_answers_for_no_place_sees_all(connect: Connect, role: str) -> None:
    found = page(connect, role, wants_all=False)

    assert not found.is_mine
    assert not found.places.is_known
    assert titles(found) == titles(page(connect, role))
