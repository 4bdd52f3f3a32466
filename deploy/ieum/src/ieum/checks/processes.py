"""Which processes do not run, or keep starting."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from ieum.checks.finding import Finding
from ieum.leftover_processes import Started
from ieum.supervision import Seen

RESTARTS = 3
"""So many restarts since the last `up` are no accident."""


def processes(
    names: Sequence[str],
    living: Mapping[str, Started],
    seen: Mapping[str, Seen],
    said: Callable[[str], str],
) -> Iterator[Finding]:
    """Look for processes that do not run, or keep starting.

    Args:
        said: Gives the log line of a process that tells why it ended.
    """
    if not living:
        yield Finding(
            "house.down",
            "ieum",
            "아무것도 돌고 있지 않습니다. 하십시오: make up",
            "Nothing runs. Do: make up",
        )
        return
    if "supervisor" not in living:
        yield Finding(
            "supervisor.down",
            "supervisor",
            "감독 프로세스가 없어 죽은 프로세스가 살아나지 않습니다. 하십시오: make up",
            "The supervisor is gone: what dies stays dead. Do: make up",
        )
    for name in names:
        state = seen[name].state if name in seen else ""
        started = living.get(name)
        if started is None or state in {"BACKOFF", "FATAL", "EXITED", "STOPPED"}:
            yield Finding(
                "process.down",
                name,
                f"돌고 있지 않습니다({state or '-'}). 마지막 기록: {said(name)}\n"
                "고친 뒤 하십시오: make up",
                f"It does not run ({state or '-'}). Its log says last: {said(name)}\n"
                "Mend that, then do: make up",
            )
        elif started.starts > RESTARTS:
            yield Finding(
                "process.restarting",
                name,
                f"{started.starts - 1}번 다시 시작했습니다. 마지막 기록: {said(name)}",
                f"It was started anew {started.starts - 1} times. Its log says last: {said(name)}",
            )
