"""Signing in, on a real store: who gets in, who waits, and what is left behind."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from argon2 import PasswordHasher

from ieum_portal.domain.account import Account
from ieum_portal.domain.attempts import WINDOW
from ieum_portal.domain.errors import TooManyAttempts, WrongCredentials
from ieum_portal.domain.websession import IDLE, LONGEST
from ieum_portal.operations.devices import KNOWN_FOR, device_mark
from ieum_portal.operations.session import recognise, sign_out, sign_out_everywhere
from ieum_portal.operations.sign_in import (
    LONGEST_PASSWORD,
    Authentication,
    forget_failures,
    hash_of,
    sign_in,
)
from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.attempts import StoredAttempts
from ieum_portal.storage.passwords import Argon2Passwords
from ieum_portal.storage.sessions import StoredSessions
from sqlstore.engine import open_engine
from tests.portal.desk import QUICK
from tests.portal.makers import NOW, an_account

LOGIN, PASSWORD, TOKEN = an_account().login, "이음", "t"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def auth(database: str) -> Authentication:
    engine = open_engine(database)
    accounts = StoredAccounts(engine)
    accounts.add(an_account(1, password_hash=QUICK.hash("이음")))
    accounts.add(an_account(2, password_hash=QUICK.hash("이음"), closed_at=NOW))
    return Authentication(
        accounts, StoredSessions(engine), StoredAttempts(engine), QUICK, b"pepper"
    )


def enter(
    auth: Authentication,
    login: str = LOGIN,
    password: str = PASSWORD,
    *,
    address: str = "192.0.2.1",
    token: str = TOKEN,
    after: timedelta = timedelta(),
    mark: str | None = None,
) -> Account:
    return sign_in(
        login, password, address=address, token=token, now=NOW + after, auth=auth, mark=mark
    )


def known(auth: Authentication, number: int = 1) -> str:
    """Give the mark of a browser that has signed in to an account."""
    account = auth.accounts.by_id(UUID(int=number))
    assert account is not None
    return device_mark(account, nonce=f"browser{number}", now=NOW, secret=auth.pepper)


def fail(
    auth: Authentication, login: str = LOGIN, *, address: str, mark: str | None = None
) -> None:
    with pytest.raises((WrongCredentials, TooManyAttempts)):
        enter(auth, login, "아님", address=address, mark=mark)


def test_who_knows_the_password_gets_a_session(auth: Authentication) -> None:
    account = enter(auth)

    assert account.login == LOGIN
    found = recognise("t", now=NOW, sessions=auth.sessions)
    assert found is not None
    assert found[1] == account


def test_the_token_itself_is_not_kept(auth: Authentication) -> None:
    enter(auth)

    assert auth.sessions.find("t") is None
    assert auth.sessions.find(hash_of("t")) is not None


def test_a_login_may_be_typed_in_any_case(auth: Authentication) -> None:
    assert enter(auth, f"  {LOGIN.upper()} ").login == LOGIN


@pytest.mark.parametrize(
    ("login", "password"),
    [
        (LOGIN, "아님"),
        ("nobody@ieum.example", "이음"),
        (an_account(2).login, "이음"),
        (LOGIN, "이" * (LONGEST_PASSWORD + 1)),
    ],
)
def test_wrong_unknown_closed_and_endless_are_told_alike(
    auth: Authentication, login: str, password: str
) -> None:
    with pytest.raises(WrongCredentials):
        enter(auth, login, password)
    assert recognise("t", now=NOW, sessions=auth.sessions) is None


def test_after_five_failures_even_the_right_password_waits(auth: Authentication) -> None:
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            enter(auth, password="아님")

    with pytest.raises(TooManyAttempts) as caught:
        enter(auth, after=MINUTE)

    assert caught.value.wait_s == 14 * 60
    assert enter(auth, after=WINDOW).login == LOGIN


def test_success_clears_the_slate(auth: Authentication) -> None:
    for token in ("a", "b"):
        for _ in range(4):
            with pytest.raises(WrongCredentials):
                enter(auth, password="아님")
        enter(auth, token=token)


def test_signing_in_often_is_no_failure(auth: Authentication) -> None:
    for number in range(50):
        enter(auth, token=str(number))


def test_no_login_and_no_address_is_kept_of_a_failure(auth: Authentication, database: str) -> None:
    with pytest.raises(WrongCredentials):
        enter(auth, password="아님")

    with open_engine(database).connect() as connection:
        (kept,) = connection.exec_driver_sql("SELECT account, address FROM failed_attempt")
    assert LOGIN not in kept
    assert "192.0.2.1" not in kept


def test_an_outdated_hash_is_made_anew(auth: Authentication) -> None:
    costlier = Argon2Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    before = auth.accounts.by_login(LOGIN)

    enter(replace(auth, passwords=costlier))

    after = auth.accounts.by_login(LOGIN)
    assert before is not None
    assert after is not None
    assert not costlier.is_outdated(after.password_hash)
    assert costlier.is_outdated(before.password_hash)


def test_a_session_ends_by_signing_out(auth: Authentication) -> None:
    enter(auth)

    sign_out("t", now=NOW, sessions=auth.sessions)

    assert recognise("t", now=NOW, sessions=auth.sessions) is None


def test_signing_out_everywhere_ends_every_session(auth: Authentication) -> None:
    account = enter(auth, token="a")
    enter(auth, token="b")

    assert sign_out_everywhere(account.id, now=NOW, sessions=auth.sessions) == 2
    assert recognise("a", now=NOW, sessions=auth.sessions) is None


def test_a_session_is_kept_alive_by_use_and_no_longer_than_a_day(auth: Authentication) -> None:
    enter(auth)
    at = NOW
    while at < NOW + LONGEST - MINUTE:
        at += IDLE - MINUTE
        at = min(at, NOW + LONGEST - MINUTE)
        assert recognise("t", now=at, sessions=auth.sessions) is not None

    assert recognise("t", now=NOW + LONGEST, sessions=auth.sessions) is None


def test_a_made_up_token_opens_nothing(auth: Authentication) -> None:
    assert recognise("made up", now=NOW, sessions=auth.sessions) is None


def test_an_account_closed_later_is_out_at_once(auth: Authentication, database: str) -> None:
    enter(auth)
    engine = open_engine(database)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE account SET closed_at = '2026-11-23T00:00:00+00:00'")

    assert recognise("t", now=NOW, sessions=auth.sessions) is None


def test_forty_wrong_passwords_of_others_do_not_keep_out_a_known_browser_there(
    auth: Authentication,
) -> None:
    for number in range(45):
        fail(auth, f"somebody{number}@ieum.example", address="192.0.2.1")

    assert enter(auth, mark=known(auth)).login == LOGIN
    with pytest.raises(TooManyAttempts):
        enter(auth)


def test_twenty_wrong_passwords_from_elsewhere_do_not_lock_the_owner_out(
    auth: Authentication,
) -> None:
    for number in range(25):
        fail(auth, address=f"198.51.100.{number % 5}")

    assert enter(auth, mark=known(auth)).login == LOGIN
    with pytest.raises(TooManyAttempts):
        enter(auth, address="203.0.113.9")


def test_a_known_browser_may_fail_five_times_too(auth: Authentication) -> None:
    mark = known(auth)
    for number in range(5):
        fail(auth, address=f"198.51.100.{number}", mark=mark)

    with pytest.raises(TooManyAttempts):
        enter(auth, mark=mark, address="203.0.113.9")


@pytest.mark.parametrize(
    "mark",
    ["", "x", "a.b.c", "2026-11-23.n.", "이음.이음.이음", "2026-11-23.browser1." + "0" * 64],
)
def test_a_made_up_mark_makes_no_browser_known(auth: Authentication, mark: str) -> None:
    for _ in range(5):
        fail(auth, address="192.0.2.1")

    with pytest.raises(TooManyAttempts):
        enter(auth, mark=mark)


def test_a_browser_known_for_another_account_is_a_stranger(auth: Authentication) -> None:
    for number in range(20):
        fail(auth, address=f"198.51.100.{number}")

    with pytest.raises(TooManyAttempts):
        enter(auth, mark=known(auth, 2))


def test_a_browser_is_forgotten_after_half_a_year_and_with_the_password(
    auth: Authentication,
) -> None:
    mark, later = known(auth), KNOWN_FOR + timedelta(days=1)
    before = auth.accounts.by_login(LOGIN)
    assert before is not None
    for after in (timedelta(), later):
        for number in range(20):
            with pytest.raises((WrongCredentials, TooManyAttempts)):
                enter(auth, password="아님", address=f"198.51.100.{number}", after=after)
    with pytest.raises(TooManyAttempts):
        enter(auth, mark=mark, after=later)
    auth.accounts.set_password_hash(before.id, QUICK.hash(PASSWORD))

    with pytest.raises(TooManyAttempts):
        enter(auth, mark=mark)


def test_addresses_of_one_ipv6_site_are_one_place(auth: Authentication) -> None:
    for number in range(40):
        fail(auth, f"somebody{number}@ieum.example", address=f"2001:db8:1:2::{number:x}")

    with pytest.raises(TooManyAttempts):
        enter(auth, address="2001:db8:1:2:9:9:9:9")
    assert enter(auth, address="2001:db8:1:3::1").login == LOGIN


def test_the_operator_lets_an_account_or_a_place_be_tried_again(auth: Authentication) -> None:
    for number in range(20):
        fail(auth, address=f"198.51.100.{number}")
    for number in range(40):
        fail(auth, f"somebody{number}@ieum.example", address="192.0.2.1")

    assert forget_failures(auth, login=f" {LOGIN.upper()}") == 20
    assert enter(auth, address="203.0.113.9").login == LOGIN
    assert forget_failures(auth, address="192.0.2.1") == 40
    assert enter(auth, token="second").login == LOGIN


@pytest.mark.parametrize(
    ("login", "password"),
    [
        (LOGIN, "아님"),
        ("nobody@ieum.example", "이음"),
        (an_account(2).login, "이음"),
        (LOGIN, "이" * (LONGEST_PASSWORD + 1)),
        ("nobody@ieum.example", "이" * (LONGEST_PASSWORD + 1)),
    ],
)
def test_whatever_is_wrong_costs_one_hash(auth: Authentication, login: str, password: str) -> None:
    class Counting(Argon2Passwords):
        checked = 0

        def fits(self, password_hash: str | None, password: str) -> bool:
            self.checked += 1
            return super().fits(password_hash, password)

    counting = Counting(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))

    with pytest.raises(WrongCredentials):
        enter(replace(auth, passwords=counting), login, password)

    assert counting.checked == 1
