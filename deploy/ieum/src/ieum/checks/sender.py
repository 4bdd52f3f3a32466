"""Whether letters go out, and what notify raised."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from ieum.checks.finding import Finding

LATE_S = 900
"""A letter that is due for so long is late: batches go out every few seconds."""

OF_THE_RECORD = frozenset({"seat.empty", "seat.no_address"})
"""Alarms of things as they should be told: somebody at the desk names a person or an address.

Not so `office.empty`: then no letter tells anybody.
"""


def sender(said: Mapping[str, Any] | None, now: datetime) -> Iterator[Finding]:
    """Say whether letters go out, and pass on what notify raised.

    Args:
        said: What `/v1/sender` said; None if it said nothing, which others tell.
    """
    if said is None:
        return
    if not said["alive"]:
        yield Finding(
            "sender.silent",
            "notify-work",
            f"발송 작업이 멈추어 있습니다(마지막 {said['ticked_at'] or '-'}). "
            "logs/notify-work.log 를 보고 make up 을 하십시오.",
            f"The sender does not tick (last: {said['ticked_at'] or '-'}). Read "
            "logs/notify-work.log, then do: make up",
        )
    if said["oldest_due_at"]:
        late_s = int((now - datetime.fromisoformat(said["oldest_due_at"])).total_seconds())
        if late_s > LATE_S:
            yield Finding(
                "letters.late",
                "notify-work",
                f"보낼 때가 {late_s // 60}분 지난 알림이 있습니다(모두 {said['due']}건). 아래 "
                "경보와 logs/notify-work.log 를 보십시오.",
                f"A letter is {late_s // 60} minutes late ({said['due']} due). See the alarms "
                "below and logs/notify-work.log.",
            )
    for alarm in said["alarms"]:
        detail = alarm.get("detail") or {}
        where = f"notify ({alarm['since']})"
        yield Finding(
            f"alarm.{alarm['code']}",
            where,
            detail.get("ko", ""),
            detail.get("en", ""),
            needs="office" if alarm["code"] in OF_THE_RECORD else "operator",
        )
