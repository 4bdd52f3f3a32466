"""What the routes reach for, put there by `app.create_app`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app

from httpedge.access import caller
from ieum_notify.domain.calendar import today_in_seoul
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.sight import Sight
from ieum_notify.operations.consequences import Waiting
from ieum_notify.operations.ports import Copy, History, MailServer, Outbox
from ieum_notify.operations.sight import department_sight

_PLACE = "ieum_notify"


@dataclass(frozen=True, slots=True)
class Desk:
    """What the routes reach for.

    Attributes:
        portal_url: What the links of letters about accounts begin with.
    """

    rules: Sequence[Rule]
    copy: Copy
    history: History
    outbox: Outbox
    now: Callable[[], datetime]
    waiting: Waiting
    mail_server: MailServer
    portal_url: str


def wire(app: Flask, desk: Desk) -> None:
    """Put the desk where the routes find it."""
    app.extensions[_PLACE] = desk


def sight() -> Sight | None:
    """Give what the caller may see of the letters; None is everything.

    Source: docs/rules/access.md, A-4.
    """
    if caller().role != "department":
        return None
    return department_sight(caller().department, desk().copy, today_in_seoul(desk().now()))


def desk() -> Desk:
    """Give it to a route."""
    found: Desk = current_app.extensions[_PLACE]
    return found
