"""Asking the registry: facts, seats and people of a batch; whatever is no answer is an outage."""

import json
from uuid import uuid4

import pytest
import requests
import responses

from changefeed.session import house_session
from ieum_notify.domain.facts import Subject
from ieum_notify.operations.ports import RegistryAway
from ieum_notify.outbound.registry import RegistryDirectory
from tests.notify.makers import (
    LIAISON,
    LIAISON_SEAT,
    MILESTONE,
    PARTNER,
    milestone_in_five_days,
    seat,
)

URL = "http://ieum-registry.example/v1/resolutions"
FACTS = milestone_in_five_days()[MILESTONE]
[SEAT] = seat(LIAISON_SEAT, PARTNER, "liaison", LIAISON).values()
ANSWER = {
    "subjects": [{"type": "milestone", "id": str(MILESTONE.id), "version": 3, "facts": FACTS}],
    "seats": [
        {
            "id": str(LIAISON_SEAT),
            "role": "liaison",
            "language": "ko",
            "at": {"type": "partner", "id": str(PARTNER.id)},
            "facts": SEAT,
            "people": [
                {
                    "contact_id": str(LIAISON),
                    "name": "홍예시",
                    "language": "en",
                    "email": "liaison@naver.example",
                    "phone": None,
                }
            ],
        },
        {"id": str(PARTNER.id), "facts": {"id": "odd"}, "people": []},
    ],
}


def directory() -> RegistryDirectory:
    return RegistryDirectory("http://ieum-registry.example/", lambda: "a-token", house_session())


@responses.activate
def test_a_batch_is_asked_for_at_once() -> None:
    responses.post(URL, json=ANSWER)

    found = directory().resolve([MILESTONE], [LIAISON_SEAT])

    assert found.records[MILESTONE].version == 3
    assert found.seats[LIAISON_SEAT].at == PARTNER
    [person] = found.people[LIAISON_SEAT]
    assert (person.name, person.language, person.email) == (
        "홍예시", "en", "liaison@naver.example",
    )  # fmt: skip
    assert len(found.seats) == 1
    [call] = responses.calls
    assert call.request.headers["Authorization"] == "Bearer a-token"
    assert json.loads(call.request.body or "") == {
        "subjects": [{"type": "milestone", "id": str(MILESTONE.id)}],
        "seats": [str(LIAISON_SEAT)],
    }


@responses.activate
def test_more_than_the_registry_gives_at_once_is_asked_for_in_parts() -> None:
    responses.post(URL, json=ANSWER)
    subjects = [Subject("partner", uuid4()) for _ in range(1000)] + [MILESTONE]
    seats = [uuid4() for _ in range(2200)] + [LIAISON_SEAT]

    found = directory().resolve(subjects, seats)

    sent = [json.loads(call.request.body or "") for call in responses.calls]
    assert [(len(each["subjects"]), len(each["seats"])) for each in sent] == [
        (1000, 1000), (1, 1000), (0, 201),
    ]  # fmt: skip
    assert [each for part in sent for each in part["seats"]] == [str(each) for each in seats]
    assert found.records[MILESTONE].version == 3


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 503},
        {"status": 404},
        {"status": 401},
        {"body": requests.ConnectionError()},
        {"body": requests.Timeout()},
        {"body": "not json"},
        {"json": {"seats": []}},
        {"json": {"subjects": [{"type": "milestone"}], "seats": []}},
        {"json": []},
    ],
)
@responses.activate
def test_whatever_is_no_answer_is_an_outage_and_never_an_empty_seat(
    answer: dict[str, object],
) -> None:
    responses.post(URL, **answer)

    with pytest.raises(RegistryAway):
        directory().resolve([MILESTONE], [LIAISON_SEAT])


@responses.activate
def test_a_token_that_is_not_accepted_is_signed_anew_at_once() -> None:
    class Kept:
        number = 1

        def __call__(self) -> str:
            return f"token-{self.number}"

        def renew(self) -> None:
            self.number += 1

    responses.post(URL, status=401, json={"code": "token.not_yet_valid"})
    responses.post(URL, json=ANSWER)
    asked = RegistryDirectory("http://ieum-registry.example/", Kept(), house_session())

    found = asked.resolve([MILESTONE], [LIAISON_SEAT])

    assert found.records[MILESTONE].version == 3
    shown = [each.request.headers["Authorization"] for each in responses.calls]
    assert shown == ["Bearer token-1", "Bearer token-2"]
