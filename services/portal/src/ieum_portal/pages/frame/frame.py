"""What every template may use: where and who we are, the day, and links that change one thing."""

from collections.abc import Sequence
from datetime import date
from importlib.metadata import version

from flask import Flask, g, request

from changefeed.subjects.parts import Words
from httpedge.requestid import request_id
from ieum_portal.domain.account import Account
from ieum_portal.operations.organisations import organisations_of
from ieum_portal.pages.errors.faults import BadRequest
from ieum_portal.pages.frame.keys import has_keys
from ieum_portal.pages.links import asking, page_of, page_of_row
from ieum_portal.pages.screen import Screen, above, screen_of, screens
from ieum_portal.pages.themes.route import THEMES, chosen_theme
from ieum_portal.pages.wired import desk, language, neighbours, on_day, today

VERSION = version("ieum-portal")


def install_frame(app: Flask) -> None:
    """Make them known."""
    app.context_processor(_frame)


def here(**changes: str | None) -> str:
    """Give the address of this page with some of its parameters changed; None drops one."""
    kept = [each for each in request.args.items(multi=True) if each[0] not in changes]
    asked = kept + [(name, value) for name, value in changes.items() if value is not None]
    return asking(request.path, asked)


def _frame() -> dict[str, object]:
    account: Account | None = g.get("account")
    screen = screen_of(request.endpoint)
    return {
        "account": account,
        "language": language(),
        "here": here,
        "page_of": page_of,
        "page_of_row": page_of_row,
        "today": today(),
        "on": _day_shown(),
        "has_keys": has_keys(),
        "screen": screen,
        "above": above(screen),
        "menu": [] if account is None else _menu(account, None),
        "section_menu": [] if account is None else _section_menu(account, screen),
        "is_dated": screen is not None and screen.is_dated,
        "organisations": _organisations,
        "office": desk().told_office(),
        "version": VERSION,
        "themes": ("system", *THEMES),
        "theme": chosen_theme(),
        "request_id": request_id(),
    }


def _organisations() -> Sequence[Words]:
    """Say for whom the reader is here; asked for once a page, by its head."""
    account: Account | None = g.get("account")
    return () if account is None else organisations_of(account.viewer(), neighbours=neighbours())


def _menu(account: Account, under: str | None) -> list[Screen]:
    """Give the pages that the menu leads this reader to: every page's, or a section's."""
    declared = dict.fromkeys(screens().values())
    in_menu = (each for each in declared if each.in_menu and each.under == under)
    return [each for each in in_menu if account.role in each.roles]


def _section_menu(account: Account, screen: Screen | None) -> list[Screen]:
    """Give the pages of the section that a page stands in; none if there is but one."""
    if screen is None:
        return []
    top = next(iter(above(screen)), screen)
    within = _menu(account, top.endpoint)
    return [top, *within] if within else []


def _day_shown() -> date:
    """Give the day asked for; an error page about an unreadable one shows today."""
    try:
        return on_day()
    except BadRequest:
        return today()
