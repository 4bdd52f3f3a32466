"""What the tests of all checks take for granted."""

import psutil

from ieum.checks.finding import Finding
from ieum.leftover_processes import Started


def this_process(starts: int = 1) -> Started:
    """Give a process that lives."""
    me = psutil.Process()
    return Started("graph", me.pid, me.create_time(), starts)


def codes(found: list[Finding]) -> list[str]:
    """Give the codes; each finding says in two languages what is wrong, and where."""
    for each in found:
        assert each.ko != each.en
        assert each.where
    return [each.code for each in found]
