"""Loading: all or none, found again by key, twice changes nothing, every fault with its line."""

import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from changefeed.mapping import from_facts, to_facts
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.milestone import Milestone
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.event import cancel_event
from ieum_registry.operations.loading.faults import MOST_LISTED, LoadRefused
from ieum_registry.operations.milestone import change_milestone
from ieum_registry.operations.ports.ledger import Ledger, Person
from ieum_registry.storage.store import Store
from tests.registry.operations.conftest import Loader

EXAMPLES = """\
format: 1
illustrative: true
departments:
  - {key: ai-policy, office: true, name: {ko: 인공지능정책과, en: AI Policy Division}}
technologies:
  - {key: xr, name: {ko: 확장현실, en: Extended reality}, aliases: [XR]}
  - {key: vr, name: {ko: 가상현실}, broader: xr}
contacts:
  - {key: naver-liaison, at: {partner: naver}, name: 김연락, email: kim@naver.example,
     phone: 02-000-0000, language: ko, purpose: 이행 안내, consented_on: {ago: P2M}}
seats:
  - {key: naver-liaison-seat, at: {partner: naver}, role: liaison, language: ko,
     holders: [{contact: naver-liaison, from: {ago: P1M}}]}
collaborations:
  - {key: c1, partner: naver, agreement: ai-metaverse-2021, task: T01, technologies: [xr, vr],
     service_field: F1, role: lead, starts_on: 2022-01-01, disclosure: public,
     evidence: [{on: 2022-05-01, text: 착수, link: "https://naver.example/1"}]}
milestones:
  - {key: m1, title: {ko: 시연, en: Demonstration}, due_on: {in: P5D}, owner: {partner: naver},
     collaboration: c1}
  - {key: m2, title: {ko: 점검}, due_on: {in: P1Y2M1W}, owner: {department: ai-policy},
     agreement: ai-metaverse-2021, done_on: {ago: P1D}}
events:
  - {key: e1, title: {ko: 전시회, en: Expo}, kind: expo, zone: America/Los_Angeles,
     starts: {in: P44D, at: "09:00"}, ends: 2027-01-09T18:00, country: US,
     city: {ko: 라스베이거스}, deadlines: [{kind: booth, on: {in: P20D}, at: "17:00"}],
     department: ai-policy, partners: [sk-telecom, naver], tasks: [T01]}
calendar_days:
  - {on: 2026-12-24, working: false, name: {ko: 임시}, decreed_by: 시장}
"""

ANOTHER_DAY = "  - {on: 2026-12-24, key: a, working: true, name: {ko: x}, decreed_by: y}"


def facts_of(store: Store, subject_type: str) -> list[dict[str, Any]]:
    found = store.records.list(subject_type, limit=200).items
    return [json.loads(each.text) for each in found]


def by_key(store: Store, subject_type: str, key: str) -> dict[str, Any]:
    [found] = [each for each in facts_of(store, subject_type) if each["key"] == key]
    return found


def faults(loader: Loader, **texts: str) -> list[tuple[str, int, str]]:
    """Load what is refused, and give code, line and pointer of each fault."""
    with pytest.raises(LoadRefused) as caught:
        loader(**texts)
    return [(each.code, each.line, each.pointer) for each in caught.value.faults]


def test_files_of_a_call_point_at_one_another(
    load_texts: Loader, gwangju: str, sqlite_store: Store
) -> None:
    loaded = load_texts(examples=EXAMPLES, network=gwangju)

    assert loaded.recorded["partner"] == 25
    assert loaded.recorded["collaboration"] == 1
    assert by_key(sqlite_store, "milestone", "m1")["agreement_id"] is not None
    assert by_key(sqlite_store, "collaboration", "c1")["holds_from"] == "2022-01-01"
    assert by_key(sqlite_store, "technology", "vr")["broader_id"] is not None
    assert [each["on"] for each in facts_of(sqlite_store, "calendar_day")] == ["2026-12-24"]


def test_relative_days_count_from_the_first_load(
    load_texts: Loader, gwangju: str, sqlite_store: Store
) -> None:
    load_texts(network=gwangju)

    later = load_texts(today=date(2027, 3, 1), examples=EXAMPLES)

    assert later.anchor_on == date(2026, 11, 23)
    assert by_key(sqlite_store, "milestone", "m1")["due_on"] == "2026-11-28"
    assert by_key(sqlite_store, "milestone", "m2")["due_on"] == "2028-01-30"
    assert by_key(sqlite_store, "milestone", "m2")["done_on"] == "2026-11-22"
    assert by_key(sqlite_store, "contact", "naver-liaison")["consented_on"] == "2026-09-23"


def test_an_event_stands_in_a_file_on_its_own_clock(
    load_texts: Loader, gwangju: str, sqlite_store: Store
) -> None:
    load_texts(network=gwangju, examples=EXAMPLES)

    found = by_key(sqlite_store, "event", "e1")

    assert (found["starts_at"], found["ends_at"]) == ("2027-01-06T09:00", "2027-01-09T18:00")
    assert found["deadlines"] == [{"kind": "booth", "on": "2026-12-13", "at": "17:00"}]
    assert len(found["partner_ids"]) == 2
    assert found["department_id"] == by_key(sqlite_store, "department", "ai-policy")["id"]
    assert found["provenance"]["illustrative"] is True


def test_a_file_that_moves_an_event_raises_its_revision(
    load_texts: Loader, gwangju: str, sqlite_store: Store
) -> None:
    load_texts(network=gwangju, examples=EXAMPLES)
    named = EXAMPLES.replace("{ko: 전시회, en: Expo}", "{ko: 새 이름}")
    moved = named.replace("2027-01-09T18:00", "2027-01-10T18:00")

    load_texts(today=date(2026, 11, 30), examples=named)
    before = by_key(sqlite_store, "event", "e1")
    load_texts(today=date(2026, 12, 1), examples=moved)
    after = by_key(sqlite_store, "event", "e1")

    assert (before["revision"], before["revised_on"]) == (0, None)
    assert (after["revision"], after["revised_on"]) == (1, "2026-12-01")


def test_a_file_changes_nothing_of_a_cancelled_event(
    load_texts: Loader, gwangju: str, sqlite_store: Store, ledger: Ledger
) -> None:
    load_texts(network=gwangju, examples=EXAMPLES)
    event_id = UUID(by_key(sqlite_store, "event", "e1")["id"])
    today = date(2026, 11, 23)
    cancel_event(
        event_id,
        cancelled_on=today,
        reason="취소",
        told=None,
        today=today,
        seen=1,
        ledger=ledger,
    )

    found = faults(load_texts, examples=EXAMPLES.replace("country: US", "country: CA"))
    load_texts(examples=EXAMPLES.replace("ko: 시연", "ko: 시연회"))

    assert [(code, pointer) for code, _, pointer in found] == [
        ("event.is_cancelled", "/events/0"),
    ]
    assert by_key(sqlite_store, "event", "e1")["cancelled_on"] == "2026-11-23"


@pytest.mark.parametrize(
    ("was", "becomes", "code", "pointer"),
    [
        ("zone: America/Los_Angeles", "zone: LA", "event.zone_unknown", "zone"),
        ("2027-01-09T18:00", "2027-01-05T18:00", "event.ends_first", "ends"),
        ("2027-01-09T18:00", "tomorrow", "field.civil", "ends"),
        ("2027-01-09T18:00", "[a]", "field.civil", "ends"),
        (', at: "09:00"}', "}", "field.missing", "starts"),
        (', at: "09:00"}', ', at: "9"}', "field.clock", "starts/at"),
        ("{in: P44D,", "{in: soon,", "field.relative_day", "starts"),
        ("{in: P44D,", "{in: P44D, zone: UTC,", "field.unknown", "starts/zone"),
        ("ends: 2027-01-09T18:00, ", "", "field.missing", ""),
        ("on: {in: P20D}", "on: 2027-01-10", "event.deadline_after_end", "deadlines"),
        ("kind: booth", "kind: flight", "field.choice", "deadlines/0/kind"),
        ("country: US", "country: USA", "event.country_unknown", "country"),
        ("partners: [sk-telecom,", "partners: [sk,", "key.unknown", "partners/0"),
        ("tasks: [T01]}", "tasks: [T99]}", "key.unknown", "tasks/0"),
        ("tasks: [T01]}", "tasks: [T01], revision: 3}", "field.unknown", "revision"),
        ("2027-01-09T18:00", "3027-01-09T18:00", "event.year", "ends"),
    ],
)
def test_what_cannot_be_of_an_event_is_named_with_its_place(
    load_texts: Loader, gwangju: str, was: str, becomes: str, code: str, pointer: str
) -> None:
    assert was in EXAMPLES

    found = faults(load_texts, network=gwangju, examples=EXAMPLES.replace(was, becomes))

    where = f"/events/0/{pointer}".rstrip("/")
    assert [(each, at) for each, _, at in found] == [(code, where)]


def test_a_skipped_hour_in_a_file_is_refused(load_texts: Loader, gwangju: str) -> None:
    skipped = EXAMPLES.replace('starts: {in: P44D, at: "09:00"}', "starts: 2027-03-14T02:30")

    found = faults(
        load_texts, network=gwangju, examples=skipped.replace("2027-01-09", "2027-03-16")
    )

    assert [(code, at) for code, _, at in found] == [("event.no_such_time", "/events/0/starts")]


def test_loading_again_writes_nothing_whatever_the_day(
    load_texts: Loader, gwangju: str, sqlite_store: Store
) -> None:
    load_texts(network=gwangju, examples=EXAMPLES)
    head = sqlite_store.records.head()

    again = load_texts(today=date(2027, 3, 1), network=gwangju, examples=EXAMPLES)

    assert again.entry is None
    assert again.unchanged["partner"] == 25
    assert sqlite_store.records.head() == head


def test_a_restart_does_not_undo_what_was_changed_by_hand(
    load_texts: Loader, gwangju: str, sqlite_store: Store, ledger: Ledger
) -> None:
    load_texts(network=gwangju, examples=EXAMPLES)
    with ledger.open() as transaction:
        milestone = transaction.find(Milestone, key="m1")
    assert milestone is not None
    change_milestone(
        milestone.id,
        lambda each: from_facts(Milestone, {**to_facts(each), "due_on": "2027-01-31"}),
        reason="연기",
        seen=1,
        ledger=ledger,
    )

    load_texts(network=gwangju, examples=EXAMPLES)

    assert by_key(sqlite_store, "milestone", "m1")["due_on"] == "2027-01-31"


def test_a_line_that_changes_is_one_entry_with_the_files_name(
    load_texts: Loader, gwangju: str, sqlite_store: Store
) -> None:
    load_texts(network=gwangju)
    head = sqlite_store.records.head().seq

    loaded = load_texts(network=gwangju.replace('en: "NAVER"', 'en: "Naver"'))

    entries = [json.loads(each) for each in sqlite_store.records.feed(head).items]
    assert loaded.changed == {"partner": 1}
    assert [each["kind"] for each in entries] == ["partner.changed", "load.recorded"]
    assert entries[0]["reason"] == "network"
    assert entries[1]["body"]["counts"] == {"partner": 1}
    assert load_texts(network=gwangju).changed == {"partner": 1}


def test_what_a_file_does_not_state_stays(
    load_texts: Loader, gwangju: str, sqlite_store: Store, ledger: Ledger
) -> None:
    load_texts(network=gwangju)
    with ledger.open() as transaction:
        naver = transaction.find(Partner, key="naver")
        assert naver is not None
        transaction.record(
            "partner.changed",
            from_facts(Partner, {**to_facts(naver), "website": "https://naver.example"}),
        )

    load_texts(network=gwangju.replace('en: "NAVER"', 'en: "Naver"'))

    assert by_key(sqlite_store, "partner", "naver")["website"] == "https://naver.example"


def test_an_agreement_that_ends_in_a_file_bounds_its_commitments(
    load_texts: Loader, gwangju: str, sqlite_store: Store
) -> None:
    load_texts(network=gwangju, examples=EXAMPLES)

    ended = gwangju.replace(
        "end: {rule: until_purpose_achieved,",
        "end: {rule: until_purpose_achieved, ends_on: 2024-12-31,",
    )
    loaded = load_texts(network=ended)

    assert loaded.changed == {"agreement": 1}
    assert by_key(sqlite_store, "collaboration", "c1")["holds_until"] == "2024-12-31"


def test_a_party_that_left_stays_left(
    load_texts: Loader, gwangju: str, sqlite_store: Store, ledger: Ledger
) -> None:
    load_texts(network=gwangju)
    with ledger.open() as transaction:
        found = transaction.find(Agreement, key="ai-metaverse-2021")
        assert found is not None
        facts = to_facts(found)
        parties = facts["parties"]
        assert isinstance(parties, list)
        facts["parties"] = [
            {**each, "left_on": "2023-01-01"} if position == 3 else each
            for position, each in enumerate(parties)
            if isinstance(each, dict)
        ]
        transaction.record("agreement.changed", from_facts(Agreement, facts), "탈퇴")

    load_texts(network=gwangju + "\n# 새 판\n")

    shown = by_key(sqlite_store, "agreement", "ai-metaverse-2021")
    assert shown["parties"][3]["left_on"] == "2023-01-01"


CAME_BACK = """\
format: 1
own: {key: city, kind: government, name: {ko: 시}}
partners:
  - {key: naver, kind: company, name: {ko: 네이버}}
  - {key: etri, kind: institute, name: {ko: 연구원}}
agreements:
  - key: a1
    kind: mou
    title: {ko: 협약}
    signed_on: 2020-05-01
    end: {rule: evergreen}
    parties:
      own: true
      partners:
        - naver
        - {partner: etri, left_on: 2022-12-31}
        - {partner: etri, signed_on: 2024-03-01, joined_on: 2024-03-01}
"""


def test_a_file_writes_out_the_spans_of_a_partner_that_came_back(
    load_texts: Loader, sqlite_store: Store
) -> None:
    load_texts(network=CAME_BACK)

    _, naver, *spans = by_key(sqlite_store, "agreement", "a1")["parties"]
    days = [[each[name] for name in ("signed_on", "joined_on", "left_on")] for each in spans]
    assert days == [["2020-05-01", None, "2022-12-31"], ["2024-03-01", "2024-03-01", None]]
    assert naver["signed_on"] == "2020-05-01"


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ('"2014.5"', {"written": "2014.5", "precision": "month", "from": "2014-05-01",
                      "to": "2014-05-31"}),
        ("2014-05", {"written": "2014-05", "precision": "month", "from": "2014-05-01",
                     "to": "2014-05-31"}),
        ("2019년경", {"written": "2019년경", "precision": "none", "from": "2019-01-01",
                   "to": "2019-12-31"}),
        ("\"'21.11월\"", {"written": "'21.11월", "precision": "month", "from": "2021-11-01",
                        "to": "2021-11-30"}),
        ("{written: 미상}", {"written": "미상", "precision": "none", "from": None, "to": None}),
    ],
)  # fmt: skip
def test_a_file_keeps_a_day_as_an_old_ledger_has_it(
    load_texts: Loader, sqlite_store: Store, written: str, part: dict[str, str | None]
) -> None:
    text = CAME_BACK.replace("signed_on: 2020-05-01", f"signed_on: {written}")

    load_texts(network=text)

    found = by_key(sqlite_store, "agreement", "a1")
    for each, name in ((found, "signed"), (found, "effective"), (found["parties"][1], "signed")):
        assert (each[f"{name}_on"], each[f"{name}_as"]) == (None, part)
    exact = load_texts(network=CAME_BACK)
    found = by_key(sqlite_store, "agreement", "a1")
    assert exact.changed == {"agreement": 1}
    assert (found["signed_on"], found["signed_as"]) == ("2020-05-01", None)


def test_ends_and_spans_of_a_file_are_kept_as_written_too(
    load_texts: Loader, sqlite_store: Store
) -> None:
    text = CAME_BACK.replace("{rule: evergreen}", '{rule: fixed, ends_on: "2027.12"}')

    load_texts(network=text.replace("left_on: 2022-12-31", "left_on: 2022년"))

    found = by_key(sqlite_store, "agreement", "a1")
    assert (found["end"]["ends_on"], found["end"]["ends_as"]["to"]) == (None, "2027-12-31")
    left = found["parties"][2]
    assert (left["left_on"], left["left_as"]["written"]) == (None, "2022년")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ('"2021.11.16."', "field.day"),
        ("1976-06-31", "field.day"),
        ("soon", "field.day"),
        ('{written: "2021.11.16."}', "day.whole"),
        ("{written: ''}", "field.blank"),
        ("{written: 2014, from: 2014-01-01}", "field.unknown"),
    ],
)
def test_a_whole_day_is_never_taken_for_a_part(load_texts: Loader, written: str, code: str) -> None:
    text = CAME_BACK.replace("signed_on: 2020-05-01", f"signed_on: {written}")

    assert [each[0] for each in faults(load_texts, network=text)] == [code]


def with_annex(parent: str, parent_of_a1: str = "") -> str:
    """Give a file whose annex stands before the agreement that it hangs under."""
    annex = f"""  - key: a2
    kind: annex
    parent: {parent}
    title: {{ko: 부속합의}}
    signed_on: 2021-05-01
    end: {{rule: evergreen}}
    parties: {{own: true, partners: [naver]}}
"""
    text = CAME_BACK.replace("agreements:\n", f"agreements:\n{annex}")
    return text.replace("    kind: mou\n", f"    kind: mou\n{parent_of_a1}")


def test_an_annex_may_stand_before_its_parent(load_texts: Loader, sqlite_store: Store) -> None:
    load_texts(network=with_annex("a1"))

    a1, a2 = (by_key(sqlite_store, "agreement", each) for each in ("a1", "a2"))
    assert (a2["parent_id"], a1["parent_id"]) == (a1["id"], None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (with_annex("a2"), [("agreement.cycle", "/agreements/0/parent")]),
        (with_annex("a1", "    parent: a2\n"),
         [("agreement.cycle", f"/agreements/{each}/parent") for each in (0, 1)]),
        (with_annex("a9"), [("key.unknown", "/agreements/0/parent")]),
    ],
)  # fmt: skip
def test_an_annex_that_hangs_under_itself_or_nothing_is_named(
    load_texts: Loader, text: str, found: list[tuple[str, str]]
) -> None:
    assert [(each[0], each[2]) for each in faults(load_texts, network=text)] == found


TWO_OWN = CAME_BACK.replace(
    "own: {key: city, kind: government, name: {ko: 시}}",
    "own:\n  - {key: city, kind: government, name: {ko: 시}}\n"
    "  - {key: gu, kind: government, name: {ko: 구}}",
)


def test_a_file_names_several_own_sides(load_texts: Loader, sqlite_store: Store) -> None:
    load_texts(
        network=TWO_OWN.replace("own: true", "own: [city, {partner: gu, signed_on: 2020-06-01}]")
    )

    city, gu, *others = by_key(sqlite_store, "agreement", "a1")["parties"]
    assert [city["side"], gu["side"]] == ["own", "own"]
    assert [city["signed_on"], gu["signed_on"]] == ["2020-05-01", "2020-06-01"]
    assert {each["side"] for each in others} == {"partner"}


def test_of_several_own_sides_a_file_says_which(load_texts: Loader) -> None:
    [(code, _, pointer)] = faults(load_texts, network=TWO_OWN)

    assert (code, pointer) == ("field.which", "/agreements/0/parties/own")


def test_an_own_side_registered_later_joins_no_agreement_by_itself(
    load_texts: Loader, sqlite_store: Store
) -> None:
    load_texts(network=CAME_BACK)
    load_texts(more="format: 1\nown: {key: gu, kind: government, name: {ko: 구}}\n")

    loaded = load_texts(network=CAME_BACK + "# 새 판\n")

    assert loaded.changed == {}


def test_a_file_says_under_which_number_each_side_keeps_it(
    load_texts: Loader, sqlite_store: Store
) -> None:
    numbered = CAME_BACK.replace("        - naver\n", "        - {partner: naver, number: N-1}\n")
    load_texts(network=numbered)
    loaded = load_texts(network=CAME_BACK)

    parties = by_key(sqlite_store, "agreement", "a1")["parties"]
    assert [each["number"] for each in parties] == [None, "N-1", None, None]
    assert loaded.changed == {}


def test_a_key_alone_keeps_the_spans_on_record(load_texts: Loader, sqlite_store: Store) -> None:
    load_texts(network=CAME_BACK)
    before = by_key(sqlite_store, "agreement", "a1")["parties"]
    spans = CAME_BACK[CAME_BACK.index("        - {partner: etri, left_on") :]

    loaded = load_texts(network=CAME_BACK.replace(spans, "        - etri\n"))

    assert loaded.changed == {}
    assert by_key(sqlite_store, "agreement", "a1")["parties"] == before


@pytest.mark.parametrize(
    ("old", "new", "code", "pointer"),
    [
        ("left_on: 2022-12-31", "left_on: 2024-03-01", "agreement.party_twice", "/parties"),
        (", left_on: 2022-12-31", "", "agreement.party_twice", "/parties"),
        ("left_on: 2022-12-31", "left_at: 2022-12-31", "field.unknown",
         "/parties/partners/1/left_at"),
        ("partner: etri, left_on", "partner: etry, left_on", "key.unknown",
         "/parties/partners/1/partner"),
    ],
)  # fmt: skip
def test_spans_that_do_not_fit_are_named(
    load_texts: Loader, old: str, new: str, code: str, pointer: str
) -> None:
    text = CAME_BACK.replace(old, new)
    assert text != CAME_BACK

    [(found, _, place)] = faults(load_texts, network=text)

    assert (found, place) == (code, f"/agreements/0{pointer}")


def test_a_milestone_that_a_file_calls_done_is_done(
    load_texts: Loader, gwangju: str, sqlite_store: Store
) -> None:
    load_texts(network=gwangju, examples=EXAMPLES)
    head = sqlite_store.records.head().seq

    load_texts(
        examples=EXAMPLES.replace("collaboration: c1}", "collaboration: c1, done_on: {ago: P1D}}")
    )

    [first, *_] = [json.loads(each) for each in sqlite_store.records.feed(head).items]
    assert first["kind"] == "milestone.done"


def test_no_file_tells_what_will_be_done(load_texts: Loader, gwangju: str) -> None:
    tomorrow = EXAMPLES.replace("collaboration: c1}", "collaboration: c1, done_on: {in: P1D}}")

    refused = faults(load_texts, network=gwangju, examples=tomorrow)

    [(code, line, pointer)] = refused
    assert (code, pointer) == ("milestone.done_in_future", "/milestones/0/done_on")
    assert "done_on: {in: P1D}" in tomorrow.splitlines()[line - 1]


@pytest.mark.parametrize(
    ("before", "after", "code", "pointer"),
    [
        ("key: c1, partner: naver", "key: c1, partner: gist", "collaboration.moved", "/partner"),
        ("{key: naver-liaison, at: {partner: naver}", "{key: naver-liaison, at: {partner: gist}",
         "contact.holds_seat", "/at"),
    ],
)  # fmt: skip
def test_what_stays_by_hand_stays_by_file(
    load_texts: Loader, gwangju: str, before: str, after: str, code: str, pointer: str
) -> None:
    load_texts(network=gwangju, examples=EXAMPLES)
    text = EXAMPLES.replace(before, after)
    assert text != EXAMPLES

    [(found, line, place)] = faults(load_texts, examples=text)

    assert (found, text.splitlines()[line - 1].lstrip().startswith("- {key:")) == (code, True)
    assert place.endswith(pointer)


def test_a_party_keeps_its_side_by_file(load_texts: Loader, gwangju: str) -> None:
    load_texts(network=gwangju)
    text = "format: 1\nown: {key: naver, kind: company, name: {ko: 네이버}}\n"

    assert faults(load_texts, other=text) == [("partner.side_recorded", 2, "/own")]


def test_a_task_keeps_its_programme_by_file(load_texts: Loader, gwangju: str) -> None:
    load_texts(network=gwangju, examples=EXAMPLES)
    task = "{key: T01, name: {ko: 과제}}"
    text = (
        "format: 1\nprogramme:\n  key: other\n  name: {ko: 다른 사업}\n"
        "  announced_on: 2026-01-01\n  strategies:\n"
        f"    - {{key: other-1, name: {{ko: 전략}}, tasks: [{task}]}}\n"
    )

    assert [each[:2] for each in faults(load_texts, other=text)] == [
        ("programme.has_commitments", 7)
    ]


def test_an_address_that_changes_is_kept_beside_the_log(
    load_texts: Loader, gwangju: str, sqlite_store: Store, ledger: Ledger
) -> None:
    load_texts(network=gwangju, examples=EXAMPLES)

    loaded = load_texts(examples=EXAMPLES.replace("kim@naver", "new@naver"))

    with ledger.open() as transaction:
        contact = transaction.find(Contact, key="naver-liaison")
        assert contact is not None
        assert transaction.person(contact.id) == Person(
            "김연락", "new@naver.example", "02-000-0000"
        )
    assert loaded.changed == {"contact": 1}


def test_who_was_erased_is_not_brought_back_by_a_file(
    load_texts: Loader, gwangju: str, ledger: Ledger
) -> None:
    load_texts(network=gwangju, examples=EXAMPLES)
    with ledger.open() as transaction:
        contact = transaction.find(Contact, key="naver-liaison")
        assert contact is not None
        transaction.erase_person(contact.id)
        transaction.record("contact.changed", contact)

    loaded = load_texts(examples=EXAMPLES.replace("kim@naver", "new@naver"))

    with ledger.open() as transaction:
        assert transaction.person(contact.id) is None
    assert loaded.changed == {}


def test_a_declared_day_is_found_again_by_its_day(load_texts: Loader, sqlite_store: Store) -> None:
    day = f"format: 1\n{EXAMPLES[EXAMPLES.index('calendar_days') :]}"
    load_texts(days=day)

    loaded = load_texts(days=day.replace("false", "true"))

    assert loaded.changed == {"calendar_day": 1}
    [found] = facts_of(sqlite_store, "calendar_day")
    assert found["working"] is True


def test_an_example_never_overwrites_what_is_real(load_texts: Loader, gwangju: str) -> None:
    load_texts(network=gwangju)
    row = "  - {key: naver, kind: company, name: {ko: 가짜}}\n"
    wrong = f"format: 1\nillustrative: true\npartners:\n{row}"

    assert faults(load_texts, wrong=wrong) == [("record.real", 4, "/partners/0")]


def test_an_agreement_without_sources_is_closed(
    load_texts: Loader, gwangju: str, sqlite_store: Store
) -> None:
    load_texts(network=gwangju.replace("source: [vision-news, cheomdan]", "number: 2021-1"))

    found = by_key(sqlite_store, "agreement", "ai-metaverse-2021")
    assert (found["disclosure"], found["number"]) == ("closed", "2021-1")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "yaml.empty", 1),
        ("- 1\n", "document.not_map", 1),
        ("format: 1\n\tx: 1\n", "yaml.malformed", 2),
        ("format: 1\nx: [1\n", "yaml.malformed", 3),
        ("format: 1\nown: &a {key: x}\nprogramme: *a\n", "yaml.alias", 2),
        ("format: 1\nown: *a\n", "yaml.alias", 2),
        ("format: 1\nformat: 1\n", "yaml.name_twice", 2),
        ("format: 1\n[a]: 1\n", "yaml.name_not_text", 2),
        ("format: 1\n---\nformat: 1\n", "yaml.second_document", 3),
        ("format: 1\nx: " + "[" * 40 + "]" * 40, "yaml.too_deep", 2),
        ("format: 1\nx: [" + "a," * 210_000 + "]", "yaml.too_many", 2),
        ("#" * 6_000_000, "yaml.too_large", 1),
        ("format: 1\nx: a\x00b\n", "text.unwritable", 2),
        ("format: 1\nx: a\u202eb\n", "text.unwritable", 2),
        ("format: 1\nx: a\u3164b\n", "text.unwritable", 2),
        ("format: 2\n", "document.format", 1),
        ("illustrative: true\n", "field.missing", 1),
        ("format: 1\ncolour: red\n", "field.unknown", 2),
        ("format: 1\nillustrative: yes\n", "field.flag", 2),
        ("format: 1\npartners: {}\n", "field.not_list", 2),
        ("format: 1\npartners: [x]\n", "field.not_map", 2),
        ("format: 1\nsources: x\n", "field.not_map", 2),
        ("format: 1\nsources: {a: {title: x}}\n", "field.missing", 2),
        ("format: 1\nsources: {a: x}\n", "field.not_map", 2),
    ],
)
def test_a_file_that_cannot_be_read_says_where(
    load_texts: Loader, text: str, code: str, line: int
) -> None:
    assert (code, line) in [(each[0], each[1]) for each in faults(load_texts, file=text)]


@pytest.mark.parametrize(
    ("row", "code", "pointer"),
    [
        ("{kind: company, name: {ko: x}}", "field.missing", ""),
        ("{key: 광주, kind: company, name: {ko: x}}", "field.key", "/key"),
        ("{key: k, kind: shop, name: {ko: x}}", "field.choice", "/kind"),
        ("{key: k, kind: company, name: x}", "field.not_map", "/name"),
        ("{key: k, kind: company, name: {en: x}}", "field.missing", "/name"),
        ("{key: k, kind: company, name: {ko: ''}}", "field.blank", "/name/ko"),
        ("{key: k, kind: company, name: {ko: ~}}", "field.missing", "/name/ko"),
        ("{key: k, kind: company, name: {ko: [x]}}", "field.not_text", "/name/ko"),
        (r'{key: k, kind: company, name: {ko: "a\0b"}}', "text.unwritable", "/name/ko"),
        (r'{key: k, kind: company, name: {ko: "\u3164"}}', "text.unwritable", "/name/ko"),
        (r'{key: k, kind: company, name: {ko: "\u200d"}}', "field.blank", "/name/ko"),
        (r'{key: k, kind: company, name: {ko: "a\nb"}}', "field.line_break", "/name/ko"),
        ("{key: k, kind: company, name: {ko: " + "x" * 201 + "}}", "field.too_long", "/name/ko"),
        ("{key: k, kind: company, name: {ko: x, fr: y}}", "field.unknown", "/name/fr"),
        ("{key: k, kind: company, name: {ko: x}, aliases: y}", "field.not_list", "/aliases"),
        ("{key: k, kind: company, name: {ko: x}, aliases: [[]]}", "field.not_text", "/aliases/0"),
        ("{key: k, kind: company, name: {ko: x}, website: x}", "field.link", "/website"),
        (
            "{key: k, kind: company, name: {ko: x}, business_number: 220-81-62518}",
            "partner.business_number",
            "/business_number",
        ),
        ("{key: k, kind: company, name: {ko: x}, source: nowhere}", "source.unknown", "/source"),
        ("{key: k, kind: company, name: {ko: x}, nmae: y}", "field.unknown", "/nmae"),
    ],
)
def test_a_record_that_does_not_fit_says_where(
    load_texts: Loader, row: str, code: str, pointer: str
) -> None:
    found = faults(load_texts, file=f"format: 1\npartners:\n  - {row}\n")

    assert found == [(code, 3, f"/partners/0{pointer}")]


@pytest.mark.parametrize(
    ("before", "after", "code", "pointer"),
    [
        ("{ago: P2M}}", "{ago: 2M}}", "field.relative_day", "/contacts/0/consented_on"),
        (
            "{ago: P2M}}",
            "{ago: P999Y9999M9999W99999D}}",
            "field.relative_day",
            "/contacts/0/consented_on",
        ),
        ("{ago: P2M}}", "{ago: P9999Y}}", "field.relative_day", "/contacts/0/consented_on"),
        ("{ago: P2M}}", "{ago: P1D, in: P1D}}", "field.relative_day", "/contacts/0/consented_on"),
        ("{ago: P2M}}", "[]}", "field.day", "/contacts/0/consented_on"),
        ("{ago: P2M}}", "2026.11.16.}", "field.day", "/contacts/0/consented_on"),
        ("kim@naver.example", "kim", "field.email", "/contacts/0/email"),
        ("at: {partner: naver}, name", "at: {}, name", "field.place", "/contacts/0/at"),
        (
            "at: {partner: naver}, name",
            "at: {partner: nv}, name",
            "key.unknown",
            "/contacts/0/at/partner",
        ),
        (
            "[{contact: naver-liaison, from: {ago: P1M}}]",
            "[{contact: no, from: {ago: P1M}}]",
            "key.unknown",
            "/seats/0/holders/0/contact",
        ),
        ("{ago: P1M}}]", "2026-01-02, to: 2026-01-01}]", "term.reversed", "/seats/0/holders/0"),
        ("[xr, vr]", "[xr, ar]", "key.unknown", "/collaborations/0/technologies/1"),
        ("[xr, vr]", "[{}]", "field.not_text", "/collaborations/0/technologies/0"),
        (
            "starts_on: 2022-01-01",
            "starts_on: 2020-01-01, ends_on: 2020-02-01",
            "collaboration.never_holds",
            "/collaborations/0/starts_on",
        ),
        (
            '"https://naver.example/1"',
            '"http://x"',
            "field.link",
            "/collaborations/0/evidence/0/link",
        ),
        ("on: 2022-05-01", "on: 2022-02-30", "field.day", "/collaborations/0/evidence/0/on"),
        ("role: lead", "role: leed", "field.choice", "/collaborations/0/role"),
        ("broader: xr", "broader: vr", "technology.cycle", "/technologies/1/broader"),
        (
            "  - {on: 2026-12-24,",
            f"{ANOTHER_DAY}\n  - {{on: 2026-12-24, key: b,",
            "value.taken",
            "/calendar_days/1",
        ),
    ],
)
def test_an_example_that_does_not_fit_says_where(
    load_texts: Loader, gwangju: str, before: str, after: str, code: str, pointer: str
) -> None:
    text = EXAMPLES.replace(before, after)
    assert text != EXAMPLES

    found = faults(load_texts, network=gwangju, examples=text)

    assert [(each[0], each[2]) for each in found] == [(code, pointer)]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("own: true, partners: all", "own: false, partners: all", "agreement.sides"),
        ("partners: all", "partners: [naver, naver]", "agreement.party_twice"),
        ("partners: all", "partners: [nobody]", "key.unknown"),
        ("rule: until_purpose_achieved", "rule: fixed", "agreement.fixed_without_end"),
        ("rule: until_purpose_achieved, ", "", "field.missing"),
        ("    end: {", "    wnd: {", "field.missing"),
        ("    parties: {", "    partys: {", "field.missing"),
        ("group: citizen", "group: citizens", "field.choice"),
        ("announced_on: 2021-11-16", "announced_on: 2021-13-16", "field.day"),
        ("programme: ai-metaverse\n    title", "programme: ai\n    title", "key.unknown"),
    ],
)
def test_a_network_that_does_not_fit_is_refused(
    load_texts: Loader, gwangju: str, before: str, after: str, code: str
) -> None:
    text = gwangju.replace(before, after)
    assert text != gwangju

    assert code in [each[0] for each in faults(load_texts, network=text)]


def test_two_coordinating_offices_are_refused(load_texts: Loader, gwangju: str) -> None:
    second = EXAMPLES.replace(
        "departments:\n", "departments:\n  - {key: other, office: true, name: {ko: 다른 과}}\n"
    )

    found = faults(load_texts, network=gwangju, examples=second)

    assert [each[0] for each in found] == ["department.office_taken"]


def test_what_hangs_on_a_faulty_record_is_not_told_again(load_texts: Loader, gwangju: str) -> None:
    wrong = gwangju.replace("{key: T01, name:", "{key: T01, nmae:")

    found = faults(load_texts, network=wrong, examples=EXAMPLES)

    assert {each[0] for each in found} == {"field.missing", "field.unknown"}


def test_a_key_in_two_files_is_told_with_both_places(load_texts: Loader, gwangju: str) -> None:
    with pytest.raises(LoadRefused) as caught:
        load_texts(
            network=gwangju,
            other="format: 1\nown: {key: gwangju, kind: government, name: {ko: 시}}\n",
        )

    [fault] = caught.value.faults
    assert (fault.file, fault.line, fault.code) == ("other", 2, "key.twice")
    assert fault.facts["first"] == "network:8"


def test_faults_come_in_the_order_of_files_and_lines_and_are_counted(load_texts: Loader) -> None:
    rows = "".join("  - {key: '?'}\n" for _ in range(300))
    text = f"format: 1\ndepartments:\n{rows}"

    with pytest.raises(LoadRefused) as caught:
        load_texts(second="format: 3\n", first=text)

    found = caught.value.faults
    assert found[0].file == "second"
    assert [each.line for each in found[1:]] == sorted(each.line for each in found[1:])
    assert len(found) == MOST_LISTED
    assert caught.value.count == 601


def test_nothing_is_recorded_when_anything_is_wrong(
    load_texts: Loader, gwangju: str, sqlite_store: Store
) -> None:
    faults(load_texts, network=gwangju, wrong="format: 2\n")

    assert sqlite_store.records.head().seq == 0


TREE = """\
format: 1
technologies:
  - {key: leaf, name: {ko: 잎}, broader: twig}
  - {key: twig, name: {ko: 가지}, broader: stem}
  - {key: lone, name: {ko: 홀로}}
"""
STEM = """\
format: 1
technologies:
  - {key: stem, name: {ko: 줄기}}
"""


def test_a_broader_technology_may_stand_later_or_in_a_later_file(
    load_texts: Loader, sqlite_store: Store
) -> None:
    loaded = load_texts(tree=TREE, stem=STEM)

    assert loaded.recorded["technology"] == 4
    leaf, twig = (
        by_key(sqlite_store, "technology", "leaf"),
        by_key(sqlite_store, "technology", "twig"),
    )
    assert leaf["broader_id"] == twig["id"]
    assert twig["broader_id"] == by_key(sqlite_store, "technology", "stem")["id"]


def test_technologies_that_are_each_broader_than_the_other_are_refused_at_their_lines(
    load_texts: Loader,
) -> None:
    circling = STEM.replace("줄기}", "줄기}, broader: leaf")

    found = faults(load_texts, tree=TREE, stem=circling)

    assert found == [
        ("technology.cycle", 3, "/technologies/0/broader"),
        ("technology.cycle", 4, "/technologies/1/broader"),
        ("technology.cycle", 3, "/technologies/0/broader"),
    ]


def test_what_hangs_on_a_circle_is_not_told_twice(load_texts: Loader) -> None:
    itself = STEM.replace("줄기}", "줄기}, broader: stem")

    assert faults(load_texts, tree=TREE, stem=itself) == [
        ("technology.cycle", 3, "/technologies/0/broader")
    ]


def test_a_tree_may_be_turned_by_one_file(load_texts: Loader, sqlite_store: Store) -> None:
    load_texts(tree=TREE, stem=STEM)
    turned = (
        TREE.replace("{ko: 잎}, broader: twig", "{ko: 잎}, broader: lone")
        .replace("{ko: 가지}, broader: stem", "{ko: 가지}, broader: leaf")
        .replace("format: 1", "format: 1  # turned")
    )

    load_texts(tree=turned)

    twig = by_key(sqlite_store, "technology", "twig")
    assert twig["broader_id"] == by_key(sqlite_store, "technology", "leaf")["id"]


def test_a_file_against_the_record_cannot_close_a_circle_either(load_texts: Loader) -> None:
    load_texts(tree=TREE, stem=STEM)

    found = faults(load_texts, stem=STEM.replace("줄기}", "줄기}, broader: leaf"))

    assert found == [("technology.cycle", 3, "/technologies/0/broader")]


def test_a_file_makes_nothing_public_under_a_closed_agreement(
    load_texts: Loader, gwangju: str
) -> None:
    closed = gwangju.replace("    kind: mou\n", "    kind: mou\n    disclosure: closed\n")
    assert closed != gwangju

    found = faults(load_texts, network=closed, examples=EXAMPLES)

    assert [(code, pointer) for code, _, pointer in found] == [
        ("collaboration.agreement_closed", "/collaborations/0/disclosure")
    ]
