"""Whatever partners take part in: who is taken off hears it, and who is put back, by itself.

The subject is of these tests alone: round tables, with no rule but that which tells of their day.
"""

from datetime import date, time, timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest
from sqlalchemy.engine import Engine

from changefeed.change import Fact, Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.facts import Subject, day, words
from ieum_notify.domain.leaving import with_leaving
from ieum_notify.domain.letter import Person
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.rules.register import RULES
from ieum_notify.domain.words import Words
from ieum_notify.outbound.typeset import require_texts
from tests.notify.dying import SECOND
from tests.notify.makers import (
    LIAISON,
    LIAISON_SEAT,
    MONDAY,
    PARTNER,
    PostRoom,
    Registry,
    at,
    houses,
    milestone_in_five_days,
    seat,
)
from tests.smtp import Mailbox

TABLE = Subject("round_table", UUID("018f0000-0000-7000-8000-0000000000ab"))
HELD_ON = MONDAY + timedelta(days=7)


def held(facts: Facts) -> Anchor:
    partners = facts["partner_ids"]
    assert isinstance(partners, list)
    taking_part = tuple(Subject("partner", UUID(str(each))) for each in partners)
    settled = None if facts["called_off"] is None else "round_table.called_off"
    return Anchor(day(facts, "held_on"), words(facts, "title"), None, settled, {}, taking_part)


ROUND_TABLE = Rule(
    name="round_table_ahead",
    title=Words("간담회 일정 알림", "Round table ahead"),
    kind=Words("간담회", "round table"),
    letter="milestone_due",
    subject_type="round_table",
    lead_days=(10,),
    send_at=time(9, 0),
    seat_roles={"partner": "liaison", "department": "officer"},
    in_doubt="resend",
    settles={"round_table.called_off": Words("열리지 않습니다.", "It was called off.")},
    anchor=held,
    date_name=Words("개최일", "day"),
    has_participants=True,
)


def round_table(*partners: Subject, **other: Fact) -> dict[Subject, Facts]:
    facts: Facts = {
        "id": str(TABLE.id),
        "title": {"ko": "상생 협력 간담회", "en": "Round table on cooperation"},
        "held_on": HELD_ON.isoformat(),
        "partner_ids": [str(each.id) for each in partners],
        "called_off": None,
    }
    return {TABLE: facts | other}


@pytest.fixture
def tables(engine: Engine, smtp_server: Mailbox) -> PostRoom:
    registry = Registry()
    registry.record(houses(), round_table(PARTNER))
    rules = with_leaving(*RULES, ROUND_TABLE)
    return PostRoom(engine, registry, smtp_server.url, at(MONDAY), rules)


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text


def subjects(server: Mailbox) -> list[str]:
    return [str(each["Subject"]) for each in server.to("liaison@naver.example")]


def test_whoever_is_taken_off_and_put_back_is_told_each_time(
    tables: PostRoom, smtp_server: Mailbox
) -> None:
    tables.day()
    for partners in ((), (PARTNER,), (), (PARTNER,)):
        tables.now += timedelta(minutes=10)
        tables.registry.record(round_table(*partners))
        tables.day()
        tables.day()

    _, *later = subjects(smtp_server)
    assert [each.partition(":")[0] for each in later] == [
        "[이음] 간담회 참가 해제 알림",
        "[이음] 간담회 참가 복귀 알림",
    ] * 2
    left = text_of(smtp_server.to("liaison@naver.example")[1])
    assert "「상생 협력 간담회」 간담회의 참가 기관이나 담당부서에서 빠지셨습니다" in left
    assert "알려 드린 참가나 담당이 그 뒤 해제되어 바로 알립니다" in left


def test_a_word_on_leaving_that_nobody_knows_of_keeps_its_name_when_the_seat_comes_back(
    tables: PostRoom, smtp_server: Mailbox
) -> None:
    tables.registry.people[SECOND] = Person(SECOND, "이예시", "ko", "second@naver.example")
    tables.day()
    tables.registry.record(round_table())
    smtp_server.on_data = ["take and drop"]
    assert tables.day() == {"retry": 1}

    for holder in (SECOND, LIAISON):
        tables.now += timedelta(minutes=10)
        tables.registry.record(seat(LIAISON_SEAT, PARTNER, "liaison", holder))
        tables.day()
    tables.now += timedelta(minutes=10)
    tables.day()

    _, *left = smtp_server.to("liaison@naver.example")
    assert len(left) == 2, "once in doubt, and once for sure"
    assert len({each["Message-ID"] for each in left}) == 1


def test_who_was_told_anew_in_between_leaves_under_another_name(
    tables: PostRoom, smtp_server: Mailbox
) -> None:
    tables.day()
    tables.registry.record(round_table())
    smtp_server.on_data = ["take and drop"]
    assert tables.day() == {"retry": 1}

    for partners in ((PARTNER,), ()):
        tables.now += timedelta(minutes=10)
        tables.registry.record(round_table(*partners))
        tables.day()
        tables.day()

    _, left, back, again = smtp_server.to("liaison@naver.example")
    assert "참가 복귀" in back["Subject"]
    assert left["Subject"] == again["Subject"]
    assert left["Message-ID"] != again["Message-ID"]


def test_whoever_was_never_told_hears_nothing_of_leaving(
    tables: PostRoom, smtp_server: Mailbox
) -> None:
    tables.registry.record(round_table())
    tables.day()
    tables.registry.record(round_table(PARTNER), round_table())
    tables.day()

    assert subjects(smtp_server) == []


def test_a_successor_who_never_heard_of_it_has_nothing_to_forget(
    tables: PostRoom, smtp_server: Mailbox
) -> None:
    tables.day()
    tables.registry.record(seat(LIAISON_SEAT, PARTNER, "liaison"), round_table())
    tables.day()

    assert len(subjects(smtp_server)) == 1


def test_what_was_called_off_meanwhile_is_taken_back_and_not_returned(
    tables: PostRoom, smtp_server: Mailbox
) -> None:
    tables.day()
    for partners in ((), (PARTNER,)):
        tables.now += timedelta(minutes=10)
        tables.registry.record(round_table(*partners, called_off="2026-11-23"))
        tables.day()

    assert ["참가 해제" in each for each in subjects(smtp_server)] == [False, True]


def test_after_its_day_nobody_is_told(tables: PostRoom, smtp_server: Mailbox) -> None:
    tables.day()
    tables.now = at(date(2026, 12, 1))
    tables.registry.record(round_table())
    tables.day()

    assert len(subjects(smtp_server)) == 1


def test_a_subject_without_participants_has_no_such_letters(
    tables: PostRoom, smtp_server: Mailbox
) -> None:
    tables.registry.record(milestone_in_five_days())
    tables.day()
    other: Facts = {"type": "department", "id": str(PARTNER.id)}
    [(about, facts)] = milestone_in_five_days().items()
    tables.registry.record({about: facts | {"owner": other}})
    tables.day()

    assert not any("해제" in each for each in subjects(smtp_server))


def test_a_subject_with_rules_of_its_own_keeps_them_and_others_have_their_texts() -> None:
    names = [rule.name for rule in with_leaving(*RULES, ROUND_TABLE)]

    assert names == [rule.name for rule in RULES] + [
        "round_table_ahead",
        "round_table_left",
        "round_table_returned",
    ]
    require_texts(with_leaving(*RULES, ROUND_TABLE))
