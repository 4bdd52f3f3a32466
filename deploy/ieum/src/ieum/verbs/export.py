"""`ieum export FILE|FOLDER`: the whole register, in one file that `ieum restore` takes."""

import argparse
import json
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ieum.archive import packing
from ieum.backing_up import add_documents, named, scratch
from ieum.lock import held
from ieum.say import both, line
from ieum.service import run_verb
from ieum.verbs.place import made


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "export",
        help="take the whole register out as one open file (대장 내보내기)",
        description="Write the whole log, an entry a line as JSON, and all documents into one "
        "file. ieum restore takes it into an empty home, on either database, to the same "
        "state: the same head hash. Names, addresses and telephones of people lie outside the "
        "log and are left out unless asked for; that they were taken out is then kept in "
        "the record of access.",
    )
    parser.add_argument(
        "target", type=Path, metavar="FILE|FOLDER", help="in a folder the file gets a name"
    )
    parser.add_argument(
        "--with-people",
        action="store_true",
        help="also names, addresses and telephones (개인정보 포함)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the file and say what it holds."""
    home, ports = made()
    now = datetime.now(UTC)
    path = named(arguments.target, "register", now)
    said: dict[str, Any] = {"made_at": now.isoformat(), "made_by": version("ieum")}
    asked = ("--with-people",) if arguments.with_people else ()
    with (
        held(home),
        packing(path, "ieum-register", said) as packed,
        scratch(path.parent) as folder,
    ):
        register = json.loads(run_verb(home, ports, "registry", "export", str(folder), *asked))
        said["register"] = register
        for each in sorted(folder.iterdir()):
            packed.add(f"register/{each.name}", each)
        said["documents"] = add_documents(home, ports, packed, folder)
    line(f"  {path}")
    line(
        both(f"변경 이력 {register['seq']}건", f"{register['seq']} log entries")
        + (f"  {register['hash']}" if register["hash"] else "")
    )
    count = said["documents"]
    line(f"  {both(f'문서 {count}개', f'{count} documents')}")
    if register["people"] is None:
        line(both("이름과 연락처는 담지 않았습니다", "without names and addresses of people"))
    else:
        people = register["people"]
        line(
            both(
                f"{people}명의 이름과 연락처를 담았습니다. 암호화해 보관하십시오",
                f"with names and addresses of {people} people: keep it encrypted",
            )
        )
    return 0
