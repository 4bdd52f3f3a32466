"""Agreements by what is to be noticed about them, and by who looks after them."""

from typing import Any

import pytest

from tests.registry.api.bodies import Network, agreement
from tests.registry.desk import Asker

pytestmark = pytest.mark.storage

FLAGS = ("not_yet_effective", "overdue", "dormant")
DAYS = (
    "2021-11-15",
    "2022-11-16",
    "2022-11-17",
    "2025-06-30",
    "2025-07-01",
    "2026-03-01",
    "2027-03-01",
    "2027-03-02",
    "2027-11-01",
    "2027-11-02",
)


@pytest.fixture
def several(each_net: Network) -> Network:
    """Agreements with and without signs of life, of every kind, some disclosed."""
    net, office = each_net, each_net.desk.office

    def signed(*partners: str, **more: object) -> str:
        made: str = office.made("/v1/agreements", agreement(net.city, *partners, **more))["id"]
        return made

    renews = {"rule": "auto_renews", "ends_on": "2025-06-30"}
    signed(net.naver, end=renews, disclosure="public")
    signed(net.gist, end={"rule": "fixed", "ends_on": "2025-06-30"})
    signed(net.gist, end={"rule": "unknown"}, disclosure="public")
    signed(net.naver, effective_on="2026-03-01", disclosure="public")
    signed(net.gist, effective_on="2025-07-01", lead_department_id=net.department)
    shown = signed(
        net.naver,
        disclosure="public",
        programme_id=net.programme,
        lead_department_id=net.department,
    )
    proof = [{"on": "2026-03-01", "text": "회의"}]
    office.made("/v1/collaborations", net.collaboration(evidence=proof))
    open_one = net.collaboration(agreement_id=shown, evidence=proof, disclosure="public")
    office.made("/v1/collaborations", open_one)
    owed = office.made("/v1/milestones", net.milestone(agreement_id=shown))
    office.made(f"/v1/milestones/{owed['id']}/completions", {"done_on": "2026-11-01"}, seen=1)
    call = {"kind": "call", "department_id": net.department, "text": "통화"}
    about = {"partner_id": net.naver, "on": "2022-06-01", "agreement_id": net.agreement}
    office.made("/v1/journal", {**call, **about})
    return net


def askers(net: Network) -> list[Asker]:
    of = net.desk.of
    return [
        net.desk.office,
        net.desk.public,
        of("liaison", partners=[net.naver]),
        of("liaison", partners=[net.gist]),
        of("department", department=net.department),
    ]


def test_a_flag_finds_what_stands_so_for_the_asker_on_any_day_as_known_at_any_entry(
    several: Network,
) -> None:
    head = several.desk.office.seq()
    seen = set()
    for asker in askers(several):
        for day in DAYS:
            for clocks in (f"on={day}", f"on={day}&known_at={head - 3}"):
                listed = asker.items(f"/v1/agreements?standing=true&{clocks}")
                for flag in FLAGS:
                    path = f"/v1/agreements?standing=true&count=true&{clocks}&flag={flag}"
                    found = asker.get(path).json
                    wanted = [each for each in listed if flag in each["standing"]["flags"]]
                    assert found["items"] == wanted, (day, flag)
                    assert found["total"] == {"count": len(wanted), "exact": True}
                    seen |= {flag} if wanted else set()
    assert seen == set(FLAGS)


def test_a_sign_of_life_is_taken_back_with_what_proved_it(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    proof = [{"on": "2026-03-01", "text": "회의"}]
    made = office.made("/v1/collaborations", net.collaboration(evidence=proof))
    path = "/v1/agreements?flag=dormant&on=2026-11-23"
    assert office.items(path) == []
    known = office.seq()

    changed = {"evidence": [], "reason": "잘못 적음"}
    office.patch(f"/v1/collaborations/{made['id']}", changed, seen=1)

    assert [each["id"] for each in office.items(path)] == [net.agreement]
    assert office.items(f"{path}&known_at={known}") == []


def seated(net: Network, role: str, place: dict[str, str], *spans: tuple[str, str | None]) -> str:
    """Put a new contact of a place into a seat there; give the contact."""
    office = net.desk.office
    contact: str = office.made("/v1/contacts", net.contact(at=place))["id"]
    holders = [{"contact_id": contact, "from": first, "to": last} for first, last in spans]
    office.made("/v1/seats", net.seat(at=place, role=role, holders=holders))
    return contact


def test_agreements_are_found_by_who_looks_after_them_on_the_day(each_net: Network) -> None:
    net, office = each_net, each_net.desk.office
    other = office.made("/v1/departments", {"name": {"ko": "다른 과"}})["id"]
    here, there = ({"type": "department", "id": each} for each in (net.department, other))
    ours, theirs, none = (
        office.made("/v1/agreements", agreement(net.city, net.gist, **more))["id"]
        for more in (
            {"lead_department_id": net.department, "disclosure": "public"},
            {"lead_department_id": other},
            {},
        )
    )
    kim = seated(net, "officer", here, ("2024-01-01", "2025-12-31"))
    lee = seated(net, "deputy", here, ("2024-01-01", None))
    park = seated(net, "officer", there, ("2024-01-01", None))
    head = seated(net, "head", here, ("2024-01-01", None))
    assert none

    def found(asker: Asker, query: str) -> list[str]:
        return [each["id"] for each in asker.items(f"/v1/agreements?{query}")]

    assert found(office, f"officer={kim}&on=2025-12-31") == [ours]
    assert found(office, f"officer={kim}&on=2026-01-01") == []
    assert found(office, f"officer={kim}&on=2023-12-31") == []
    assert found(office, f"deputy={lee}&on=2026-01-01") == [ours]
    assert found(office, f"officer={park}&on=2026-01-01") == [theirs]
    assert found(office, f"officer={head}&on=2026-01-01") == []
    assert found(office, f"deputy={kim}&on=2025-12-31") == []
    # Who handed over is found on the days before it alone; as known before the seat, nobody.
    assert found(office, f"officer={kim}&on=2025-12-31&known_at=10") == []
    # A seat at a partner makes nobody an officer of the city.
    its = seated(net, "officer", {"type": "partner", "id": net.gist}, ("2024-01-01", None))
    assert found(office, f"officer={its}") == []


def test_nobody_learns_by_asking_who_sits_where(each_net: Network) -> None:
    net, office = each_net, each_net.desk.office
    here = {"type": "department", "id": net.department}
    led = agreement(net.city, net.naver, lead_department_id=net.department, disclosure="public")
    ours = office.made("/v1/agreements", led)["id"]
    kim = seated(net, "officer", here, ("2024-01-01", None))
    lee = seated(net, "deputy", here, ("2024-01-01", None))
    other = office.made("/v1/departments", {"name": {"ko": "다른 과"}})["id"]

    asked = (f"officer={kim}", f"deputy={lee}")
    strangers: list[Any] = [
        net.desk.public,
        net.desk.of("liaison", partners=[net.naver]),
        net.desk.of("department", department=other),
    ]
    for asker in strangers:
        for query in asked:
            answer = asker.get(f"/v1/agreements?count=true&{query}").json
            assert answer == {"items": [], "next": None, "total": {"count": 0, "exact": True}}
            sheet = asker.get(f"/v1/agreements?{query}", Accept="text/csv").text
            assert ours not in sheet
            assert len(sheet.strip().splitlines()) == 1
    own = net.desk.of("department", department=net.department)
    for asker in (office, own, net.desk.of("auditor")):
        for query in asked:
            assert [each["id"] for each in asker.items(f"/v1/agreements?{query}")] == [ours]


def test_flags_and_people_that_are_none_are_refused(each_net: Network) -> None:
    for query in ("flag=nonsense", "officer=kim", "deputy="):
        answer = each_net.desk.office.get(f"/v1/agreements?{query}")
        assert (answer.status, answer.json["code"]) == (422, "request.invalid")
