"""From which day a change can be felt."""

from datetime import date
from uuid import UUID

import pytest

from ieum_portal.domain.command import (
    Command,
    Foretold,
    SubjectChanged,
    SubjectMoved,
    SubjectRegistered,
    first_felt,
)

TODAY = date(2026, 11, 23)
ID = UUID(int=1)


def ended(on: date) -> SubjectMoved:
    return SubjectMoved("collaboration", ID, "endings", {"ends_on": on.isoformat()}, "왜", 1)


@pytest.mark.parametrize(
    ("wanted", "felt"),
    [
        (ended(TODAY), date(2026, 11, 24)),
        (ended(date(2026, 11, 22)), TODAY),
        (ended(date(2026, 1, 1)), TODAY),
        (ended(date(2027, 2, 28)), date(2027, 3, 1)),
        (SubjectMoved("seat", ID, "handovers", {"from": "2026-12-01"}, None, 1), date(2026, 12, 1)),
        (SubjectMoved("milestone", ID, "completions", {"done_on": "2026-11-01"}, None, 1), TODAY),
        (SubjectChanged("contact", ID, {}, None, 1), TODAY),
    ],
)
def test_a_change_is_felt_from_its_day_and_never_before_today(wanted: Command, felt: date) -> None:
    assert first_felt(wanted, [], TODAY) == felt


def commitment(**body: str | None) -> list[Foretold]:
    return [Foretold("collaboration.changed", "collaboration", ID, body, None, {})]


@pytest.mark.parametrize(
    ("holds_from", "felt"),
    [
        ("2027-02-01", date(2027, 2, 1)),
        ("2026-12-10", date(2026, 12, 10)),
        ("2020-01-01", TODAY),
    ],
)
def test_a_commitment_is_felt_once_its_partner_is_bound(holds_from: str, felt: date) -> None:
    started = SubjectRegistered("collaboration", {"starts_on": "2020-01-01"})

    assert first_felt(started, commitment(holds_from=holds_from), TODAY) == felt


def test_an_end_is_felt_after_the_last_day_that_it_holds() -> None:
    written = commitment(holds_from="2020-01-01", holds_until="2026-12-31")

    assert first_felt(ended(date(2027, 2, 28)), written, TODAY) == date(2027, 1, 1)
