"""The saved views beside a list: whose they are, which one is open, and what it lacks by now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import request
from flask_babel import lazy_gettext as _l

from ieum_portal.domain.saved_view import LONGEST_NAME, SavedView
from ieum_portal.operations.saved_views import Shelf, opening_view, views_of
from ieum_portal.pages.links import asking
from ieum_portal.pages.wired import account, desk

VIEW = "view"
"""What an address says of which view it began with: an id, or `all` for none."""

NOT_KEPT = frozenset(
    {VIEW, "after", "before", "page", "lang", "on", "view_fault", "view_name", "recorded", "marks"}
)
"""What of an address is no part of a view: where its reader stands, and the day."""

FAULTS = {
    "view.name_missing": _l("보기의 이름이 비어 있습니다. 이름을 적고 다시 저장하십시오."),
    "view.name_long": _l("보기의 이름은 60자까지입니다. 줄여 적고 다시 저장하십시오."),
    "view.name_taken": _l("같은 이름의 보기가 이미 있습니다. 다른 이름을 적으십시오."),
    "view.query_long": _l("조건이 너무 길어 저장할 수 없습니다. 조건을 줄여 다시 저장하십시오."),
    "view.too_many": _l("보기는 50개까지 저장합니다. 쓰지 않는 보기를 지우고 다시 저장하십시오."),
    "view.not_office": _l("공용 보기는 총괄부서만 저장합니다. 내 보기로 저장하십시오."),
    "view.gone": _l("그 보기는 이미 지워졌습니다. 아래 목록에서 다시 고르십시오."),
}
"""Why a view was not kept, and what to do."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A saved view above its list.

    Attributes:
        is_current: Whether the address began with it.
        is_changed: Whether the address says something else by now.
    """

    view: SavedView
    address: str
    is_current: bool
    is_changed: bool
    is_opening: bool


@dataclass(frozen=True, slots=True)
class Tabs:
    """What stands above a list of its saved views.

    Attributes:
        lacks: What the address names that the list cannot be asked for (any longer).
        query: What would be kept of the address.
    """

    of: str
    all: Sequence[Tab]
    current: Tab | None
    lacks: Sequence[str]
    query: str
    fault: object | None
    name: str
    may_share: bool
    longest: int = LONGEST_NAME


def shelf() -> Shelf:
    """Give the views that whoever is signed in sees."""
    return Shelf(desk().views, account().id, account().role == "office")


def tabs_of(of: str, *, means_nothing: Collection[str]) -> Tabs:
    """Give the views of a list for the page under way.

    Args:
        means_nothing: What the address names in vain.
    """
    own = shelf()
    opening = opening_view(of, own)
    query, chosen = _kept(), request.args.get(VIEW)
    found = [
        Tab(
            each,
            asking(request.path, _with(each.query, VIEW, str(each.id))),
            is_current=str(each.id) == chosen,
            is_changed=sorted(parse_qsl(each.query)) != sorted(parse_qsl(query)),
            is_opening=opening is not None and opening.id == each.id,
        )
        for each in views_of(of, own)
    ]
    current = next((each for each in found if each.is_current), None)
    return Tabs(
        of,
        found,
        current,
        sorted(means_nothing) if current else (),
        query,
        FAULTS.get(request.args.get("view_fault", "")),
        request.args.get("view_name", "")[:LONGEST_NAME],
        own.is_office,
    )


def address_to_open(of: str) -> str | None:
    """Give where a list opens for whoever comes to it without conditions; None is as it is."""
    if request.args.keys() - {"on"}:
        return None
    found = opening_view(of, shelf())
    if found is None:
        return None
    day = request.args.get("on")
    more = [("on", day)] if day else []
    return asking(request.path, _with(found.query, VIEW, str(found.id), more))


def _kept() -> str:
    return urlencode([each for each in request.args.items(multi=True) if each[0] not in NOT_KEPT])


def _with(
    query: str, name: str, value: str, more: Sequence[tuple[str, str]] = ()
) -> list[tuple[str, str]]:
    return [*parse_qsl(query, keep_blank_values=True), *more, (name, value)]
