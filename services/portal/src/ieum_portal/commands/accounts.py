"""`ieum-portal account …` and `unlock`: what the operator does with accounts."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ieum_portal.domain.account import Account
from ieum_portal.domain.errors import (
    AccountEnded,
    AccountUnfit,
    LastAdministrator,
    LoginTaken,
    LoginUnknown,
)
from ieum_portal.domain.viewer import ROLES
from ieum_portal.operations.accounts import (
    NewAccount,
    account_named,
    add_account,
    appoint,
    change_account,
    end_account,
    lock_account,
    reset_password,
    unlock_account,
)
from ieum_portal.operations.sign_in import Authentication, forget_failures

UNFIT = {
    "text": "로그인 아이디와 이름을 보이는 글자로만 적으십시오 / "
    "give a login and a name, in visible characters alone",
    "contact": "연락담당자(liaison)에만 --contact가 있어야 합니다 / "
    "a liaison, and nobody else, has --contact",
    "administrator": "담당부서와 총괄부서만 --administrator를 가질 수 있습니다 / "
    "office and department alone may be administrators",
    "address": "로그인 아이디는 전자우편 주소여야 합니다 / the login must be an e-mail address",
    "department": "담당부서(department)에만 --department가 있어야 합니다 / "
    "a department member, and nobody else, has --department",
}

WHAT = {"contact": ("연락처", "/v1/contacts"), "department": ("부서", "/v1/departments")}
"""What a key is of, and where the registry lists those that there are."""


class AccountRefused(Exception):
    """The verb could not be carried out; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Means:
    """What the verbs need from outside.

    Attributes:
        find_contact: Gives a contact of the registry by its key; `find_department` likewise.
    """

    auth: Authentication
    find_contact: Callable[[str], UUID | None]
    find_department: Callable[[str], UUID | None]
    new_id: Callable[[], UUID]
    new_password: Callable[[], str]
    now: datetime


def declare_account_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare what can be done with accounts, each with its sub-verb as `doing`."""
    account = verbs.add_parser(
        "account", help="add, lock, unlock, reset, change, appoint, dismiss, end, list"
    )
    doing = account.add_subparsers(dest="doing", required=True, metavar="DOING")
    added = doing.add_parser("add", help="make an account; its password is shown this once")
    changed = doing.add_parser("change", help="another role, contact or department")
    added.add_argument("login")
    added.add_argument("--name", required=True, help="as shown in the head of each page")
    added.add_argument("--language", choices=("ko", "en"), default="ko")
    changed.add_argument("login")
    added.add_argument(
        "--administrator", action="store_true", help="may invite, lock and end accounts"
    )
    for each in (added, changed):
        each.add_argument("--role", choices=ROLES, required=True)
        each.add_argument("--contact", metavar="KEY", help="of a liaison: its contact's key")
        each.add_argument("--department", metavar="KEY", help="of a department member: its key")
    for name, text in {
        "lock": "keep it from signing in, and end its sessions",
        "unlock": "let it sign in again, and forget its failed attempts",
        "reset": "give it a new password, shown this once; its sessions end",
        "appoint": "let it administer accounts",
        "dismiss": "let it administer accounts no longer",
        "end": "end it for good; login, name and contact are forgotten",
    }.items():
        doing.add_parser(name, help=text).add_argument("login")
    doing.add_parser("list", help="all accounts")
    unlock = verbs.add_parser("unlock", help="forget failed attempts to sign in")
    unlock.add_argument("login", nargs="?", help="of one account; of everybody if left out")
    unlock.add_argument("--address", help="from one address")


def carry_out(asked: argparse.Namespace, means: Means) -> Sequence[str]:
    """Carry out `account …`; gives the lines to show.

    Raises:
        AccountRefused: As named.
    """
    try:
        return tuple(_lines(asked, means))
    except LoginUnknown as error:
        raise AccountRefused(
            f"{asked.login}: 그런 계정이 없습니다. `ieum portal account list`로 확인하십시오 / "
            "there is no such account; see `ieum portal account list`"
        ) from error
    except LoginTaken as error:
        raise AccountRefused(
            f"{asked.login}: 이미 있는 아이디입니다. 다른 아이디를 쓰십시오 / "
            "that login is taken; use another one"
        ) from error
    except AccountEnded as error:
        raise AccountRefused(
            f"{asked.login}: 종료된 계정입니다. 새로 만드십시오 / it has ended; make a new one"
        ) from error
    except LastAdministrator as error:
        raise AccountRefused(
            f"{asked.login}: 마지막 계정 관리자입니다. `ieum portal account appoint`로 다른 사람을 "
            "먼저 세우십시오 / this is the last administrator of accounts; appoint another first"
        ) from error
    except AccountUnfit as error:
        raise AccountRefused(UNFIT[error.part]) from error


def forget(asked: argparse.Namespace, auth: Authentication) -> str:
    """Carry out `unlock`; gives the line to show."""
    count = forget_failures(auth, login=asked.login, address=asked.address)
    return f"실패한 로그인 {count}건을 지웠습니다 / {count} failed attempts forgotten"


def _lines(asked: argparse.Namespace, means: Means) -> Iterator[str]:
    auth, now = means.auth, means.now
    match asked.doing:
        case "add":
            wanted = NewAccount(
                asked.login,
                asked.name,
                asked.role,
                asked.language,
                *_acts_for(asked, means),
                is_administrator=asked.administrator,
            )
            account, password = add_account(
                wanted,
                auth=auth,
                new_id=means.new_id,
                new_password=means.new_password,
                now=now,
            )
            yield _with_password(account, password)
        case "reset":
            yield _with_password(
                *reset_password(asked.login, auth=auth, new_password=means.new_password, now=now)
            )
        case "change":
            contact_id, department = _acts_for(asked, means)
            yield _told(
                change_account(
                    asked.login,
                    role=asked.role,
                    contact_id=contact_id,
                    department=department,
                    auth=auth,
                    now=now,
                )
            )
        case "lock":
            yield _told(lock_account(asked.login, auth=auth, now=now))
        case "unlock":
            yield _told(unlock_account(asked.login, auth=auth, now=now))
        case "appoint" | "dismiss":
            yield _told(appoint(asked.login, is_administrator=asked.doing == "appoint", auth=auth))
        case "end":
            account = account_named(asked.login, accounts=auth.accounts)
            yield _told(end_account(account, auth=auth, now=now))
        case _:
            yield from map(_told, auth.accounts.all())


def _acts_for(asked: argparse.Namespace, means: Means) -> tuple[UUID | None, UUID | None]:
    return (
        _found("contact", asked.contact, means.find_contact),
        _found("department", asked.department, means.find_department),
    )


def _found(what: str, key: str | None, find: Callable[[str], UUID | None]) -> UUID | None:
    if key is None:
        return None
    found = find(key)
    if found is None:
        korean, listed = WHAT[what]
        raise AccountRefused(
            f"{korean} `{key}`: 대장에 없습니다. 있는 키는 `ieum token --role office`의 토큰으로 "
            f"GET {listed} 에서 보고 다시 하십시오 / the registry has no {what} `{key}`; see the "
            f"keys that there are by GET {listed} with a token of `ieum token --role office`, "
            "and try again"
        )
    return found


def _with_password(account: Account, password: str) -> str:
    return f"{account.login:24} {password}  ({account.role})"


def _told(account: Account) -> str:
    acts_for = account.contact_id or account.department or "-"
    administers = "  administrator" if account.is_administrator else ""
    return f"{account.login:24} {account.role:10} {account.state:7} {acts_for}{administers}"
