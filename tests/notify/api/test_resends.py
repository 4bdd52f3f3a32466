"""Sending again over HTTP: the office alone, one letter or all about a subject."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from httpedge.caller import Role
from ieum_notify.domain.calendar import today_in_seoul
from tests.notify.api.conftest import Headers
from tests.notify.makers import MILESTONE, MONDAY, PostRoom, at, milestone
from tests.smtp import Mailbox
from workdays.calendar import WorkingDays

PATH = "/v1/resends"
ABOUT = {"type": MILESTONE.type, "id": str(MILESTONE.id)}


@pytest.fixture
def stuck(room: PostRoom, smtp_server: Mailbox) -> str:
    """A letter that the mail server does not take; the route reads the real clock."""
    today = today_in_seoul(datetime.now(UTC))
    room.now = at(WorkingDays().at_or_before(today - timedelta(days=1)))
    smtp_server.always["rcpt"] = "550 5.7.1 not from you"
    room.registry.record(milestone(today + timedelta(days=15)))
    room.day()
    [key] = [key for key, state in room.states().items() if state == "retry"]
    return key


def test_the_office_sends_a_letter_again_and_twice_does_no_harm(
    client: FlaskClient, as_role: Headers, stuck: str
) -> None:
    first = client.post(PATH, json={"key": stuck}, headers=as_role("office"))
    second = client.post(PATH, json={"key": stuck}, headers=as_role("office"))

    assert first.json is not None
    assert second.json is not None
    assert [(each["key"], each["state"]) for each in first.json["items"]] == [(stuck, "planned")]
    assert (second.status_code, second.json["code"]) == (409, "resend.nothing_waits")


def test_all_about_a_subject_go_out_again(
    client: FlaskClient, as_role: Headers, stuck: str
) -> None:
    answer = client.post(PATH, json={"subject": ABOUT}, headers=as_role("office"))

    assert answer.json is not None
    assert [each["key"] for each in answer.json["items"]] == [stuck]


@pytest.mark.parametrize(
    "body",
    [{}, {"key": ""}, {"key": "a", "subject": ABOUT}, {"subject": {"type": "milestone"}}, []],
)
def test_what_names_no_letter_is_refused(
    client: FlaskClient,
    as_role: Headers,
    body: Any,  # noqa: ANN401  Whatever JSON holds.
) -> None:
    answer = client.post(PATH, json=body, headers=as_role("office"))

    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["code"] == "request.invalid"


@pytest.mark.parametrize("role", ["department", "auditor", "service", "liaison"])
def test_nobody_else_may(client: FlaskClient, as_role: Headers, stuck: str, role: Role) -> None:
    assert client.post(PATH, json={"key": stuck}, headers=as_role(role)).status_code == 403


def test_an_unknown_key_is_not_found(client: FlaskClient, as_role: Headers, room: PostRoom) -> None:
    room.now = at(MONDAY)
    room.follow()

    answer = client.post(PATH, json={"key": "no|such"}, headers=as_role("office"))

    assert answer.status_code == 404
