"""Whether the log is whole: its last verification, and what the followers have seen of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from ieum.checks.finding import Finding
from ieum.witnesses import Seen

OLD_AFTER = timedelta(hours=50)
"""It is verified once a day: after two days without, nobody does."""


def verified(
    said: Mapping[str, Any] | None, now: datetime, failed: str | None = None
) -> Iterator[Finding]:
    """Say what the last verification found, and whether there was one lately.

    Args:
        said: What `/v1/verification` said; None if it said nothing, which others tell.
        failed: What was said by a verification that was begun just now and came to no end.
    """
    if failed is not None or (said is not None and said["fault"] == "unread"):
        why = failed or "logs/registry.log"
        yield Finding(
            "log.unread",
            "registry",
            f"변경 이력을 끝까지 읽지 못해 검증할 수 없습니다({why}). 데이터베이스를 그대로 "
            "복사한 뒤 ieum registry verify 를 하고 deploy/RUNBOOK.md 의 '기록이 맞지 않을 때'를 "
            "따르십시오.",
            f"The log could not be read through, so it is not verified ({why}). Copy the database "
            "as it is, run ieum registry verify, then follow deploy/RUNBOOK.md, 'The log is not "
            "whole'.",
        )
        return
    if said is None:
        return
    if said["whole"] is False:
        yield Finding(
            "log.broken",
            "registry",
            f"변경 이력의 {said['bad_seq']}번이 맞지 않습니다({said['fault']}). 쓰기를 멈추고 "
            "데이터베이스를 그대로 복사한 뒤 deploy/RUNBOOK.md 의 '기록이 맞지 않을 때'를 "
            "따르십시오.",
            f"Entry {said['bad_seq']} of the log does not fit ({said['fault']}). Stop writing, "
            "copy the database as it is, then follow deploy/RUNBOOK.md, 'The log is not whole'.",
        )
    at = said["verified_at"]
    if at is None or now - datetime.fromisoformat(at) > OLD_AFTER:
        yield Finding(
            "log.unverified",
            "registry",
            f"변경 이력을 검증한 지 오래되었습니다(마지막 {at or '-'}). ieum registry verify 를 "
            "하고 logs/registry.log 를 보십시오.",
            f"The log was not verified lately (last: {at or '-'}). Run ieum registry verify, and "
            "read logs/registry.log.",
        )


def witnessed(seen: Iterable[Seen], hash_in_log: Callable[[int], str | None]) -> Iterator[Finding]:
    """Say which follower has seen an entry that the log does not have, or not so.

    Args:
        seen: Gathered before the log is asked: it only grows.
        hash_in_log: Gives the hash at a number; None if the log ends before it.
    """
    for each in seen:
        found = hash_in_log(each.seq)
        if found == each.hash:
            continue
        yield Finding(
            "log.cut" if found is None else "log.other",
            each.who,
            f"{each.who}은(는) {each.seq}번까지 보았으나 변경 이력에 그것이 없습니다"
            f"({each.argument}). 백업에서 복구했다면 ieum graph rebuild 로 끝납니다. 아니라면 "
            "이력이 잘린 것입니다. deploy/RUNBOOK.md 의 '기록이 맞지 않을 때'를 따르십시오.",
            f"{each.who} has seen entry {each.seq}, and the log does not have it so "
            f"({each.argument}). If a backup was restored, ieum graph rebuild ends this. If not, "
            "the log was cut off: follow deploy/RUNBOOK.md, 'The log is not whole'.",
        )
