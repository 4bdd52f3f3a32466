"""Keys and passwords that are gone or open to others are named."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from ieum.checks.secrets import secrets
from ieum.home import Home
from tests.deploy.checks.makers import codes

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_a_secret_that_others_may_read_is_named_with_its_remedy(home: Home) -> None:
    key = home.secrets / "portal.key.json"
    key.chmod(0o644)

    [found] = secrets(home, NOW)

    assert (found.code, found.where) == ("key.readable_by_others", str(key))
    assert f"chmod 600 {key}" in found.ko


def test_a_key_that_is_gone_is_named(home: Home) -> None:
    (home.keys / "notify.json").unlink()

    assert codes(list(secrets(home, NOW))) == ["key.missing"]


@pytest.mark.parametrize(("age", "expected"), [(1, []), (8, ["first_accounts.left"])])
def test_first_passwords_may_not_lie_there_for_ever(
    home: Home, age: int, expected: list[str]
) -> None:
    home.first_accounts.touch(mode=0o600)
    then = (NOW - timedelta(days=age)).timestamp()
    os.utime(home.first_accounts, (then, then))

    assert codes(list(secrets(home, NOW))) == expected


def test_secrets_as_they_are_made_are_well(home: Home) -> None:
    assert list(secrets(home, NOW)) == []
