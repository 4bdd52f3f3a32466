"""Rates of promises, held against sums written from the rules, on any day and as known then."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.registry.api.bodies import agreement, partner
from tests.registry.desk import Asker, Desk

DAYS = ("2023-06-30", "2024-12-31", "2025-12-31", "2026-06-30", "2027-12-31")
OUTCOMES = ("plan_changed", "went_elsewhere", "closed_down", "withdrawn")


class Town:
    """A city with some firms, agreements and promises, and its history as the test has it."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.office = desk, desk.office
        self.dice = random.Random(2020)
        self.city = self.office.made("/v1/partners", partner("시", own=True))["id"]
        self.lead = [
            self.office.made("/v1/departments", {"name": {"ko": each}})["id"]
            for each in ("투자과", "산업과")
        ]
        self.firms = [self.office.made("/v1/partners", partner(f"기업{at}")) for at in range(4)]
        self.agreements = [self._signed(at) for at in range(6)]
        self.promises: list[dict[str, Any]] = []
        for at in range(24):
            self._promise(at)

    def _signed(self, at: int) -> dict[str, Any]:
        firms = [self.firms[at % 4]["id"], self.firms[(at + 1) % 4]["id"]]
        kind = ("mou", "investment")[at % 2]
        more = {} if at == 5 else {"lead_department_id": self.lead[at % 2]}
        return self.office.made("/v1/agreements", agreement(self.city, *firms, kind=kind, **more))

    def _promise(self, at: int) -> None:
        signed = self.dice.choice(self.agreements)
        firm = self.dice.choice([each for each in signed["parties"] if each["side"] == "partner"])
        indicator, unit = self.dice.choice([("money", "원"), ("jobs", "명"), ("own", "건")])
        base = date(2022, 1, 1) + timedelta(days=self.dice.randrange(800))
        body = {
            "agreement_id": signed["id"],
            "partner_id": firm["partner_id"],
            "indicator": indicator,
            "unit": unit,
            "target": self.dice.randrange(1, 100),
            "base_on": base.isoformat(),
            "due_on": (base + timedelta(days=self.dice.randrange(1500))).isoformat(),
            "name": {"ko": self.dice.choice(["실증", "특허"])} if indicator == "own" else None,
        }
        made = self.office.made("/v1/promises", body)
        path, seen = f"/v1/promises/{made['id']}", 1
        figure, on = 0, base
        for _ in range(self.dice.randrange(4)):
            on += timedelta(days=self.dice.randrange(1, 300))
            if on > self.desk.clock.now.date():
                break
            figure += self.dice.randrange(60)
            told = {"promise_id": made["id"], "on": on.isoformat(), "reached": figure}
            self.office.made("/v1/promise-reports", told)
            seen += 1
        if at % 5 == 0:
            target = {"on": (base + timedelta(days=200)).isoformat(), "target": made["target"] + 7}
            self.office.made(f"{path}/revisions", {**target, "reason": "증액"}, seen=seen)
            seen += 1
        if at % 7 == 0:
            gone = {"outcome": OUTCOMES[at % 4], "settled_on": "2025-05-01", "reason": "까닭"}
            self.office.made(f"{path}/settlements", gone, seen=seen)
        self.promises.append(self.office.get(path).json)


@pytest.fixture
def town(desk: Desk) -> Town:
    return Town(desk)


def terms(promise: dict[str, Any], on: str) -> tuple[int, str]:
    later = [each for each in promise["revisions"] if each["on"] > on]
    return (
        (later[0]["target"], later[0]["due_on"])
        if later
        else (
            promise["target"],
            promise["due_on"],
        )
    )


def summed(promises: list[dict[str, Any]], on: str) -> dict[tuple[str, str, str], Any]:
    """Add up as the rules say it, promise by promise."""
    found: dict[tuple[str, str, str], Any] = {}
    for each in promises:
        if each["base_on"] > on:
            continue
        target, due_on = terms(each, on)
        told = [figure["figure"] for figure in each["reached"] if figure["on"] <= on]
        reached = told[-1] if told else 0
        is_settled = each["outcome"] is not None and each["settled_on"] <= on
        is_due = due_on < on or is_settled
        name = each["name"]["ko"] if each["indicator"] == "own" else ""
        place = found.setdefault((each["indicator"], name, each["unit"]), {})
        part = place.setdefault("due" if is_due else "not_due", [0, 0, set(), set()])
        part[0] += target
        part[1] += reached
        part[2].add(each["id"])
        if told and reached >= target and not is_settled:
            part[3].add(each["id"])
    return found


def told(group: dict[str, Any]) -> dict[tuple[str, str, str], Any]:
    """Give the same of what the registry says."""
    found: dict[tuple[str, str, str], Any] = {}
    for each in group["figures"]:
        name = "" if each["name"] is None else each["name"]["ko"]
        parts = {
            which: [it["target"], it["reached"], set(it["ids"]), set(it["delivered_ids"])]
            for which in ("due", "not_due")
            if (it := each[which])["promises"]
        }
        for which in parts:
            assert each[which]["promises"] == len(each[which]["ids"])
            assert each[which]["delivered"] == len(each[which]["delivered_ids"])
        found[each["indicator"], name, each["unit"]] = parts
    return found


def keys_of(town: Town, by: str, promise: dict[str, Any], on: str) -> str | None:
    signed = next(each for each in town.agreements if each["id"] == promise["agreement_id"])
    keys: dict[str, str | None] = {
        "agreement": signed["id"],
        "partner": promise["partner_id"],
        "kind": signed["kind"],
        "department": signed["lead_department_id"],
        "year": terms(promise, on)[1][:4],
        "task": None,
    }
    return keys[by]


@pytest.mark.parametrize("by", ["agreement", "partner", "kind", "department", "year", "task"])
def test_rates_are_what_the_rows_add_up_to(town: Town, by: str) -> None:
    for on in DAYS:
        answer = town.office.get(f"/v1/promises/rates?by={by}&on={on}").json

        counted = [each for each in town.promises if each["base_on"] <= on]
        assert told(answer["total"]) == summed(town.promises, on)
        groups = {each["key"]: told(each) for each in answer["groups"]}
        assert groups == {
            key: summed([each for each in counted if keys_of(town, by, each, on) == key], on)
            for key in {keys_of(town, by, each, on) for each in counted}
        }


def test_agreements_are_carried_out_if_all_that_is_due_is_delivered(town: Town) -> None:
    for on in DAYS:
        carried = town.office.get(f"/v1/promises/rates?on={on}").json["total"]["agreements"]

        due: dict[str, list[bool]] = {}
        for each in town.promises:
            parts: dict[str, Any] = next(iter(summed([each], on).values()), {})
            its = due.setdefault(each["agreement_id"], []) if parts else []
            if "due" in parts:
                its.append(each["id"] in parts["due"][3])
        assert set(carried["due"]) == {key for key, its in due.items() if its}
        assert set(carried["delivered"]) == {key for key, its in due.items() if its and all(its)}
        assert set(carried["not_due"]) == {key for key, its in due.items() if not its}


def test_what_was_known_stays_the_answer(town: Town) -> None:
    seq, asked = town.office.seq(), "/v1/promises/rates?by=year&on=2025-12-31"
    before = town.office.get(f"{asked}&known_at={seq}").json
    first = town.promises[0]
    late = {"promise_id": first["id"], "on": "2025-12-30", "reached": 0, "why_less": "정정"}
    town.office.made("/v1/promise-reports", late)

    assert town.office.get(f"{asked}&known_at={seq}").json == before
    assert town.office.get(asked).json["known_at"] == seq + 2


def test_merged_partners_are_one_group(town: Town) -> None:
    [one, other, *_] = (each["id"] for each in town.firms)
    seq = town.office.seq()
    merge = {"into_id": one, "reason": "같은 기관"}
    answer = town.office.post(f"/v1/partners/{other}/merges", merge, seen=1)
    if answer.status != 201:  # They stand together in an agreement.
        third = town.firms[2]["id"]
        other = third
        town.office.made(f"/v1/partners/{third}/merges", merge, seen=1)

    asked = "/v1/promises/rates?by=partner&on=2025-12-31"
    now = {each["key"]: told(each) for each in town.office.get(asked).json["groups"]}
    then = {each["key"]: each for each in town.office.get(f"{asked}&known_at={seq}").json["groups"]}

    theirs = [each for each in town.promises if each["partner_id"] in (one, other)]
    assert now[one] == summed(theirs, "2025-12-31")
    assert other not in now
    assert other in then


def callers(town: Town) -> Iterator[tuple[Asker, list[dict[str, Any]]]]:
    for firm in town.firms:
        parties = {
            each["id"]
            for each in town.agreements
            if any(party["partner_id"] == firm["id"] for party in each["parties"])
        }
        seen = [each for each in town.promises if each["agreement_id"] in parties]
        yield town.desk.of("liaison", [firm["id"]]), seen
    led = {each["id"] for each in town.agreements if each["lead_department_id"] == town.lead[0]}
    mine = [each for each in town.promises if each["agreement_id"] in led]
    yield town.desk.of("department", department=town.lead[0]), mine


def test_who_does_not_see_a_promise_does_not_count_it(town: Town) -> None:
    for asker, seen in callers(town):
        answer = asker.get("/v1/promises/rates?by=department&on=2025-12-31")

        assert told(answer.json["total"]) == summed(seen, "2025-12-31")
    assert town.desk.public.get("/v1/promises/rates").status in {401, 403}


def test_rates_are_narrowed_as_lists_are(town: Town) -> None:
    firm = town.firms[0]["id"]

    answer = town.office.get(f"/v1/promises/rates?partner={firm}&indicator=jobs&on=2025-12-31")

    theirs = [
        each for each in town.promises if each["partner_id"] == firm and each["indicator"] == "jobs"
    ]
    assert told(answer.json["total"]) == summed(theirs, "2025-12-31")
    assert town.office.get("/v1/promises/rates?by=colour").status == 422


def test_a_trend_says_each_quarters_end(town: Town) -> None:
    items = town.office.get("/v1/promises/trend?on=2025-11-10&quarters=4").json["quarters"]

    ends = ["2025-03-31", "2025-06-30", "2025-09-30", "2025-11-10"]
    assert [each["on"] for each in items] == ends
    for each in items:
        assert told(each["total"]) == summed(town.promises, each["on"])
