"""Who looked at people and whose call was denied can be read by office and auditor."""

import logging
from datetime import timedelta
from typing import Any

import pytest

from httpedge.caller import Role
from tests.registry.api.bodies import Network
from tests.registry.desk import Asker

pytestmark = pytest.mark.storage


def records(net: Network, query: str = "") -> list[dict[str, Any]]:
    return net.desk.of("auditor", subject="reader").items(f"/v1/access-records{query}")


def of_act(net: Network, act: str, query: str = "") -> list[dict[str, Any]]:
    return [each for each in records(net, query) if each["act"] == act]


@pytest.fixture
def kim(each_net: Network) -> str:
    made: str = each_net.desk.office.made("/v1/contacts", each_net.contact())["id"]
    return made


def test_a_look_at_people_says_who_whose_what_from_where_and_when(
    each_net: Network, kim: str
) -> None:
    clerk = each_net.desk.of("office", subject="clerk")

    clerk.get(f"/v1/contacts/{kim}")
    clerk.get("/v1/contacts")

    [one] = of_act(each_net, "GET /v1/contacts/<uuid:contact_id>")
    [listed] = of_act(each_net, "GET /v1/contacts")
    assert one["account"] == listed["account"] == "operator:clerk"
    assert (one["role"], one["address"], one["outcome"]) == ("office", "127.0.0.1", "200")
    assert one["subjects"] == listed["subjects"] == [kim]
    assert one["at"] <= one["last_at"]


def test_whose_data_were_looked_at_can_be_asked(each_net: Network, kim: str) -> None:
    other = each_net.desk.office.made("/v1/contacts", each_net.contact())["id"]
    each_net.desk.of("office", subject="clerk").get(f"/v1/contacts/{other}")

    assert {tuple(each["subjects"]) for each in records(each_net, f"?subject={kim}")} == {(kim,)}
    [look] = [
        each
        for each in records(each_net, f"?subject={other}&account=operator:clerk")
        if each["act"].startswith("GET")
    ]
    assert look["subjects"] == [other]


def test_who_sits_where_is_told_to_notify_and_recorded(each_net: Network, kim: str) -> None:
    seat = each_net.desk.office.made(
        "/v1/seats", each_net.seat(holders=[{"contact_id": kim, "from": "2026-01-01"}])
    )["id"]

    each_net.desk.service("notify").post("/v1/resolutions", {"seats": [seat]})

    [told] = of_act(each_net, "POST /v1/resolutions")
    assert (told["account"], told["subjects"]) == ("notify:notify", [kim])


def test_denied_calls_are_recorded(each_net: Network, kim: str) -> None:
    desk = each_net.desk
    liaison = desk.of("liaison", [each_net.stranger], subject="lee")

    desk.public.get("/v1/contacts")
    Asker(desk.office.client, {"Authorization": "Bearer x.y.z"}).get("/v1/partners")
    desk.of("auditor", subject="council").post("/v1/contacts", {})
    liaison.get(f"/v1/contacts/{kim}")
    liaison.get(f"/v1/agreements/{each_net.agreement}/standing")
    liaison.get("/v1/contacts/018f0000-0000-7000-8000-0000000000ff")

    found = {
        (each["account"], each["outcome"], each["act"], tuple(each["subjects"]))
        for each in records(each_net)
        if each["outcome"] != "200"
    }
    assert found == {
        ("anonymous", "401", "GET /v1/contacts", ()),
        ("anonymous", "401", "GET /v1/partners", ()),
        ("operator:council", "403", "POST /v1/contacts", ()),
        ("operator:lee", "404", "GET /v1/contacts/<uuid:contact_id>", (kim,)),
        (
            "operator:lee",
            "404",
            "GET /v1/agreements/<uuid:agreement_id>/standing",
            (each_net.agreement,),
        ),
    }
    assert {each["outcome"] for each in records(each_net, "?outcome=404")} == {"404"}


def test_the_portal_alone_says_from_where_the_person_asks(each_net: Network, kim: str) -> None:
    asked = f"/v1/contacts/{kim}"

    each_net.desk.service("portal").get(asked, X_Client_Address="2001:db8::7")
    each_net.desk.of("office", subject="liar").get(asked, X_Client_Address="198.51.100.1")

    addresses = {
        each["account"]: each["address"]
        for each in of_act(each_net, "GET /v1/contacts/<uuid:contact_id>")
    }
    assert addresses == {"portal:portal": "2001:db8::7", "operator:liar": "127.0.0.1"}


def test_public_reads_are_not_recorded(each_net: Network) -> None:
    for path in ("/v1/partners", "/v1/agreements", f"/v1/partners/{each_net.naver}"):
        assert each_net.desk.public.get(path).status == 200
        assert each_net.desk.office.get(path).status == 200

    assert records(each_net) == []


def test_the_record_is_paged(each_net: Network, kim: str) -> None:
    for number in range(7):
        each_net.desk.of("office", subject=f"clerk{number}").get(f"/v1/contacts/{kim}")
    auditor = each_net.desk.of("auditor")

    seen: list[str] = []
    after = ""
    while True:
        page = auditor.get(f"/v1/access-records?limit=3{after}").json
        seen += [each["account"] for each in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"

    assert sorted(seen) == sorted({*seen})
    assert {f"operator:clerk{number}" for number in range(7)} <= set(seen)
    for cursor in ("x", "W10", "WyJhIiwgImIiXQ"):
        assert auditor.get(f"/v1/access-records?after={cursor}").code == "cursor.refused"


@pytest.mark.parametrize("role", ["department", "liaison", "service"])
def test_office_and_auditor_alone_read_the_record(each_net: Network, role: Role) -> None:
    asker = each_net.desk.of(role, [each_net.naver] if role == "liaison" else [])

    assert asker.get("/v1/access-records").status == 403
    assert each_net.desk.public.get("/v1/access-records").status == 401


def test_no_log_file_tells_whose_data_were_read(
    each_net: Network, kim: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        each_net.desk.office.get(f"/v1/contacts/{kim}")
        records(each_net)

    assert kim not in caplog.text


def test_old_records_are_forgotten(each_net: Network, kim: str) -> None:
    each_net.desk.office.get(f"/v1/contacts/{kim}")
    wiring = each_net.desk.app.extensions["ieum_registry"]
    [look] = of_act(each_net, "GET /v1/contacts/<uuid:contact_id>")
    assert look

    assert wiring.access.forget_before(each_net.desk.clock.now - timedelta(days=365)) == 0
    wiring.access.forget_before(each_net.desk.clock.now + timedelta(days=1))

    assert records(each_net) == []
