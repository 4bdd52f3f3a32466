"""Accounts are made, locked, changed and ended, and their sessions end with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from ieum_portal.domain.account import Account
from ieum_portal.domain.errors import (
    AccountEnded,
    AccountUnfit,
    LoginTaken,
    LoginUnknown,
    TooManyAttempts,
    WrongCredentials,
)
from ieum_portal.operations.accounts import (
    NewAccount,
    add_account,
    change_account,
    end_account,
    lock_account,
    reset_password,
    unlock_account,
)
from ieum_portal.operations.session import recognise
from ieum_portal.operations.sign_in import Authentication, sign_in
from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.attempts import StoredAttempts
from ieum_portal.storage.sessions import StoredSessions
from sqlstore.engine import open_engine
from tests.portal.desk import QUICK
from tests.portal.makers import NOW

LOGIN, NAME = "kim@partner.example", "김연락"
FIRST, TOKEN = "처음", "t"
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def auth(database: str) -> Authentication:
    engine = open_engine(database)
    return Authentication(
        StoredAccounts(engine), StoredSessions(engine), StoredAttempts(engine), QUICK, b"pepper"
    )


@pytest.fixture
def account(auth: Authentication) -> Account:
    wanted = NewAccount(f" {LOGIN.upper()} ", NAME, "liaison", contact_id=UUID(int=7))
    made, _ = add_account(wanted, auth=auth, new_id=uuid4, new_password=lambda: "처음", now=NOW)
    return made


def enter(auth: Authentication, password: str = FIRST, token: str = TOKEN) -> Account:
    return sign_in(LOGIN, password, address="192.0.2.1", token=token, now=LATER, auth=auth)


def is_in(auth: Authentication, token: str = TOKEN) -> bool:
    return recognise(token, now=LATER, sessions=auth.sessions) is not None


def lock(auth: Authentication) -> None:
    lock_account(LOGIN, auth=auth, now=LATER)


def reset(auth: Authentication) -> None:
    reset_password(LOGIN, auth=auth, new_password=lambda: "새로", now=LATER)


def change_role(auth: Authentication) -> None:
    change_account(LOGIN, role="auditor", contact_id=None, department=None, auth=auth, now=LATER)


def change_partner(auth: Authentication) -> None:
    change_account(
        LOGIN, role="liaison", contact_id=UUID(int=8), department=None, auth=auth, now=LATER
    )


def end(auth: Authentication) -> None:
    found = auth.accounts.by_login(LOGIN)
    assert found is not None
    end_account(found, auth=auth, now=LATER)


def test_a_new_account_signs_in_with_the_password_told_once(
    auth: Authentication, account: Account
) -> None:
    assert enter(auth) == account
    assert "처음" not in str(auth.accounts.by_login(LOGIN))


@pytest.mark.parametrize("act", [lock, reset, change_role, change_partner, end])
def test_whatever_an_account_rests_on_ends_its_sessions(
    auth: Authentication, account: Account, act: Callable[[Authentication], None]
) -> None:
    enter(auth, token="a")
    enter(auth, token="b")
    assert account.login == LOGIN

    act(auth)

    assert not is_in(auth, "a")
    assert not is_in(auth, "b")


@pytest.mark.parametrize(
    "change",
    [
        "password_hash = 'x'",
        "role = 'office'",
        "contact_id = NULL",
        "department = '00000000000000000000000000000009'",
    ],
)
def test_a_hand_in_the_database_ends_sessions_too(
    auth: Authentication, account: Account, database: str, change: str
) -> None:
    enter(auth)
    assert is_in(auth)

    with open_engine(database).begin() as connection:
        connection.exec_driver_sql(f"UPDATE account SET {change}")  # noqa: S608 - of this list.

    assert account.login == LOGIN
    assert not is_in(auth)


@pytest.mark.parametrize("act", [lock, end])
def test_who_is_locked_or_ended_is_told_no_more_than_a_wrong_password(
    auth: Authentication, account: Account, act: Callable[[Authentication], None]
) -> None:
    act(auth)

    with pytest.raises(WrongCredentials):
        enter(auth)
    assert account.login == LOGIN


def test_an_unlocked_account_enters_again_though_it_was_tried_too_often(
    auth: Authentication, account: Account
) -> None:
    lock(auth)
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            enter(auth, "아님")
    with pytest.raises(TooManyAttempts):
        enter(auth)

    unlock_account(LOGIN, auth=auth, now=LATER)

    assert enter(auth).id == account.id


def test_a_new_password_is_the_only_one(auth: Authentication, account: Account) -> None:
    reset(auth)

    with pytest.raises(WrongCredentials):
        enter(auth)
    assert enter(auth, "새로").id == account.id


def test_nothing_of_the_person_is_left_of_an_ended_account(
    auth: Authentication, account: Account, database: str
) -> None:
    enter(auth)

    end(auth)

    with open_engine(database).connect() as connection:
        kept = [
            tuple(row)
            for table in ("account", "web_session", "failed_attempt")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")  # noqa: S608
        ]
    for trace in (LOGIN, NAME, UUID(int=7).hex, account.password_hash):
        assert trace not in str(kept)
    assert auth.accounts.by_id(account.id) is not None  # The change log names it.
    again = end_account(account.ended(NOW), auth=auth, now=LATER)
    assert again.ended_at == NOW


def test_a_login_is_free_again_once_its_account_has_ended(
    auth: Authentication, account: Account
) -> None:
    wanted = NewAccount(LOGIN, "다른 사람", "auditor")

    def add() -> Account:
        return add_account(wanted, auth=auth, new_id=uuid4, new_password=lambda: "둘째", now=LATER)[
            0
        ]

    with pytest.raises(LoginTaken):
        add()
    end(auth)

    assert add().id != account.id


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ({"role": "liaison"}, "contact"),
        ({"role": "department"}, "department"),
        ({"role": "auditor", "contact_id": UUID(int=1)}, "contact"),
        ({"role": "office", "department": UUID(int=1)}, "department"),
        ({"role": "office", "login": "  "}, "text"),
        ({"role": "office", "name": " "}, "text"),
        ({"role": "office", "login": "x" * 255}, "text"),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    auth: Authentication, more: dict[str, object], part: str
) -> None:
    wanted = replace(NewAccount(LOGIN, NAME, "office"), **more)  # type: ignore[arg-type]

    with pytest.raises(AccountUnfit) as caught:
        add_account(wanted, auth=auth, new_id=uuid4, new_password=lambda: "x", now=NOW)

    assert caught.value.part == part
    assert auth.accounts.all() == []


@pytest.mark.parametrize(
    "unseen", ["\n", "\x00", "\x1b[2K", "\u202e", "\u200b", "\u2066", "\ufeff", "\u2028"]
)
@pytest.mark.parametrize("where", ["login", "name"])
def test_a_login_or_name_with_what_nobody_sees_is_refused(
    auth: Authentication, where: str, unseen: str
) -> None:
    wanted = NewAccount(
        f"a{unseen}b@city.example" if where == "login" else LOGIN,
        f"이{unseen}담당" if where == "name" else NAME,
        "office",
    )

    with pytest.raises(AccountUnfit) as caught:
        add_account(wanted, auth=auth, new_id=uuid4, new_password=lambda: "x", now=NOW)

    assert caught.value.part == "text"
    assert auth.accounts.all() == []


def test_unknown_and_ended_accounts_are_named(auth: Authentication, account: Account) -> None:
    with pytest.raises(LoginUnknown):
        lock_account("nobody@ieum.example", auth=auth, now=NOW)
    end(auth)
    with pytest.raises(AccountEnded):
        unlock_account(f"ended:{account.id}", auth=auth, now=NOW)
