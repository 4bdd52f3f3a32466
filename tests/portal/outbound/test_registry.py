"""The registry's answers as the pages' own values."""

from uuid import UUID

import pytest
import responses

from ieum_portal.domain.errors import NeighbourDown, NeighbourRefused, NotFound
from ieum_portal.outbound.registry import RegistryOverHttp
from registryclient.client import RegistryClient
from tests.portal import sample

HOME = "http://127.0.0.1:9401"
NAVER, GIST, OFFICE = (UUID(sample.identity(key)) for key in ("naver", "gist", "ai-policy"))


def registry() -> RegistryOverHttp:
    return RegistryOverHttp(RegistryClient(HOME, lambda: "T"))


@responses.activate
def test_names_are_read_only_until_all_are_found() -> None:
    page = {"items": sample.PARTNERS[:2], "next": "more"}
    responses.get(f"{HOME}/v1/partners", json=page)

    names = registry().names_of(frozenset({NAVER}), frozenset())

    assert {each: name.en for each, name in names.items()} == {NAVER: "NAVER"}
    assert len(responses.calls) == 1


@responses.activate
def test_names_of_departments_come_from_their_own_list() -> None:
    responses.get(f"{HOME}/v1/departments", json={"items": sample.DEPARTMENTS, "next": None})

    assert list(registry().names_of(frozenset(), frozenset({OFFICE}))) == [OFFICE]


@responses.activate
def test_no_names_wanted_asks_nothing() -> None:
    assert registry().names_of(frozenset(), frozenset()) == {}
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
        registry().partner(GIST)
