"""Each method asks its own route with the filters that were given, and no others."""

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
import responses

from registryclient.client import RegistryClient

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

    a_client().partners(q="ㅈㄴ", own="any", on=date(2026, 11, 23), limit=50)

    assert asked() == (
        "/v1/partners",
        {"q": ["ㅈㄴ"], "own": ["any"], "on": ["2026-11-23"], "limit": ["50"]},
    )


@responses.activate
def test_booleans_and_ids_travel_as_text() -> None:
    responses.get(f"{HOME}/v1/collaborations", json={"items": [], "next": None})

    a_client().collaborations(partner=ID, in_force=True)

    assert asked() == ("/v1/collaborations", {"partner": [str(ID)], "in_force": ["true"]})


LISTS = [
    ("partners", "partners"),
    ("departments", "departments"),
    ("contacts", "contacts"),
    ("seats", "seats"),
    ("agreements", "agreements"),
    ("programmes", "programmes"),
    ("strategies", "strategies"),
    ("tasks", "tasks"),
    ("service_fields", "service-fields"),
    ("technologies", "technologies"),
    ("collaborations", "collaborations"),
    ("milestones", "milestones"),
    ("events", "events"),
]


@responses.activate
@pytest.mark.parametrize(("method", "route"), LISTS)
def test_each_list_has_its_route(method: str, route: str) -> None:
    responses.get(f"{HOME}/v1/{route}", json={"items": [], "next": None})

    assert getattr(a_client(), method)(after="c") == {"items": [], "next": None}
    assert asked() == (f"/v1/{route}", {"after": ["c"]})


@responses.activate
@pytest.mark.parametrize("kind", ["partner", "agreement"])
def test_each_subject_has_its_route(kind: str) -> None:
    responses.get(f"{HOME}/v1/{kind}s/{ID}", json={"id": str(ID)})

    assert getattr(a_client(), kind)(ID)["id"] == str(ID)


@responses.activate
def test_standing_is_asked_for_a_day() -> None:
    responses.get(f"{HOME}/v1/agreements/{ID}/standing", json={"state": "ended"})

    a_client().agreement_standing(ID, on=date(2026, 11, 23))

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
def test_several_ids_travel_in_one_parameter() -> None:
    responses.get(f"{HOME}/v1/agreements", json={"items": [], "next": None})

    a_client().agreements(ids=(ID, ID), standing=True)

    assert asked() == ("/v1/agreements", {"ids": [f"{ID},{ID}"], "standing": ["true"]})


@responses.activate
def test_an_event_and_its_standing_have_their_own_routes() -> None:
    responses.get(f"{HOME}/v1/events/{ID}", json={"id": str(ID)})
    responses.get(f"{HOME}/v1/events/{ID}/standing", json={"state": "upcoming"})

    assert a_client().event(ID)["id"] == str(ID)
    assert a_client().event_standing(ID, on=date(2026, 11, 23))["state"] == "upcoming"
    assert asked() == (f"/v1/events/{ID}/standing", {"on": ["2026-11-23"]})


@responses.activate
def test_the_history_is_asked_for_subjects_in_one_parameter() -> None:
    responses.get(f"{HOME}/v1/history", json={"items": [], "next": None, "head": 7})

    assert a_client().history(subjects=[ID, ID], before=3)["head"] == 7
    assert asked() == ("/v1/history", {"subject": [f"{ID},{ID}"], "before": ["3"]})


@responses.activate
def test_a_page_of_the_feed_comes_as_the_followers_read_it() -> None:
    responses.get(f"{HOME}/v1/changes", json={"items": [], "next": 5, "head": 5})

    assert a_client().changes(5).head == 5
    assert asked() == ("/v1/changes", {"after": ["5"], "limit": ["1000"]})
