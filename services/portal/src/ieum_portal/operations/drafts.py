"""A form's way on the server: opened, kept as often as it is sent, over when it is recorded."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ieum_portal.domain.draft import MOST, Draft, Step, Topic, Values
from ieum_portal.domain.errors import NoSuchDraft, TooManyDrafts
from ieum_portal.operations.ports import Drafts

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Folder:
    """One account's drafts at one moment.

    Attributes:
        new_key: Draws what a draft is recorded under, once.
    """

    account_id: UUID
    drafts: Drafts
    now: datetime
    new_id: Callable[[], UUID]
    new_key: Callable[[], str]


def open_draft(
    form: str,
    *,
    path: str,
    back: str,
    topic: Topic,
    values: Values,
    seen: int,
    folder: Folder,
    step: Step = "opened",
) -> Draft:
    """Open a form.

    Raises:
        TooManyDrafts: There are so many that are not finished; the oldest untouched one gave way.
    """
    own = folder.drafts.of(folder.account_id)
    if len(own) >= MOST:
        spare = [each for each in own if not each.is_unfinished]
        if not spare:
            raise TooManyDrafts
        folder.drafts.drop(spare[-1].id, folder.account_id)
    now = folder.now
    draft = Draft(
        folder.new_id(),
        folder.account_id,
        form,
        path,
        back,
        topic,
        values,
        seen,
        folder.new_key(),
        step,
        revision=1,
        made_at=now,
        changed_at=now,
    )
    folder.drafts.add(draft)
    return draft


def find_draft(written: str, path: str, folder: Folder) -> Draft:
    """Give a draft.

    Args:
        written: Its id, as it stands in an address.
        path: Of the form that it must be of.

    Raises:
        NoSuchDraft: There is none, or it is another account's, or it has been kept long enough.
    """
    if _ID.fullmatch(written) is None:
        raise NoSuchDraft
    found = folder.drafts.find(UUID(written), folder.account_id)
    if found is None or found.path != path or found.is_over(folder.now):
        raise NoSuchDraft
    return found


def keep_draft(
    draft: Draft, values: Values, *, seen: int, step: Step, revision: int, folder: Folder
) -> Draft:
    """Keep what was typed.

    What was typed meanwhile in another window is not overwritten, nor is what is recorded or may
    be: then this becomes a draft of its own, under a key of its own.

    Args:
        revision: The one that the person had before them.

    Returns:
        The draft that holds it now.
    """
    kept: Draft | None = draft
    while kept is not None and kept.led_to is None:
        is_unsure = kept.is_unsure(folder.now)
        if kept.values == values and is_unsure:
            return kept
        if kept.values != values and (kept.revision != revision or is_unsure):
            break
        changed = replace(
            kept,
            values=values,
            seen=seen,
            step=step,
            revision=kept.revision + 1,
            changed_at=folder.now,
        )
        if folder.drafts.keep(changed, was=kept.revision):
            return changed
        kept = folder.drafts.find(draft.id, draft.account_id)
    return open_draft(
        draft.form,
        path=draft.path,
        back=draft.back,
        topic=draft.topic,
        values=values,
        seen=seen,
        folder=folder,
        step=step,
    )


def keep_aside(
    draft: Draft, values: Values, *, seen: int, revision: int, folder: Folder
) -> Draft | None:
    """Keep what a page sends by itself while somebody types.

    Nobody pressed a button, so that it never becomes a draft of its own.

    Args:
        revision: The one that the person had before them.

    Returns:
        The draft as it is now; None if another window has changed it, or it is recorded or may be.
    """
    if draft.led_to is not None or draft.is_unsure(folder.now):
        return None
    if draft.values == values:
        return draft
    changed = replace(
        draft,
        values=values,
        seen=seen,
        step="form",
        revision=draft.revision + 1,
        changed_at=folder.now,
    )
    is_kept = draft.revision == revision and folder.drafts.keep(changed, was=revision)
    return changed if is_kept else None


def move_draft(draft: Draft, step: Step, folder: Folder, *, key: str | None = None) -> Draft:
    """Note how far a draft has come; another window's typing is left as it is.

    One that goes to be recorded counts as kept anew: what another window then sends is its own.

    Args:
        key: Under which it is recorded from now on, if under another one.
    """
    moved = replace(draft, step=step, key=key or draft.key)
    if step == "record":
        moved = replace(moved, revision=draft.revision + 1, changed_at=folder.now)
    return moved if folder.drafts.keep(moved, was=draft.revision) else draft


def finish_draft(draft: Draft, led_to: str, folder: Folder) -> None:
    """Let go of what a draft holds, as it is recorded; pressing again leads to the same place."""
    done = draft.recorded(led_to, folder.now)
    while not folder.drafts.keep(replace(done, revision=draft.revision + 1), was=draft.revision):
        found = folder.drafts.find(draft.id, draft.account_id)
        if found is None or found.led_to is not None or found.values != draft.values:
            return  # Gone, or another window goes on with it: its typing is left as it is.
        draft = found


def discard_draft(draft_id: UUID, folder: Folder) -> None:
    """Throw a draft away; one that is not there changes nothing."""
    folder.drafts.drop(draft_id, folder.account_id)


def unfinished(folder: Folder) -> Sequence[Draft]:
    """Give the drafts in which something was typed, the one changed last first."""
    return [
        each
        for each in folder.drafts.of(folder.account_id)
        if each.is_unfinished and not each.is_over(folder.now)
    ]


def drop_drafts_of_people(
    drafts: Drafts, erased_of: Callable[[Collection[UUID]], Collection[UUID]]
) -> int:
    """Throw away the drafts about people who were erased, or that name one; gives how many.

    Args:
        erased_of: Asks the registry which of these contacts were erased.
    """
    named = [(each, _named(each)) for each in drafts.all()]
    asked = frozenset[UUID]().union(*(ids for _, ids in named))
    erased = frozenset(erased_of(asked)) if asked else frozenset[UUID]()
    gone = [draft for draft, ids in named if ids & erased]
    for draft in gone:
        drafts.drop(draft.id, draft.account_id)
    return len(gone)


def _named(draft: Draft) -> frozenset[UUID]:
    """Give every id in a draft: whichever field names a person, it is among them."""
    written = {each for values in draft.values.values() for each in values}
    ids = {UUID(each) for each in written if _ID.fullmatch(each)}
    return frozenset(ids if draft.topic.id is None else ids | {draft.topic.id})
