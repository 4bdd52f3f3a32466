"""One page of the portal as the register declares it; menu, trail, title and roles follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from changefeed.declared import Label
from httpedge.access import allow
from httpedge.caller import Role

EVERYBODY: tuple[Role, ...] = ("office", "department", "liaison", "auditor")

EXTENSION = "ieum_screens"


@dataclass(frozen=True, slots=True)
class Screen:
    """What is said of a page, whatever it shows.

    Attributes:
        endpoint: Whose view answers it; one without its screen keeps the portal from starting.
        title: What the page is called: in the menu, above it, in the browser's title. A page
            about one thing is called by the name of that in the last two.
        under: The endpoint of the page that it hangs under; None for one of the menu's own.
        roles: Who may open it; `public` is everybody, signed in or not.
        in_menu: Whether the menu leads to it: that of every page, or, if it hangs under another
            page, that of its section. It needs no arguments then.
        files: Forms in which what it shows is fetched, as `csv`: endpoints beside its own.
        is_dated: Whether it shows things as of a day (기준일) that may be chosen: the frame offers
            it then, and links keep it.
        is_for_administrators: Whether it opens only to accounts that administer accounts.
    """

    endpoint: str
    title: Label
    under: str | None = None
    roles: tuple[Role, ...] = EVERYBODY
    in_menu: bool = False
    is_dated: bool = False
    files: tuple[str, ...] = ()
    is_for_administrators: bool = False

    @property
    def endpoints(self) -> tuple[str, ...]:
        """Its own endpoint, and those of its files."""
        folder = self.endpoint.partition(".")[0]
        return (self.endpoint, *(f"{folder}.{each}" for each in self.files))


class Unbound(Exception):
    """A declared page has no view."""


def install_screens(app: Flask, declared: Sequence[Screen]) -> None:
    """Give the views of the declared pages their roles, and let the frame find what is declared.

    Raises:
        Unbound: Naming the page.
    """
    by_endpoint = {endpoint: each for each in declared for endpoint in each.endpoints}
    for endpoint, each in by_endpoint.items():
        view = app.view_functions.get(endpoint)
        if view is None:
            raise Unbound(f"{endpoint} is in the register of pages and has no view")
        allow(*each.roles)(view)
    app.extensions[EXTENSION] = by_endpoint


def screens() -> Mapping[str, Screen]:
    """Give the declared pages by endpoint, their files' too, in the order of the register."""
    found: Mapping[str, Screen] = current_app.extensions[EXTENSION]
    return found


def screen_of(endpoint: str | None) -> Screen | None:
    """Give the page behind an endpoint; None if it is no page."""
    return screens().get(endpoint or "")


def is_dated(endpoint: str | None) -> bool:
    """Whether the page behind an endpoint takes a day."""
    screen = screen_of(endpoint)
    return screen is not None and screen.is_dated


def above(screen: Screen | None) -> tuple[Screen, ...]:
    """Give the pages that one hangs under, the uppermost first."""
    if screen is None or screen.under is None:
        return ()
    upper = screens()[screen.under]
    return (*above(upper), upper)
