"""Backing an installation up while it runs: which stores are copied, and in which order.

The portal first, then the registry, notify, and the documents: whatever a store names is in one
that is copied later, and no letter that went out before the backup ended is missing in it
(docs/adr/0040).
"""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ieum.archive import Packing, packing
from ieum.home import Home
from ieum.keys import is_of_the_graph
from ieum.ports import Ports
from ieum.service import run_verb

IN_ORDER = ("portal", "registry", "notify")
"""Who is copied before whom."""


def back_up(
    home: Home, ports: Ports, target: Path, *, with_secrets: bool, now: datetime
) -> tuple[Path, Mapping[str, Any]]:
    """Copy everything that cannot be made again into one file.

    Args:
        target: The file, which must not exist; or a folder, in which it gets a name.
        with_secrets: Also keys and passwords: whoever has the file can then act as the house.

    Returns:
        The file, and what its manifest says.
    """
    path = named(target, "backup", now)
    stores: dict[str, Any] = {}
    said: dict[str, Any] = {
        "made_at": now.isoformat(),
        "made_by": version("ieum"),
        "stores": stores,
        "has_secrets": with_secrets,
    }
    with packing(path, "ieum-backup", said) as made, scratch(path.parent) as folder:
        for service in IN_ORDER:
            copy = folder / service
            stores[service] = json.loads(run_verb(home, ports, service, "copy-out", str(copy)))
            made.add(f"stores/{service}", copy)
            copy.unlink()
        add_documents(home, ports, made, folder)
        if with_secrets:
            for each in secrets_of(home):
                made.add(f"home/{each.relative_to(home.root).as_posix()}", each)
    return path, said


def named(target: Path, what: str, now: datetime) -> Path:
    """Give the file that is meant: itself, or one with a name of its own in a folder."""
    target = target.expanduser().absolute()
    if target.is_dir():
        return target / f"ieum-{what}-{now.astimezone():%Y%m%d-%H%M%S}.zip"
    return target


@contextmanager
def scratch(beside: Path) -> Iterator[Path]:
    """Give a folder for the while, that nobody else can read."""
    with tempfile.TemporaryDirectory(prefix=".ieum-", dir=beside) as folder:
        yield Path(folder)


def add_documents(home: Home, ports: Ports, made: Packing, scratch_in: Path) -> int:
    """Add the bytes of all documents, wherever the registry keeps them; gives how many."""
    folder = scratch_in / "documents"
    folder.mkdir()
    count = int(run_verb(home, ports, "registry", "documents-out", str(folder)))
    for each in sorted(folder.iterdir()):
        made.add(f"documents/{each.name[:2]}/{each.name[2:]}", each)
        each.unlink()
    return count


def secrets_of(home: Home) -> tuple[Path, ...]:
    """Give the files that hold keys and passwords; the graph is made anew, with its password."""
    found = [*home.keys.iterdir(), *home.secrets.iterdir()]
    return tuple(
        sorted(each for each in found if each.is_file() and not is_of_the_graph(each.name))
    )
