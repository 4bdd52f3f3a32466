"""Where a promise stands on a day: terms as they stood, figures as of it, outcomes on record."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from changefeed.promised import runs_of, standing_on, terms_on
from changefeed.subjects.promise import OUTCOMES, Promise, ReachedFigure, Revision

BASE, DUE = date(2024, 1, 1), date(2025, 12, 31)


def promise(**more: object) -> Promise:
    """Make one of 100 jobs in two years."""
    ids = UUID(int=1), UUID(int=2), UUID(int=3)
    facts: dict[str, object] = {"target": 100, "unit": "명", "base_on": BASE, "due_on": DUE}
    agreement = {"id": ids[0], "agreement_id": ids[1], "partner_id": ids[2], "indicator": "jobs"}
    return Promise(**(agreement | facts | more))  # type: ignore[arg-type]  # Facts by name.


def reached(*figures: tuple[date, int]) -> tuple[ReachedFigure, ...]:
    return tuple(ReachedFigure(on, each, UUID(int=9)) for on, each in figures)


def test_it_is_planned_until_something_is_reached() -> None:
    made = promise(reached=reached((date(2024, 6, 30), 0), (date(2024, 12, 31), 40)))

    assert standing_on(made, date(2024, 12, 30)).state == "planned"
    found = standing_on(made, date(2024, 12, 31))
    assert (found.state, found.reached, found.reached_on) == (
        "under_way",
        40,
        date(2024, 12, 31),
    )


def test_after_its_by_day_it_is_delivered_in_part_and_overdue() -> None:
    made = promise(reached=reached((date(2024, 12, 31), 40)))

    on_the_day, after = standing_on(made, DUE), standing_on(made, DUE + timedelta(days=1))

    assert (on_the_day.state, on_the_day.is_overdue, on_the_day.days_left) == (
        "under_way",
        False,
        0,
    )
    assert (after.state, after.is_overdue, after.days_left) == ("partly", True, -1)


def test_it_is_delivered_from_the_day_as_of_which_the_target_was_reached() -> None:
    made = promise(reached=reached((date(2025, 3, 31), 100), (date(2025, 6, 30), 90)))

    assert standing_on(made, date(2025, 3, 30)).state == "planned"
    assert standing_on(made, date(2025, 3, 31)).state == "delivered"
    assert standing_on(made, date(2025, 6, 30)).state == "under_way"


def test_a_revised_target_holds_from_its_day_and_the_first_stays() -> None:
    revised = Revision(date(2025, 1, 1), 300, date(2025, 6, 30), "물량 축소")
    made = promise(revisions=(revised,), reached=reached((date(2024, 12, 31), 120)))

    assert terms_on(made, date(2024, 12, 31)) == (300, date(2025, 6, 30))
    assert terms_on(made, date(2025, 1, 1)) == (100, DUE)
    assert standing_on(made, date(2024, 12, 31)).state == "under_way"
    assert standing_on(made, date(2025, 1, 1)).state == "delivered"


def test_an_outcome_on_record_says_where_it_stands_from_its_day() -> None:
    made = promise(outcome="closed_down", settled_on=date(2025, 2, 1))

    assert standing_on(made, date(2025, 1, 31)).state == "planned"
    found = standing_on(made, date(2025, 2, 1))
    assert (found.state, found.is_due, found.is_overdue) == ("closed_down", True, False)
    assert found.days_left is None


days = st.dates(date(2023, 1, 1), date(2027, 12, 31))


@given(
    st.lists(st.tuples(days, st.integers(0, 200)), max_size=5),
    st.lists(st.tuples(days, st.integers(0, 200), days), max_size=3, unique_by=lambda it: it[0]),
    st.none() | st.tuples(st.sampled_from(sorted(OUTCOMES)), days),
    days,
)
def test_the_runs_of_days_say_what_each_day_says(
    figures: list[tuple[date, int]],
    revisions: list[tuple[date, int, date]],
    settled: tuple[str, date] | None,
    day: date,
) -> None:
    made = promise(
        reached=reached(*sorted(figures, key=lambda each: each[0])),
        revisions=tuple(Revision(*each, "까닭") for each in sorted(revisions)),
        outcome=settled[0] if settled else None,
        settled_on=settled[1] if settled else None,
    )

    [run] = [each for each in runs_of(made) if each.first_on <= day <= each.last_on]

    found = standing_on(made, day)
    assert (run.state, run.is_overdue) == (found.state, found.is_overdue)
