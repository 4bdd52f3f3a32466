"""A quorum, an ending, further terms and amendments, as every reader of the log sees them."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from changefeed.bounds import (
    Run,
    in_doubt,
    in_force,
    last_day,
    next_term_ends_on,
    objection_closes_on,
    party_run,
    signed_from,
    terms_on,
)
from changefeed.subjects.agreement import (
    Agreement,
    Amendment,
    End,
    Ended,
    Party,
    Renewal,
    Terms,
)
from changefeed.subjects.parts import Words

MARCH, APRIL, MAY = (date(2026, month, 2) for month in (3, 4, 5))
CITY = Party(UUID(int=1), "own", MARCH)
FIRST, SECOND = Party(UUID(int=2), signed_on=MARCH), Party(UUID(int=3), signed_on=MAY)
PACT = Agreement(
    UUID(int=9),
    "mou",
    Words("협약"),
    End("evergreen"),
    (CITY, FIRST, SECOND),
    signed_on=MARCH,
)


@pytest.mark.parametrize(("quorum", "day"), [(None, MARCH), (1, MARCH), (2, MAY), (3, None)])
def test_a_quorum_is_how_many_counterparts_must_have_signed(
    quorum: int | None, day: date | None
) -> None:
    found = replace(PACT, quorum=quorum)

    assert signed_from(found) == day
    assert in_force(found) == (() if day is None else (Run(day),))
    assert party_run(found, FIRST) == (None if day is None else Run(day))


def test_two_spans_of_one_partner_are_one_signature() -> None:
    again = replace(SECOND, partner_id=FIRST.partner_id)
    gone = replace(FIRST, left_on=APRIL)

    assert signed_from(replace(PACT, parties=(CITY, gone, again), quorum=2)) is None


@pytest.mark.parametrize("rule", ["evergreen", "auto_renews", "unknown", "until_purpose_achieved"])
def test_an_ending_on_record_is_the_end_of_what_had_none(rule: str) -> None:
    end = End(rule, date(2030, 1, 1) if rule == "auto_renews" else None)  # type: ignore[arg-type]
    found = replace(PACT, end=end, ended=Ended(MAY, "terminated"))

    assert in_force(found) == (Run(MARCH, MAY),)
    assert in_doubt(found) == ()
    assert last_day(found) == MAY


def test_an_ending_on_record_does_not_outlast_the_agreed_day() -> None:
    found = replace(PACT, end=End("fixed", APRIL), ended=Ended(MAY, "expired"))

    assert in_force(found) == (Run(MARCH, APRIL),)


@pytest.mark.parametrize(
    ("renewals", "ends_on", "following"),
    [
        ((), date(2026, 1, 31), date(2026, 2, 28)),
        ((date(2026, 2, 28),), date(2026, 2, 28), date(2026, 3, 31)),
        ((date(2026, 2, 28), date(2026, 3, 31)), date(2026, 3, 31), date(2026, 4, 30)),
        # By hand to another day: from then on counted from that.
        ((date(2026, 2, 15),), date(2026, 2, 15), date(2026, 3, 15)),
    ],
)
def test_terms_are_counted_from_the_first_one_s_last_day(
    renewals: tuple[date, ...], ends_on: date, following: date
) -> None:
    first = date(2026, 1, 31)
    terms = []
    before = first
    for each in renewals:
        terms.append(Renewal(date.fromordinal(before.toordinal() + 1), each, "rule"))
        before = each
    end = End("auto_renews", ends_on, term_months=1)

    assert next_term_ends_on(replace(PACT, end=end, renewals=tuple(terms))) == following


@pytest.mark.parametrize(
    ("end", "day"),
    [
        (End("auto_renews", date(2028, 2, 29), notice_months=12), date(2027, 2, 28)),
        (End("auto_renews", date(2027, 8, 31), notice_months=6), date(2027, 2, 28)),
        (End("auto_renews", date(2027, 3, 1), notice_days=30), date(2027, 1, 30)),
        (End("auto_renews", date(2027, 3, 1)), date(2027, 3, 1)),
        (End("auto_renews", date(1, 1, 31), notice_months=3), None),
        (End("fixed", date(2027, 3, 1), notice_days=30), None),
        (End("evergreen"), None),
    ],
)
def test_the_last_day_to_object_is_the_term_s_less_the_notice(end: End, day: date | None) -> None:
    assert objection_closes_on(replace(PACT, end=end)) == day


@pytest.mark.parametrize("ends_on", [date(9999, 12, 31), date(9998, 12, 31)])
def test_no_term_passes_the_calendar(ends_on: date) -> None:
    end = End("auto_renews", ends_on, term_months=1200)

    assert next_term_ends_on(replace(PACT, end=end)) is None


def test_the_terms_of_a_day_are_the_newest_without_what_begins_later() -> None:
    was = Terms(title=Words("옛 제목"), purpose=None)
    first = Amendment(date(2024, 1, 10), date(2024, 2, 1), ("title", "purpose"), was)
    end_was = Terms(Words("둘째 제목"), end=End("fixed", date(2025, 12, 31)))
    second = Amendment(date(2025, 1, 10), date(2025, 2, 1), ("title", "end"), end_was)
    newest = replace(
        PACT, title=Words("새 제목"), purpose=Words("새 목적"), amendments=(first, second)
    )

    def told(day: date) -> tuple[str, str | None, End]:
        found = terms_on(newest, day)
        purpose = None if found.purpose is None else found.purpose.ko
        return found.title.ko, purpose, found.end

    assert told(date(2024, 1, 31)) == ("옛 제목", None, PACT.end)
    assert told(date(2024, 2, 1)) == ("둘째 제목", "새 목적", PACT.end)
    assert told(date(2025, 1, 31)) == ("둘째 제목", "새 목적", PACT.end)
    assert told(date(2025, 2, 1)) == ("새 제목", "새 목적", PACT.end)
