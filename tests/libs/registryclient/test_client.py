"""Each method asks its own route with the filters that were given, and no others."""

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
import responses

from changefeed.declared import Declaration, collection_of
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.all import DECLARED
from changefeed.subjects.catalogue import Programme
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.partner import Partner
from changefeed.subjects.parts import Words
from registryclient.answers import AgreementStanding, Listed, Total, Versioned
from registryclient.client import RegistryClient
from registryclient.errors import RegistryUnavailable

HOME = "http://127.0.0.1:9401"
ID = UUID("0193a000-0000-7000-8000-000000000001")


def a_client() -> RegistryClient:
    return RegistryClient(HOME, lambda: "T")


def asked() -> tuple[str, dict[str, list[str]]]:
    address = urlsplit(responses.calls[-1].request.url or "")
    return address.path, parse_qs(address.query)


@responses.activate
def test_filters_that_are_not_given_are_not_sent() -> None:
    responses.get(f"{HOME}/v1/partners", json={"items": [], "next": None})

    a_client().page(Partner, q="ㅈㄴ", own="any", on=date(2026, 11, 23), limit=50)

    assert asked() == (
        "/v1/partners",
        {"q": ["ㅈㄴ"], "own": ["any"], "on": ["2026-11-23"], "limit": ["50"]},
    )


@responses.activate
def test_booleans_and_ids_travel_as_text() -> None:
    responses.get(f"{HOME}/v1/collaborations", json={"items": [], "next": None})

    a_client().page(Collaboration, partner=ID, in_force=True)

    assert asked() == ("/v1/collaborations", {"partner": [str(ID)], "in_force": ["true"]})


@responses.activate
@pytest.mark.parametrize("kind_of", DECLARED.values())
def test_each_type_has_its_list(kind_of: type[Declaration]) -> None:
    route = collection_of(kind_of)
    responses.get(f"{HOME}/v1/{route}", json={"items": [], "next": None})

    assert a_client().page(kind_of, after="c") == Listed([], None)
    assert asked() == (f"/v1/{route}", {"after": ["c"]})


PROGRAMME = {"id": str(ID), "name": {"ko": "사업"}, "announced_on": "2021-11-16", "version": 3}


@responses.activate
def test_a_subject_comes_as_it_is_declared_and_with_its_version() -> None:
    responses.get(f"{HOME}/v1/programmes/{ID}", json=PROGRAMME)
    programme = Programme(ID, Words("사업"), date(2021, 11, 16))

    assert a_client().one(Programme, ID) == programme
    assert a_client().versioned(Programme, ID) == Versioned(programme, 3)


@responses.activate
@pytest.mark.parametrize(
    "answer", [[], {}, {**PROGRAMME, "name": "사업"}, {**PROGRAMME, "announced_on": "soon"}]
)
def test_an_answer_that_cannot_be_read_is_no_answer(answer: object) -> None:
    responses.get(f"{HOME}/v1/programmes/{ID}", json=answer)

    with pytest.raises(RegistryUnavailable, match="unreadable Programme"):
        a_client().one(Programme, ID)


@responses.activate
def test_standing_is_asked_for_a_day() -> None:
    responses.get(f"{HOME}/v1/agreements/{ID}/standing", json={"state": "ended"})

    found = a_client().standing(Agreement, AgreementStanding, ID, on=date(2026, 11, 23))

    assert found == AgreementStanding("ended")

    assert asked() == (f"/v1/agreements/{ID}/standing", {"on": ["2026-11-23"]})


@responses.activate
def test_a_load_sends_all_documents_in_one_request() -> None:
    responses.post(f"{HOME}/v1/loads", status=201, json={"load": str(ID)})

    a_client().load([{"name": "a.yaml", "text": "이름: 협약"}], dry_run=True)

    assert asked() == ("/v1/loads", {"dry_run": ["true"]})
    body = responses.calls[-1].request.body
    assert isinstance(body, bytes)
    assert json.loads(body) == {"documents": [{"name": "a.yaml", "text": "이름: 협약"}]}
    assert "협약".encode() in body  # Escaped, a file in Korean would travel at twice its size.


@responses.activate
def test_a_page_is_sorted_and_counted_if_that_is_asked_for() -> None:
    total = {"count": 17820, "exact": True}
    responses.get(f"{HOME}/v1/partners", json={"items": [], "next": None, "total": total})

    found = a_client().page(Partner, sort="-name", count=True)

    assert found.total == Total(17820, exact=True)
    assert asked() == ("/v1/partners", {"sort": ["-name"], "count": ["true"]})


@responses.activate
def test_several_ids_travel_in_one_parameter() -> None:
    responses.get(f"{HOME}/v1/agreements", json={"items": [], "next": None})

    a_client().page_standing(Agreement, AgreementStanding, ids=(ID, ID))

    assert asked() == ("/v1/agreements", {"ids": [f"{ID},{ID}"], "standing": ["true"]})


@responses.activate
def test_the_history_is_asked_for_subjects_in_one_parameter() -> None:
    responses.get(f"{HOME}/v1/history", json={"items": [], "next": None, "head": 7})

    assert a_client().history(subjects=[ID, ID], before=3).head == 7
    assert asked() == ("/v1/history", {"subject": [f"{ID},{ID}"], "before": ["3"]})


@responses.activate
def test_a_page_of_the_feed_comes_as_the_followers_read_it() -> None:
    responses.get(f"{HOME}/v1/changes", json={"items": [], "next": 5, "head": 5})

    assert a_client().changes(5).head == 5
    assert asked() == ("/v1/changes", {"after": ["5"], "limit": ["1000"]})
