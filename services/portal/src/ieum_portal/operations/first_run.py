"""Begin: the house's own side and its office go on record, and their first administrator comes in.

The record comes first and can be repeated; the account closes the door behind it. Whoever is
interrupted in between begins again with the same code.

Source: docs/adr/0040.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from changefeed.subjects.contact import Person
from changefeed.subjects.department import Department
from ieum_portal.domain.account import Account, folded_login
from ieum_portal.domain.errors import AccountUnfit, FirstRunOver, PasswordUnfit
from ieum_portal.domain.first_run import FILE, OFFICER, FirstRun, is_code
from ieum_portal.domain.office import Office
from ieum_portal.domain.password import password_fault
from ieum_portal.domain.viewer import Viewer
from ieum_portal.domain.words import Language
from ieum_portal.operations.account_links import is_address
from ieum_portal.operations.accounts import NewAccount, new_account
from ieum_portal.operations.ports import KeptOffice, Neighbours, Registry
from ieum_portal.operations.sign_in import Authentication

SEOUL = ZoneInfo("Asia/Seoul")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for the first administrator's account besides the house.

    Attributes:
        again: The password once more.
    """

    first_run: FirstRun
    password: str
    again: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """What beginning needs.

    Attributes:
        connect: Gives the neighbours as somebody may ask them.
        new_id: Draws the account's id.
        office: Where it is kept whom readers call.
    """

    auth: Authentication
    connect: Callable[[Viewer, Language], Neighbours]
    new_id: Callable[[], UUID]
    office: KeptOffice


def must_be_open(code: str, auth: Authentication) -> None:
    """Let on whoever holds the code, while nobody has begun.

    Raises:
        FirstRunOver: There is an account already, or the code is another.
    """
    if auth.accounts.are_there() or not is_code(code, auth.pepper):
        raise FirstRunOver


def needs_house(registry: Registry) -> bool:
    """Say whether the record names no coordinating office yet; one brought along is kept."""
    return not registry.all(Department, office=True)


def begin(
    typed: Typed, *, code: str, means: Beginning, now: datetime, language: Language
) -> Account:
    """Put the house on record and make its first administrator.

    Raises:
        FirstRunOver: As `must_be_open`; also if somebody was faster.
        PasswordUnfit, AccountUnfit: As named; nothing was recorded.
        NeighbourDown, NeighbourRefused: The registry did not take it; nothing was recorded.
    """
    must_be_open(code, means.auth)
    wanted = typed.first_run
    if not is_address(folded_login(wanted.login)):
        raise AccountUnfit("address")
    fault = password_fault(typed.password, typed.again, folded_login(wanted.login))
    if fault is not None:
        raise PasswordUnfit(fault)
    account = new_account(
        NewAccount(wanted.login, wanted.name, "office", language, is_administrator=True),
        auth=means.auth,
        new_id=means.new_id,
        password_hash=means.auth.passwords.hash(typed.password),
        now=now,
    )
    registry = means.connect(account.viewer(), language).registry
    if needs_house(registry):
        means.office.keep(Office(wanted.office, wanted.office_en, wanted.telephone))
        on = now.astimezone(SEOUL).date()
        registry.load({FILE: wanted.record(on=on, language=language)})
    for officer in registry.all(Person, key=OFFICER):  # Perhaps of a try that was cut off.
        if folded_login(officer.email or "") == account.login:
            account = replace(account, contact_id=officer.id)
    means.auth.accounts.add_first(account)
    return account
