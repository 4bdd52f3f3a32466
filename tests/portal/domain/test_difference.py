"""An entry says what it changes, fact by fact, and whom its facts mention."""

from uuid import UUID

from ieum_portal.domain.difference import Difference, differences, mentioned
from tests.portal.sample import identity

BEFORE: dict[str, object] = {
    "id": "1",
    "key": "m",
    "title": {"ko": "시연"},
    "done_on": None,
    "evidence": [],
}


def test_only_what_changed_is_told_in_the_entrys_order() -> None:
    after = BEFORE | {"done_on": "2026-11-20", "evidence": [{"on": "2026-11-20"}], "key": "n"}

    assert differences(BEFORE, after) == (
        Difference("done_on", None, "2026-11-20"),
        Difference("evidence", [], [{"on": "2026-11-20"}]),
    )


def test_a_first_entry_tells_all_that_is_not_empty() -> None:
    assert [each.field for each in differences(None, BEFORE)] == ["title"]


def test_a_fact_that_older_entries_lack_is_no_news_while_it_is_empty() -> None:
    assert differences({}, {"link": None, "task_ids": []}) == ()


def test_a_count_that_begins_is_no_news_and_a_no_is() -> None:
    told = differences(None, {"revision": 0, "own": False})

    assert told == (Difference("own", None, False),)


def test_taking_a_value_away_is_told() -> None:
    assert differences({"ends_on": "2026-12-31"}, {"ends_on": None}) == (
        Difference("ends_on", "2026-12-31", None),
    )


def test_whom_facts_mention_is_told_by_type() -> None:
    facts = {
        "owner": {"type": "department", "id": identity("culture")},
        "holders": [{"contact_id": identity("kim"), "from": "2026-01-01", "to": None}],
        "technology_ids": [identity("xr"), identity("speech")],
        "agreement_id": None,
    }

    assert mentioned([facts]) == {
        "department": frozenset({UUID(identity("culture"))}),
        "contact": frozenset({UUID(identity("kim"))}),
        "technology": frozenset({UUID(identity("xr")), UUID(identity("speech"))}),
    }
