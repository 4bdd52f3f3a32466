"""Whether the embedded databases are there, whole at first sight, and can be written."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ieum.checks.finding import Finding

SQLITE = b"SQLite format 3\x00"
"""How every SQLite file begins."""


def may_write(path: Path) -> bool:
    """Say whether this user may write a file or a folder."""
    return os.access(path, os.W_OK)


def databases(
    urls: Mapping[str, str], *, is_used: bool, may_write: Callable[[Path], bool] = may_write
) -> Iterator[Finding]:
    """Look at the files of the embedded databases.

    Args:
        urls: Each service's database address; a server's is asked by its service alone.
        is_used: Whether the installation was started before, so that files must be there.
    """
    for name, url in urls.items():
        if not url.startswith("sqlite:///"):
            continue
        path = Path(url.removeprefix("sqlite:///"))
        if not path.exists():
            if is_used:
                yield _missing(name, path)
        elif not (may_write(path) and may_write(path.parent)):
            yield _not_writable(name, path)
        elif not _begins_well(path):
            yield _unreadable(name, path)


def _begins_well(path: Path) -> bool:
    """Say whether a file can be a database; one just made is empty until it is migrated."""
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE)) in (SQLITE, b"")
    except OSError:
        return False


def _missing(name: str, path: Path) -> Finding:
    return Finding(
        "database.missing",
        str(path),
        f"{name}의 데이터베이스가 없습니다. make up 은 빈 것을 새로 만듭니다. 그 전에 백업에서 "
        "복구하십시오.",
        f"The database of {name} is gone. make up would begin an empty one: restore the backup "
        "before that.",
    )


def _not_writable(name: str, path: Path) -> Finding:
    return Finding(
        "database.not_writable",
        str(path),
        f"{name}의 데이터베이스에 쓸 수 없습니다. 소유자와 권한을 고치십시오: chown, "
        f"chmod 600 {path}",
        f"The database of {name} cannot be written. Mend its owner and mode: chown, "
        f"chmod 600 {path}",
    )


def _unreadable(name: str, path: Path) -> Finding:
    return Finding(
        "database.unreadable",
        str(path),
        f"{name}의 파일이 SQLite 데이터베이스가 아닙니다. 옮겨 두고 백업에서 복구하십시오.",
        f"The file of {name} is no SQLite database. Put it aside and restore the backup.",
    )
