"""A draft's way: kept, apart where two windows differ, moved on, over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest

from ieum_portal.domain.draft import MOST, Draft, Topic, Values
from ieum_portal.domain.errors import NoSuchDraft, TooManyDrafts
from ieum_portal.operations.drafts import (
    Folder,
    drop_drafts_of_people,
    find_draft,
    finish_draft,
    keep_aside,
    keep_draft,
    move_draft,
    open_draft,
    unfinished,
)
from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.drafts import StoredDrafts
from sqlstore.engine import open_engine
from tests.portal.makers import NOW, a_draft, an_account

ONE: Values = {"proof": ("하나",)}
TWO: Values = {"proof": ("둘",)}
PATH = a_draft().path


@pytest.fixture
def folder(database: str) -> Iterator[Folder]:
    engine = open_engine(database)
    StoredAccounts(engine).add(an_account())
    numbers = count(100)
    yield Folder(
        UUID(int=1),
        StoredDrafts(engine),
        NOW,
        lambda: UUID(int=next(numbers)),
        lambda: f"key {next(numbers)}",
    )
    engine.dispose()


def opened(folder: Folder) -> Draft:
    return open_draft(
        "complete", path=PATH, back="/", topic=Topic(None), values={}, seen=1, folder=folder
    )


def kept(draft: Draft, values: Values, folder: Folder) -> Draft:
    return keep_draft(draft, values, seen=1, step="form", revision=draft.revision, folder=folder)


def stored(draft: Draft, folder: Folder) -> Draft:
    return find_draft(str(draft.id), PATH, folder)


def test_a_form_in_which_nothing_was_typed_is_not_unfinished(folder: Folder) -> None:
    draft = opened(folder)
    assert unfinished(folder) == []

    kept(draft, ONE, folder)

    assert [each.values for each in unfinished(folder)] == [ONE]


def test_what_differs_from_a_newer_revision_is_a_draft_of_its_own(folder: Folder) -> None:
    draft = opened(folder)
    first = kept(draft, ONE, folder)

    second = kept(draft, TWO, folder)

    assert (first.id, second.id != draft.id) == (draft.id, True)
    assert second.key != draft.key
    assert stored(first, folder).values == ONE
    assert stored(second, folder).values == TWO


def test_the_same_content_from_behind_changes_nothing(folder: Folder) -> None:
    draft = opened(folder)
    kept(draft, ONE, folder)

    assert kept(draft, ONE, folder).id == draft.id
    assert len(unfinished(folder)) == 1


def aside(draft: Draft, values: Values, folder: Folder) -> Draft | None:
    return keep_aside(draft, values, seen=1, revision=draft.revision, folder=folder)


def test_what_a_page_sends_by_itself_is_kept_and_never_becomes_a_draft_of_its_own(
    folder: Folder,
) -> None:
    draft = opened(folder)
    first = aside(draft, ONE, folder)

    assert first is not None
    assert stored(first, folder) == first
    assert (first.values, first.step, first.revision) == (ONE, "form", 2)
    assert aside(replace(first, revision=1), TWO, folder) is None
    assert aside(draft, TWO, folder) is None
    assert [each.values for each in unfinished(folder)] == [ONE]


def test_what_a_page_sends_by_itself_changes_nothing_that_is_or_may_be_recorded(
    folder: Folder,
) -> None:
    under_way = move_draft(kept(opened(folder), ONE, folder), "record", folder)
    assert aside(under_way, TWO, folder) is None

    finish_draft(under_way, "/", folder)

    assert aside(stored(under_way, folder), TWO, folder) is None


def test_what_may_be_recorded_already_is_not_written_over(folder: Folder) -> None:
    under_way = move_draft(kept(opened(folder), ONE, folder), "record", folder)

    other = kept(under_way, TWO, folder)

    assert other.id != under_way.id
    assert stored(under_way, folder).values == ONE
    assert kept(under_way, ONE, folder).step == "record"


def test_a_draft_that_is_recorded_holds_nothing(folder: Folder) -> None:
    draft = kept(opened(folder), ONE, folder)

    finish_draft(move_draft(draft, "record", folder), "/there", folder)

    found = stored(draft, folder)
    assert (found.topic, found.led_to) == (Topic(None), "/there")
    assert "하나" not in str(found.values)
    assert found.was_recorded_from(ONE)
    assert not found.was_recorded_from(TWO)
    assert unfinished(folder) == []


def test_finishing_leaves_what_another_window_goes_on_with(folder: Folder) -> None:
    draft = kept(opened(folder), ONE, folder)
    kept(draft, TWO, folder)

    finish_draft(draft, "/there", folder)

    assert stored(draft, folder).values == TWO


def test_a_draft_is_not_there_when_its_time_is_over(folder: Folder) -> None:
    draft = kept(opened(folder), ONE, folder)

    with pytest.raises(NoSuchDraft):
        stored(draft, replace(folder, now=NOW + timedelta(days=14)))


def test_an_untouched_form_gives_way_and_a_touched_one_does_not(folder: Folder) -> None:
    spare = opened(folder)
    for number in range(MOST - 1):
        kept(opened(folder), {"proof": (str(number),)}, folder)

    newest = kept(opened(folder), ONE, folder)

    with pytest.raises(NoSuchDraft):
        stored(spare, folder)
    with pytest.raises(TooManyDrafts):
        opened(folder)
    assert stored(newest, folder).values == ONE


def test_drafts_about_people_erased_go_with_them(folder: Folder) -> None:
    gone, here = UUID(int=7), UUID(int=8)
    drafts = folder.drafts
    drafts.add(a_draft(1, topic=Topic(None, "contact", gone)))
    drafts.add(a_draft(2, topic=Topic(None, "contact", here)))
    drafts.add(a_draft(3, values={"contact_id": (str(gone),)}))
    drafts.add(a_draft(4, values={"contact_id": ("x",), "reason": (f"not {gone}",)}))

    assert drop_drafts_of_people(drafts, lambda asked: {gone} & set(asked)) == 2
    assert {each.id.int for each in drafts.all()} == {2, 4}


def test_an_outcome_is_unknown_only_as_long_as_the_registry_knows_the_key(folder: Folder) -> None:
    under_way = move_draft(kept(opened(folder), ONE, folder), "record", folder)
    a_day_on = NOW + timedelta(hours=23)

    assert under_way.is_unsure(a_day_on - timedelta(seconds=1))
    assert not under_way.is_unsure(a_day_on)
    assert kept(under_way, TWO, replace(folder, now=a_day_on)).id == under_way.id
