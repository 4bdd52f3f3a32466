"""Accounts come back as they were kept; a login is one account's."""

from uuid import UUID

import pytest
from sqlalchemy.engine import Engine

from ieum_portal.domain.errors import LoginTaken
from ieum_portal.storage.accounts import StoredAccounts
from tests.portal.makers import NOW, an_account


def test_an_account_comes_back_as_it_was_kept(engine: Engine) -> None:
    accounts = StoredAccounts(engine)
    kept = an_account(role="liaison", contact_id=UUID(int=8), department=UUID(int=9), closed_at=NOW)

    accounts.add(kept)

    assert accounts.by_login(kept.login) == kept
    assert accounts.by_id(kept.id) == kept


def test_nobody_is_found_under_another_login(engine: Engine) -> None:
    accounts = StoredAccounts(engine)

    assert accounts.by_login("nobody@ieum.example") is None
    assert accounts.by_id(UUID(int=5)) is None


def test_a_login_is_one_accounts(engine: Engine) -> None:
    accounts = StoredAccounts(engine)
    accounts.add(an_account(1))

    with pytest.raises(LoginTaken):
        accounts.add(an_account(2, login=an_account(1).login))
    assert accounts.by_id(UUID(int=2)) is None


def test_a_password_hash_is_replaced(engine: Engine) -> None:
    accounts = StoredAccounts(engine)
    accounts.add(an_account(1))
    accounts.add(an_account(2))

    accounts.set_password_hash(UUID(int=1), "new")

    hashes = [accounts.by_id(UUID(int=each)) for each in (1, 2)]
    assert [each.password_hash if each else None for each in hashes] == ["new", "$argon2id$"]


def test_a_login_that_no_database_can_hold_is_nobodys(engine: Engine) -> None:
    assert StoredAccounts(engine).by_login("a\0b") is None
