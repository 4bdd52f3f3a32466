"""A letter's identity and the values that its text speaks of."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from changefeed.change import Fact, Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.facts import Record, Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.letter import Contact, Person, letter_values, message_id
from ieum_notify.domain.letters_out import LettersOut
from ieum_notify.domain.planner import plan
from ieum_notify.domain.reading import Reader
from ieum_notify.domain.reason import why_owed
from ieum_notify.domain.rules.event_ahead import EVENT_AHEAD
from ieum_notify.domain.rules.milestone_due import MILESTONE_DUE
from ieum_notify.domain.rules.register import RULES
from ieum_notify.domain.words import Language
from ieum_notify.outbound.typeset import LETTERS
from tests.notify.makers import (
    AGREEMENT,
    EVENT,
    LIAISON,
    LIAISON_SEAT,
    MILESTONE,
    MONDAY,
    OFFICE,
    PARTNER,
    READER,
    agreement,
    at,
    deadline,
    event,
    houses,
    milestone,
    place,
    records,
)
from workdays.calendar import WorkingDays

DUE = MONDAY + timedelta(days=5)
BEGINS = "2026-12-23T09:00"
TAKING_BACK = {rule.name for rule in RULES if rule.takes_back}
ASKED = Person(uuid4(), "박예시", "ko", "park@gwangju.example", "062-1")
ASKED_AT = "인공지능정책과"
UNLISTED = Contact(OFFICE, replace(ASKED, phone=None))
OFF: Facts = {"cancelled_on": "2026-11-22"}


def values(
    language: Language = "ko", letter: str = "milestone_due", **facts: None
) -> dict[str, object]:
    found = records(houses(), milestone(DUE, **facts))
    occurrence = replace(plan(RULES, Known.of(found), at(MONDAY)).occurrences[0], letter=letter)
    why = why_owed(MILESTONE_DUE, occurrence, WorkingDays(), MONDAY)
    return letter_values(
        MILESTONE_DUE,
        occurrence,
        found,
        why,
        owners=(PARTNER,),
        contact=None,
        reader=READER,
        now=at(MONDAY),
        language=language,
        portal_url="http://portal.example",
    )


def test_a_resend_carries_the_same_message_id_and_another_person_another() -> None:
    person = uuid4()

    assert message_id("key", person, "x.example") == message_id("key", person, "x.example")
    assert message_id("key", person, "x.example") != message_id("key", uuid4(), "x.example")
    assert message_id("key", person, "x.example") != message_id("other", person, "x.example")


@pytest.mark.parametrize("letter", ["milestone_due", "nobody_to_tell"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_letters_values_are_exactly_those_of_its_sample(letter: str, language: Language) -> None:
    sample = json.loads((LETTERS / letter / "sample.json").read_text(encoding="utf-8"))

    assert set(values(language, letter)) | {"recipient"} == set(sample[language])


def told(found: Mapping[Subject, Record], *rules: str) -> Known:
    """What is known, and that the liaison was told of the event by these letters, in turn."""
    return Known.of(found).with_told(
        LettersOut(
            EVENT, LIAISON_SEAT, LIAISON, rule in TAKING_BACK, at(MONDAY, hour), at(MONDAY, hour), 1
        )
        for hour, rule in enumerate(rules)
    )


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_values_of_an_events_letters_are_exactly_those_of_their_samples(
    language: Language,
) -> None:
    moved: Facts = {"revision": 1, "revised_on": "2026-11-22"}
    booth: Facts = {"deadlines": [deadline("booth", "2026-12-01")]}
    seen = set()
    nobody: Facts = {"partner_ids": []}
    before: Facts = {"cancelled_on": "2026-11-21"}
    reopened: Facts = {"revision": 2, "revised_on": "2026-11-22", "revised_from": before}
    for facts, heard in (
        (event(BEGINS, **booth), ["event_ahead"]),
        (event(BEGINS, **booth), ["event_ahead", "event_left"]),
        (event(BEGINS, **moved), ["event_ahead"]),
        (event(BEGINS, **moved, **OFF), ["event_ahead"]),
        (event(BEGINS, **nobody), ["event_ahead"]),
        (event(BEGINS, **reopened), ["event_ahead", "event_cancelled"]),
    ):
        found = records(houses(), facts)
        for occurrence in plan(RULES, told(found, *heard), at(MONDAY)).occurrences:
            [rule] = [each for each in RULES if each.name == occurrence.rule]
            made = letter_values(
                rule,
                occurrence,
                found,
                [],
                owners=(None,),
                contact=None,
                reader=READER,
                now=at(MONDAY),
                language=language,
                portal_url="http://portal.example/",
            )
            path = LETTERS / occurrence.letter / "sample.json"
            sample = json.loads(path.read_text(encoding="utf-8"))
            assert set(made) | {"recipient"} == set(sample[language])
            assert made["link"] == f"http://portal.example/events/{EVENT.id}"
            seen.add(occurrence.letter)
    assert seen == {path.name for path in LETTERS.glob("event_*")} | {"nobody_to_tell"}


@pytest.mark.parametrize(
    ("zone", "begins", "countdown"),
    [
        ("America/Los_Angeles", "2026-11-24T09:00", "D-2"),  # It is still the 22nd there.
        ("Pacific/Kiritimati", "2026-11-24T09:00", "D-1"),
        ("Asia/Seoul", "2026-11-24T09:00", "D-1"),
    ],
)
def test_days_left_are_counted_on_the_calendar_of_the_place(
    zone: str, begins: str, countdown: str
) -> None:
    found = records(houses(), event(begins, zone=zone))
    occurrence = plan(RULES, Known.of(found), at(MONDAY)).occurrences[0]

    made = letter_values(
        EVENT_AHEAD,
        occurrence,
        found,
        [],
        owners=(),
        contact=None,
        reader=READER,
        now=at(MONDAY),
        language="ko",
        portal_url="",
    )

    assert made["countdown"] == countdown


def test_the_values_speak_the_readers_language() -> None:
    assert values("ko")["owner"] == "네이버"
    assert values("en")["owner"] == "NAVER"
    assert values("en")["agreement"] == "융합도시 광주 업무협약"
    assert values("ko")["countdown"] == "D-5"
    assert values("ko")["is_example"] is True


def test_what_is_not_known_is_none_and_never_missing() -> None:
    assert values(agreement_id=None)["agreement"] is None


def test_each_subject_that_a_rule_mentions_is_a_value_whether_known_or_not() -> None:
    def anchor(facts: Facts) -> Anchor:
        return replace(MILESTONE_DUE.anchor(facts), mentions={"partner": PARTNER, "task": None})

    rule = replace(MILESTONE_DUE, anchor=anchor)
    found = records(houses(), milestone(DUE))
    occurrence = plan((rule,), Known.of(found), at(MONDAY)).occurrences[0]

    made = letter_values(
        rule,
        occurrence,
        found,
        [],
        owners=(PARTNER,),
        contact=None,
        reader=READER,
        now=at(MONDAY),
        language="ko",
        portal_url="",
    )

    assert (made["partner"], made["task"], made["agreement"]) == ("네이버", None, None)
    assert made["owner"] == "네이버"


def test_a_mention_without_a_readable_name_is_left_out() -> None:
    found = records(houses(), milestone(DUE), {AGREEMENT: {"id": str(AGREEMENT.id)}})
    occurrence = plan(RULES, Known.of(found), at(MONDAY)).occurrences[0]

    made = letter_values(
        MILESTONE_DUE,
        occurrence,
        found,
        [],
        owners=(PARTNER,),
        contact=None,
        reader=READER,
        now=at(MONDAY),
        language="ko",
        portal_url="",
    )

    assert made["agreement"] is None


@pytest.mark.parametrize(
    ("facts", "link"),
    [
        ({}, f"agreements/{AGREEMENT.id}#milestones"),
        ({"agreement_id": None}, f"partners/{PARTNER.id}#milestones"),
        ({"agreement_id": None, "owner": place(OFFICE)}, f"history?subject={MILESTONE.id}"),
        ({"owner": place(OFFICE)}, f"agreements/{AGREEMENT.id}#milestones"),
    ],
)
def test_a_milestones_letter_leads_to_where_the_milestone_is_shown(facts: Facts, link: str) -> None:
    assert milestone_link(READER, **facts) == f"http://portal.example/{link}"


def test_a_letter_does_not_lead_to_an_agreement_that_is_closed_to_its_reader() -> None:
    closed = agreement(parties=[], disclosure="closed")
    liaison = Reader(PARTNER, is_office=False, on=MONDAY)

    assert milestone_link(liaison, closed).endswith(f"/partners/{PARTNER.id}#milestones")
    assert f"/agreements/{AGREEMENT.id}" in milestone_link(READER, closed)


def milestone_link(reader: Reader, *more: dict[Subject, Facts], **facts: Fact) -> str:
    found = records(houses(), *more, milestone(DUE, **facts))
    occurrence = plan((MILESTONE_DUE,), Known.of(found), at(MONDAY)).occurrences[0]
    made = letter_values(
        MILESTONE_DUE,
        occurrence,
        found,
        [],
        owners=(),
        contact=None,
        reader=reader,
        now=at(MONDAY),
        language="ko",
        portal_url="http://portal.example",
    )
    return str(made["link"])


@pytest.mark.parametrize(
    ("contact", "ko", "en", "phone"),
    [
        (Contact(OFFICE, ASKED), f"{ASKED_AT} 박예시", f"박예시, {ASKED_AT}", "062-1"),
        (UNLISTED, f"{ASKED_AT} 박예시", f"박예시, {ASKED_AT}", None),
        (Contact(OFFICE, replace(ASKED, name="")), ASKED_AT, ASKED_AT, "062-1"),
        (Contact(OFFICE, None), ASKED_AT, ASKED_AT, None),
        (None, None, None, None),
    ],
)
def test_whom_to_ask_stands_with_the_department(
    contact: Contact | None, ko: str | None, en: str | None, phone: str | None
) -> None:
    found = records(houses(), milestone(DUE))
    occurrence = plan((MILESTONE_DUE,), Known.of(found), at(MONDAY)).occurrences[0]

    for language, said in (("ko", ko), ("en", en)):
        made = letter_values(
            MILESTONE_DUE,
            occurrence,
            found,
            [],
            owners=(),
            contact=contact,
            reader=READER,
            now=at(MONDAY),
            language=language,  # type: ignore[arg-type]  # One of the two.
            portal_url="",
        )
        assert (made["contact"], made["contact_phone"]) == (said, phone)


@pytest.mark.parametrize(
    ("reader", "leads_to"),
    [
        (replace(READER, place=PARTNER, is_office=False), "http://portal.example/our-records"),
        (replace(READER, place=OFFICE, is_office=False), None),
        (replace(READER, place=OFFICE, is_office=True), None),
    ],
)
def test_only_a_partner_is_led_to_what_the_city_holds_on_it(
    reader: Reader, leads_to: str | None
) -> None:
    found = records(houses(), milestone(DUE))
    occurrence = plan((MILESTONE_DUE,), Known.of(found), at(MONDAY)).occurrences[0]
    made = letter_values(
        MILESTONE_DUE,
        occurrence,
        found,
        [],
        owners=(),
        contact=None,
        reader=reader,
        now=at(MONDAY),
        language="ko",
        portal_url="http://portal.example/",
    )
    assert made["own_records"] == leads_to
