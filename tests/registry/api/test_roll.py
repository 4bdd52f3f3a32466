"""Terms that renew by themselves are recorded once their window has closed, and never twice."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from changefeed import limits
from ieum_registry.commands.work import roll
from tests.registry.api.bodies import Network, agreement
from tests.registry.desk import Desk
from tests.registry.interfering import Interfered

SAID: dict[str, object] = {
    "rule": "auto_renews",
    "ends_on": "2022-11-16",
    "term_months": 12,
}


class Reached:
    """The store behind a desk, as the worker uses it; `write` comes beside each transaction."""

    def __init__(self, desk: Desk, write: Callable[[int], object] = lambda _: None) -> None:
        wiring = desk.app.extensions["ieum_registry"]
        self.records, self.imports, self._for = wiring.records, wiring.imports, wiring.ledger_for
        self.ledger, self._write = self, write

    def in_name_of(self, actor: Any, *, at: datetime) -> Any:  # noqa: ANN401
        return Interfered(self._for(actor, at=at, key_use=None, dry_run=False), self._write)


def rolled(net: Network, day: str) -> int:
    at = datetime.fromisoformat(f"{day}T09:00:00+09:00").astimezone(UTC)
    net.desk.clock.now = at
    return roll(Reached(net.desk), at=at)


def signed(net: Network, **end: object) -> str:
    body = agreement(net.city, net.naver, end={**SAID, **end})
    found: str = net.desk.office.made("/v1/agreements", body)["id"]
    return found


def told(net: Network, agreement_id: str) -> dict[str, Any]:
    found: dict[str, Any] = net.desk.office.get(f"/v1/agreements/{agreement_id}").json
    return found


def test_terms_missed_since_long_become_an_entry_each_by_the_rule(each_net: Network) -> None:
    net = each_net
    found = signed(net)

    assert rolled(net, "2026-11-23") == 5

    renewals = told(net, found)["renewals"]
    assert [each["ends_on"][:4] for each in renewals] == ["2023", "2024", "2025", "2026", "2027"]
    assert {each["by"] for each in renewals} == {"rule"}
    assert renewals[0] == {"from": "2022-11-17", "ends_on": "2023-11-16", "by": "rule"}
    page = net.desk.of("service").get("/v1/changes?after=0&limit=1000").json
    entries = [each for each in page["items"] if each["subject_id"] == found][1:]
    assert {each["kind"] for each in entries} == {"agreement.renewed"}
    assert {each["actor"]["id"] for each in entries} == {"rule:auto-renewal"}
    assert len(entries) == 5


def test_running_it_again_records_nothing(net: Network) -> None:
    found = signed(net)
    rolled(net, "2026-11-23")
    before = told(net, found)

    assert rolled(net, "2026-11-23") == 0
    assert rolled(net, "2026-11-24") == 0

    assert told(net, found) == before


@pytest.mark.parametrize(
    ("notice", "closes", "after"),
    [
        ({"notice_months": 3}, "2027-08-16", "2027-08-17"),
        ({"notice_days": 30}, "2027-10-17", "2027-10-18"),
        ({}, "2027-11-16", "2027-11-17"),
    ],
)
def test_it_renews_on_the_day_after_the_window_has_closed(
    net: Network, notice: dict[str, int], closes: str, after: str
) -> None:
    found = signed(net, ends_on="2027-11-16", **notice)

    assert rolled(net, closes) == 0
    assert rolled(net, after) == 1

    assert told(net, found)["end"]["ends_on"] == "2028-11-16"


def test_months_are_counted_from_the_first_term_s_last_day(net: Network) -> None:
    found = signed(net, ends_on="2026-01-31", term_months=1)

    rolled(net, "2026-05-01")

    ends = [each["ends_on"] for each in told(net, found)["renewals"]]
    assert ends == ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]


@pytest.mark.parametrize("year", ["0001", "1900"])
def test_days_at_the_beginning_of_the_calendar_keep_no_other_waiting(
    net: Network, year: str
) -> None:
    old = {"ends_on": f"{year}-01-31", "term_months": 1, "notice_months": 120}
    day = f"{year}-01-01"
    body = agreement(net.city, net.gist, signed_on=day, end={**SAID, **old})
    body["parties"] = [{**each, "signed_on": day} for each in body["parties"]]
    ancient = net.desk.office.made("/v1/agreements", body)["id"]
    found = signed(net)

    rolled(net, "2026-11-23")

    assert len(told(net, found)["renewals"]) == 5
    assert len(told(net, ancient)["renewals"]) in (0, limits.RENEWALS)


def test_of_two_that_record_at_once_each_term_stands_once(net: Network) -> None:
    found = signed(net)
    beside: list[int] = []

    def other(number: int) -> None:
        if number == 1:
            beside.append(roll(Reached(net.desk), at=net.desk.clock.now))

    at = net.desk.clock.now = datetime(2026, 11, 23, 3, tzinfo=UTC)
    once = roll(Reached(net.desk, other), at=at)

    assert once + beside[0] == 5
    assert len(told(net, found)["renewals"]) == 5


def test_what_was_ended_has_no_length_or_lost_its_parties_is_left(net: Network) -> None:
    ended = signed(net)
    endless = signed(net, term_months=None)
    over = signed(net)
    office = net.desk.office
    net.desk.clock.now = datetime(2026, 11, 20, 3, tzinfo=UTC)
    said = {"on": "2026-11-20", "how": "terminated", "reason": "이의"}
    office.made(f"/v1/agreements/{ended}/endings", said, seen=1)
    gone = {"partner_id": net.naver, "left_on": "2026-11-20", "reason": "탈퇴"}
    office.made(f"/v1/agreements/{over}/withdrawals", gone, seen=1)

    assert rolled(net, "2026-11-23") == 0

    assert all(told(net, each)["renewals"] == [] for each in (ended, endless, over))


def test_nothing_that_is_derived_waits_for_it(net: Network) -> None:
    found = signed(net, ends_on="2026-11-20")
    net.desk.clock.now = datetime(2026, 11, 23, 3, tzinfo=UTC)
    path = f"/v1/agreements/{found}/standing?on=2026-11-23"

    before = net.desk.office.get(path).json
    rolled(net, "2026-11-23")
    after = net.desk.office.get(path).json

    assert (before["state"], "overdue" in before["flags"]) == ("in_force", True)
    assert (after["state"], "overdue" in after["flags"]) == ("in_force", False)
