"""The first accounts are made once, and the liaison's when its contact is there."""

from collections.abc import Callable
from itertools import count
from uuid import UUID

import pytest

from ieum_portal.operations.make_first_accounts import Outcome, make_first_accounts
from ieum_portal.storage.accounts import StoredAccounts
from sqlstore.engine import open_engine
from tests.portal.desk import QUICK
from tests.portal.makers import NOW

CONTACT = UUID(int=99)
Make = Callable[[UUID | None], Outcome]


@pytest.fixture
def accounts(database: str) -> StoredAccounts:
    return StoredAccounts(open_engine(database))


@pytest.fixture
def make(accounts: StoredAccounts) -> Make:
    numbers = count(1)
    return lambda contact: make_first_accounts(
        accounts=accounts,
        passwords=QUICK,
        find_contact=lambda key: contact if key == "naver-liaison" else None,
        new_id=lambda: UUID(int=next(numbers)),
        new_password=lambda: f"password {next(numbers)}",
        now=NOW,
    )


def test_office_liaison_and_auditor_are_made(make: Make, accounts: StoredAccounts) -> None:
    outcome = make(CONTACT)

    assert [(each.login, each.role) for each in outcome.made] == [
        ("office@ieum.example", "office"),
        ("liaison@ieum.example", "liaison"),
        ("auditor@ieum.example", "auditor"),
    ]
    liaison = accounts.by_login("liaison@ieum.example")
    assert liaison is not None
    assert liaison.contact_id == CONTACT


def test_each_password_opens_its_account(make: Make, accounts: StoredAccounts) -> None:
    for made in make(CONTACT).made:
        account = accounts.by_login(made.login)
        assert account is not None
        assert QUICK.fits(account.password_hash, made.password)


def test_a_second_time_nothing_is_made(make: Make) -> None:
    make(CONTACT)

    assert make(CONTACT) == Outcome((), ())


def test_the_liaison_waits_for_its_contact(make: Make) -> None:
    first = make(None)
    second = make(CONTACT)

    assert [each.role for each in first.made] == ["office", "auditor"]
    assert [each.role for each in first.waiting] == ["liaison"]
    assert [each.role for each in second.made] == ["liaison"]
