"""The illustration holds what the coverage page, the post room and the newcomer need to see."""

from pathlib import Path
from typing import Any

import pytest
import yaml

DATA = Path(__file__).parents[2] / "data"
Record = dict[Any, Any]
ON: Any = True
"""What PyYAML's own loader makes of the name `on`; Ieum's reader takes it for the word it is."""


@pytest.fixture(scope="module")
def made_up() -> Record:
    loaded: Record = yaml.safe_load((DATA / "illustration.yaml").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def known() -> Record:
    loaded: Record = yaml.safe_load((DATA / "gwangju-2021.yaml").read_text("utf-8"))
    return loaded


def keys(records: list[Record]) -> set[str]:
    return {each["key"] for each in records}


def is_over(record: Record) -> bool:
    return "ago" in (record.get("ends_on") or {})


def covered(made_up: Record, known: Record) -> dict[str, set[str]]:
    tasks: dict[str, set[str]] = {
        task["key"]: set() for each in known["programme"]["strategies"] for task in each["tasks"]
    }
    for each in made_up["collaborations"]:
        if not is_over(each):
            tasks[each["task"]].add(each["partner"])
    return tasks


def test_it_is_marked_as_made_up(made_up: Record) -> None:
    assert made_up["illustrative"] is True
    assert made_up["format"] == 1


def test_three_tasks_have_nobody_and_at_least_two_have_one_partner(
    made_up: Record, known: Record
) -> None:
    partners = [len(each) for each in covered(made_up, known).values()]

    assert partners.count(0) == 3
    assert partners.count(1) >= 2


def test_every_partner_and_every_field_takes_part(made_up: Record, known: Record) -> None:
    commitments = made_up["collaborations"]
    fields = {each.get("service_field") for each in commitments} - {None}

    assert len(commitments) == 45
    assert {each["partner"] for each in commitments} == keys(known["partners"])
    assert fields == keys(known["programme"]["service_fields"])


def test_some_commitments_are_over_some_open_to_the_public_and_some_closed(
    made_up: Record,
) -> None:
    commitments = made_up["collaborations"]
    public = [each for each in commitments if each.get("disclosure") == "public"]

    assert any(is_over(each) for each in commitments)
    assert public
    assert len(public) < len(commitments)


def test_everything_named_exists(made_up: Record) -> None:
    technologies = keys(made_up["technologies"])
    used = {each for record in made_up["collaborations"] for each in record["technologies"]}
    broader = {each["broader"] for each in made_up["technologies"] if "broader" in each}
    held = {holder["contact"] for seat in made_up["seats"] for holder in seat["holders"]}
    promised = {each["collaboration"] for each in made_up["milestones"] if "collaboration" in each}

    assert used == technologies
    assert broader < technologies
    assert held == keys(made_up["contacts"])
    assert promised < keys(made_up["collaborations"])


def test_no_key_is_used_twice(made_up: Record) -> None:
    for name, records in made_up.items():
        if isinstance(records, list):
            assert len(keys(records)) == len(records), name


def test_nobody_real_is_written_to(made_up: Record) -> None:
    assert all(each["email"].endswith(".example") for each in made_up["contacts"])


def test_one_milestone_lies_five_days_ahead_and_belongs_to_the_first_liaison(
    made_up: Record,
) -> None:
    near = [each for each in made_up["milestones"] if each["due_on"] == {"in": "P5D"}]

    assert [each["owner"] for each in near] == [{"partner": "naver"}]
    assert "naver-liaison" in keys(made_up["contacts"])
    assert "naver-liaison-seat" in keys(made_up["seats"])


def test_one_owners_seat_is_empty_so_that_the_office_is_told(made_up: Record) -> None:
    empty = [
        each["at"]["partner"]
        for each in made_up["seats"]
        if each["role"] == "liaison" and all("to" in holder for holder in each["holders"])
    ]
    waiting = {
        each["owner"].get("partner") for each in made_up["milestones"] if "in" in each["due_on"]
    }

    assert empty == ["gicon"]
    assert "gicon" in waiting


def test_four_events_in_zones_of_their_own_are_linked_with_partners_and_tasks(
    made_up: Record, known: Record
) -> None:
    events = made_up["events"]
    tasks = {task["key"] for each in known["programme"]["strategies"] for task in each["tasks"]}

    assert len(events) == len({each["zone"] for each in events}) == 4
    assert "America/Los_Angeles" in {each["zone"] for each in events}
    for each in events:
        assert set(each["partners"]) <= keys(known["partners"])
        assert set(each["tasks"]) <= tasks
        assert each["partners"]
        assert each["tasks"]
        assert each.get("link", "https://x.example/").split("/")[2].endswith(".example")


def test_an_event_and_a_deadline_have_a_letter_due_soon(made_up: Record) -> None:
    """Letters go out 30, 14 and 1 days before: one event lies within 14 days, one deadline too."""
    starts = {int(each["starts"]["in"][1:-1]) for each in made_up["events"][:2]}
    deadlines = {
        int(deadline[ON]["in"][1:-1])
        for each in made_up["events"][:2]
        for deadline in each.get("deadlines", ())
    }

    assert starts == {9, 44}
    assert min(deadlines) <= 14


def test_one_department_is_the_coordinating_office(made_up: Record) -> None:
    offices = [each["key"] for each in made_up["departments"] if each.get("office")]

    assert len(made_up["departments"]) == 4
    assert offices == ["ai-policy"]
