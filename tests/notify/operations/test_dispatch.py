"""What is due goes out once, to the people behind the seats, through a real mail server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest

from changefeed.change import Facts
from ieum_notify.domain.alarm import Mend
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.letter import Letter, Person
from ieum_notify.domain.rules.milestone_due import MILESTONE_DUE
from ieum_notify.operations.dispatch import dispatch
from ieum_notify.operations.ports import Mailing, MailServer, Pulse
from ieum_notify.operations.sender import sender
from ieum_notify.operations.sending import LEASE_S
from tests.notify.makers import (
    AGREEMENT,
    LIAISON,
    LIAISON_SEAT,
    MILESTONE,
    MONDAY,
    OFFICE,
    OFFICER,
    OFFICER_SEAT,
    OWN,
    PARTNER,
    PostRoom,
    agreement,
    at,
    milestone,
    party,
    place,
    seat,
)
from tests.smtp import Mailbox

DUE = MONDAY + timedelta(days=5)
SECOND = UUID("018f0000-0000-7000-8000-0000000000a5")
SEVEN = f"{MILESTONE}|milestone_due|2026-11-28|7|{LIAISON_SEAT}|mail"


def mends(room: PostRoom) -> list[Mend]:
    """Give what ends the alarms."""
    return [mend for each in pulse(room).alarms for mend in each.alarm.mends]


def alarms(room: PostRoom) -> set[str]:
    return {each.alarm.code for each in pulse(room).alarms}


def pulse(room: PostRoom) -> Pulse:
    return sender(room.history, room.now).pulse


def many(count: int) -> list[dict[Subject, Facts]]:
    return [
        milestone(DUE, Subject("milestone", UUID(int=(0x018F << 112) + n)))
        for n in range(1, count + 1)
    ]


def test_the_seven_day_letter_of_a_milestone_five_days_ahead_goes_out_at_once(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(milestone(DUE))

    assert room.day() == {"sent": 1}

    [message] = smtp_server.messages
    assert message["To"] == "홍예시 <liaison@naver.example>"
    assert message["Subject"].startswith("[이음] [예시] D-5")
    assert "2026. 11. 28.(토)" in message["Subject"]
    assert room.states()[SEVEN] == "sent"


def test_what_was_sent_is_never_sent_again(room: PostRoom, smtp_server: Mailbox) -> None:
    room.registry.record(milestone(DUE))
    for _ in range(5):
        room.day()

    assert len(smtp_server.messages) == 1


def test_a_batch_asks_the_registry_once(room: PostRoom, smtp_server: Mailbox) -> None:
    for each in many(20):
        room.registry.record(each)

    assert room.day() == {"sent": 20}

    assert room.registry.asked == 1
    assert len({each["Message-ID"] for each in smtp_server.messages}) == 20


def test_nothing_goes_out_before_nine(room: PostRoom, smtp_server: Mailbox) -> None:
    room.registry.record(milestone(date(2026, 12, 1)))  # Its seven-day letter is due on Tuesday.
    room.now = at(date(2026, 11, 24), 8, 59)
    room.day()
    before = [each["Subject"] for each in smtp_server.messages]
    room.now = at(date(2026, 11, 24), 9, 0)
    room.day()

    assert before == []
    assert len(smtp_server.messages) == 1


def test_a_reminder_done_between_claim_and_send_is_not_sent(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(milestone(DUE))
    room.follow()
    room.plan()
    room.registry.record(milestone(DUE, done_on="2026-11-23"))  # The copy has not heard of it.

    assert room.send() == {"cancelled": 1}
    assert smtp_server.messages == []


def test_the_one_who_took_the_seat_since_gets_the_letter(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(milestone(DUE))
    room.follow()
    room.plan()
    room.registry.people[SECOND] = Person(SECOND, "이예시", "en", "successor@naver.example")
    room.registry.record(seat(LIAISON_SEAT, PARTNER, "liaison", SECOND))
    room.send()

    [message] = smtp_server.messages
    assert "successor@naver.example" in message["To"]
    assert message["Subject"].startswith("[Ieum]")


def test_each_person_behind_a_seat_gets_their_own_letter(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.people[SECOND] = Person(SECOND, "이예시", "ko", "second@naver.example")
    room.registry.record(seat(LIAISON_SEAT, PARTNER, "liaison", LIAISON, SECOND), milestone(DUE))

    assert room.day() == {"sent": 1}

    assert len(smtp_server.messages) == 2
    assert len({each["Message-ID"] for each in smtp_server.messages}) == 2


def test_where_nobody_sits_the_office_is_told_and_an_alarm_shown(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(seat(LIAISON_SEAT, PARTNER, "liaison"), milestone(DUE))

    assert room.day() == {"sent": 1}

    [message] = smtp_server.messages
    assert "officer@gwangju.example" in message["To"]
    assert "알릴 사람이 없습니다" in message["Subject"]
    assert alarms(room) == {"seat.empty"}
    assert mends(room) == [Mend(Subject("seat", LIAISON_SEAT))]


def test_where_there_is_no_such_seat_the_alarm_says_which_and_where(room: PostRoom) -> None:
    room.registry.record(seat(LIAISON_SEAT, PARTNER, "head"), milestone(DUE))

    room.day()

    assert mends(room) == [Mend(PARTNER, "liaison")]


def test_where_even_the_office_is_empty_no_mail_goes_out_and_the_alarm_says_so(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(
        seat(LIAISON_SEAT, PARTNER, "liaison"),
        seat(OFFICER_SEAT, OFFICE, "officer"),
        milestone(DUE),
    )

    assert room.day() == {}

    assert smtp_server.messages == []
    assert alarms(room) == {"office.empty"}
    assert set(mends(room)) == {
        Mend(Subject("seat", each)) for each in (LIAISON_SEAT, OFFICER_SEAT)
    }


def test_a_seat_filled_later_is_told_at_once_and_the_alarm_goes(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(seat(LIAISON_SEAT, PARTNER, "liaison"), milestone(DUE))
    room.day()
    room.registry.record(seat(LIAISON_SEAT, PARTNER, "liaison", LIAISON))
    room.day()

    assert len(smtp_server.to("officer@gwangju.example")) == 1
    assert len(smtp_server.to("liaison@naver.example")) == 1
    assert alarms(room) == set()


def test_somebody_without_an_address_is_an_alarm_and_tried_again(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    person = room.registry.people[LIAISON]
    room.registry.people[LIAISON] = replace(person, email=None)
    room.registry.record(milestone(DUE))

    assert room.day() == {"held": 1}
    assert alarms(room) == {"seat.no_address"}
    assert mends(room) == [Mend(Subject("contact", LIAISON))]

    room.registry.people[LIAISON] = person
    room.now += timedelta(minutes=10)
    assert room.send() == {"sent": 1}
    assert alarms(room) == set()


def test_while_the_registry_is_away_letters_are_held_with_an_alarm_and_go_out_later(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(milestone(DUE))
    room.follow()
    room.plan()
    room.registry.is_away = True

    assert room.send() == {"held": 1}
    assert alarms(room) == {"registry.away"}
    assert smtp_server.messages == []

    room.registry.is_away = False
    room.now += timedelta(minutes=10)
    assert room.send() == {"sent": 1}
    assert alarms(room) == set()


def test_after_three_days_without_a_mail_server_one_mail_each_goes_out(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.stop()
    room.registry.record(milestone(date(2026, 12, 4)))
    for hours in range(0, 72, 3):
        room.now = at(date(2026, 11, 27), 9) + timedelta(hours=hours)
        room.day()
    assert alarms(room) == {"mail.away"}
    smtp_server.start()
    for _ in range(3):
        room.now += timedelta(hours=2)
        room.day()

    assert len(smtp_server.messages) == 1
    assert alarms(room) == set()


def test_a_refused_address_affects_no_other_and_is_an_alarm(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.people[SECOND] = Person(SECOND, "이예시", "ko", "gone@naver.example")
    smtp_server.on_rcpt["gone@naver.example"] = ["550 5.1.1 no such user"] * 5
    other = Subject("partner", SECOND)
    room.registry.record(seat(SECOND, other, "liaison", SECOND))
    for each in many(5):
        room.registry.record(each)
    room.registry.record(milestone(DUE, owner={"type": "partner", "id": str(SECOND)}))

    assert room.day() == {"sent": 5, "retry": 1}
    assert alarms(room) == {"letter.refused"}
    assert mends(room) == [Mend(Subject("contact", SECOND))]

    room.registry.record(milestone(DUE, Subject("milestone", UUID(int=7))))
    room.now += timedelta(minutes=2)
    assert room.day() == {"sent": 1, "dead": 1}

    assert pulse(room).dead == 1
    assert len(smtp_server.messages) == 6
    assert alarms(room) == {"letter.refused"}
    made = room.history.attempts(SEVEN.replace(str(LIAISON_SEAT), str(SECOND)))
    assert [each.outcome for each in made] == ["put_off", "refused"]
    assert {(each.smtp_code, each.enhanced_code) for each in made} == {(550, "5.1.1")}


def test_the_alarm_of_a_refused_letter_goes_when_nothing_is_owed_any_more(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.on_rcpt["liaison@naver.example"] = ["550 5.1.1 no such user"]
    room.registry.record(milestone(DUE))
    room.day()
    shown = alarms(room)
    room.registry.record(milestone(DUE, done_on="2026-11-23"))
    room.day()

    assert shown == {"letter.refused"}
    assert alarms(room) == set()


def test_one_of_two_people_refused_leaves_the_other_told(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.people[SECOND] = Person(SECOND, "이예시", "ko", "gone@naver.example")
    smtp_server.on_rcpt["gone@naver.example"] = ["550 5.1.1 no such user"] * 5
    room.registry.record(seat(LIAISON_SEAT, PARTNER, "liaison", SECOND, LIAISON), milestone(DUE))

    assert room.day() == {"retry": 1}
    room.now += timedelta(minutes=2)
    assert room.send() == {"sent": 1}

    assert len(smtp_server.messages) == 1
    assert alarms(room) == {"letter.refused"}


def test_a_letter_put_off_is_tried_again_and_the_rest_goes_out(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.on_rcpt["liaison@naver.example"] = ["451 4.7.1 greylisted, come back"]
    for each in many(3):
        room.registry.record(each)

    assert room.day() == {"retry": 1, "sent": 2}
    assert room.send() == {}

    room.now += timedelta(minutes=2)
    assert room.send() == {"sent": 1}
    assert len(smtp_server.messages) == 3


def test_only_those_not_yet_told_are_told_when_a_letter_is_tried_again(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.people[SECOND] = Person(SECOND, "이예시", "ko", "second@naver.example")
    smtp_server.on_rcpt["second@naver.example"] = ["451 4.3.0 later"]
    room.registry.record(seat(LIAISON_SEAT, PARTNER, "liaison", LIAISON, SECOND), milestone(DUE))
    room.day()
    room.now += timedelta(minutes=2)
    room.send()

    assert len(smtp_server.to("liaison@naver.example")) == 1
    assert len(smtp_server.to("second@naver.example")) == 1


def test_a_line_that_breaks_before_the_answer_leaves_the_letter_in_doubt_and_resends_it(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.on_data = ["take and drop"]
    room.registry.record(milestone(DUE))

    assert room.day() == {"retry": 1}
    assert room.history.entry(SEVEN).entry.reason == "letter.in_doubt"  # type: ignore[union-attr]  # It is there.

    room.now += timedelta(minutes=2)
    assert room.send() == {"sent": 1}

    assert len({each["Message-ID"] for each in smtp_server.messages}) == 1
    assert [each.outcome for each in room.history.attempts(SEVEN)] == ["in_doubt", "sent"]


def test_a_rule_may_hold_letters_in_doubt_for_a_person(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.rules = (replace(MILESTONE_DUE, in_doubt="hold"),)
    smtp_server.on_data = ["take and drop"]
    room.registry.record(milestone(DUE))

    assert room.day() == {"in_doubt": 1}

    room.now += timedelta(days=1)
    assert room.send() == {}
    assert alarms(room) == {"letter.in_doubt"}
    assert (pulse(room).in_doubt, pulse(room).dead) == (1, 0)


def test_a_server_that_closes_for_us_is_away_and_the_batch_waits(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    smtp_server.on_rcpt["liaison@naver.example"] = ["421 4.3.2 shutting down"]
    for each in many(3):
        room.registry.record(each)

    assert room.day() == {"retry": 3}
    assert alarms(room) == {"mail.away"}


class Faulty:
    """A mail server's line with a fault of our own in front of it."""

    domain = "gwangju.example"

    def __init__(self, real: MailServer, poison: UUID) -> None:
        self._real = real
        self._poison = poison

    @contextmanager
    def open(self, meanwhile: Callable[[], None]) -> Iterator["Faulty"]:
        with self._real.open(meanwhile) as self._mailing:
            yield self

    def send(self, letter: Letter, meanwhile: Callable[[], None]) -> None:
        if letter.to.contact_id == self._poison:
            raise RuntimeError("cannot be made")
        self._mailing.send(letter, meanwhile)


def test_a_letter_that_cannot_be_made_steps_aside_for_the_others(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    assert room.mail_server is not None
    room.mail_server = Faulty(room.mail_server, SECOND)
    room.registry.people[SECOND] = Person(SECOND, "이예시", "ko", "second@naver.example")
    room.registry.record(
        seat(SECOND, Subject("partner", SECOND), "liaison", SECOND),
        milestone(DUE, owner={"type": "partner", "id": str(SECOND)}),
    )
    for each in many(3):
        room.registry.record(each)

    assert room.day() == {"retry": 1, "sent": 3}
    assert alarms(room) == {"letter.faulty"}
    assert room.send() == {}


def test_what_is_no_address_is_refused_for_good(room: PostRoom, smtp_server: Mailbox) -> None:
    person = room.registry.people[LIAISON]
    room.registry.people[LIAISON] = replace(person, email="liaison@naver.example>\r\nBcc: x@y")
    room.registry.record(milestone(DUE))

    assert room.day() == {"dead": 1}
    assert alarms(room) == {"letter.refused"}
    assert smtp_server.messages == []


def test_a_claim_whose_lease_was_lost_sends_nothing(room: PostRoom, smtp_server: Mailbox) -> None:
    room.registry.record(milestone(DUE))
    room.follow()
    room.plan()
    [claim] = room.outbox.claim(room.now, limit=20, lease_s=1)
    room.now += timedelta(seconds=2)
    assert room.send() == {"sent": 1}

    late = room.outbox.begin(claim, LIAISON, "<x@y>", contact_version=1, now=room.now, lease_s=120)

    assert late is None
    assert not room.outbox.settle(claim, "dead", "late", now=room.now)
    assert room.states()[SEVEN] == "sent"


def test_while_the_copy_fills_nothing_is_sent(room: PostRoom, smtp_server: Mailbox) -> None:
    room.registry.record(milestone(DUE))
    room.follow()
    room.plan()
    room.copy.forget()

    assert room.send() == {}
    assert dispatch(room.rules, room.outside(), lambda: None).claimed == 0


@pytest.mark.parametrize("officer_language", ["ko", "en"])
def test_the_office_hears_in_its_officers_language(
    room: PostRoom, smtp_server: Mailbox, officer_language: str
) -> None:
    officer = room.registry.people[OFFICER]
    room.registry.people[OFFICER] = replace(officer, language=officer_language)  # type: ignore[arg-type]  # One of the two.
    room.registry.record(seat(LIAISON_SEAT, PARTNER, "liaison"), milestone(DUE))
    room.day()

    assert smtp_server.messages[0]["Content-Language"] == officer_language


def test_facts_that_became_unreadable_or_withheld_since_are_not_sent(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    other = Subject("milestone", SECOND)
    room.registry.record(milestone(DUE), milestone(DUE, other))
    room.follow()
    room.plan()
    room.registry.record(milestone(DUE, due_on="soon"), milestone(DUE, other))
    room.registry.log[-1] = replace(room.registry.log[-1], body=None)
    room.follow()

    assert room.send() == {"superseded": 1, "cancelled": 1}
    assert smtp_server.messages == []


def test_a_letter_left_in_doubt_by_a_dead_dispatcher_is_held_where_the_rule_says_so(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.rules = (replace(MILESTONE_DUE, in_doubt="hold"),)
    room.registry.record(milestone(DUE))
    room.follow()
    room.plan()
    [claim] = room.outbox.claim(room.now, limit=1, lease_s=1)
    room.outbox.begin(claim, LIAISON, "<x@y>", contact_version=1, now=room.now, lease_s=1)
    room.now += timedelta(seconds=2)

    assert room.send() == {"in_doubt": 1}
    assert alarms(room) == {"letter.in_doubt"}
    assert smtp_server.messages == []


class Slow:
    """A mail server's line that takes so long to open that another dispatcher steps in."""

    def __init__(self, room: PostRoom) -> None:
        assert room.mail_server is not None
        self._room = room
        self._real = room.mail_server
        self.domain = room.mail_server.domain

    @contextmanager
    def open(self, meanwhile: Callable[[], None]) -> Iterator[Mailing]:
        self._room.now += timedelta(seconds=LEASE_S + 1)
        self._room.mail_server = self._real
        self._room.send()
        with self._real.open(meanwhile) as mailing:
            yield mailing


def test_a_dispatcher_that_was_too_slow_leaves_the_letter_to_the_one_that_stepped_in(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.mail_server = Slow(room)
    room.registry.record(milestone(DUE))
    room.follow()
    room.plan()

    assert room.send() == {}
    assert room.states()[SEVEN] == "sent"
    assert len(smtp_server.messages) == 1


def test_a_milestones_letter_names_no_agreement_that_is_closed_to_its_owner(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    sides = [party(OWN), party(PARTNER, left_on="2026-11-22")]
    closed = agreement(AGREEMENT, *sides, disclosure="closed")
    empty = Subject("milestone", UUID("018f0000-0000-7000-8000-0000000000e1"))
    nobody = place(Subject("partner", UUID("018f0000-0000-7000-8000-0000000000e2")))
    room.registry.record(closed, milestone(DUE), milestone(DUE, empty, owner=nobody))
    room.day()

    [letter] = smtp_server.to("liaison@naver.example")
    [to_office] = smtp_server.to("officer@gwangju.example")

    assert "융합도시 광주" not in said_in(letter)
    assert "융합도시 광주" in said_in(to_office)


def test_a_milestones_letter_names_the_agreement_to_a_party_of_it(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(agreement(disclosure="closed"), milestone(DUE))
    room.day()

    [letter] = smtp_server.to("liaison@naver.example")

    assert "융합도시 광주" in said_in(letter)


def test_the_registrys_answer_decides_what_is_named_and_not_the_copy(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.record(agreement(disclosure="public"), milestone(DUE))
    room.follow()
    room.plan()
    sides = [party(OWN), party(PARTNER, left_on="2026-11-22")]
    room.registry.record(agreement(AGREEMENT, *sides, disclosure="closed"))

    room.send()

    [letter] = smtp_server.to("liaison@naver.example")
    assert "융합도시 광주" not in said_in(letter)


def said_in(message: EmailMessage) -> str:
    """Give everything that a mail says: its subject and each part, decoded."""
    parts = (each.get_payload(decode=True) for each in message.walk())
    texts = [each.decode() for each in parts if isinstance(each, bytes)]
    return "\n".join([str(message["Subject"]), *texts])
