"""Nothing of a person is in the post room but an id: so nothing has to be erased from it."""

from datetime import timedelta

from sqlalchemy import inspect, text

from ieum_notify.domain.facts import Subject
from ieum_notify.domain.letter import Person
from tests.notify.makers import (
    LIAISON,
    LIAISON_SEAT,
    MONDAY,
    PARTNER,
    PostRoom,
    at,
    event,
    milestone,
    place,
    seat,
)
from tests.smtp import Mailbox

CONTACT = Subject("contact", LIAISON)
NAME, ADDRESS = "남궁비밀", "secret.person@naver.example"


def stored(room: PostRoom) -> str:
    """Give every row of every table as text."""
    with room.engine.connect() as connection:
        return "".join(
            str([tuple(row) for row in connection.execute(text(f'SELECT * FROM "{table}"'))])  # noqa: S608
            for table in inspect(room.engine).get_table_names()
        )


def told(room: PostRoom, **more: str | None) -> None:
    room.registry.record(
        {
            CONTACT: {
                "id": str(LIAISON),
                "key": None,
                "at": place(PARTNER),
                "language": "ko",
                "purpose": "이행 안내",
                "consented_on": "2026-01-01",
                "retain_until": None,
                **more,
            }
        }
    )


def test_letters_sent_refused_and_owed_leave_no_name_and_no_address(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    room.registry.people[LIAISON] = Person(LIAISON, NAME, "ko", ADDRESS)
    told(room)
    room.registry.record(milestone(MONDAY + timedelta(days=5)), event("2026-11-25T09:00"))
    room.day()
    assert ADDRESS in str([each["To"] for each in smtp_server.messages])

    kept = stored(room)

    for trace in (NAME, ADDRESS, "secret.person"):
        assert trace not in kept


def test_who_was_erased_is_written_to_no_more_and_the_purpose_is_gone(
    room: PostRoom, smtp_server: Mailbox
) -> None:
    told(room, purpose="남궁비밀에게 안내")
    room.registry.record(milestone(MONDAY + timedelta(days=40)))
    room.day()
    before = len(smtp_server.messages)

    told(room, purpose=None, erased_on=str(MONDAY))
    room.registry.record(seat(LIAISON_SEAT, PARTNER, "liaison", LIAISON, until=MONDAY))
    del room.registry.people[LIAISON]
    room.now = at(MONDAY + timedelta(days=10))
    room.day()

    assert NAME not in stored(room)
    later = smtp_server.messages[before:]
    assert not any("liaison@naver.example" in str(each["To"]) for each in later)
