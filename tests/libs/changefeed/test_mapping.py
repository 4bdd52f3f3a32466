"""Facts both ways, and readers that take what an older or a newer release wrote."""

from datetime import date, datetime, time
from uuid import UUID

import pytest

from changefeed.mapping import from_facts, to_facts
from changefeed.subjects.event import Deadline, Event
from changefeed.subjects.partner import Partner
from changefeed.subjects.parts import Place, Provenance, Source, Words
from changefeed.subjects.seat import Holder, Seat

ONE = UUID(int=1)
NAVER = Partner(
    ONE,
    "company",
    Words("네이버", "NAVER"),
    aliases=("네이버(주)",),
    provenance=Provenance((Source("보도자료", "press", date(2021, 11, 16)),)),
)


def test_facts_are_plain_values_under_their_keys() -> None:
    assert to_facts(NAVER) == {
        "id": str(ONE),
        "key": None,
        "kind": "company",
        "name": {"ko": "네이버", "en": "NAVER"},
        "aliases": ["네이버(주)"],
        "own": False,
        "business_number": None,
        "website": None,
        "country": None,
        "ror": None,
        "lei": None,
        "corporate_number": None,
        "memo": None,
        "merged_ids": [],
        "distinct_ids": [],
        "provenance": {
            "source": [{"title": "보도자료", "kind": "press", "published_on": "2021-11-16"}],
            "illustrative": False,
        },
    }
    assert from_facts(Partner, to_facts(NAVER)) == NAVER


def test_a_field_may_have_another_key_in_the_facts() -> None:
    seat = Seat(
        ONE, Place("partner", ONE), "liaison", "ko", holders=(Holder(ONE, date(2026, 1, 1)),)
    )

    facts = to_facts(seat)

    assert facts["holders"] == [{"contact_id": str(ONE), "from": "2026-01-01", "to": None}]
    assert from_facts(Seat, facts) == seat


def test_civil_times_are_told_to_the_minute() -> None:
    event = Event(
        ONE,
        Words("전시회"),
        "expo",
        "Asia/Seoul",
        datetime.fromisoformat("2027-01-06T09:00"),
        datetime.fromisoformat("2027-01-09T18:00"),
        "KR",
        Words("광주"),
        deadlines=(Deadline("booth", date(2026, 12, 1), time(17, 30)),),
    )

    facts = to_facts(event)

    assert facts["starts_at"] == "2027-01-06T09:00"
    assert facts["deadlines"] == [{"kind": "booth", "on": "2026-12-01", "at": "17:30"}]
    assert from_facts(Event, facts) == event


def test_a_key_of_a_newer_release_passes() -> None:
    assert from_facts(Partner, {**to_facts(NAVER), "rating": 5}) == NAVER


def test_a_key_that_an_older_release_did_not_write_takes_its_default() -> None:
    facts = {name: value for name, value in to_facts(NAVER).items() if name != "website"}

    assert from_facts(Partner, facts) == NAVER


def test_a_code_of_a_newer_release_stays_as_it_is() -> None:
    newer = {**to_facts(NAVER), "kind": "foundation"}

    assert to_facts(from_facts(Partner, newer)) == newer


@pytest.mark.parametrize("missing", ["id", "kind", "name"])
def test_what_always_was_there_must_be_there(missing: str) -> None:
    facts = {name: value for name, value in to_facts(NAVER).items() if name != missing}

    with pytest.raises(KeyError, match=missing):
        from_facts(Partner, facts)
