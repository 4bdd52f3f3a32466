"""How many failures are taken before the next attempt has to wait, and how long."""

from datetime import UTC, datetime, timedelta

import pytest

from ieum_portal.domain.attempts import WINDOW, Failure, place_of, wait_s

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def failures(count: int, account: str, address: str, *, before: timedelta) -> list[Failure]:
    return [Failure(account, address, NOW - before) for _ in range(count)]


def wait(found: list[Failure], account: str = "a", address: str = "1") -> int:
    return wait_s(found, account=account, address=address, now=NOW)


def test_nobody_who_has_not_failed_waits() -> None:
    assert wait([]) == 0


def test_the_fifth_failure_from_one_desk_makes_the_sixth_attempt_wait() -> None:
    assert wait(failures(4, "a", "1", before=MINUTE)) == 0
    assert wait(failures(5, "a", "1", before=MINUTE)) == 14 * 60


def test_another_desk_may_still_try_the_account() -> None:
    assert wait(failures(5, "a", "1", before=MINUTE), address="2") == 0


def test_twenty_failures_from_many_desks_hold_the_account() -> None:
    found = [Failure("a", str(desk), NOW - MINUTE) for desk in range(20)]

    assert wait(found, address="99") == 14 * 60
    assert wait(found, account="b", address="99") == 0


def test_forty_failures_from_one_desk_hold_the_desk() -> None:
    found = [Failure(str(account), "1", NOW - MINUTE) for account in range(40)]

    assert wait(found, account="new") == 14 * 60
    assert wait(found, account="new", address="2") == 0


def test_failures_beyond_the_window_are_forgotten() -> None:
    assert wait(failures(5, "a", "1", before=WINDOW)) == 0


def test_the_wait_ends_when_the_oldest_that_counts_leaves_the_window() -> None:
    found = failures(3, "a", "1", before=14 * MINUTE) + failures(2, "a", "1", before=MINUTE)

    assert wait(found) == 60


def test_a_wait_is_at_least_a_second() -> None:
    almost = WINDOW - timedelta(milliseconds=1)

    assert wait(failures(5, "a", "1", before=almost)) == 1


def test_a_known_browser_waits_for_its_own_failures_alone() -> None:
    others = [Failure("a", str(desk), NOW - MINUTE) for desk in range(40)]
    others += [Failure(str(account), "device", NOW - MINUTE) for account in range(40)]
    own = failures(5, "a", "device", before=MINUTE)

    assert wait_s(others, account="a", address="device", now=NOW, is_known=True) == 0
    assert wait_s(own, account="a", address="device", now=NOW, is_known=True) == 14 * 60


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:DB8:1:2::1", "2001:db8:1:2:0:0:0:9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("unknown", "unknown", True),
        ("unknown", "192.0.2.1", False),
    ],
)
def test_what_counts_as_one_place(one: str, other: str, *, is_same: bool) -> None:
    assert (place_of(one) == place_of(other)) is is_same
