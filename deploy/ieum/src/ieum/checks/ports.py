"""Which ports somebody else holds."""

from collections.abc import Callable, Iterator, Mapping

from ieum.checks.finding import Finding
from ieum.leftover_processes import Started


def ports(
    wanted: Mapping[str, int],
    living: Mapping[str, Started],
    is_free: Callable[[int], bool],
    holder: Callable[[int], str],
) -> Iterator[Finding]:
    """Look for ports that somebody else holds while our process does not run.

    Args:
        wanted: Each process that listens, with its port.
    """
    for name, port in wanted.items():
        if name not in living and not is_free(port):
            yield Finding(
                "port.taken",
                f"{port} ({name})",
                f"다른 프로그램이 잡고 있습니다: {holder(port)}\n그 프로그램을 끝내거나 "
                "IEUM_PORT_BASE 를 바꿔 make up 을 하십시오.",
                f"Another program holds it: {holder(port)}\nEnd that one, or run make up with "
                "another IEUM_PORT_BASE.",
            )
