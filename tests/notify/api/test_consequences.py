"""Asking over HTTP what entries would do to the letters."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from changefeed.page import to_wire
from changefeed.reader import FeedReader
from httpedge.caller import Role
from ieum_notify.app import create_app
from ieum_notify.domain.facts import Subject
from ieum_notify.settings import Settings
from tests.notify.api.conftest import Headers
from tests.notify.makers import (
    EVENT,
    LIAISON,
    MILESTONE,
    MONDAY,
    PostRoom,
    Registry,
    at,
    day_off,
    event,
    milestone,
)

PATH = "/v1/consequences"
BEGINS = "2026-12-28T09:00"
GONE = {
    "seq": 1,
    "subject_type": EVENT.type,
    "subject_id": str(EVENT.id),
    "version": 2,
    "body": None,
}


@pytest.fixture
def client(client: FlaskClient) -> FlaskClient:
    """The application on the day for which these letters are made up."""
    extensions = client.application.extensions
    extensions["ieum_notify"] = replace(extensions["ieum_notify"], now=lambda: at(MONDAY))
    return client


def entries(*facts: Any) -> list[dict[str, Any]]:  # noqa: ANN401  Facts by subject.
    """Give what a dry run answers with."""
    dry = Registry()
    dry.record(*facts)
    return [to_wire(each) for each in dry.log]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("office", 200),
        ("service", 200),
        ("department", 403),
        ("auditor", 403),
        ("liaison", 403),
    ],
)
def test_office_and_services_may_ask(
    client: FlaskClient, as_role: Headers, room: PostRoom, role: Role, status: int
) -> None:
    room.follow()
    body = {"entries": entries(event(BEGINS))}

    assert client.post(PATH, json=body).status_code == 401
    assert client.post(PATH, json=body, headers=as_role(role)).status_code == status


def test_letters_that_come_and_go_are_shown_as_the_preview_shows_them(
    client: FlaskClient, as_role: Headers, room: PostRoom
) -> None:
    room.registry.record(event(BEGINS), milestone(MONDAY + timedelta(days=400)))
    room.follow()
    moved = event("2026-12-30T17:00", revision=1, revised_on=MONDAY.isoformat())
    again = milestone(MONDAY + timedelta(days=401))

    answer = client.post(
        PATH,
        json={"entries": entries(event("2027-06-01T09:00"), again, moved), "on": None},
        headers=as_role("office"),
    )

    found = answer.json
    assert found is not None
    shown = client.get("/v1/preview?days=45", headers=as_role("office")).json
    assert shown is not None
    assert (found["days"], found["kept"], found["seq"]) == (45, 0, 7)
    by_key = {each["key"]: each for each in shown["items"]}
    assert {each["key"] for each in found["withdrawn"]} == set(by_key)
    for each in found["withdrawn"]:
        assert set(each.pop("reason")) == {"ko", "en"}
        assert each == by_key[each["key"]]
    assert {each["subject"]["id"] for each in found["added"]} == {str(EVENT.id)}
    assert {each["revision"] for each in found["added"]} == {1, None}


@pytest.mark.parametrize(
    ("broken", "pointer"),
    [
        ({}, "/entries"),
        ({"entries": []}, "/entries"),
        ({"entries": "all"}, "/entries"),
        ({"entries": [{"subject_type": "event"}]}, "/entries/0/body"),
        ({"entries": [{**GONE, "seq": 0}]}, "/entries/0/seq"),
        ({"entries": [{**entries(event(BEGINS))[0], "subject_id": "x"}]}, "/entries/0/subject_id"),
        ({"entries": [{**entries(event(BEGINS))[0], "body": [1]}]}, "/entries/0/body"),
        ({"entries": [GONE] * 1001}, "/entries"),
        ({"entries": entries(event(BEGINS)), "of": 1}, "/of"),
    ],
)
def test_what_are_no_entries_is_refused_with_its_place(
    client: FlaskClient, as_role: Headers, broken: dict[str, Any], pointer: str
) -> None:
    answer = client.post(PATH, json=broken, headers=as_role("office"))

    assert answer.status_code == 422, answer.text
    assert answer.json is not None
    assert answer.json["code"] == "request.invalid"
    assert pointer in {each["pointer"] for each in answer.json["errors"]}


def test_an_entry_without_facts_is_a_subject_that_would_be_gone(
    client: FlaskClient, as_role: Headers, room: PostRoom
) -> None:
    soon = MONDAY + timedelta(days=5)
    room.registry.record(milestone(soon))
    room.follow()
    [entry] = entries(milestone(soon))

    answer = client.post(
        PATH, json={"entries": [{**entry, "body": None}]}, headers=as_role("office")
    )

    assert answer.json is not None
    assert {each["subject"]["id"] for each in answer.json["withdrawn"]} == {str(MILESTONE.id)}


@pytest.mark.parametrize(("follows", "code"), [(True, "copy.behind"), (False, "copy.filling")])
def test_a_copy_that_falls_short_is_told_with_what_to_do(
    client: FlaskClient, as_role: Headers, room: PostRoom, *, follows: bool, code: str
) -> None:
    if follows:
        room.follow()
    [entry] = entries(event(BEGINS))

    answer = client.post(PATH, json={"entries": [{**entry, "seq": 100}]}, headers=as_role("office"))

    assert (answer.status_code, answer.headers["Retry-After"] > "0") == (503, True)
    assert answer.json is not None
    assert answer.json["code"] == code


def test_entries_beyond_the_log_are_refused_at_once(
    settings: Settings, as_role: Headers, room: PostRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FeedReader, "newest", lambda _reader: 7)
    room.follow()
    [entry] = entries(event(BEGINS))
    client = create_app(settings).test_client()

    answer = client.post(PATH, json={"entries": [{**entry, "seq": 100}]}, headers=as_role("office"))

    assert answer.json is not None
    assert (answer.status_code, answer.json["code"]) == (422, "consequences.not_given")


def test_letters_that_move_or_change_their_reader_are_shown(
    client: FlaskClient, as_role: Headers, room: PostRoom
) -> None:
    room.registry.record(milestone(MONDAY + timedelta(days=40)))
    room.follow()
    contact = {Subject("contact", LIAISON): {"consented_on": "2026-01-01"}}
    off = day_off(MONDAY + timedelta(days=10))

    found = client.post(
        PATH, json={"entries": entries(contact, off)}, headers=as_role("office")
    ).json

    assert found is not None
    assert [each["lead_days"] for each in found["readdressed"]] == [30, 7, 1]
    [moved] = found["moved"]
    assert (moved["due_at_before"], moved["due_at"]) == (
        "2026-12-03T00:00:00.000000Z",
        "2026-12-02T00:00:00.000000Z",
    )
    assert found["kept"] == 0


@pytest.mark.parametrize(
    ("facts", "fault"), [({"zone": "x"}, "zone"), ({"title": {}}, "ko is no text")]
)
def test_facts_that_nobody_can_plan_from_are_refused_and_take_no_letter_away(
    client: FlaskClient, as_role: Headers, room: PostRoom, facts: dict[str, Any], fault: str
) -> None:
    room.follow()
    (entry,) = entries(event(BEGINS))
    entry["body"] |= facts

    answer = client.post(PATH, json={"entries": [entry]}, headers=as_role("office"))

    assert answer.json is not None
    assert (answer.status_code, answer.json["code"]) == (422, "consequences.facts_unreadable")
    assert str(EVENT) in answer.json["detail"]
    assert fault in answer.json["detail"]


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-02", "9999-12-30", "9999-12-31"])
@pytest.mark.parametrize("name", ["revised_on", "cancelled_on", "due_on", "done_on"])
def test_a_day_at_the_edge_of_the_calendar_is_a_day(
    client: FlaskClient, as_role: Headers, room: PostRoom, name: str, day: str
) -> None:
    room.follow()
    told = [
        entry | {"body": entry["body"] | {name: day}}
        for entry in entries(event(BEGINS, revision=1), milestone(MONDAY + timedelta(days=400)))
        if name in entry["body"]
    ]
    assert told

    answer = client.post(PATH, json={"entries": told}, headers=as_role("office"))

    assert answer.status_code == 200


@pytest.mark.parametrize("number", ["9" * 5_000, "1e999", "NaN", '"\\ud800"'])
def test_what_no_reader_can_take_is_refused_by_place(
    client: FlaskClient, as_role: Headers, room: PostRoom, number: str
) -> None:
    room.follow()
    (entry,) = entries(event(BEGINS))
    text = json.dumps({"entries": [entry | {"version": "HERE"}]}).replace('"HERE"', number)

    answer = client.post(
        PATH, data=text, content_type="application/json", headers=as_role("office")
    )

    assert answer.json is not None
    assert (answer.status_code, answer.json["code"]) == (422, "request.invalid")
    assert answer.json["errors"][0]["pointer"] == "/entries/0/version"
