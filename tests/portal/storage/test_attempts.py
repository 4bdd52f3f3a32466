"""Failed attempts are counted, found by account or address, forgiven and forgotten."""

from datetime import timedelta

from sqlalchemy.engine import Engine

from ieum_portal.domain.attempts import WINDOW, Failure
from ieum_portal.storage.attempts import StoredAttempts
from tests.portal.makers import NOW

LONG_AGO = NOW - WINDOW - timedelta(seconds=1)


def seen(attempts: StoredAttempts, account: str = "a", address: str = "1") -> int:
    return len(attempts.failures(account=account, address=address, since=NOW - WINDOW))


def test_failures_are_found_by_account_or_address(engine: Engine) -> None:
    attempts = StoredAttempts(engine)
    for account, address in (("a", "1"), ("a", "2"), ("b", "1"), ("b", "2")):
        attempts.note(Failure(account, address, NOW))

    assert seen(attempts) == 3
    assert Failure("a", "1", NOW) in attempts.failures(account="a", address="9", since=LONG_AGO)


def test_failures_too_old_to_matter_are_not_found_and_then_forgotten(engine: Engine) -> None:
    attempts = StoredAttempts(engine)
    attempts.note(Failure("a", "1", LONG_AGO))

    assert seen(attempts) == 0
    attempts.note(Failure("a", "1", NOW))

    assert len(attempts.failures(account="a", address="1", since=LONG_AGO - WINDOW)) == 1


def test_success_forgives_the_accounts_failures_from_there(engine: Engine) -> None:
    attempts = StoredAttempts(engine)
    attempts.note(Failure("a", "1", NOW))
    attempts.note(Failure("a", "2", NOW))
    number = attempts.note(Failure("a", "1", NOW))

    attempts.forgive(number, account="a", address="1")

    assert attempts.failures(account="a", address="1", since=LONG_AGO) == [Failure("a", "2", NOW)]
