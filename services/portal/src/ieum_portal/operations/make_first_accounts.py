"""The three accounts with which a new installation begins, made once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ieum_portal.domain.account import Account
from ieum_portal.domain.viewer import Role
from ieum_portal.domain.words import Language
from ieum_portal.operations.ports import Accounts, ContactFinder, Passwords


@dataclass(frozen=True, slots=True)
class FirstAccount:
    """An account to make.

    Attributes:
        contact_key: Key of the contact in the registry whose seats the account acts for.
    """

    login: str
    name: str
    role: Role
    language: Language = "ko"
    contact_key: str | None = None


FIRST: tuple[FirstAccount, ...] = (
    FirstAccount("office@ieum.example", "총괄부서 담당자", "office"),
    FirstAccount(
        "liaison@ieum.example", "협약기관 연락담당자", "liaison", contact_key="naver-liaison"
    ),
    FirstAccount("auditor@ieum.example", "의회 열람자", "auditor"),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A new account with its password, which is told this once and kept nowhere here."""

    login: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made; `waiting` are those whose contact is not in the registry yet."""

    made: tuple[Made, ...]
    waiting: tuple[FirstAccount, ...]


def make_first_accounts(
    *,
    accounts: Accounts,
    passwords: Passwords,
    find_contact: ContactFinder,
    new_id: Callable[[], UUID],
    new_password: Callable[[], str],
    now: datetime,
) -> Outcome:
    """Make those of the first accounts that are not there.

    On repeat nothing is made again: an account that exists keeps its password, and one that had
    to wait for its contact is made once the contact is found.
    """
    made, waiting = [], []
    for wanted in FIRST:
        if accounts.by_login(wanted.login) is not None:
            continue
        contact_id = find_contact(wanted.contact_key) if wanted.contact_key else None
        if wanted.contact_key and contact_id is None:
            waiting.append(wanted)
            continue
        password = new_password()
        accounts.add(
            Account(
                new_id(),
                wanted.login,
                wanted.name,
                wanted.role,
                wanted.language,
                passwords.hash(password),
                now,
                contact_id=contact_id,
                is_administrator=wanted.role == "office",
            )
        )
        made.append(Made(wanted.login, wanted.role, password))
    return Outcome(tuple(made), tuple(waiting))
