"""Letters name what the registry would show to their readers, and nothing else, case by case."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from ieum_notify.domain.facts import Record, Subject
from ieum_notify.domain.reading import Reader
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from tests.postgres import Databases
from tests.registry.api.bodies import Network, agreement, network
from tests.registry.desk import Asker, Desk, House

TODAY = date(2026, 11, 23)
PATHS = {
    "agreement": "agreements",
    "collaboration": "collaborations",
    "milestone": "milestones",
    "partner": "partners",
    "department": "departments",
    "task": "tasks",
    "event": "events",
    "promise": "promises",
}


@pytest.fixture
def net(tmp_path: Path, sqlite_databases: Databases) -> Network:
    """Give a registry over SQLite, at noon of TODAY in Seoul, with a small network in it."""
    url = sqlite_databases(STEPS.migrate)
    (tmp_path / "house").mkdir()
    desk = Desk(House.build(tmp_path / "house", url), Store(url, disclose=disclosed))
    desk.clock.now = datetime(2026, 11, 23, 3, tzinfo=UTC)
    return network(desk)


def fill(net: Network, other: str) -> None:
    """Record agreements that our partner or department may and may not see, with work in each."""
    office = net.desk.office
    for disclosure in ("public", "partly", "closed"):
        for lead in (net.department, other, None):
            for left_on in ("2026-11-22", "2026-11-23", None, "absent"):
                body = agreement(
                    net.city,
                    net.gist,
                    programme_id=net.programme,
                    disclosure=disclosure,
                    lead_department_id=lead,
                )
                if left_on != "absent":
                    side = {"partner_id": net.naver, "signed_on": "2026-01-10", "left_on": left_on}
                    body["parties"].append(side)
                made = office.made("/v1/agreements", body)["id"]
                work = net.collaboration(partner_id=net.gist, agreement_id=made)
                work["disclosure"] = "closed" if disclosure == "closed" else "public"
                office.made("/v1/collaborations", work)
                promised = {"agreement_id": made, "partner_id": net.gist, "due_on": "2027-12-31"}
                figure = {"indicator": "jobs", "target": 100, "unit": "명"}
                office.made("/v1/promises", {**promised, **figure, "base_on": "2026-01-10"})
                for owner in (
                    {"type": "partner", "id": net.gist},
                    {"type": "department", "id": other},
                    {"type": "department", "id": net.department},
                ):
                    office.made("/v1/milestones", net.milestone(agreement_id=made, owner=owner))
    mine = {"type": "partner", "id": net.naver}
    office.made("/v1/milestones", net.milestone(agreement_id=None, owner=mine))
    office.made("/v1/events", net.event())
    office.made("/v1/seats", net.seat(at={"type": "partner", "id": net.gist}))
    office.made("/v1/contacts", net.contact(at={"type": "partner", "id": net.gist}))


def on_record(net: Network) -> dict[Subject, Record]:
    changes: list[dict[str, Any]] = net.desk.office.get("/v1/changes?limit=1000").json["items"]
    return {
        Subject(each["subject_type"], UUID(each["subject_id"])): Record(
            each["version"], each["body"]
        )
        for each in changes
    }


@pytest.mark.parametrize("who", ["partner", "department"])
def test_a_reader_is_named_what_the_registry_shows_them(net: Network, who: str) -> None:
    office = net.desk.office
    other = office.made("/v1/departments", {"name": {"ko": "교통과"}})["id"]
    fill(net, other)
    records = on_record(net)
    asker: Asker = (
        net.desk.of("liaison", [net.naver])
        if who == "partner"
        else net.desk.of("department", department=other)
    )
    place = Subject(who, UUID(net.naver if who == "partner" else other))
    reader = Reader(place, is_office=False, on=TODAY)

    differing = [
        about
        for about in records
        if about.type in PATHS
        and reader.may_read(about, records)
        != (asker.get(f"/v1/{PATHS[about.type]}/{about.id}").status == 200)
    ]
    seen = {about for about in records if reader.may_read(about, records)}

    assert differing == []
    assert not any(each.type in ("contact", "seat") for each in seen)  # No letter names people.
    closed = {
        about
        for about, record in records.items()
        if about.type == "agreement" and record.facts["disclosure"] == "closed"
    }
    assert 0 < len(closed & seen) < len(closed)


def test_the_office_is_named_everything(net: Network) -> None:
    fill(net, net.department)
    records = on_record(net)
    reader = Reader(Subject("department", UUID(net.department)), is_office=True, on=TODAY)

    assert all(reader.may_read(each, records) for each in records)
