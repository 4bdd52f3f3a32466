"""Keep views of lists under names, for oneself or for the office.

Source: docs/rules/terms.md, T-44.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from unicodedata import category
from uuid import UUID

from ieum_portal.domain.saved_view import (
    LONGEST_NAME,
    LONGEST_QUERY,
    MOST_VIEWS,
    SavedView,
    ViewRefused,
)
from ieum_portal.domain.words import tidy
from ieum_portal.operations.ports import SavedViews

FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters that show nothing."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The views that somebody sees: their own, and the office's if they are office."""

    views: SavedViews
    account_id: UUID
    is_office: bool

    def sees(self, view: SavedView) -> bool:
        """Whether a view is theirs."""
        return self.is_office if view.account_id is None else view.account_id == self.account_id


def views_of(of: str, shelf: Shelf) -> Sequence[SavedView]:
    """Give the views of a list, the office's first, by name."""
    found = [each for each in shelf.views.all(shelf.account_id) if each.of == of]
    seen = [each for each in found if shelf.sees(each)]
    return sorted(seen, key=lambda each: (each.account_id is not None, each.name))


def opening_view(of: str, shelf: Shelf) -> SavedView | None:
    """Give the view that somebody opens a list with, if they see it still."""
    chosen = shelf.views.opening(shelf.account_id, of)
    return next((each for each in views_of(of, shelf) if each.id == chosen), None)


def save_view(
    of: str, name: str, query: str, *, shared: bool, view_id: UUID, now: datetime, shelf: Shelf
) -> SavedView:
    """Keep a view.

    Raises:
        ViewRefused: `view.name_missing`, `view.name_long`, `view.query_long`, `view.name_taken`,
            `view.too_many`; `view.not_office`, if it is kept for an office that is not theirs.
    """
    if shared and not shelf.is_office:
        raise ViewRefused("view.not_office")
    if len(query) > LONGEST_QUERY:
        raise ViewRefused("view.query_long")
    owner = None if shared else shelf.account_id
    view = SavedView(view_id, owner, of, _named(name), query, now)
    kept = [each for each in shelf.views.all(shelf.account_id) if each.account_id == owner]
    if len(kept) >= MOST_VIEWS:
        raise ViewRefused("view.too_many")
    shelf.views.add(view)
    return view


def rename_view(view_id: UUID, name: str, shelf: Shelf) -> SavedView | None:
    """Give a view another name; None if it is not there, or not theirs.

    Raises:
        ViewRefused: As for `save_view`.
    """
    view = _own(view_id, shelf)
    if view is None:
        return None
    renamed = replace(view, name=_named(name))
    shelf.views.rename(renamed)
    return renamed


def delete_view(view_id: UUID, shelf: Shelf) -> SavedView | None:
    """Throw a view away; None if it is not there, or not theirs."""
    view = _own(view_id, shelf)
    if view is not None:
        shelf.views.drop(view.id)
    return view


def open_with(view_id: UUID, shelf: Shelf, *, opens: bool) -> SavedView | None:
    """Open its list with a view from now on, or no longer; None if it is not there or theirs."""
    view = _own(view_id, shelf)
    if view is not None:
        shelf.views.open_with(shelf.account_id, view.of, view.id if opens else None)
    return view


def _own(view_id: UUID, shelf: Shelf) -> SavedView | None:
    found = (each for each in shelf.views.all(shelf.account_id) if each.id == view_id)
    return next((each for each in found if shelf.sees(each)), None)


def _named(name: str) -> str:
    tidied = tidy(name)
    if not any(category(each)[0] not in "ZM" and each not in FILLERS for each in tidied):
        raise ViewRefused("view.name_missing")
    if len(tidied) > LONGEST_NAME:
        raise ViewRefused("view.name_long")
    return tidied
