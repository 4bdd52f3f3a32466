"""`ieum status`: what runs, whether it does its work, and how far the followers are behind."""

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

import psutil

from ieum import supervision
from ieum.home import Home
from ieum.leftover_processes import Started, alive
from ieum.ports import Ports
from ieum.programs import Program, programs_of
from ieum.reach import Reach, answer_of
from ieum.readiness import graph_lag, head, missing, notify_lag, sender_of
from ieum.say import both, line, table
from ieum.verbs.place import made

MOST_ALARMS = 10
"""So many are told by themselves; a screen holds no more, and doctor tells all."""


@dataclass(frozen=True, slots=True)
class Row:
    """One process.

    Attributes:
        state: As the supervisor says; `LEFT OVER` for one whose supervisor is gone.
        missing: What keeps it from doing its work; None if it does it.
        memory_mb: Proportional share with its children, so that rows may be added up.
        restarts: Since the last `up`.
    """

    name: str
    state: str
    missing: str | None
    pid: int | None
    port: int | None
    memory_mb: int
    up_s: int
    restarts: int


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "status",
        help="processes, readiness, ports, memory, feed lag (상태)",
        description="Show each process with its readiness, port, memory and restarts, and how far "
        "graph and notify are behind the registry. Exit status 0 if all is well, 1 if something "
        "is not ready, 3 if nothing runs.",
    )
    parser.add_argument("--json", action="store_true", help="the same for programs")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the state of the installation."""
    home, ports = made()
    rows = look(home, ports)
    flow = follow_up(Reach(home, ports))
    if arguments.json:
        line(json.dumps({"processes": [asdict(row) for row in rows], "flow": flow}, indent=1))
    else:
        _tell(home, rows, flow)
    if not any(row.pid for row in rows):
        return 3
    return 0 if all(row.missing is None for row in rows if row.name != "supervisor") else 1


def look(home: Home, ports: Ports) -> list[Row]:
    """Look at every process, asking all of them at the same time."""
    programs = programs_of(home, ports)
    seen = supervision.seen(home)
    living = {each.name: each for each in alive(home.run)}
    reach = Reach(home, ports)
    with ThreadPoolExecutor(max_workers=len(programs)) as workers:
        lacks = dict(
            zip(
                (each.name for each in programs),
                workers.map(lambda each: _lack(each, living, reach, ports), programs),
                strict=True,
            )
        )
    supervisor = Program(supervision.SUPERVISOR, (), {})
    return [
        _row(each, seen, living.get(each.name), lacks.get(each.name), ports)
        for each in (supervisor, *programs)
    ]


def follow_up(reach: Reach) -> dict[str, Any]:
    """Ask how far the log is and how far its followers are; an absent answer is None."""
    sender = answer_of(lambda: sender_of(reach))
    return {
        "head": answer_of(lambda: head(reach)),
        "graph": answer_of(lambda: asdict(graph_lag(reach))),
        "notify": None if sender is None else asdict(notify_lag(sender)),
        "alarms": [] if sender is None else sender["alarms"],
        "documents": answer_of(lambda: reach.get("registry", "/v1/documents/verification")),
    }


def _lack(program: Program, living: dict[str, Started], reach: Reach, ports: Ports) -> str | None:
    if program.name not in living:
        return both("꺼져 있음", "not running")
    return missing(program, reach, ports)


def _row(
    program: Program,
    seen: dict[str, supervision.Seen],
    started: Started | None,
    lack: str | None,
    ports: Ports,
) -> Row:
    process = started and started.process()
    if program.name == supervision.SUPERVISOR:
        state = "RUNNING" if process else "STOPPED"
    elif program.name in seen:
        state = seen[program.name].state
    else:
        state = "LEFT OVER" if process else "STOPPED"
    return Row(
        program.name,
        state,
        lack,
        process.pid if process else None,
        ports.of(program.serves) if program.serves else None,
        memory_mb(process, alone=program.name == supervision.SUPERVISOR) if process else 0,
        int(time.time() - process.create_time()) if process else 0,
        started.starts - 1 if started else 0,
    )


def memory_mb(process: psutil.Process, *, alone: bool) -> int:
    """Count the memory of a process and, unless `alone`, its children; shared pages by share."""
    total = 0
    try:
        for each in (process, *([] if alone else process.children(recursive=True))):
            info = each.memory_full_info()
            total += getattr(info, "pss", info.rss)
    except psutil.Error:
        pass
    return round(total / 2**20)


def _tell(home: Home, rows: list[Row], flow: dict[str, Any]) -> None:
    heads = ("프로세스", "상태", "준비", "포트", "pid", "MB", "가동", "재시작")
    line(both(f"이음 {home.root}", "process, state, ready, port, pid, memory, uptime, restarts"))
    line(
        table(
            heads,
            [
                (
                    row.name,
                    row.state,
                    "✓" if row.missing is None and row.pid else "✗",
                    str(row.port or ""),
                    str(row.pid or ""),
                    str(row.memory_mb or ""),
                    _span(row.up_s) if row.pid else "",
                    str(row.restarts or ""),
                )
                for row in rows
            ],
        )
    )
    line(f"{both('메모리 합계', 'memory together')}: {sum(row.memory_mb for row in rows)} MB")
    for row in rows:
        if row.missing and row.pid:
            line(f"! {row.name}: {row.missing[:300]}")
        elif row.missing:
            line(f"! {row.name}: {row.missing} → make up")
    if flow["head"] is None:
        return
    line()
    line(both(f"변경 이력 {flow['head']}건", f"log head {flow['head']}"))
    for name, ko in (("graph", "그래프"), ("notify", "알림")):
        lag = flow[name]
        if lag is None:
            continue
        behind = f", {lag['seconds']:.1f} s" if lag["seconds"] is not None else ""
        line(f"  {both(ko, name)}: {lag['state']} {lag['applied']}/{flow['head']}{behind}")
    for told in (*document_lines(flow["documents"]), *alarm_lines(flow["alarms"])):
        line(told)


def document_lines(said: Mapping[str, Any] | None) -> list[str]:
    """Say whether the files of documents are whole and when they were so last, if there are any."""
    if said is None or not said["files"]:
        return []
    if said["damaged"]:
        told = both(
            f"온전하지 않은 문서 {said['damaged']}건. 자세히: make doctor",
            f"{said['damaged']} documents are not whole. Which: make doctor",
        )
        return [f"! documents.damaged: {told}"]
    last = said["whole_at"] or "-"
    text = both(f"문서 파일 {said['files']}개, 온전함", f"{said['files']} files, whole")
    return [f"  {text}: {last}"]


def alarm_lines(alarms: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say what is wrong: the first ten alarms, and how many more there are."""
    told = []
    for alarm in alarms[:MOST_ALARMS]:
        said = alarm.get("detail") or {}
        told.append(f"! {alarm.get('code')}: {both(said.get('ko', ''), said.get('en', ''))}")
    more = len(alarms) - MOST_ALARMS
    if more > 0:
        rest = both(
            f"그 밖에 경보 {more}건. 모두 보기: make doctor",
            f"{more} more alarms. All: make doctor",
        )
        told.append(f"! {rest}")
    return told


def _span(seconds: int) -> str:
    """Write a span in its two biggest units."""
    if seconds < 60:
        return f"{seconds}s"
    if seconds < 3600:
        return f"{seconds // 60}m{seconds % 60:02}s"
    if seconds < 86400:
        return f"{seconds // 3600}h{seconds % 3600 // 60:02}m"
    return f"{seconds // 86400}d{seconds % 86400 // 3600:02}h"
