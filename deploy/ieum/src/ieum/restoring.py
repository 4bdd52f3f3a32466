"""Restoring a backup, or an archive of the register, into an installation that was never used."""

import hashlib
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ieum.archive import Archive, opened
from ieum.backing_up import IN_ORDER, scratch
from ieum.home import Home
from ieum.keys import make_secrets, write_once
from ieum.leftover_processes import alive
from ieum.ports import Ports
from ieum.say import OperatorError
from ieum.service import run_verb


@dataclass(frozen=True, slots=True)
class Restored:
    """What stands now.

    Attributes:
        seq: The number of the log's newest entry.
        hash: Its hash, as the manifest says it and the verified log has it.
        held: How many letters wait for a person to say whether they went out.
    """

    is_register: bool
    seq: int
    hash: str | None
    held: int
    documents: int


def restore(home: Home, ports: Ports, path: Path) -> Restored:
    """Take everything from a file; all is checked before anything is touched.

    One that was interrupted is done again with the same file: until then nothing starts.

    Raises:
        OperatorError: `restore.running`, `restore.not_empty`, `restore.newer`,
            `restore.other_database`, `restore.other_file`, `restore.not_whole`, or what
            `archive.opened` raises.
    """
    archive = opened(path)
    if alive(home.run):
        raise OperatorError(
            "restore.running",
            "이음이 돌고 있습니다. make down 을 한 뒤 다시 하십시오. 바뀐 것은 없습니다.",
            "Ieum is running. Run make down first, then this again. Nothing was changed.",
        )
    make_secrets(home)  # Without them no service reads its settings.
    _refuse_unfit(home, archive, _states(home, ports))
    write_once(home.restoring, _mark(archive))
    home.own.touch(mode=0o600)  # No sample goes in, and no account of one.
    with scratch(home.root) as folder:
        if archive.said["format"] == "ieum-backup":
            head = _take_stores(home, ports, archive, folder)
        else:
            head = _take_register(home, ports, archive, folder)
        documents = _take_documents(home, ports, archive, folder / "documents")
    _verify(home, ports, head)
    held = json.loads(run_verb(home, ports, "notify", "restored", "--seq", str(head["seq"])))
    run_verb(home, ports, "portal", "restored")
    home.restoring.unlink()
    is_register = archive.said["format"] == "ieum-register"
    return Restored(is_register, head["seq"], head["hash"], held["held"], documents)


def refuse_half(home: Home) -> None:
    """Let nothing start upon a restore that was interrupted.

    Raises:
        OperatorError: `restore.half`.
    """
    if home.restoring.exists():
        raise OperatorError(
            "restore.half",
            "복구가 도중에 끊겼습니다. 같은 파일로 ieum restore 를 다시 하면 처음부터 다시 합니다.",
            "A restore was interrupted. Run ieum restore with the same file again: it begins anew.",
        )


def _states(home: Home, ports: Ports) -> Mapping[str, Mapping[str, Any]]:
    with ThreadPoolExecutor() as together:
        said = together.map(lambda each: run_verb(home, ports, each, "store-state"), IN_ORDER)
        return {each: json.loads(text) for each, text in zip(IN_ORDER, said, strict=True)}


def _refuse_unfit(home: Home, archive: Archive, states: Mapping[str, Mapping[str, Any]]) -> None:
    if home.restoring.exists():
        if home.restoring.read_text(encoding="utf-8") != _mark(archive):
            raise OperatorError(
                "restore.other_file",
                "다른 파일을 복구하다가 끊긴 곳입니다. 그 파일로 다시 하거나, 새 IEUM_HOME에 "
                "복구하십시오.",
                "Another file was being restored here and was interrupted. Use that file again, or "
                "restore into a new IEUM_HOME.",
            )
    elif used := [each for each in IN_ORDER if states[each]["is_used"]]:
        raise OperatorError(
            "restore.not_empty",
            f"{home.root}에는 이미 자료가 있습니다({', '.join(used)}). 바뀐 것은 없습니다. "
            "새 IEUM_HOME(과 빈 데이터베이스)에 복구하십시오.",
            f"{home.root} holds data already ({', '.join(used)}). Nothing was changed. Restore "
            "into a new IEUM_HOME, with empty databases.",
        )
    for service, copied in archive.said.get("stores", {}).items():
        state = states[service]
        if (copied["step"] or "") > state["newest_step"]:
            raise OperatorError(
                "restore.newer",
                f"백업의 {service} 자료는 더 새로운 판의 것입니다({copied['step']}, 여기는 "
                f"{state['newest_step']}까지). 이음을 갱신한 뒤 다시 하십시오.",
                f"The backup's {service} store is of a newer release ({copied['step']}; this one "
                f"knows up to {state['newest_step']}). Update Ieum, then try again.",
            )
        if copied["kind"] != state["kind"]:
            raise OperatorError(
                "restore.other_database",
                f"백업의 {service} 자료는 {copied['kind']}의 것인데 여기는 {state['kind']}입니다. "
                "settings.env를 맞추십시오. 데이터베이스를 바꾸려면 ieum export 로 옮기십시오.",
                f"The backup's {service} store is of {copied['kind']}, and here it is "
                f"{state['kind']}. Set settings.env alike; to change databases move the register "
                "by ieum export.",
            )


def _take_stores(home: Home, ports: Ports, archive: Archive, folder: Path) -> Mapping[str, Any]:
    for part in archive.parts:
        if part.startswith("home/"):
            archive.unpack(part, home.root / part.removeprefix("home/"))
    for service in IN_ORDER:
        copy = folder / service
        archive.unpack(f"stores/{service}", copy)
        run_verb(home, ports, service, "copy-in", str(copy))
        copy.unlink()
    found: Mapping[str, Any] = archive.said["stores"]["registry"]
    return found


def _take_register(home: Home, ports: Ports, archive: Archive, folder: Path) -> Mapping[str, Any]:
    for service in IN_ORDER:
        run_verb(home, ports, service, "migrate")
    for part in archive.parts:
        if part.startswith("register/"):
            archive.unpack(part, folder / part.removeprefix("register/"))
    run_verb(home, ports, "registry", "take-in", str(folder))
    found: Mapping[str, Any] = archive.said["register"]
    return found


def _take_documents(home: Home, ports: Ports, archive: Archive, folder: Path) -> int:
    folder.mkdir()
    for part in archive.parts:
        if part.startswith("documents/"):
            archive.unpack(part, folder / part.removeprefix("documents/").replace("/", ""))
    return int(run_verb(home, ports, "registry", "documents-in", str(folder)))


def _verify(home: Home, ports: Ports, head: Mapping[str, Any]) -> None:
    """Have the registry verify its whole log, and hold its end against the manifest."""
    witness = () if head["hash"] is None else ("--witness", f"{head['seq']}:{head['hash']}")
    try:
        run_verb(home, ports, "registry", "verify", *witness)
    except OperatorError as error:
        raise OperatorError(
            "restore.not_whole",
            f"복구한 변경 이력이 온전하지 않습니다. 그 전의 백업을 새 IEUM_HOME에 복구하십시오.\n"
            f"{error.ko}",
            "The restored log is not whole. Restore the backup before it into a new IEUM_HOME.\n"
            f"{error.en}",
        ) from error


def _mark(archive: Archive) -> str:
    """Tell one file from another."""
    said = json.dumps([archive.said["made_at"], archive.said["parts"]], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
