"""Waits between tries: full jitter, growing, bounded at both ends."""

from hypothesis import given
from hypothesis import strategies as st

from ieum_notify.domain.retry import FAULT, MAIL, MAIL_AWAY, REGISTRY, RetryPolicy


def test_the_bound_doubles_with_each_try_up_to_the_longest() -> None:
    bounds = [MAIL.wait(tries, 1.0).total_seconds() for tries in (1, 2, 3, 7, 50)]

    assert bounds == [60, 120, 240, 3600, 3600]


@given(
    st.sampled_from([MAIL, MAIL_AWAY, REGISTRY, FAULT]),
    st.integers(1, 10_000),
    st.floats(0, 1, allow_nan=False),
)
def test_every_wait_lies_between_the_least_and_the_longest(
    retry_policy: RetryPolicy, tries: int, draw: float
) -> None:
    wait_s = retry_policy.wait(tries, draw).total_seconds()

    assert retry_policy.least_s <= wait_s <= retry_policy.longest_s


def test_a_day_of_trouble_is_survived_with_about_fifty_tries() -> None:
    # Half of each bound on average: a relay that is away for a day is not stormed.
    waited = sum(MAIL.wait(tries, 0.5).total_seconds() for tries in range(1, 52))

    assert waited > 20 * 3600
