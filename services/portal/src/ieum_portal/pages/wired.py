"""What the pages are wired to, and what is known of the request under way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, request
from uuid_utils.compat import uuid7

from ieum_portal.domain.account import Account
from ieum_portal.domain.gateway import Gateway
from ieum_portal.domain.office import NOBODY, Office
from ieum_portal.domain.passkey import RelyingParty
from ieum_portal.domain.viewer import Viewer
from ieum_portal.domain.words import Language
from ieum_portal.operations.account_links import Invitations
from ieum_portal.operations.ports import (
    AccountLinks,
    CalendarLinks,
    Drafts,
    Identities,
    KeptOffice,
    LetterRounds,
    Neighbours,
    Passkeys,
    SavedViews,
    SignOn,
)
from ieum_portal.operations.sign_in import Authentication
from ieum_portal.pages.errors.faults import BadRequest

SEOUL = ZoneInfo("Asia/Seoul")
EARLIEST, LATEST = date(1945, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True)
class Desk:
    """What stands behind the pages.

    Attributes:
        connect: Gives the neighbours as a viewer may ask them, answering in a language.
        letters: Sends letters about accounts beside the requests that asked for them.
        is_secure: Whether people reach the portal by https; cookies are then `Secure`.
        office: Whom readers call, as the settings say it.
        kept_office: The same as the first run said it, where no setting does.
        gateway: The city's sign-on gateway, if the settings name one.
        sign_on: The city's provider of OpenID Connect, if the settings name one.
        site: For which site passkeys are; None where browsers know none.
        samples: The folder of sample files that a new house may begin with; None without any.
    """

    auth: Authentication
    connect: Callable[[Viewer, Language], Neighbours]
    now: Callable[[], datetime]
    is_secure: bool
    drafts: Drafts
    views: SavedViews
    links: AccountLinks
    calendars: CalendarLinks
    letters: LetterRounds
    identities: Identities
    passkeys: Passkeys
    office: Office
    kept_office: KeptOffice
    samples: Path | None = None
    gateway: Gateway | None = None
    sign_on: SignOn | None = None
    site: RelyingParty | None = None

    def told_office(self) -> Office:
        """Give whom readers call, as the foot of each page says."""
        return self.office if self.office != NOBODY else self.kept_office()


def wire(app: Flask, desk: Desk) -> None:
    """Put the desk where the pages find it."""
    app.extensions["ieum"] = desk


def desk_of(app: Flask) -> Desk:
    """Give what an application's pages are wired to."""
    found: Desk = app.extensions["ieum"]
    return found


def desk() -> Desk:
    """Give what the pages are wired to."""
    return desk_of(current_app)


def account() -> Account:
    """Give who is signed in; only for pages that ask for a role."""
    found: Account = g.account
    return found


def invitations() -> Invitations:
    """Give what inviting needs."""
    return Invitations(desk().auth, desk().links, uuid7)


def neighbours() -> Neighbours:
    """Give the neighbours in the name of whoever is signed in."""
    return desk().connect(account().viewer(), language())


def language() -> Language:
    """Give the language of this answer, as chosen when the request came in."""
    found: Language = g.get("language", "ko")
    return found


def now() -> datetime:
    """Give the moment at which this request came in, in UTC."""
    if "now" not in g:
        g.now = desk().now().astimezone(UTC)
    found: datetime = g.now
    return found


def today() -> date:
    """Give the day that it is in Seoul."""
    return now().astimezone(SEOUL).date()


def on_day() -> date:
    """Give the day that the page is asked for (기준일): `?on=`, or today.

    Raises:
        BadRequest: `on.unreadable`.
    """
    return chosen_day() or today()


def chosen_day() -> date | None:
    """Give the day of `?on=`; None without one and for today, where a page goes by the hour.

    Raises:
        BadRequest: `on.unreadable`.
    """
    day = _day_of("on")
    return None if day == today() else day


def known_on() -> date | None:
    """Give the day by whose end what is shown was known (`?known=`); None is all that is known.

    Raises:
        BadRequest: `on.unreadable`.
    """
    return _day_of("known")


def _day_of(name: str) -> date | None:
    written = request.args.get(name, "").strip()
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise BadRequest("on.unreadable") from error
    if not EARLIEST <= day <= LATEST:
        raise BadRequest("on.unreadable")
    return day
