"""Provides what the tests need beside Python: PostgreSQL, a browser, Korean fonts, nginx.

As root on a Debian-like machine they are installed; elsewhere the one command is named. With
CI=true a missing part is a failure, never a skip.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

WITH_SBIN = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
"""Debian's place for servers is not on everybody's path."""

POLICY = Path("/usr/sbin/policy-rc.d")
"""Asked by Debian before a package starts its server; 101 says no."""

PACKAGES: dict[str, Callable[[], bool]] = {
    "chromium": lambda: shutil.which("chromium") is not None,
    "nginx": lambda: shutil.which("nginx", path=WITH_SBIN) is not None,
    "fonts-nanum": lambda: any(Path("/usr/share/fonts").rglob("NanumGothic*.ttf")),
    "postgresql": lambda: any(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")),
}
"""Debian packages, each with how to see that it is there."""


def missing() -> list[str]:
    """Name the packages that are not there."""
    return [name for name, is_there in PACKAGES.items() if not is_there()]


def main() -> int:
    """Install what is missing, or say how.

    Returns:
        0 if all is there or may be skipped here, 1 if the tests cannot be complete and must be.
    """
    wanted = missing()
    if not wanted:
        return 0
    command = f"apt-get install -y --no-install-recommends {' '.join(wanted)}"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing for the tests: {' '.join(wanted)} …", flush=True)
        with _no_server_started():
            _install(command)
        if "nginx" in wanted:  # The tests start their own; nobody asked for one at each boot.
            subprocess.run(["update-rc.d", "nginx", "disable"], check=False)
        wanted = missing()
    if not wanted:
        return 0
    print(f"The tests need {', '.join(wanted)}. As root: {command}", file=sys.stderr)
    return 1 if os.environ.get("CI") == "true" else 0


@contextmanager
def _no_server_started() -> Iterator[None]:
    """Have what is installed start nothing, unless this machine has a policy of its own."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)


def _install(command: str) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for attempt in range(3):  # A mirror may fail once midway; asking again helps.
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
        if subprocess.run([*command.split(), "-qq"], env=quiet, check=False).returncode == 0:
            return
        time.sleep(5 * (attempt + 1))


if __name__ == "__main__":
    sys.exit(main())
