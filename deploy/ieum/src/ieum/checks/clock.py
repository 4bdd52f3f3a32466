"""Whether the clock was set back."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from ieum.checks.finding import Finding

AHEAD_S = 120
"""How far the newest entry may lie in the future: clocks of two machines differ by seconds."""


def clock(newest_at: datetime | None, now: datetime) -> Iterator[Finding]:
    """Look whether the newest entry lies ahead of the clock: then the clock was set back."""
    if newest_at is not None and newest_at - now > timedelta(seconds=AHEAD_S):
        yield Finding(
            "clock.behind_the_log",
            "registry",
            f"변경 이력의 마지막 시각({newest_at.isoformat()})이 지금보다 앞입니다. 서버 시계를 "
            "맞추십시오(NTP). 그때까지 새 기록은 그 시각으로 남고, known_at은 번호로만 닿습니다.",
            f"The newest entry ({newest_at.isoformat()}) lies in the future. Set the clock right "
            "(NTP); until then new entries carry that time, and known_at reaches them by number "
            "alone.",
        )
