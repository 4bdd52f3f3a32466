"""`ieum doctor`: what is wrong with this installation, and what to do about it."""

import argparse
import json
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import requests

from ieum import diagnosis, supervision
from ieum.diagnosis import Finding
from ieum.environment import SERVICES, environment_of
from ieum.home import Home
from ieum.leftovers import alive
from ieum.ports import Ports, holder, is_free
from ieum.programs import Program, programs_of
from ieum.reach import Reach
from ieum.readiness import bolt, head
from ieum.say import Trouble, both, line
from ieum.service import telling_line
from ieum.verbs.place import language, made

SECOND_LOOK_S = 3.0
"""Followers may be on their way: what is only behind is looked at again before it is told."""


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "doctor",
        help="what is wrong, and what to do (진단)",
        description="Look at processes, ports, disk, databases, keys, followers, letters, clock "
        "and mail server; say of each fault what it is, where, and what to do. Changes nothing. "
        "Exit status 0 if all is well, 1 if something needs a person.",
    )
    parser.add_argument("--json", action="store_true", help="the same for programs, ko and en")
    parser.add_argument("--lang", choices=("ko", "en"), help="otherwise that of the terminal")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Look, tell, and give the exit status."""
    home, ports = made()
    found = examine(home, ports)
    if any(each.code in {"graph.behind", "notify.behind"} for each in found):
        time.sleep(SECOND_LOOK_S)
        found = examine(home, ports)
    if arguments.json:
        line(
            json.dumps({"findings": [asdict(each) for each in found]}, ensure_ascii=False, indent=1)
        )
    else:
        _tell(found, arguments.lang or language())
    return 1 if any(each.needs_person for each in found) else 0


def examine(home: Home, ports: Ports) -> list[Finding]:
    """Take every look at an installation; changes nothing."""
    now = datetime.now(UTC)
    programs = programs_of(home, ports)
    names = [each.name for each in programs]
    living = {each.name: each for each in alive(home.run)}
    listening = {each.serves: ports.of(each.serves) for each in programs if each.serves}
    if "mailbox" in listening:
        listening["smtp"] = ports.of("smtp")
    owner = living | ({"smtp": living["mailbox"]} if "mailbox" in living else {})
    shared = environment_of(home, ports)
    reach = Reach(home, ports)
    newest = _asked(lambda: head(reach)) if "registry" in living else None
    sender = _asked(lambda: reach.get("notify", "/v1/sender")) if "notify" in living else None
    projection = _asked(lambda: reach.get("graph", "/v1/projection"))
    return diagnosis.looked(
        (
            (str(home.root), lambda: diagnosis.disk(home, diagnosis.free_mb)),
            (str(home.secrets), lambda: diagnosis.secrets(home, now)),
            (
                "ieum",
                lambda: diagnosis.processes(
                    names, living, supervision.seen(home), lambda name: _last_words(home, name)
                ),
            ),
            ("ports", lambda: diagnosis.ports(listening, owner, is_free, holder)),
            (
                str(home.databases),
                lambda: diagnosis.databases(
                    {each: shared[f"IEUM_{each.upper()}_DATABASE"] for each in SERVICES}
                ),
            ),
            ("services", lambda: diagnosis.readiness(_lacks(programs, living, reach, ports))),
            ("graph", lambda: diagnosis.graph(projection, newest)),
            ("notify", lambda: diagnosis.sender(sender, now, newest)),
            ("letters", lambda: diagnosis.letters(_waiting(reach) if sender else {})),
            ("clock", lambda: diagnosis.clock(_newest_at(reach, newest), now)),
            ("mail", lambda: diagnosis.mail(shared["IEUM_SMTP_URL"]) if living else ()),
        )
    )


def _lacks(
    programs: tuple[Program, ...], living: dict[str, Any], reach: Reach, ports: Ports
) -> dict[str, str | None]:
    """Ask those that live what they are missing; those that do not are told of elsewhere."""
    asked = [each for each in programs if each.name in living and each.serves]

    def lack(program: Program) -> str | None:
        if program.name == "neo4j":
            return bolt(ports.of("neo4j"))
        return reach.readiness(program.serves or "")

    with ThreadPoolExecutor(max_workers=len(programs)) as workers:
        return dict(zip((each.name for each in asked), workers.map(lack, asked), strict=True))


def _waiting(reach: Reach) -> dict[str, int]:
    return {
        state: len(reach.get("notify", f"/v1/occurrences?state={state}&limit=200")["items"])
        for state in ("in_doubt", "dead")
    }


def _newest_at(reach: Reach, newest: int | None) -> datetime | None:
    if not newest:
        return None
    page = reach.get("registry", f"/v1/changes?after={newest - 1}&limit=1")
    return datetime.fromisoformat(page["items"][0]["at"])


def _asked(ask: Callable[[], Any]) -> Any:  # noqa: ANN401  JSON, or None.
    try:
        return ask()
    except (requests.RequestException, KeyError, TypeError, ValueError, Trouble):
        return None


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
    for each in found:
        text = each.ko if lang == "ko" else each.en
        line(f"✗ [{each.code}] {each.where}")
        for part in text.splitlines():
            line(f"    {part}")
    count = len(found)
    line(f"{count}건을 찾았습니다" if lang == "ko" else f"{count} found")
