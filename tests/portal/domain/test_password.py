"""Which passwords may be chosen."""

import pytest

from ieum_portal.domain.password import Fault, password_fault

GOOD = "물결 우산 감자 2026"


@pytest.mark.parametrize(
    ("password", "again", "fault"),
    [
        (GOOD, GOOD, None),
        ("correct horse battery", "correct horse battery", None),
        ("짧은 말", "짧은 말", "short"),
        ("가" * 1025, "가" * 1025, "long"),
        ("aaaaaaaaaaaaa", "aaaaaaaaaaaaa", "plain"),
        ("password1234567", "password1234567", "plain"),
        ("Gwangju2026!!", "Gwangju2026!!", "plain"),
        ("이음 2026 2026", "이음 2026 2026", "plain"),
        ("honggildong 99", "honggildong 99", "login"),
        ("HongGildong 99", "HongGildong 99", "login"),
        (GOOD, GOOD + " ", "differs"),
        ("short", "other", "short"),
    ],
)
def test_a_password_is_long_unlike_its_login_and_not_the_first_guess(
    password: str, again: str, fault: Fault | None
) -> None:
    assert password_fault(password, again, "honggildong@partner.test") == fault


def test_a_short_login_forbids_nothing() -> None:
    assert password_fault("kim and the rest", "kim and the rest", "kim@partner.test") is None
