"""Events in the post room: preview and simulated days agree, and each letter says what it must."""

from datetime import date, timedelta
from email.message import EmailMessage
from random import Random
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from icalendar import Calendar

from changefeed.change import Fact, Facts
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.letter import Person
from ieum_notify.operations.explain import explain
from ieum_notify.operations.sender import sender
from tests.notify.makers import (
    EVENT,
    LIAISON_SEAT,
    MONDAY,
    OFFICER_SEAT,
    OWN,
    PARTNER,
    PostRoom,
    at,
    day_off,
    deadline,
    event,
    the_city,
)
from tests.smtp import Mailbox

ZONES = (
    "America/Los_Angeles",
    "Europe/Berlin",
    "Pacific/Kiritimati",
    "Pacific/Apia",
    "Asia/Seoul",
    "Asia/Kolkata",
    "Australia/Sydney",
)
EMPTY = Subject("partner", UUID("018f0000-0000-7000-8000-0000000000b1"))
BEGINS = "2026-12-23T09:00"


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text


def kinds(message: EmailMessage) -> set[str]:
    return {part.get_content_type() for part in message.walk()}


def drawn(draw: Random, number: int) -> dict[Subject, Facts]:
    """Draw one event around the next two months, somewhere in the world."""
    subject = Subject("event", uuid5(EVENT.id, str(number)))
    starts_on = MONDAY + timedelta(days=draw.randint(-3, 75))
    hour = draw.choice(["00:30", "09:00", "17:00", "23:30"])
    partners = draw.sample([PARTNER, OWN, EMPTY], draw.randint(0, 3))
    deadlines: list[Fact] = [
        deadline(
            kind,
            (starts_on - timedelta(days=draw.randint(0, 40))).isoformat(),
            draw.choice([None, "00:10", "18:00"]),
        )
        for kind in draw.sample(["registration", "booth", "papers"], draw.randint(0, 3))
    ]
    revised_on = None
    if revision := draw.choice([0, 0, 1, 2]):
        revised_on = (MONDAY - timedelta(days=draw.randint(0, 20))).isoformat()
    return event(
        f"{starts_on}T{hour}",
        subject,
        zone=draw.choice(ZONES),
        partner_ids=[str(each.id) for each in partners],
        deadlines=deadlines,
        revision=revision,
        revised_on=revised_on,
        cancelled_on=revised_on if number % 7 == 0 else None,
    )


def test_thirty_days_of_preview_are_what_thirty_simulated_days_send(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    draw = Random(20261123)
    room.registry.record(the_city(), day_off(date(2026, 12, 3)), day_off(date(2026, 12, 4)))
    room.registry.record(*(drawn(draw, number) for number in range(1, 15)))
    room.follow()
    shown = room.preview().items
    promised = {each.occurrence.key for each in shown}

    room.day()
    for day in range(1, 31):
        for hour in (9, 23):
            room.now = at(MONDAY + timedelta(days=day), hour)
            room.plan()
            room.send()

    sent = {key for key, state in room.states().items() if state == "sent"}
    assert sent == promised
    assert len(smtp_server.messages) == len(promised) == len(shown) > 60
    assert {each.occurrence.rule for each in shown} == {
        rule.name for rule in room.rules if rule.subject_type == "event" and rule.tells == "named"
    }


def test_the_letter_of_a_place_without_anybody_names_it_and_encloses_nothing(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    name: Facts = {"ko": "빈 기관", "en": "Empty"}
    room.registry.record(
        the_city(),
        {EMPTY: {"id": str(EMPTY.id), "key": None, "name": name}},
        event(BEGINS, partner_ids=[str(PARTNER.id), str(EMPTY.id), str(OWN.id)]),
    )

    assert room.day() == {"sent": 3}

    [letter] = smtp_server.to("liaison@naver.example")
    mine, instead = sorted(
        smtp_server.to("officer@gwangju.example"), key=lambda each: "사람" in each["Subject"]
    )
    assert "알리지 못한 곳: 빈 기관\n" in text_of(instead)
    assert "현지 시작일: 2026. 12. 23.(수)" in text_of(instead)
    assert (
        "시작: 현지 2026. 12. 23.(수) 09:00 (UTC−8) / 한국 2026. 12. 24.(목) 02:00 (UTC+9)"
        in text_of(instead)
    )
    assert "장소: 라스베이거스 컨벤션센터, 라스베이거스 (US)" in text_of(instead)
    assert "text/calendar" not in kinds(instead)
    assert "참가 기관: 네이버, 빈 기관, 광주광역시" in text_of(mine)
    assert "담당부서: 인공지능정책과" in text_of(letter)
    assert "text/calendar" in kinds(letter) & kinds(mine)
    alarms = sender(room.history, room.now).pulse.alarms
    assert [each.alarm.code for each in alarms] == ["seat.empty"]


def test_the_office_hears_what_happened_where_nobody_can_be_told(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    empty: Facts = {"partner_ids": [str(EMPTY.id)]}
    moved: Facts = {
        "revision": 1,
        "revised_on": "2026-11-23",
        "revised_from": {"starts_at": "2026-12-22T09:00"},
    }
    off: Facts = {
        "revision": 2,
        "revised_on": "2026-11-23",
        "cancelled_on": "2026-11-23",
        "cancelled_for": "주최 측 사정",
    }
    room.registry.record({EMPTY: {"id": str(EMPTY.id), "key": None, "name": {"ko": "빈 기관"}}})
    for facts in (moved, off):
        room.registry.record(event(BEGINS, **empty, **facts))
        room.day()

    about_move, about_end = (
        each
        for each in smtp_server.to("officer@gwangju.example")
        if "알릴 사람이 없습니다" in each["Subject"]
    )
    assert "알릴 사람이 없습니다(행사 변경 알림)" in about_move["Subject"]
    assert "변경 · 시작: 현지 2026. 12. 23.(수) 09:00" in text_of(about_move)
    assert "변경 전: 현지 2026. 12. 22.(화) 09:00" in text_of(about_move)
    assert "알릴 사람이 없습니다(행사 취소 알림)" in about_end["Subject"]
    assert "취소되었습니다" in text_of(about_end)
    assert "사유: 주최 측 사정" in text_of(about_end)


def test_planning_again_changes_nothing_whatever_became_of_the_letters(room: PostRoom) -> None:
    # Begun in Seoul's eyes, not yet there: the anchor's day has passed and the letter is owed.
    room.registry.record(event("2026-11-22T20:00"), event(BEGINS, Subject("event", OWN.id)))
    room.now = at(MONDAY, 12)
    room.day()

    again = room.plan()

    assert (again.entered, again.replanned, again.withdrawn) == (0, 0, 0)
    assert "sent" in room.states().values()


def test_a_letter_withdrawn_after_seouls_midnight_is_owed_again_until_the_hour_there(
    room: PostRoom,
) -> None:
    key = f"{EVENT}|event_ahead|2026-11-22|1|{LIAISON_SEAT}|mail"
    room.registry.record(event("2026-11-22T20:00"))  # The 23rd, 13:00 in Seoul.
    room.now = at(MONDAY, 9)
    room.follow()
    room.plan()
    room.registry.record(event("2026-11-22T20:00", partner_ids=[]))
    room.follow()
    room.plan()
    assert room.states()[key] == "superseded"

    room.registry.record(event("2026-11-22T20:00"))
    room.follow()
    room.plan()

    assert room.states()[key] == "planned"


def test_what_waited_past_the_beginning_is_skipped(room: PostRoom, smtp_server: Mailbox) -> None:
    room.registry.record(event("2026-11-22T20:00"))
    room.now = at(MONDAY, 12)
    room.follow()
    room.plan()
    smtp_server.stop()
    room.send()

    room.now = at(MONDAY, 13)
    smtp_server.start()
    room.plan()

    assert set(room.states().values()) == {"skipped"}
    assert room.send() == {}


def test_a_change_heard_of_just_before_sending_takes_the_steps_place(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(the_city(), event(BEGINS))
    room.follow()
    room.plan()
    # The registry knows of another venue; the copy has not heard of it yet.
    room.registry.record(event(BEGINS, revision=1, revised_on=MONDAY.isoformat()))

    assert room.send() == {"superseded": 2}

    assert room.day() == {"sent": 2}
    [letter] = smtp_server.to("liaison@naver.example")
    assert "행사 변경" in letter["Subject"]


@pytest.mark.parametrize("state", ["planned", "sent"])
def test_a_change_is_explained_by_its_key(room: PostRoom, state: str) -> None:
    room.registry.record(event(BEGINS, revision=2, revised_on=MONDAY.isoformat()))
    room.follow()
    room.plan()
    if state == "sent":
        room.send()

    found = explain(
        room.rules,
        room.copy,
        room.history,
        room.now,
        key=f"{EVENT}|event_moved|2026-12-23|r2|{OFFICER_SEAT}|mail",
    )

    assert found.listed is not None
    assert (found.listed.entry.state, found.is_owed) == (state, True)
    assert found.why[0].ko == (
        "행사 변경 알림: 2026. 11. 23.(월)에 행사의 시각, 장소나 마감이 바뀌어 바로 알립니다."
    )


def test_a_letter_put_off_encloses_the_same_when_it_goes_out(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.on_data = ["take and drop"]  # Taken, and nobody knows: it goes out again.
    room.registry.record(event(BEGINS, partner_ids=[]))
    room.day()
    room.now += timedelta(hours=2)
    room.send()

    first, again = (
        next(part for part in each.walk() if part.get_content_type() == "text/calendar")
        for each in smtp_server.to("officer@gwangju.example")
    )
    assert first.get_payload(decode=True) == again.get_payload(decode=True)


def entries_for(smtp_server: Mailbox, address: str) -> list[Any]:
    """Give the calendar entries of an address's letters, in order."""
    return [
        entry
        for message in smtp_server.to(address)
        for part in message.walk()
        if part.get_content_type() == "text/calendar"
        for entry in Calendar.from_ical(part.get_content()).walk("VEVENT")
    ]


def test_the_entry_of_a_deadline_moved_forth_is_never_older_than_the_one_before(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    # 14 days before the 7th is today; 30 days before the 20th was three days ago, a Friday.
    room.registry.record(event(BEGINS, deadlines=[deadline("booth", "2026-12-07")]))
    room.day()
    room.now += timedelta(hours=1)
    room.registry.record(event(BEGINS, deadlines=[deadline("booth", "2026-12-20")]))
    room.day()

    entries = entries_for(smtp_server, "liaison@naver.example")
    assert len({str(each["UID"]) for each in entries}) == 1
    sequences = [each["SEQUENCE"] for each in entries]
    stamps = [each["DTSTAMP"].dt for each in entries]
    assert (sequences[0], sequences[-1]) == (0, 1)
    assert (sequences, stamps) == (sorted(sequences), sorted(stamps))
    assert stamps[-1] == room.now
    assert "2026. 12. 20." in entries[-1]["DESCRIPTION"]


def test_a_cancelled_event_takes_its_deadlines_out_of_the_calendar_with_it(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    closing = [deadline("booth", "2026-12-07"), deadline("registration", "2026-12-07")]
    room.registry.record(event(BEGINS, deadlines=closing))
    room.day()
    off: Facts = {"revision": 1, "revised_on": "2026-11-23", "cancelled_on": "2026-11-23"}
    room.registry.record(event(BEGINS, deadlines=closing, **off))
    room.day()

    *invited, cancelled = entries_for(smtp_server, "liaison@naver.example")
    assert len(invited) == 3
    assert {str(each["UID"]) for each in invited} == {str(cancelled["UID"])}
    assert (cancelled["STATUS"], cancelled["SEQUENCE"]) == ("CANCELLED", 1)


def test_whoever_is_taken_off_is_told_once_and_loses_the_entry(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(event(BEGINS))
    room.day()
    room.now += timedelta(days=1)
    room.registry.record(event(BEGINS, partner_ids=[]))

    assert room.day() == {"sent": 1}
    assert room.day() == {}

    room.registry.record(
        event(
            BEGINS, partner_ids=[], revision=1, revised_on="2026-11-24", cancelled_on="2026-11-24"
        )
    )
    assert room.day() == {"sent": 1}  # The officer alone: the partner knows.
    invited, off = entries_for(smtp_server, "liaison@naver.example")
    [_, letter] = smtp_server.to("liaison@naver.example")
    assert "행사 참가 해제" in letter["Subject"]
    assert "2026. 11. 23.(월)에 알려 드린 참가나 담당이 그 뒤 해제되어" in text_of(letter)
    assert 'method="CANCEL"' in letter.as_string()
    assert off["UID"] == invited["UID"]
    assert off["SEQUENCE"] > invited["SEQUENCE"]
    assert off["ATTENDEE"] == "mailto:liaison@naver.example"
    assert "STATUS" not in off  # The event goes on without them.


def test_an_invitation_that_may_have_arrived_is_taken_back(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.on_data = ["take and drop"]
    room.registry.record(the_city(), event(BEGINS))
    assert room.day() == {"retry": 1, "sent": 1}
    in_doubt = str(smtp_server.messages[0]["To"])
    room.registry.record(event(BEGINS, partner_ids=[], department_id=str(uuid4())))
    room.day()

    subjects = [str(each["Subject"]) for each in smtp_server.to(in_doubt)]
    assert sum("행사 참가 해제" in each for each in subjects) == 1


def test_whoever_was_taken_off_unheard_before_a_cancellation_is_told_then(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(event(BEGINS))
    room.day()
    room.registry.record(
        event(BEGINS, partner_ids=[]),
        event(
            BEGINS, partner_ids=[], revision=1, revised_on="2026-11-23", cancelled_on="2026-11-23"
        ),
    )

    assert room.day() == {"sent": 2}

    [_, off] = entries_for(smtp_server, "liaison@naver.example")
    assert off["STATUS"] == "CANCELLED"


def test_another_department_in_charge_frees_the_one_before(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(event(BEGINS, partner_ids=[]))
    room.day()
    room.registry.record(event(BEGINS, partner_ids=[], department_id=str(uuid4())))
    room.day()

    subjects = [each["Subject"] for each in smtp_server.to("officer@gwangju.example")]
    assert sum("행사 참가 해제" in each for each in subjects) == 1


def test_nobody_is_freed_of_what_they_never_heard_of(room: PostRoom) -> None:
    room.registry.record(event("2027-03-01T09:00"))
    room.day()
    room.registry.record(event("2027-03-01T09:00", partner_ids=[]))

    assert room.day() == {}


def methods_to(smtp_server: Mailbox, address: str) -> list[Any]:
    return [
        part.get_param("method")
        for message in smtp_server.to(address)
        for part in message.walk()
        if part.get_content_type() == "text/calendar"
    ]


def test_whoever_comes_back_is_told_at_once_and_so_each_time(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    back, gone = event(BEGINS), event(BEGINS, partner_ids=[])
    days = (MONDAY, *(date(2026, 11, day) for day in (24, 25, 26, 27)))  # Between two steps.
    for on, facts in zip(days, (back, gone, back, gone, back), strict=True):
        room.now = at(on)
        room.registry.record(facts)
        room.day()
        assert room.day() == {}

    entries = entries_for(smtp_server, "liaison@naver.example")
    sequences = [each["SEQUENCE"] for each in entries]
    assert methods_to(smtp_server, "liaison@naver.example") == [
        "REQUEST",
        "CANCEL",
        "REQUEST",
        "CANCEL",
        "REQUEST",
    ]
    assert sequences == sorted(set(sequences))
    assert {f"r{n}" for n in (0, 1)} == {
        key.split("|")[3] for key in room.states() if "event_left" in key
    }
    [*_, letter] = smtp_server.to("liaison@naver.example")
    assert "행사 다시 참가" in letter["Subject"]
    assert "2026. 11. 26.(목)에 빠졌다고 알려 드린 뒤 다시 참가하거나" in text_of(letter)


def test_whoever_comes_back_after_the_last_step_is_told_the_same_day(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.now = at(date(2026, 12, 22), 10)
    room.registry.record(event(BEGINS))
    room.day()
    for hour, facts in ((12, event(BEGINS, partner_ids=[])), (14, event(BEGINS))):
        room.now = at(date(2026, 12, 22), hour)
        room.registry.record(facts)
        room.day()

    assert methods_to(smtp_server, "liaison@naver.example") == ["REQUEST", "CANCEL", "REQUEST"]


def test_a_step_after_coming_back_is_no_older_than_what_took_it_away(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    for on, facts in (
        (MONDAY, event(BEGINS)),
        (date(2026, 11, 24), event(BEGINS, partner_ids=[])),
        (date(2026, 11, 25), event(BEGINS)),
        (date(2026, 12, 9), {}),  # 14 days ahead.
    ):
        room.now = at(on)
        room.registry.record(facts)
        room.day()

    sequences = [each["SEQUENCE"] for each in entries_for(smtp_server, "liaison@naver.example")]
    assert len(sequences) == 4
    assert sequences == sorted(sequences)


def test_whoever_was_taken_off_a_cancelled_event_is_not_told_that_they_are_back(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    off: Facts = {"revision": 1, "revised_on": "2026-11-23", "cancelled_on": "2026-11-23"}
    for facts in (event(BEGINS), event(BEGINS, partner_ids=[]), event(BEGINS, **off)):
        room.registry.record(facts)
        room.day()

    assert methods_to(smtp_server, "liaison@naver.example") == ["REQUEST", "CANCEL", "CANCEL"]


OFF: Facts = {"revision": 1, "revised_on": "2026-11-24", "cancelled_on": "2026-11-24"}
BACK: Facts = {
    "revision": 2,
    "revised_on": "2026-11-25",
    "revised_from": {"cancelled_on": "2026-11-24", "cancelled_for": None},
}


def test_whoever_was_told_of_a_cancellation_is_told_once_that_it_was_taken_back(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    for on, facts in (
        (MONDAY, event(BEGINS)),
        (date(2026, 11, 24), event(BEGINS, **OFF)),
        (date(2026, 11, 25), event(BEGINS, **BACK)),
    ):
        room.now = at(on)
        room.registry.record(facts)
        room.day()
        assert room.day() == {}

    invited, off, back = entries_for(smtp_server, "liaison@naver.example")
    [*_, letter] = smtp_server.to("liaison@naver.example")
    assert methods_to(smtp_server, "liaison@naver.example") == ["REQUEST", "CANCEL", "REQUEST"]
    assert "행사 취소 철회" in letter["Subject"]
    assert "행사가 예정대로 열립니다" in text_of(letter)
    assert "2026. 11. 24.(화)에 취소되었다고 알려 드린 행사가 예정대로 열리게 되어" in text_of(
        letter
    )
    assert (back["STATUS"], back["UID"]) == ("CONFIRMED", invited["UID"])
    assert back["SEQUENCE"] > off["SEQUENCE"] > invited["SEQUENCE"]
    told = [str(each["Subject"]) for each in smtp_server.to("officer@gwangju.example")]
    assert sum("철회" in each for each in told) == 1


def test_a_cancellation_taken_back_before_it_was_told_is_told_to_nobody(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(event(BEGINS))
    room.day()
    room.now = at(date(2026, 11, 24), 20)
    room.registry.record(event(BEGINS, **OFF))
    room.day()
    room.registry.record(event(BEGINS, **BACK | {"revised_on": "2026-11-24"}))
    for day, hour in ((24, 21), (25, 9)):
        room.now = at(date(2026, 11, day), hour)
        room.day()

    assert methods_to(smtp_server, "liaison@naver.example") == ["REQUEST"]


def test_the_steps_ahead_are_told_again_and_one_that_fell_in_between_too(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    over: Facts = {"revised_on": "2026-12-10"}
    for on, facts in (
        (MONDAY, event(BEGINS)),
        (date(2026, 12, 8), event(BEGINS, **OFF | {"cancelled_on": "2026-12-08"})),
        (date(2026, 12, 9), {}),  # 14 days ahead.
        (date(2026, 12, 10), event(BEGINS, **BACK | over)),
        (date(2026, 12, 22), {}),  # The day before.
    ):
        room.now = at(on)
        room.registry.record(facts)
        room.day()

    told = [str(each["Subject"]) for each in smtp_server.to("liaison@naver.example")]
    assert sum("철회" in each for each in told) == 1
    assert sum("D-" in each for each in told) == 3
    sequences = [each["SEQUENCE"] for each in entries_for(smtp_server, "liaison@naver.example")]
    assert sequences == sorted(sequences)


def test_an_event_cancelled_again_is_told_again_and_so_is_its_return(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    again: Facts = {"revision": 3, "revised_on": "2026-11-26", "cancelled_on": "2026-11-26"}
    last = BACK | {"revision": 4, "revised_on": "2026-11-27"}
    for day, facts in ((23, {}), (24, OFF), (25, BACK), (26, again), (27, last)):
        room.now = at(date(2026, 11, day))
        room.registry.record(event(BEGINS, **facts))
        room.day()

    methods = methods_to(smtp_server, "liaison@naver.example")
    assert methods == ["REQUEST", "CANCEL", "REQUEST", "CANCEL", "REQUEST"]


def test_an_event_taken_back_and_moved_before_its_letter_says_that_it_moved(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    moved: Facts = {
        "revision": 3,
        "revised_on": "2026-11-25",
        "revised_from": {"starts_at": BEGINS},
    }
    for on, facts in (
        (MONDAY, event(BEGINS)),
        (date(2026, 11, 24), event(BEGINS, **OFF)),
        (date(2026, 11, 25), event("2026-12-24T09:00", **moved)),
    ):
        room.now = at(on)
        room.registry.record(facts)
        room.day()

    told = "\n".join(str(each["Subject"]) for each in smtp_server.to("liaison@naver.example"))
    assert "행사 변경" in told
    assert "행사 다시 참가" in told
    [*_, last] = entries_for(smtp_server, "liaison@naver.example")
    assert last["STATUS"] == "CONFIRMED"


@pytest.mark.parametrize(
    ("deadlines", "said"),
    [
        (
            [deadline("booth", "2026-12-18", "09:00")],
            "부스 신청 마감: 현지 2026. 12. 18.(금) 09:00",
        ),
        ([deadline("booth", "2026-12-20")], "부스 신청 마감: 현지 2026. 12. 20.(일) 23:59"),
        ([deadline("booth", "2026-11-20")], "부스 신청 마감: 현지 2026. 11. 20.(금) 23:59"),
        ([], "부스 신청 마감: 없어졌습니다."),
    ],
)
def test_whatever_becomes_of_a_deadline_is_told_with_what_it_was(
    room: PostRoom, smtp_server: Mailbox, deadlines: list[Fact], said: str
) -> None:
    before = [deadline("booth", "2026-12-18", "18:00")]
    room.now = at(date(2026, 12, 17), 10)
    room.registry.record(event(BEGINS, deadlines=before))
    room.day()
    smtp_server.messages.clear()
    room.now += timedelta(hours=1)
    room.registry.record(
        event(
            BEGINS,
            deadlines=deadlines,
            revision=1,
            revised_on="2026-12-17",
            revised_from={"deadlines": before},
        )
    )
    room.day()

    [letter] = [
        each for each in smtp_server.to("liaison@naver.example") if "행사 변경" in each["Subject"]
    ]
    assert said in text_of(letter)
    assert "변경 전: 현지 2026. 12. 18.(금) 18:00 (UTC−8)" in text_of(letter)


def test_a_move_says_what_it_was_and_a_cancellation_why(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(
        event(
            BEGINS,
            revision=1,
            revised_on="2026-11-23",
            revised_from={"starts_at": "2026-12-22T09:00", "venue": None},
        )
    )
    room.day()
    room.registry.record(
        event(
            BEGINS,
            revision=2,
            revised_on="2026-11-23",
            cancelled_on="2026-11-23",
            cancelled_for="주최 측 사정",
        )
    )
    room.day()

    moved, off = smtp_server.to("liaison@naver.example")[-2:]
    assert ". 변경 전: 현지 2026. 12. 22.(화) 09:00 (UTC−8) / 한국" in text_of(moved)
    assert (
        "장소: 라스베이거스 컨벤션센터, 라스베이거스 (US). 변경 전: 라스베이거스 (US)"
        in text_of(moved)
    )
    assert "행사 변경(시작, 장소): " in moved["Subject"]
    assert "- 종료: " not in text_of(moved)
    assert "사유: 주최 측 사정" in text_of(off)


def test_whoever_is_put_back_before_the_letter_goes_out_hears_nothing(room: PostRoom) -> None:
    room.registry.record(event(BEGINS))
    room.day()
    room.registry.record(event(BEGINS, partner_ids=[]))
    room.follow()
    room.plan()
    room.registry.record(event(BEGINS))

    assert room.send() == {"superseded": 1}

    room.follow()
    key = next(key for key in room.states() if "event_left" in key)
    found = explain(room.rules, room.copy, room.history, room.now, key=key)
    assert found.why_not is not None
    assert found.why_not.ko.endswith("해제를 알릴 것이 없습니다.")


def test_a_partner_that_joins_after_a_change_is_not_told_that_something_changed_for_them(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    moved: Facts = {"revision": 1, "revised_on": "2026-11-20"}
    room.registry.record(event("2027-03-01T09:00", **moved, partner_ids=[]))
    room.day()
    room.registry.record(event("2027-03-01T09:00", **moved))
    room.day()

    [letter] = smtp_server.to("liaison@naver.example")
    assert "행사 변경: 「" in letter["Subject"]
    assert "바뀌었습니다" not in text_of(letter)
    assert "전에 안내받으신 일정이 있다면" in text_of(letter)


def test_a_change_is_late_from_when_it_is_known_and_not_from_midnight(room: PostRoom) -> None:
    room.now = at(MONDAY, 15)
    room.registry.record(event(BEGINS, revision=1, revised_on=MONDAY.isoformat()))
    room.follow()
    room.plan()
    planned_at, room.now = room.now, room.now + timedelta(minutes=5)

    assert sender(room.history, room.now).pulse.oldest_due_at == planned_at


def test_a_reader_of_english_reads_english(room: PostRoom, smtp_server: Mailbox) -> None:
    for contact_id, person in room.registry.people.items():
        room.registry.people[contact_id] = Person(contact_id, person.name, "en", person.email)
    room.registry.record(event(BEGINS, deadlines=[deadline("papers", "2026-12-01", "12:00")]))
    room.day()

    texts = [text_of(each) for each in smtp_server.to("liaison@naver.example")]
    assert any(
        "Paper submission: Tue 1 December 2026 12:00 (UTC−8) there" in text for text in texts
    )
    assert any(": the paper submission closes in 9 days" in text for text in texts)
    assert all("World Expo of Convergence Cities" in text for text in texts)
