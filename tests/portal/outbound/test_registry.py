"""The registry's answers as the pages' own values."""

from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
import responses

from changefeed.subjects.agreement import Agreement
from changefeed.subjects.contact import Person
from changefeed.subjects.partner import Partner
from ieum_portal.domain.errors import NeighbourDown, NeighbourRefused, NotFound
from ieum_portal.outbound.registry import RegistryOverHttp
from registryclient.client import RegistryClient
from tests.portal import sample

HOME = "http://127.0.0.1:9401"
NAVER, GIST, OFFICE = (UUID(sample.identity(key)) for key in ("naver", "gist", "ai-policy"))


def registry() -> RegistryOverHttp:
    return RegistryOverHttp(RegistryClient(HOME, lambda: "T"))


def asked() -> list[tuple[str, dict[str, list[str]]]]:
    addresses = [urlsplit(call.request.url or "") for call in responses.calls]
    return [(each.path, parse_qs(each.query)) for each in addresses]


@responses.activate
def test_names_are_asked_for_by_id_the_citys_own_among_them() -> None:
    responses.get(f"{HOME}/v1/partners", json={"items": sample.PARTNERS[:2], "next": None})
    responses.get(f"{HOME}/v1/departments", json={"items": sample.DEPARTMENTS, "next": None})

    names = registry().names_of(frozenset({NAVER}), frozenset({OFFICE}))

    assert names[OFFICE].en == "AI Policy Division"
    assert asked() == [
        ("/v1/partners", {"own": ["any"], "ids": [str(NAVER)], "limit": ["200"]}),
        ("/v1/departments", {"ids": [str(OFFICE)], "limit": ["200"]}),
    ]


@responses.activate
def test_what_is_not_found_by_id_is_absent() -> None:
    responses.get(f"{HOME}/v1/agreements", json={"items": [], "next": None})
    responses.get(f"{HOME}/v1/contacts", json={"items": sample.CONTACTS[:1], "next": None})
    liaison = UUID(sample.identity("naver-liaison"))

    assert registry().by_id(Agreement, {NAVER}) == {}
    assert registry().by_id(Person, {liaison, GIST}).keys() == {liaison}


@responses.activate
def test_many_ids_are_asked_for_a_hundred_at_once() -> None:
    responses.get(f"{HOME}/v1/partners", json={"items": [], "next": None})

    registry().names_of(frozenset(UUID(int=number) for number in range(250)), frozenset())

    assert [len(query["ids"][0].split(",")) for _, query in asked()] == [100, 100, 50]


@responses.activate
def test_no_names_wanted_asks_nothing() -> None:
    assert registry().names_of(frozenset(), frozenset()) == {}
    assert registry().by_id(Agreement, ()) == {}
    assert len(responses.calls) == 0


@responses.activate
@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (404, {"code": "subject.not_found"}, NotFound),
        (403, {"code": "role.not_allowed"}, NeighbourRefused),
        (503, {"code": "service.unavailable"}, NeighbourDown),
        (200, {"id": "no uuid"}, NeighbourDown),
        (200, [], NeighbourDown),
    ],
)
def test_each_failure_is_told_apart(status: int, body: object, error: type[Exception]) -> None:
    responses.get(f"{HOME}/v1/partners/{GIST}", status=status, json=body)

    with pytest.raises(error):
        registry().one(Partner, GIST)
