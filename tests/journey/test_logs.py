"""One page's questions are found in every service's log under one trace, and no person is."""

import json
import re
from typing import Any

import requests

from tests.journey.conftest import House

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
HEADERS = {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}
LOGS = ("portal", "registry", "graph", "notify", "graph-follow", "notify-work")


def signed_in(house: House) -> requests.Session:
    login, password = next(iter(house.accounts().items()))
    session = requests.Session()
    page = session.get(f"{house.portal}/sign-in", timeout=40).text
    form = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    form |= dict.fromkeys(("email", "login"), login) | {"password": password}
    assert session.post(f"{house.portal}/sign-in", data=form, timeout=40).ok
    return session


def lines(house: House, name: str) -> list[str]:
    return (house.home / "logs" / f"{name}.log").read_text(encoding="utf-8").splitlines()


def routes(house: House, name: str) -> set[str]:
    told: list[dict[str, Any]] = [json.loads(each) for each in lines(house, name) if TRACE in each]
    assert all(each["trace_id"] == TRACE for each in told)
    return {each["route"] for each in told}


def test_a_page_is_found_in_the_log_of_every_service_that_was_asked(house: House) -> None:
    session = signed_in(house)
    partner = house.get("registry", "/v1/partners")["items"][0]["id"]

    today = session.get(f"{house.portal}/", headers=HEADERS, timeout=40)
    page = session.get(f"{house.portal}/partners/{partner}", headers=HEADERS, timeout=40)

    assert (today.status_code, page.status_code) == (200, 200)
    assert routes(house, "portal") == {"/", "/partners/<uuid:partner_id>"}
    assert "/v1/partners/<uuid:partner_id>" in routes(house, "registry")
    assert "/v1/questions/partner-network" in routes(house, "graph")
    assert "/v1/preview" in routes(house, "notify")


def test_a_batch_of_letters_and_what_it_asked_the_registry_share_a_trace(house: House) -> None:
    batches = {
        json.loads(each)["trace_id"]
        for each in lines(house, "notify-work")
        if '"dispatched"' in each
    }
    asked = {
        json.loads(each)["trace_id"]
        for each in lines(house, "registry")
        if "/v1/resolutions" in each
    }

    assert batches
    assert batches <= asked


def test_no_person_stands_in_any_log(house: House) -> None:
    people = house.get("registry", "/v1/contacts")["items"]
    words = {person[name] for person in people for name in ("name", "email") if person.get(name)}
    assert words

    found = [
        (name, word)
        for name in LOGS
        for line in lines(house, name)
        for word in words
        if word in line
    ]

    assert found == []
