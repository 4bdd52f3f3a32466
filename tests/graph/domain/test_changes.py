"""What one change does: ties with their days, from the facts alone."""

from datetime import date
from typing import Any

import pytest

from ieum_graph.domain.changes import Tracing, node_of, ties_of
from ieum_graph.domain.clocks import FIRST_DAY, OPEN_DAY, OPEN_SEQ
from tests.graph.makers import Log, id_of


def party(**days: object) -> dict[str, Any]:
    signed = {"signed_on": "2026-01-10", "joined_on": None, "left_on": None}
    return {"partner_id": id_of("naver"), "side": "partner", **signed, **days}


def bound(party_facts: dict[str, Any], end: dict[str, Any] | None = None) -> list[Any]:
    """Give the days on which the party is bound."""
    evergreen = {"rule": "evergreen", "ends_on": None, "note": None}
    change = Log().agreement(
        "A1", (), parties=[party_facts], effective_on="2026-02-01", end=end or evergreen
    )
    ties = ties_of(change)
    return [(tie.valid_from, tie.valid_to) for tie in ties if tie.type == "PARTY_TO"]


@pytest.mark.parametrize(
    ("days", "first"),
    [
        ({}, date(2026, 2, 1)),
        ({"signed_on": "2026-03-01"}, date(2026, 3, 1)),
        ({"joined_on": "2026-04-01"}, date(2026, 4, 1)),
    ],
)
def test_a_party_is_bound_from_the_latest_of_effective_signed_and_joined(
    days: dict[str, str], first: date
) -> None:
    assert bound(party(**days)) == [(first, OPEN_DAY)]


def test_a_party_that_has_not_signed_is_not_bound() -> None:
    assert bound(party(signed_on=None)) == []


@pytest.mark.parametrize(
    ("days", "after"),
    [
        ({}, OPEN_DAY),
        ({"signed_on": None}, OPEN_DAY),
        ({"joined_on": "2027-04-01"}, OPEN_DAY),
        ({"left_on": "2026-06-30"}, date(2026, 7, 1)),
    ],
)
def test_a_party_is_named_until_it_has_left_whatever_binds_it(
    days: dict[str, str | None], after: date
) -> None:
    ended = {"rule": "fixed", "ends_on": "2026-03-31", "note": None}

    ties = ties_of(Log().agreement("A1", (), parties=[party(**days)], end=ended))

    named = [(tie.valid_from, tie.valid_to) for tie in ties if tie.type == "NAMED_IN"]
    assert named == [(FIRST_DAY, after)]


def test_each_span_of_a_partner_is_an_edge_of_its_own() -> None:
    spans = [
        party(signed_on="2028-03-01", joined_on="2028-03-01"),
        party(left_on="2026-12-31"),
    ]
    log = Log()
    change = log.agreement("A1", (), parties=spans, effective_on="2026-02-01")
    trace = Tracing(())
    trace.take(change)

    edges = {
        (each.tie.type, dict(each.tie.carries)["span"]): (each.tie.valid_from, each.tie.valid_to)
        for each in trace.edits.opened.values()
        if each.tie.type in ("NAMED_IN", "PARTY_TO")
    }
    assert edges == {
        ("NAMED_IN", 1): (FIRST_DAY, date(2027, 1, 1)),
        ("PARTY_TO", 1): (date(2026, 2, 1), date(2027, 1, 1)),
        ("NAMED_IN", 2): (date(2027, 1, 1), OPEN_DAY),
        ("PARTY_TO", 2): (date(2028, 3, 1), OPEN_DAY),
    }


def test_coming_back_leaves_the_edges_of_the_span_before_as_they_were() -> None:
    log = Log()
    trace = Tracing(())
    left = party(left_on="2026-12-31")
    trace.take(log.agreement("A1", (), parties=[left]))
    before = set(trace.edits.opened)
    trace.take(log.agreement("A1", (), parties=[party(signed_on="2028-03-01"), left]))

    after = {key: each for key, each in trace.edits.opened.items() if each.seq_to == OPEN_SEQ}
    assert before <= set(after)
    assert len(after) == len(before) + 2


def test_days_known_in_part_bind_as_far_as_they_are_certain() -> None:
    def part(first: str, last: str) -> dict[str, str]:
        return {"written": first[:7], "precision": "month", "from": first, "to": last}

    signed = party(signed_on=None, signed_as=part("2026-05-01", "2026-05-31"))
    left = party(left_as=part("2026-05-01", "2026-05-31"))
    ends = {"rule": "fixed", "ends_on": None, "ends_as": part("2026-05-01", "2026-05-31")}

    assert bound(signed) == [(date(2026, 5, 31), OPEN_DAY)]
    assert bound(left) == [(date(2026, 2, 1), date(2026, 5, 2))]
    assert bound(party(), end=ends) == [(date(2026, 2, 1), date(2026, 5, 2))]


def test_a_party_is_bound_up_to_the_first_of_left_and_ended() -> None:
    fixed = {"rule": "fixed", "ends_on": "2026-12-31", "note": None}

    assert bound(party(left_on="2026-06-30"), end=fixed) == [(date(2026, 2, 1), date(2026, 7, 1))]
    assert bound(party(), end=fixed) == [(date(2026, 2, 1), date(2027, 1, 1))]


def test_the_last_day_that_there_is_counts_as_open() -> None:
    assert bound(party(left_on="9999-12-31")) == [(date(2026, 2, 1), OPEN_DAY)]


def test_a_term_that_renews_itself_does_not_end_on_its_last_day() -> None:
    renewing = {"rule": "auto_renews", "ends_on": "2026-12-31", "note": None}

    assert bound(party(), end=renewing) == [(date(2026, 2, 1), OPEN_DAY)]


def test_an_unknown_end_ties_its_parties_apart() -> None:
    unknown = {"rule": "unknown", "ends_on": None, "note": None}
    ties = ties_of(Log().agreement("A1", (), parties=[party(left_on="2026-12-31")], end=unknown))

    bound = [each for each in ties if each.type.endswith("PARTY_TO")]
    assert [(each.type, each.valid_from, each.valid_to) for each in bound] == [
        ("PERHAPS_PARTY_TO", date(2026, 1, 10), date(2027, 1, 1))
    ]


def test_what_an_agreement_hangs_under_is_for_its_parties_to_know() -> None:
    ties = ties_of(Log().agreement("A2", ("naver",), parent_id=id_of("A1")))

    [above] = [each for each in ties if each.type == "ANNEX_OF"]
    assert (above.source, above.target) == (id_of("A2"), id_of("A1"))
    assert (above.agreement_id, above.disclosed) == (id_of("A2"), False)
    assert all(each.disclosed for each in ties if each is not above)


def test_a_commitment_that_nobody_knows_of_covers_nothing() -> None:
    log = Log()
    unknown = log.collaboration(
        "c1", "naver", "T1", holds_until="2026-01-31", unknown_from="2026-02-01", unknown_until=None
    )
    later = log.collaboration(
        "c2", "naver", "T1", holds_until="2026-06-30", unknown_from="2026-07-01", unknown_until=None
    )

    _, *ties = ties_of(unknown)
    assert [(each.type, each.valid_from, each.valid_to) for each in ties] == [
        ("PERHAPS_WORKS_ON", date(2026, 2, 1), OPEN_DAY)
    ]
    days = {each.type: (each.valid_from, each.valid_to) for each in ties_of(later)}
    assert days["WORKS_ON"] == (date(2026, 2, 1), date(2026, 7, 1))
    assert days["PERHAPS_WORKS_ON"] == (date(2026, 7, 1), OPEN_DAY)


def test_a_commitment_ties_its_partner_to_all_it_is_about() -> None:
    change = Log().collaboration(
        "c1", "naver", "T1", technologies=("xr",), service_field="F1", holds_until="2026-06-30"
    )

    called, *ties = ties_of(change)

    assert (called.type, called.source, called.target) == ("CALLED", id_of("c1"), id_of("c1"))
    assert [tie.type for tie in ties] == [
        "TAKES_PART",
        "UNDER",
        "ON",
        "WORKS_ON",
        "IN_FIELD",
        "USES",
        "BRINGS",
        "USED_FOR",
    ]
    assert {(tie.valid_from, tie.valid_to) for tie in ties} == {
        (date(2026, 2, 1), date(2026, 7, 1))
    }
    assert {tie.agreement_id for tie in ties} == {id_of("A1")}


def test_a_milestone_is_owed_up_to_the_day_on_which_it_is_done() -> None:
    change = Log().milestone("m1", "naver", done_on="2026-05-31")

    _called, owes, due = ties_of(change)

    assert (owes.valid_from, owes.valid_to) == (FIRST_DAY, date(2026, 5, 31))
    assert (due.type, due.target, due.disclosed) == ("DUE_UNDER", id_of("A1"), False)


def test_a_department_s_milestone_is_owed_by_no_partner() -> None:
    ties = ties_of(Log().milestone("m1", "ai-policy", owned_by="department"))

    assert [tie.type for tie in ties] == ["CALLED", "DUE_UNDER"]


def test_an_event_is_attended_and_about_tasks_until_the_day_it_is_cancelled() -> None:
    log = Log()
    _, *planned = ties_of(log.event("ces", ("naver", "city"), ("T1",)))
    _, *cancelled = ties_of(log.event("ces", ("naver", "city"), ("T1",), cancelled_on="2026-11-20"))

    assert {(tie.type, tie.source, tie.target) for tie in planned} == {
        ("ATTENDS", id_of("naver"), id_of("ces")),
        ("ATTENDS", id_of("city"), id_of("ces")),
        ("ABOUT", id_of("ces"), id_of("T1")),
    }
    assert {(tie.valid_from, tie.valid_to) for tie in planned} == {(FIRST_DAY, OPEN_DAY)}
    assert {tie.valid_to for tie in cancelled} == {date(2026, 11, 20)}
    assert {tie.disclosed for tie in planned} == {True}


def test_an_event_s_node_shows_when_and_where_it_is() -> None:
    node = node_of(Log().event("ces"))

    assert node is not None
    assert (node.label, node.shown["label_en"]) == ("Event", "Event ces")
    shown = [node.shown[name] for name in ("kind", "zone", "starts_at", "ends_at", "country")]
    assert shown == ["expo", "America/Los_Angeles", "2027-01-06T09:00", "2027-01-09T18:00", "US"]


def test_a_contact_is_tied_to_whom_and_what_it_was_with_from_its_day_on() -> None:
    log = Log()
    entry = log.journal("j1", "naver", "2026-03-01")
    ties = {tie.type: tie for tie in ties_of(entry) if tie.type != "CALLED"}

    assert {type_: (tie.source, tie.target) for type_, tie in ties.items()} == {
        "CONTACT_WITH": (id_of("j1"), id_of("naver")),
        "ABOUT": (id_of("j1"), id_of("A1")),
    }
    assert {(tie.valid_from, tie.valid_to) for tie in ties.values()} == {
        (date(2026, 3, 1), OPEN_DAY)
    }
    node = node_of(entry)
    assert node is not None
    assert (node.shown["label_ko"], node.shown["label_en"]) == (
        "2026-03-01 방문",
        "2026-03-01 visit",
    )


def test_what_is_the_office_s_own_lies_under_no_agreement_and_is_not_disclosed() -> None:
    log = Log()
    about_theirs = ties_of(log.journal("j1", "naver", "2026-03-01"))
    owed = ties_of(log.milestone("m1", "naver"))

    assert len(about_theirs) == 3
    assert {(tie.agreement_id, tie.disclosed) for tie in about_theirs} == {(None, False)}
    assert {tie.agreement_id for tie in owed} == {id_of("A1")}


def test_what_is_retracted_loses_its_ties_and_is_not_drawn_anew() -> None:
    log = Log()
    log.partner("naver", "네이버")
    tracing = Tracing(())
    for each in log.changes:
        tracing.take(each)

    gone = log.record("partner.retracted", "naver", log.facts["naver"], reason="잘못 넣음")
    tracing.take(gone)

    assert node_of(gone) is None
    assert {edge.seq_to for edge in tracing.edits.opened.values()} == {gone.seq}


def test_people_are_not_drawn() -> None:
    facts = {"at": {"type": "partner", "id": id_of("naver")}, "role": "liaison"}
    change = Log().record("seat.opened", "seat", facts, disclosed=False)

    assert node_of(change) is None
    assert ties_of(change) == ()


def test_a_node_says_whether_it_is_an_example() -> None:
    node = node_of(Log().partner("naver", "네이버"))

    assert node is not None
    assert node.shown["label_ko"] == "네이버"
    assert node.shown["illustrative"] is False
