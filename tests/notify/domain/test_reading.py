"""No letter of any rule names what its reader may not read; the office is named everything."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from changefeed.change import Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.facts import Record, Subject
from ieum_notify.domain.letter import letter_values
from ieum_notify.domain.occurrence import NOBODY_TO_TELL, Occurrence
from ieum_notify.domain.planner import owed_for
from ieum_notify.domain.reading import Reader
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.rules.register import RULES
from ieum_notify.domain.words import Language
from tests.notify.domain.test_letter import BEGINS, OFF
from tests.notify.domain.test_letter import told as told_of_event
from tests.notify.makers import (
    AGREEMENT,
    EVENT,
    MILESTONE,
    MONDAY,
    OFFICE,
    OFFICER_SEAT,
    OWN,
    PARTNER,
    PROMISE,
    agreement,
    at,
    deadline,
    event,
    houses,
    milestone,
    party,
    place,
    promise,
    records,
)

SECRET = "숨은제목7391"
OTHER = Subject("partner", UUID("018f0000-0000-7000-8000-0000000000d1"))
LEAD = Subject("department", UUID("018f0000-0000-7000-8000-0000000000d2"))
CLOSED, WORK, DEED = (
    Subject(type_, UUID(f"018f0000-0000-7000-8000-0000000000d{number}"))
    for type_, number in (("agreement", 3), ("collaboration", 4), ("milestone", 5))
)
TITLE: Facts = {"ko": SECRET, "en": SECRET}
LEFT = (MONDAY - timedelta(days=1)).isoformat()

READERS = {
    "a stranger": Reader(OTHER, is_office=False, on=MONDAY),
    "who left": Reader(PARTNER, is_office=False, on=MONDAY),
    "another department": Reader(LEAD, is_office=False, on=MONDAY),
}
SUBJECTS: Mapping[str, tuple[Subject, dict[Subject, Facts]]] = {
    "milestone": (MILESTONE, milestone(MONDAY + timedelta(days=5))),
    "agreement": (AGREEMENT, agreement(rule="fixed", ends_on=MONDAY + timedelta(days=5))),
    "promise": (PROMISE, promise(MONDAY + timedelta(days=5))),
    "event": (
        EVENT,
        event(
            "2026-12-23T09:00",
            deadlines=[
                deadline(kind, "2026-12-01") for kind in ("registration", "booth", "papers")
            ],
        ),
    ),
}
"""One of each type that rules tell of."""

RENEWING: Facts = {
    "rule": "auto_renews",
    "ends_on": (MONDAY + timedelta(days=40)).isoformat(),
    "note": None,
    "term_months": 12,
    "notice_days": 35,
}
TOLD: Mapping[str, tuple[dict[Subject, Facts], tuple[str, ...]]] = {
    "agreement_objection": (agreement(end=RENEWING), ()),
    "event_moved": (event(BEGINS, revision=1, revised_on="2026-11-22"), ("event_ahead",)),
    "event_cancelled": (event(BEGINS, **OFF), ("event_ahead",)),
    "event_left": (event(BEGINS, partner_ids=[]), ("event_ahead",)),
    "event_returned": (event(BEGINS), ("event_ahead", "event_left")),
    "event_reopened": (
        event(BEGINS, revision=2, revised_from={"cancelled_on": "2026-11-22"}),
        ("event_ahead", "event_cancelled"),
    ),
}
"""What makes a rule write that writes of others, or to whom others wrote, and which those were."""


def secrets() -> dict[Subject, Facts]:
    """What lies under a closed agreement that the partner has left and another house leads."""
    sides = [party(OWN), party(PARTNER, left_on=LEFT)]
    hidden = agreement(
        CLOSED, *sides, title=TITLE, disclosure="closed", lead_department_id=str(OFFICE.id)
    )
    return {
        **hidden,
        WORK: {"agreement_id": str(CLOSED.id), "disclosure": "closed", "title": TITLE},
        DEED: {"owner": place(OFFICE), "agreement_id": str(CLOSED.id), "title": TITLE},
    }


def telling(rule: Rule) -> Rule:
    """Let a rule name what it may not, under every name that letters have."""

    def anchor(facts: Facts) -> Anchor:
        found = rule.anchor(facts)
        mentions = dict.fromkeys(("agreement", *found.mentions), CLOSED)
        return replace(found, mentions=mentions | {"more": (CLOSED, WORK, DEED)})

    return replace(rule, anchor=anchor)


def told(rule: Rule, reader: Reader, letter: str, language: Language) -> dict[str, object]:
    about, facts = SUBJECTS[rule.subject_type]
    found: dict[Subject, Record] = records(houses(), secrets(), facts)
    occurrence = Occurrence(
        rule.name, letter, about, MONDAY, 0, OFFICER_SEAT, "officer", MONDAY, at(MONDAY)
    )
    return letter_values(
        telling(rule),
        occurrence,
        found,
        [],
        owners=(CLOSED, WORK),
        contact=None,
        reader=reader,
        now=at(MONDAY),
        language=language,
        portal_url="",
    )


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_no_letter_of_any_rule_names_what_its_reader_may_not_read(
    rule: Rule, reader: Reader, language: Language
) -> None:
    for letter in (rule.letter, NOBODY_TO_TELL):
        assert SECRET not in str(told(rule, reader, letter, language))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_letter_names_to_the_office_what_its_rule_mentions(rule: Rule) -> None:
    found = told(rule, Reader(OFFICE, is_office=True, on=MONDAY), rule.letter, "ko")

    assert found["agreement"] == SECRET
    assert found["more"] == ", ".join([SECRET] * 3)
    assert found["owner"] == f"{SECRET}, {SECRET}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_whoever_is_told_of_a_subject_may_read_it(rule: Rule) -> None:
    about, facts = SUBJECTS[rule.subject_type]
    facts, heard = TOLD.get(rule.name, (facts, ()))
    led = {CLOSED: secrets()[CLOSED]}
    known = told_of_event(records(houses(), led, facts), *heard)

    until = MONDAY + timedelta(days=90)
    owed = list(owed_for(rule, about, facts[about], known, now=at(MONDAY), until=until))

    assert owed
    for each in owed:
        seat = known.seat(each.seat_id) if each.seat_id else None
        assert seat is not None
        assert known.reader(seat.at, MONDAY).may_read(about, known.records)


@pytest.mark.parametrize(
    ("reader", "names"),
    [
        (Reader(PARTNER, is_office=False, on=MONDAY - timedelta(days=1)), True),
        (Reader(PARTNER, is_office=False, on=MONDAY), False),
        (Reader(OTHER, is_office=False, on=MONDAY), False),
        (Reader(OFFICE, is_office=False, on=MONDAY), True),
        (Reader(LEAD, is_office=False, on=MONDAY), False),
    ],
)
def test_what_lies_under_an_agreement_is_read_by_its_sides_and_lead(
    reader: Reader, *, names: bool
) -> None:
    found = records(secrets())

    assert [reader.may_read(each, found) for each in (CLOSED, WORK, DEED)] == [names] * 3


def test_what_is_not_known_or_cannot_be_read_is_not_named() -> None:
    stranger = Reader(OTHER, is_office=False, on=MONDAY)
    broken: Facts = {"disclosure": "closed", "parties": [{"partner_id": "?"}]}

    assert not stranger.may_read(CLOSED, {})
    assert not stranger.may_read(CLOSED, {CLOSED: Record(1, broken)})
    assert not stranger.may_read(Subject("contact", OTHER.id), records({CLOSED: TITLE}))
