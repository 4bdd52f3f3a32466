"""What was recorded stays readable: every feed ever recorded, by everybody who reads the log.

Facts gain keys within a schema version, and entries are never edited: so an old entry lacks what
was added since, and a newer one holds what an older follower does not know.
"""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import pytest

from changefeed.chain import GENESIS, first_break
from changefeed.change import Change, Facts
from changefeed.declared import Fact
from changefeed.kinds import KINDS
from changefeed.mapping import from_facts, to_facts
from changefeed.page import page_from_wire, to_wire
from changefeed.subjects.department import Department
from ieum_graph.domain.changes import Tracing
from ieum_notify.domain.facts import Record
from ieum_notify.domain.facts import Subject as Followed
from ieum_notify.domain.known import Known
from ieum_notify.domain.planner import plan
from ieum_notify.domain.rules.register import RULES
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.domain.subjects import SUBJECTS
from ieum_registry.storage.index.shelf import filled
from ieum_registry.storage.index.shelves import shelf_of
from tests.contract.record import RECORDED

FEEDS = sorted(RECORDED.glob("*.json"))
EACH_FEED = pytest.mark.parametrize("feed", FEEDS, ids=lambda each: each.stem, indirect=True)
ADDED_LATER: Facts = {"added_later": {"ko": "나중에"}}


def as_read(change: Change) -> Facts:
    """Give an entry's facts as the registry has them once it has read them."""
    assert change.body is not None
    return to_facts(from_facts(SUBJECTS[change.subject_type], change.body))


def holds(now: Any, then: Any) -> bool:  # noqa: ANN401  JSON values.
    """Say whether all that was said then is said now; maps may have gained keys."""
    if isinstance(then, dict):
        return all(name in now and holds(now[name], value) for name, value in then.items())
    if isinstance(then, list):
        return len(now) == len(then) and all(map(holds, now, then))
    return bool(now == then)


def said_in(feed: tuple[Change, ...]) -> tuple[Change, ...]:
    """Give the entries that say something; the others were redacted."""
    return tuple(each for each in feed if each.body is not None)


def unread_by_notify(changes: tuple[Change, ...]) -> dict[Followed, str]:
    """Let the post room plan from the facts as they stood last; give what it could not read."""
    last = {Followed(each.subject_type, each.subject_id): each for each in changes}
    records = {about: Record(each.version, each.body or {}) for about, each in last.items()}
    found = plan(RULES, Known.of(records), datetime(2026, 11, 23, tzinfo=UTC))
    return {**found.unreadable, **found.faulty}


@EACH_FEED
def test_a_recorded_chain_verifies(feed: tuple[Change, ...]) -> None:
    broken = first_break(feed, after_seq=0, after_hash=GENESIS, to_head=True, shows_all=True)

    assert broken is None


@EACH_FEED
def test_an_entry_travels_on_as_it_came(
    feed: tuple[Change, ...], request: pytest.FixtureRequest
) -> None:
    path = request.node.callspec.params["feed"]

    assert [to_wire(each) for each in feed] == json.loads(path.read_text("utf-8"))["items"]


@EACH_FEED
def test_the_registry_reads_facts_of_every_day(feed: tuple[Change, ...]) -> None:
    lost = [each.seq for each in said_in(feed) if not holds(as_read(each), each.body)]

    assert lost == []


@EACH_FEED
def test_the_registry_shelves_facts_of_every_day(feed: tuple[Change, ...]) -> None:
    """`reindex` fills shelves from the log's own text, not through the domain."""
    for each in said_in(feed):
        assert filled(shelf_of(each.subject_type), each.body or {})


@EACH_FEED
def test_what_was_disclosed_is_disclosed(feed: tuple[Change, ...]) -> None:
    for each in said_in(feed):
        shown = disclosed(each.subject_type, as_read(each))
        assert (shown is None) == (each.disclosed is None), each.seq
        assert holds(shown, each.disclosed), each.seq


@EACH_FEED
def test_the_graph_draws_facts_of_every_day(feed: tuple[Change, ...]) -> None:
    tracing = Tracing(())
    for each in feed:
        tracing.take(each)

    named = {str(each.subject_id) for each in feed if each.subject_type == "partner"}
    assert named <= set(tracing.edits.nodes)
    assert {"PARTY_TO", "WORKS_ON", "OWES"} <= {
        each.tie.type for each in tracing.edits.opened.values()
    }


@EACH_FEED
def test_the_post_room_plans_from_facts_of_every_day(feed: tuple[Change, ...]) -> None:
    assert unread_by_notify(feed) == {}


@EACH_FEED
def test_a_key_of_tomorrow_disturbs_no_reader_of_today(feed: tuple[Change, ...]) -> None:
    newer = tuple(
        replace(each, body={**(each.body or {}), **ADDED_LATER}) for each in said_in(feed)
    )
    tracing = Tracing(())

    for each in newer:
        tracing.take(each)
        assert holds({**as_read(each), **ADDED_LATER}, each.body)
    assert unread_by_notify(newer) == {}


@dataclass(frozen=True, slots=True)
class DepartmentOfTomorrow(Department):
    """How a fact is added: a field with a default."""

    telephone: Annotated[str | None, Fact("전화", "telephone")] = None


@EACH_FEED
def test_a_key_added_later_is_read_with_its_default(feed: tuple[Change, ...]) -> None:
    [first, *_] = [each for each in said_in(feed) if each.subject_type == "department"]
    assert first.body is not None

    found = from_facts(DepartmentOfTomorrow, first.body)

    assert (found.id, found.telephone) == (UUID(str(first.subject_id)), None)
    known = to_facts(from_facts(Department, first.body))
    assert to_facts(found) == {**known, "telephone": None}


def test_every_kind_is_recorded() -> None:
    recorded = {each.kind for path in FEEDS for each in changes_in(path.read_text("utf-8"))}

    assert recorded == set(KINDS)


def changes_in(text: str) -> tuple[Change, ...]:
    return page_from_wire(json.loads(text)).items


@pytest.fixture
def feed(request: pytest.FixtureRequest) -> tuple[Change, ...]:
    return changes_in(request.param.read_text("utf-8"))
