"""`ieum doctor`: what is wrong with this installation, and what to do about it."""

import argparse
import json
import os
import subprocess
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from httpedge.storage import free_mb
from ieum import supervision
from ieum.checks import (
    clock,
    databases,
    documents,
    following,
    letters,
    log,
    mail,
    processes,
    readiness,
    retention,
    room,
    secrets,
)
from ieum.checks import ports as port_checks
from ieum.checks import sender as senders
from ieum.checks.finding import Check, Finding, run_checks
from ieum.checks.following import Reached
from ieum.environment import WITH_DATABASE, environment_for, environment_of
from ieum.home import Home
from ieum.leftover_processes import Started, alive
from ieum.ports import Ports, holder, is_free
from ieum.programs import Program, program, programs_of
from ieum.reach import Reach, answer_of
from ieum.readiness import bolt, head, sender_of
from ieum.say import both, line
from ieum.service import telling_line
from ieum.verbs.place import language, made
from ieum.witnesses import Seen, hash_in_log, witnesses

VERIFIED_AT_ONCE = 100_000
"""Up to how many entries the log is verified here; that takes seconds."""

BEHIND = frozenset({"graph.behind", "notify.behind"})
SEOUL = ZoneInfo("Asia/Seoul")
BETWEEN_LOOKS_S = 3.0
MOST_LOOKS = 4
"""Followers may be on their way: one that is behind is watched until it moves, so often at most."""


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "doctor",
        help="what is wrong, and what to do (진단)",
        description="Look at processes, ports, disk, databases, keys, followers, letters, clock "
        "and mail server; say of each fault what it is, where, and what to do. Changes nothing; a "
        "log of up to 100,000 entries is verified, and the registry keeps what was found. "
        "Exit status 1 if something needs the operator, else 0: what the office has to do at the "
        "desk is told, and is no fault.",
    )
    parser.add_argument("--json", action="store_true", help="the same for programs, ko and en")
    parser.add_argument("--lang", choices=("ko", "en"), help="otherwise that of the terminal")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Look, tell, and give the exit status."""
    home, ports = made()
    found, before = examine(home, ports, before=Reached())
    for _ in range(MOST_LOOKS - 1):
        if not any(each.code in BEHIND and each.needs == "operator" for each in found):
            break
        time.sleep(BETWEEN_LOOKS_S)
        found, _ = examine(home, ports, before=before)
    if arguments.json:
        line(
            json.dumps({"findings": [asdict(each) for each in found]}, ensure_ascii=False, indent=1)
        )
    else:
        _tell(found, arguments.lang or language())
    return 1 if any(each.needs == "operator" for each in found) else 0


def examine(home: Home, ports: Ports, *, before: Reached) -> tuple[list[Finding], Reached]:
    """Take every look at an installation; changes nothing.

    A home that starts nothing itself (settings.env names services elsewhere, as that of the
    container `operator` does) has no processes, ports, databases and mail server to look at.

    Args:
        before: How far the followers were at an earlier look.

    Returns:
        What was found, and how far they are now.
    """
    now = datetime.now(UTC)
    living = {each.name: each for each in alive(home.run)}
    reach = Reach(home, ports)
    may_ask = _may_answer("registry", living, ports)
    seen = witnesses(reach) if may_ask else []
    failed = _verify_if_short(home, ports, reach, seen) if not ports.elsewhere and may_ask else None
    newest = answer_of(lambda: head(reach)) if _may_answer("registry", living, ports) else None
    sender = answer_of(lambda: sender_of(reach)) if _may_answer("notify", living, ports) else None
    projection = answer_of(lambda: reach.get("graph", "/v1/projection"))
    here = () if ports.elsewhere else _checks_here(home, ports, living, reach)
    found = run_checks(
        (
            (str(home.root), lambda: room.disk(home, free_mb)),
            (str(home.secrets), lambda: secrets.secrets(home, now)),
            *here,
            ("services", lambda: readiness.readiness(_lacks_elsewhere(reach))),
            ("graph", lambda: following.graph(projection, newest, before=before.graph)),
            ("notify", lambda: following.notify(sender, newest, before=before.notify)),
            ("notify", lambda: senders.sender(sender, now)),
            ("letters", lambda: letters.letters(sender)),
            ("registry", lambda: retention.retention(_expired(reach, newest))),
            ("log", lambda: log.verified(_verification(reach, newest), now, failed)),
            ("documents", lambda: documents.documents(_files(reach, newest), now)),
            ("log", lambda: log.witnessed(seen, lambda seq: hash_in_log(reach, seq))),
            ("clock", lambda: clock.clock(_newest_at(reach, newest), now)),
        )
    )
    return found, following.reached(projection, sender)


def _may_answer(name: str, living: Mapping[str, Started], ports: Ports) -> bool:
    return name in living or name in ports.elsewhere


def _checks_here(
    home: Home, ports: Ports, living: Mapping[str, Started], reach: Reach
) -> tuple[Check, ...]:
    """List the checks of what this home starts itself."""
    programs = programs_of(home, ports)
    names = [each.name for each in programs]
    listening = {each.serves: ports.of(each.serves) for each in programs if each.serves}
    if "mailbox" in listening:
        listening["smtp"] = ports.of("smtp")
    owner = {**living, **({"smtp": living["mailbox"]} if "mailbox" in living else {})}
    shared = environment_of(home, ports)
    urls = {each: shared[f"IEUM_{each.upper()}_DATABASE"] for each in WITH_DATABASE}
    is_used = any(each.exists() and any(each.iterdir()) for each in (home.databases, home.neo4j))
    return (
        (
            "ieum",
            lambda: processes.processes(
                names, living, supervision.seen(home), lambda name: _last_words(home, name)
            ),
        ),
        ("ports", lambda: port_checks.ports(listening, owner, is_free, holder)),
        (str(home.databases), lambda: databases.databases(urls, is_used=is_used)),
        ("services", lambda: readiness.readiness(_lacks(programs, living, reach, ports))),
        ("mail", lambda: mail.mail(shared["IEUM_SMTP_URL"]) if living else ()),
    )


def _lacks_elsewhere(reach: Reach) -> dict[str, str | None]:
    return {name: reach.readiness(name) for name in reach.ports.elsewhere}


def _lacks(
    programs: tuple[Program, ...], living: Mapping[str, Started], reach: Reach, ports: Ports
) -> dict[str, str | None]:
    """Ask those that live what they are missing; those that do not are told of elsewhere."""
    asked = [each for each in programs if each.name in living and each.serves]

    def lack(program: Program) -> str | None:
        if program.name == "neo4j":
            return bolt(ports.of("neo4j"))
        return reach.readiness(program.serves or "")

    with ThreadPoolExecutor(max_workers=len(programs)) as workers:
        return dict(zip((each.name for each in asked), workers.map(lack, asked), strict=True))


def _expired(reach: Reach, newest: int | None) -> dict[str, Any] | None:
    """Ask who should have been erased a day ago; the auditor is told no names."""
    if newest is None:
        return None
    a_day_ago = datetime.now(SEOUL).date() - timedelta(days=1)
    path = f"/v1/contacts?expired=true&limit=1&on={a_day_ago}"
    return answer_of(lambda: reach.get("registry", path, role="auditor"))


def _verify_if_short(home: Home, ports: Ports, reach: Reach, seen: list[Seen]) -> str | None:
    """Verify the log now if that takes seconds; the result is kept, and read from there.

    A longer one is verified by the registry, once a day.

    Returns:
        Its last words, if it came to no end and could not even keep that; else None.
    """
    newest = answer_of(lambda: head(reach))
    if newest is not None and newest > VERIFIED_AT_ONCE:
        return None
    before = _verification(reach, None)
    environment = {name: text for name, text in os.environ.items() if not name.startswith("IEUM_")}
    done = subprocess.run(  # noqa: S603  our own program
        [
            program("ieum-registry"),
            "verify",
            *(part for each in seen for part in ("--witness", each.argument)),
        ],
        env=environment | environment_for("registry", home, ports),
        capture_output=True,
        text=True,
        check=False,
    )
    after = _verification(reach, None)
    if after is not None and after != before:
        return None
    words = [each for each in (done.stdout + done.stderr).splitlines() if each.strip()]
    return words[-1][:300] if words else f"exit {done.returncode}"


def _verification(reach: Reach, newest: int | None) -> dict[str, Any] | None:
    """Ask what the last verification found; an empty log has nothing to be verified."""
    if newest == 0:
        return None
    said: dict[str, Any] | None = answer_of(lambda: reach.get("registry", "/v1/verification"))
    return said


def _files(reach: Reach, newest: int | None) -> dict[str, Any] | None:
    """Ask what was found of the files of documents; who tells no number tells none of this."""
    if newest is None:
        return None
    said: dict[str, Any] | None = answer_of(
        lambda: reach.get("registry", "/v1/documents/verification", role="auditor")
    )
    return said


def _newest_at(reach: Reach, newest: int | None) -> datetime | None:
    if not newest:
        return None
    page = reach.get("registry", f"/v1/changes?after={newest - 1}&limit=1")
    return datetime.fromisoformat(page["items"][0]["at"])


def _last_words(home: Home, name: str) -> str:
    """Give the line of a log that tells why; only its end is read, as logs grow large."""
    try:
        with (home.logs / f"{name}.log").open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - 2**16))
            return telling_line(file.read().decode("utf-8", "replace"))[:300]
    except OSError:
        return "-"


def _tell(found: list[Finding], lang: str) -> None:
    if not found:
        line(both("이상이 없습니다", "all is well"))
        return
    korean = lang == "ko"
    for each in found:
        mark = "✗" if each.needs == "operator" else "·"
        note = ("총괄부서가 화면에서 할 일", "for the office, at the desk")[not korean]
        line(f"{mark} [{each.code}] {each.where}{f' — {note}' if each.needs == 'office' else ''}")
        for part in (each.ko if korean else each.en).splitlines():
            line(f"    {part}")
    count, faults = len(found), sum(each.needs == "operator" for each in found)
    line(
        f"{count}건을 찾았습니다. 운영자가 할 일은 {faults}건입니다"
        if korean
        else f"{count} found, {faults} for the operator"
    )
