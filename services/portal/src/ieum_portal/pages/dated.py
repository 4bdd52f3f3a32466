"""Pages that are looked at as of a day (기준일): the frame lets it be chosen, links keep it."""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app

View = TypeVar("View", bound=Callable[..., object])

DATED = "__ieum_dated__"
"""The attribute under which a view says that it takes a day."""


def dated(view: View) -> View:
    """Mark a view that shows things as of `?on=`; it goes on the function, as `allow` does."""
    setattr(view, DATED, True)
    return view


def is_dated(endpoint: str | None) -> bool:
    """Whether the page behind an endpoint takes a day."""
    return hasattr(current_app.view_functions.get(endpoint or ""), DATED)
