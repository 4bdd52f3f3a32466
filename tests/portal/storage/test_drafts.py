"""Drafts: found by their account alone, kept by the newest revision, gone in time."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy.engine import Engine

from changefeed.subjects.parts import Words
from ieum_portal.domain.draft import EMPTY_FOR, KEPT_FOR, Topic
from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.drafts import StoredDrafts
from tests.portal.makers import NOW, a_draft, an_account

FULL = a_draft(
    topic=Topic(Words("네이버(주)", "NAVER"), "partner", UUID(int=9)),
    values={"proof": ('보고서 "1"',), "task_ids": ("a", "b"), "empty": ("",)},
)


def stored(engine: Engine) -> StoredDrafts:
    for number in (1, 2):
        StoredAccounts(engine).add(an_account(number))
    return StoredDrafts(engine)


def test_a_draft_is_read_as_it_was_kept_and_by_its_account_alone(engine: Engine) -> None:
    drafts = stored(engine)
    drafts.add(FULL)

    assert drafts.find(FULL.id, UUID(int=1)) == FULL
    assert drafts.find(FULL.id, UUID(int=2)) is None
    assert drafts.of(UUID(int=2)) == []


def test_only_the_newest_revision_is_overwritten(engine: Engine) -> None:
    drafts = stored(engine)
    drafts.add(a_draft())
    newer = a_draft(values={"proof": ("둘",)}, revision=2)

    assert drafts.keep(newer, was=1)
    assert not drafts.keep(replace(newer, values={}), was=1)
    assert not drafts.keep(replace(newer, account_id=UUID(int=2)), was=2)

    assert drafts.find(newer.id, UUID(int=1)) == newer


def test_an_account_throws_its_own_draft_away_and_no_other(engine: Engine) -> None:
    drafts = stored(engine)
    drafts.add(a_draft())

    drafts.drop(UUID(int=1), UUID(int=2))
    assert len(drafts.all()) == 1
    drafts.drop(UUID(int=1), UUID(int=1))
    assert drafts.all() == []


def test_the_one_changed_last_comes_first(engine: Engine) -> None:
    drafts = stored(engine)
    for number, minutes in ((1, 0), (2, 5), (3, 2)):
        drafts.add(a_draft(number, changed_at=NOW + timedelta(minutes=minutes)))

    assert [each.id.int for each in drafts.of(UUID(int=1))] == [2, 3, 1]


def test_old_drafts_are_forgotten_and_untouched_ones_sooner(engine: Engine) -> None:
    drafts = stored(engine)
    for number, step, age in (
        (1, "form", KEPT_FOR),
        (2, "record", KEPT_FOR - timedelta(seconds=1)),
        (3, "opened", EMPTY_FOR),
        (4, "opened", EMPTY_FOR - timedelta(seconds=1)),
    ):
        drafts.add(a_draft(number, step=step, changed_at=NOW - age))
    drafts.add(a_draft(5, led_to="/there", changed_at=NOW - EMPTY_FOR))

    assert drafts.forget(NOW) == 3
    assert {each.id.int for each in drafts.all()} == {2, 4}
