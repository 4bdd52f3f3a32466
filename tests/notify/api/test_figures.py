"""The figures at `/metrics` are what the outbox, the copy and the registry say at that moment."""

from datetime import timedelta
from uuid import UUID

import pytest
import responses
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text
from sqlalchemy.engine import Engine

from ieum_notify.domain.facts import Subject
from ieum_notify.domain.letter import Person
from ieum_notify.storage.tally import BY_OUTCOME, BY_STATE, SENT
from tests.notify.makers import MONDAY, PostRoom, milestone, place, seat
from tests.smtp import Mailbox

DUE = MONDAY + timedelta(days=5)


def figures(client: FlaskClient) -> dict[str, float]:
    """Read them as Prometheus does: the name with its labels' values, and the number."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return {
        "/".join((sample.name, *sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


@pytest.fixture
def posted(client: FlaskClient, room: PostRoom) -> PostRoom:
    room.registry.record(milestone(DUE))
    room.day()
    return room


@responses.activate
def test_a_worker_that_has_stopped_is_behind_by_what_it_has_not_copied(
    client: FlaskClient, posted: PostRoom
) -> None:
    posted.registry.record(milestone(DUE + timedelta(days=1)))
    posted.registry.record(milestone(DUE + timedelta(days=2)))
    responses.get("http://127.0.0.1:1/v1/head", json={"seq": len(posted.registry.log), "hash": ""})

    told = figures(client)

    assert told["ieum_notify_lag_entries"] == 2
    assert told["ieum_notify_followed_seq"] == len(posted.registry.log) - 2


def test_letters_and_reminders_are_counted_as_the_book_has_them(
    client: FlaskClient, posted: PostRoom
) -> None:
    told = figures(client)

    states = list(posted.states().values())
    assert {name.rpartition("/")[2] for name in told if "occurrences/" in name} == set(states)
    for state in set(states):
        assert told[f"ieum_notify_occurrences/{state}"] == states.count(state)
    assert told["ieum_notify_sends_total/sent"] > 0
    # What may fall again is no counter: only what went out stays so.
    assert {name for name in told if "sends_total" in name} == {"ieum_notify_sends_total/sent"}
    assert told["ieum_source_database_up"] == 1


def attempts(told: dict[str, float]) -> dict[str, float]:
    prefix = "ieum_notify_attempts_total/"
    return {name.removeprefix(prefix): n for name, n in told.items() if name.startswith(prefix)}


def test_attempts_are_counted_by_how_they_ended(
    client: FlaskClient, room: PostRoom, smtp_server: Mailbox
) -> None:
    before = attempts(figures(client))
    smtp_server.on_rcpt["liaison@naver.example"] = ["451 4.7.1 later", "550 5.1.1 no such user"]
    smtp_server.on_data = ["take and drop"]
    for number in range(1, 5):
        room.registry.record(milestone(DUE, Subject("milestone", UUID(int=number))))
    other = Subject("partner", UUID(int=9))
    room.registry.people[other.id] = Person(other.id, "이예시", "ko", "no address")
    room.registry.record(
        seat(other.id, other, "liaison", other.id),
        milestone(DUE, Subject("milestone", UUID(int=5)), owner=place(other)),
    )
    room.day()
    room.now += timedelta(minutes=2)
    room.send()

    told = attempts(figures(client))

    assert before == {"sent": 0, "refused": 0, "put_off": 0, "in_doubt": 0}
    assert told == {"sent": 4, "refused": 1, "put_off": 2, "in_doubt": 1}
    assert told["sent"] == figures(client)["ieum_notify_sends_total/sent"]


def test_an_attempt_under_way_is_counted_once_it_has_ended(
    client: FlaskClient, posted: PostRoom
) -> None:
    before = attempts(figures(client))
    with posted.engine.begin() as connection:
        connection.execute(text("UPDATE attempt SET outcome = NULL"))  # As it was at its start.

    assert attempts(figures(client)) == dict.fromkeys(before, 0)


def test_a_look_reads_indexes_and_no_rows(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        for query in (BY_STATE, BY_OUTCOME, SENT):
            asked = str(query.compile(engine, compile_kwargs={"literal_binds": True}))
            plan = connection.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all()
            assert "COVERING INDEX" in str(plan[0][-1]), plan


def test_while_the_database_is_down_requests_are_told_all_the_same(
    client: FlaskClient, engine: Engine
) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE occurrence RENAME TO lost"))
    client.get("/healthz")

    told = figures(client)

    assert told["ieum_source_database_up"] == 0
    assert told["ieum_requests_total/GET//healthz/200"] == 1
    assert "ieum_notify_followed_seq" not in told
