"""A store without room is told as such: nothing was written, and somebody has to make room.

Both drivers name it in their own way, wrapped or not by whoever called them.
"""

import errno
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

DISK_FULL = "53100"
"""PostgreSQL's name for it."""


LEAST_MB = 16
"""Below this a service says that it is not ready: the next write may be the one that fails."""


class NoRoom(Exception):
    """Nothing more can be stored; the text says where and what to do."""


def is_full(error: BaseException) -> bool:
    """Say whether a store refused for want of room, whatever the error was wrapped into."""
    return any(_names_it(each) for each in _inside(error))


def _names_it(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorname", "") in {"SQLITE_FULL", "SQLITE_IOERR_WRITE"}
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    return getattr(error, "sqlstate", None) == DISK_FULL


def _inside(error: BaseException) -> Iterator[BaseException]:
    """Give an error and what it was raised from, outermost first."""
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = getattr(found, "orig", None) or found.__cause__ or found.__context__


def free_mb(folder: Path) -> int:
    """Count the room left on a folder's file system, in units of 2^20 bytes."""
    return shutil.disk_usage(folder).free // 2**20


def require_room(database: str, *, measure: Callable[[Path], int] = free_mb) -> None:
    """Look whether an embedded database can still grow; a database server is asked by itself.

    Args:
        database: Its address, as `sqlite:////folder/file.db`.

    Raises:
        NoRoom: Less than 16 MB are left.
    """
    if not database.startswith("sqlite:///"):
        return
    folder = Path(database.removeprefix("sqlite:///")).parent
    left = measure(folder)
    if left < LEAST_MB:
        raise NoRoom(f"{left} MB are left at {folder}: make room (ieum doctor)")
