"""Whether the embedded databases can be written."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ieum.looks.finding import Finding


def may_write(path: Path) -> bool:
    """Say whether this user may write a file or a folder."""
    return os.access(path, os.W_OK)


def databases(
    urls: Mapping[str, str], may_write: Callable[[Path], bool] = may_write
) -> Iterator[Finding]:
    """Look whether the embedded databases can be written.

    Args:
        urls: Each service's database address; a server's is asked by its service alone.
    """
    for name, url in urls.items():
        if not url.startswith("sqlite:///"):
            continue
        path = Path(url.removeprefix("sqlite:///"))
        if path.exists() and not (may_write(path) and may_write(path.parent)):
            yield Finding(
                "database.not_writable",
                str(path),
                f"{name}의 데이터베이스에 쓸 수 없습니다. 소유자와 권한을 고치십시오: chown, "
                f"chmod 600 {path}",
                f"The database of {name} cannot be written. Mend its owner and mode: chown, "
                f"chmod 600 {path}",
            )
