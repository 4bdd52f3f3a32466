"""Once-only keys never change: whoever was told under one must not be told again."""

from datetime import UTC, date, datetime

from ieum_notify.domain.occurrence import NOBODY_TO_TELL, Occurrence
from tests.notify.makers import EVENT, LIAISON_SEAT, MILESTONE, OFFICER_SEAT

DUE_AT = datetime(2026, 11, 20, tzinfo=UTC)


def test_the_keys_of_milestones_are_what_they_have_always_been() -> None:
    on, due_on = date(2026, 11, 28), date(2026, 11, 20)
    told = Occurrence(
        "milestone_due", "milestone_due", MILESTONE, on, 7, LIAISON_SEAT, "liaison", due_on, DUE_AT
    )
    nobody = Occurrence(
        "milestone_due", NOBODY_TO_TELL, MILESTONE, on, 7, OFFICER_SEAT, "officer", due_on, DUE_AT
    )

    assert told.key == (
        "milestone:018f0000-0000-7000-8000-000000000007|milestone_due|2026-11-28|7"
        "|018f0000-0000-7000-8000-000000000003|mail"
    )
    assert nobody.key == (
        "milestone:018f0000-0000-7000-8000-000000000007|milestone_due/nobody|2026-11-28|7"
        "|018f0000-0000-7000-8000-000000000004|mail"
    )


def test_the_key_of_a_change_holds_its_revision_for_the_step() -> None:
    found = Occurrence(
        "event_moved", "event_moved", EVENT, date(2027, 1, 6), 0, LIAISON_SEAT, "liaison",
        date(2026, 12, 12), DUE_AT, revision=2,
    )  # fmt: skip

    assert found.key == (
        "event:018f0000-0000-7000-8000-000000000009|event_moved|2027-01-06|r2"
        "|018f0000-0000-7000-8000-000000000003|mail"
    )
