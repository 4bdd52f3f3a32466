"""A second rule works beside the first, and a faulty one stops nothing but itself.

The second rule is of these tests alone: programmes are told to the office before they end.
"""

from dataclasses import replace
from datetime import date, time, timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest
from sqlalchemy.engine import Engine

from changefeed.change import Fact, Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.facts import Subject, day, words
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.rules.register import RULES
from ieum_notify.domain.words import Words
from ieum_notify.operations.explain import explain
from ieum_notify.operations.sender import sender
from tests.notify.makers import (
    LIAISON_SEAT,
    MILESTONE,
    MONDAY,
    OFFICE,
    OFFICER_SEAT,
    PARTNER,
    PostRoom,
    Registry,
    at,
    houses,
    milestone,
    seat,
)
from tests.smtp import Mailbox

PROGRAMME = Subject("programme", UUID("018f0000-0000-7000-8000-0000000000ab"))
DUE = MONDAY + timedelta(days=5)
SEVEN = f"{MILESTONE}|milestone_due|{DUE}|7|{LIAISON_SEAT}|mail"
TEN = f"{PROGRAMME}|programme_ends|{DUE}|10|{OFFICER_SEAT}|mail"
TWO = f"{PROGRAMME}|programme_ends|{DUE}|2|{OFFICER_SEAT}|mail"


def ending(facts: Facts) -> Anchor:
    settled = "programme.renewed" if facts.get("renewed") is True else None
    owner = Subject.from_facts(facts.get("owner"))
    return Anchor(day(facts, "ends_on"), words(facts, "title"), owner, settled, {"partner": None})


PROGRAMME_ENDS = Rule(
    name="programme_ends",
    title=Words("사업 종료 알림", "Programme ends"),
    kind=Words("사업", "programme"),
    letter="milestone_due",  # Any folder under letters/ would do.
    subject_type="programme",
    lead_days=(10, 2),
    send_at=time(10, 0),
    seat_roles={"partner": "liaison", "department": "officer"},
    in_doubt="resend",
    settles={"programme.renewed": Words("사업이 갱신되었습니다.", "The programme was renewed.")},
    anchor=ending,
)


def programme(subject: Subject = PROGRAMME, /, **other: Fact) -> dict[Subject, Facts]:
    facts: Facts = {
        "id": str(subject.id),
        "title": {"ko": "융합도시 광주 사업", "en": "Convergence city"},
        "ends_on": DUE.isoformat(),
        "owner": {"type": OFFICE.type, "id": str(OFFICE.id)},
        "provenance": {"source": [], "illustrative": True},
    }
    return {subject: facts | other}


@pytest.fixture
def both(engine: Engine, smtp_server: Mailbox) -> PostRoom:
    registry = Registry()
    registry.record(houses(), milestone(DUE), programme())
    return PostRoom(engine, registry, smtp_server.url, at(MONDAY), (*RULES, PROGRAMME_ENDS))


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text


def alarms(room: PostRoom) -> list[tuple[str, Subject | None]]:
    raised = sender(room.history, room.now).pulse.alarms
    return [(each.alarm.code, each.alarm.subject) for each in raised]


def test_both_rules_are_planned_and_sent_and_each_preview_and_story_is_its_own(
    both: PostRoom, smtp_server: Mailbox
) -> None:
    both.follow()
    shown = both.preview().items
    both.plan()
    story = explain(both.rules, both.copy, both.history, both.now, key=TWO)
    both.send()

    assert {each.occurrence.rule for each in shown} == {"milestone_due", "programme_ends"}
    assert any("사업 종료 알림: 기한" in line.ko for line in story.why)
    assert any("10:00" in line.ko for line in story.why)
    assert both.states()[SEVEN] == both.states()[TEN] == "sent"
    [letter] = smtp_server.to("officer@gwangju.example")
    assert "융합도시 광주 사업" in letter["Subject"]
    assert "만든 사업입니다" in text_of(letter)


def test_what_settles_the_second_rules_subject_is_stored_and_explained(both: PostRoom) -> None:
    both.follow()
    both.plan()
    both.registry.record(programme(renewed=True))
    both.follow()
    both.plan()

    found = explain(both.rules, both.copy, both.history, both.now, key=TWO)

    assert found.listed is not None
    assert (found.listed.entry.state, found.listed.entry.reason) == (
        "cancelled",
        "programme.renewed",
    )
    assert found.why_not == Words("사업이 갱신되었습니다.", "The programme was renewed.")
    assert both.states()[SEVEN] == "planned"


def test_what_settles_it_just_before_sending_is_heeded(
    both: PostRoom, smtp_server: Mailbox
) -> None:
    both.follow()
    both.plan()
    both.registry.record(programme(renewed=True))  # The copy has not heard of it.

    assert both.send() == {"sent": 1, "cancelled": 1}
    assert smtp_server.to("officer@gwangju.example") == []


def test_where_nobody_sits_the_office_hears_which_kind_of_thing_it_is_about(
    both: PostRoom, smtp_server: Mailbox
) -> None:
    owner: Facts = {"type": PARTNER.type, "id": str(PARTNER.id)}
    both.registry.record(seat(LIAISON_SEAT, PARTNER, "liaison"), programme(owner=owner))
    both.day()

    texts = {text_of(each) for each in smtp_server.messages}
    assert {("사업에 관한" in text, "이행과제에 관한" in text) for text in texts} == {
        (True, False),
        (False, True),
    }


def failing(facts: Facts) -> Anchor:
    raise KeyError("ends_on")


@pytest.mark.parametrize(
    "faulty",
    [replace(PROGRAMME_ENDS, anchor=failing), replace(PROGRAMME_ENDS, settles={})],
    ids=["raises", "settles without words"],
)
def test_a_faulty_rule_is_an_alarm_and_the_others_go_on(
    both: PostRoom, smtp_server: Mailbox, faulty: Rule
) -> None:
    both.follow()
    both.plan()
    both.registry.record(programme(renewed=True))
    both.rules = (faulty, *RULES)

    assert both.day() == {"sent": 1}

    assert both.states()[SEVEN] == "sent"
    assert both.states()[TWO] == "superseded"
    assert alarms(both) == [("rule.faulty", PROGRAMME)]
    assert len(both.preview().items) == 1


def test_a_rule_that_fails_between_planning_and_sending_holds_up_no_other_letter(
    both: PostRoom, smtp_server: Mailbox
) -> None:
    both.follow()
    both.plan()
    both.rules = (replace(PROGRAMME_ENDS, anchor=failing), *RULES)

    assert both.send() == {"sent": 1, "superseded": 1}

    both.rules = (PROGRAMME_ENDS, *RULES)
    assert both.day() == {"sent": 1}
    assert both.states()[TEN] == "sent"


def test_a_rule_that_fails_on_one_subject_plans_the_rest(both: PostRoom) -> None:
    other = Subject("programme", UUID("018f0000-0000-7000-8000-0000000000ee"))

    def picky(facts: Facts) -> Anchor:
        if facts["id"] == str(other.id):
            raise ZeroDivisionError
        return ending(facts)

    both.registry.record(programme(other))
    both.rules = (replace(PROGRAMME_ENDS, anchor=picky), *RULES)
    both.follow()
    both.plan()

    assert both.states()[TEN] == "planned"
    assert alarms(both) == [("rule.faulty", other)]


def test_both_rules_go_on_to_the_next_step(both: PostRoom, smtp_server: Mailbox) -> None:
    both.day()
    both.now = at(date(2026, 11, 27))
    both.day()

    assert set(both.states().values()) == {"sent"}
    assert len(smtp_server.messages) == 4
