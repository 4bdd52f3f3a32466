"""What may be wrong with an installation: each look finds faults and says what to do about them.

A look never changes anything and never fails: what cannot be seen is itself a finding. What needs
the services is asked over their own doors, what does not is looked at on the disk, so that a house
that is half down is still told about.

Source: docs/observability.md, "ieum doctor".
"""

import os
import shutil
import smtplib
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ieum.home import Home
from ieum.keys import ISSUERS, private_key
from ieum.leftovers import Started
from ieum.say import Trouble
from ieum.supervision import Seen

ROOM_MB = 1024
"""Below this a finding is made; writing goes on until nothing is left."""

FIRST_LOGINS_FOR = timedelta(days=7)
"""How long the first passwords may lie in their file before that is a finding."""

LATE_S = 900
"""A letter that is due for so long is late: batches go out every few seconds."""

AHEAD_S = 120
"""How far the newest entry may lie in the future: clocks of two machines differ by seconds."""

RESTARTS = 3
"""So many restarts since the last `up` are no accident."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        code: Dotted and stable, to be searched for in deploy/RUNBOOK.md.
        where: The process, file or port that it is about.
        ko: What is wrong and what to do, in Korean.
        en: The same in English.
        needs_person: Whether it stays wrong unless somebody acts.
    """

    code: str
    where: str
    ko: str
    en: str
    needs_person: bool = True


def disk(home: Home, free_mb: Callable[[Path], int]) -> Iterator[Finding]:
    """Look for room where the home lies."""
    free = free_mb(home.root)
    if free < ROOM_MB:
        yield Finding(
            "disk.nearly_full",
            str(home.root),
            f"남은 공간이 {free} MB입니다({ROOM_MB} MB 아래). 공간을 비우십시오. "
            "가득 차면 저장이 거절됩니다.",
            f"Only {free} MB are left (less than {ROOM_MB} MB). Make room: on a full disk nothing "
            "is stored any more.",
        )


def free_mb(folder: Path) -> int:
    """Count the room on a folder's file system, in MB."""
    return shutil.disk_usage(folder).free // 2**20


def secrets(home: Home, now: datetime) -> Iterator[Finding]:
    """Look at keys and passwords: there, whole, and nobody else's to read."""
    wanted = [private_key(home, kid) for kid in ISSUERS]
    wanted += [home.secrets / "neo4j-password", home.secrets / "portal-secret"]
    wanted += [home.keys / f"{kid}.json" for kid in ISSUERS]
    for path in wanted:
        if not path.is_file():
            yield Finding(
                "key.missing",
                str(path),
                "열쇠 파일이 없습니다. 백업에서 되돌리거나 make up 으로 새로 만드십시오.",
                "A key is missing. Restore it from the backup, or have make up make a new one.",
            )
    for path in (home.secrets, *sorted(home.secrets.glob("*"))):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            right = "700" if path.is_dir() else "600"
            yield Finding(
                "key.readable_by_others",
                str(path),
                f"다른 사용자가 읽을 수 있습니다(mode {mode:o}). 하십시오: chmod {right} {path}",
                f"Others can read it (mode {mode:o}). Do: chmod {right} {path}",
            )
    if home.first_accounts.is_file():
        made_at = datetime.fromtimestamp(home.first_accounts.stat().st_mtime, now.tzinfo)
        if now - made_at > FIRST_LOGINS_FOR:
            yield Finding(
                "first_accounts.left",
                str(home.first_accounts),
                "처음 비밀번호 파일이 아직 있습니다. 비밀번호를 옮겨 적고 파일을 지우십시오.",
                "The first passwords still lie there. Keep them elsewhere and delete the file.",
            )


def processes(
    names: Sequence[str],
    living: Mapping[str, Started],
    seen: Mapping[str, Seen],
    said: Callable[[str], str],
) -> Iterator[Finding]:
    """Look for processes that do not run, or keep starting.

    Args:
        said: Gives the log line of a process that tells why it ended.
    """
    if not living:
        yield Finding(
            "house.down",
            "ieum",
            "아무것도 돌고 있지 않습니다. 하십시오: make up",
            "Nothing runs. Do: make up",
        )
        return
    if "supervisor" not in living:
        yield Finding(
            "supervisor.down",
            "supervisor",
            "감독 프로세스가 없어 죽은 프로세스가 살아나지 않습니다. 하십시오: make up",
            "The supervisor is gone: what dies stays dead. Do: make up",
        )
    for name in names:
        state = seen[name].state if name in seen else ""
        started = living.get(name)
        if started is None or state in {"BACKOFF", "FATAL", "EXITED", "STOPPED"}:
            yield Finding(
                "process.down",
                name,
                f"돌고 있지 않습니다({state or '-'}). 마지막 기록: {said(name)}\n"
                "고친 뒤 하십시오: make up",
                f"It does not run ({state or '-'}). Its log says last: {said(name)}\n"
                "Mend that, then do: make up",
            )
        elif started.starts > RESTARTS:
            yield Finding(
                "process.restarting",
                name,
                f"{started.starts - 1}번 다시 시작했습니다. 마지막 기록: {said(name)}",
                f"It was started anew {started.starts - 1} times. Its log says last: {said(name)}",
            )


def ports(
    wanted: Mapping[str, int],
    living: Mapping[str, Started],
    is_free: Callable[[int], bool],
    holder: Callable[[int], str],
) -> Iterator[Finding]:
    """Look for ports that somebody else holds while our process does not run.

    Args:
        wanted: Each process that listens, with its port.
    """
    for name, port in wanted.items():
        if name not in living and not is_free(port):
            yield Finding(
                "port.taken",
                f"{port} ({name})",
                f"다른 프로그램이 잡고 있습니다: {holder(port)}\n그 프로그램을 끝내거나 "
                "IEUM_PORT_BASE 를 바꿔 make up 을 하십시오.",
                f"Another program holds it: {holder(port)}\nEnd that one, or run make up with "
                "another IEUM_PORT_BASE.",
            )


def readiness(lacks: Mapping[str, str | None]) -> Iterator[Finding]:
    """Say what services say they are missing: a database, its migration, Neo4j.

    Args:
        lacks: What each living service's `/readyz` says is missing; None if nothing.
    """
    for name, lack in lacks.items():
        if lack is None:
            continue
        if "neo4j" in name or "neo4j" in lack.lower():
            yield Finding(
                "neo4j.unreachable",
                name,
                f"그래프 데이터베이스가 답하지 않습니다: {lack[:300]}\nlogs/neo4j.log 를 보십시오. "
                "저장소가 상했으면 make down, neo4j/ 삭제, make up: 이력에서 다시 채워집니다.",
                f"The graph database does not answer: {lack[:300]}\nRead logs/neo4j.log. If its "
                "store is broken: make down, delete neo4j/, make up; the log fills it again.",
            )
        else:
            yield Finding(
                "service.not_ready",
                name,
                f"준비되지 않았습니다: {lack[:300]}\n데이터베이스가 답하는지 보고, 구조가 옛것이면 "
                "하십시오: ieum migrate",
                f"It is not ready: {lack[:300]}\nSee that its database answers; if its form is "
                "old, do: ieum migrate",
            )


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


def graph(projection: Mapping[str, Any] | None, head: int | None) -> Iterator[Finding]:
    """Say whether the graph follows.

    Args:
        projection: What `/v1/projection` said; None if it said nothing, which others tell.
        head: The registry's newest entry, None if it did not answer.
    """
    if projection is None:
        return
    applied, detail = projection["applied_seq"], str(projection.get("detail") or "")
    newest = max(head or 0, projection["head_seq"] or 0)
    if projection["state"] == "stopped":
        yield Finding(
            "graph.forked" if "forked" in detail else "graph.stopped",
            "graph-follow",
            f"{applied}번에서 멈추었습니다: {detail}\n하십시오: ieum registry verify, 그다음 "
            "ieum graph rebuild",
            f"It stopped at entry {applied}: {detail}\nDo: ieum registry verify, then "
            "ieum graph rebuild",
        )
    elif applied < newest or projection["state"] == "behind":
        yield Finding(
            "graph.behind",
            "graph-follow",
            f"{newest}번까지 있으나 {applied}번까지 반영했습니다. 잠시 뒤에도 그대로면 "
            "logs/graph-follow.log 를 보십시오.",
            f"The log reaches to {newest}, the graph to {applied}. If that stays so, read "
            "logs/graph-follow.log.",
        )


def sender(said: Mapping[str, Any] | None, now: datetime, head: int | None) -> Iterator[Finding]:
    """Say whether letters go out, and pass on what notify raised.

    Args:
        said: What `/v1/sender` said; None if it said nothing, which others tell.
    """
    if said is None:
        return
    if not said["alive"]:
        yield Finding(
            "sender.silent",
            "notify-work",
            f"발송 작업이 멈추어 있습니다(마지막 {said['ticked_at'] or '-'}). "
            "logs/notify-work.log 를 보고 make up 을 하십시오.",
            f"The sender does not tick (last: {said['ticked_at'] or '-'}). Read "
            "logs/notify-work.log, then do: make up",
        )
    feed = said["feed"]
    newest = max(head or 0, feed["head_seq"] or 0)
    if feed["applied_seq"] < newest:
        yield Finding(
            "notify.behind",
            "notify-work",
            f"{newest}번까지 있으나 {feed['applied_seq']}번까지 읽었습니다. 잠시 뒤에도 그대로면 "
            "logs/notify-work.log 를 보십시오.",
            f"The log reaches to {newest}, notify to {feed['applied_seq']}. If that stays so, "
            "read logs/notify-work.log.",
        )
    if said["oldest_due_at"]:
        late_s = int((now - datetime.fromisoformat(said["oldest_due_at"])).total_seconds())
        if late_s > LATE_S:
            yield Finding(
                "letters.late",
                "notify-work",
                f"보낼 때가 {late_s // 60}분 지난 알림이 있습니다(모두 {said['due']}건). 아래 "
                "경보와 logs/notify-work.log 를 보십시오.",
                f"A letter is {late_s // 60} minutes late ({said['due']} due). See the alarms "
                "below and logs/notify-work.log.",
            )
    for alarm in said["alarms"]:
        detail = alarm.get("detail") or {}
        where = f"notify ({alarm['since']})"
        yield Finding(f"alarm.{alarm['code']}", where, detail.get("ko", ""), detail.get("en", ""))


def letters(waiting: Mapping[str, int]) -> Iterator[Finding]:
    """Say how many letters only a person can decide about.

    Args:
        waiting: How many are `in_doubt` and `dead`.
    """
    texts = {
        "in_doubt": (
            (
                "보냈는지 확인되지 않은 편지가 {n}건 있습니다. 받았는지 물어 보고, 다시 보낼지 "
                "정하십시오: "
                "GET /v1/occurrences?state=in_doubt"
            ),
            (
                "Nobody knows whether {n} letters were taken. Ask those who should have them and "
                "decide: GET /v1/occurrences?state=in_doubt"
            ),
        ),
        "dead": (
            (
                "보내지 못하고 그만둔 편지가 {n}건 있습니다. 주소와 메일 설정을 보십시오: "
                "GET /v1/occurrences?state=dead"
            ),
            (
                "{n} letters were given up. Look at addresses and mail settings: "
                "GET /v1/occurrences?state=dead"
            ),
        ),
    }
    for state, (ko, en) in texts.items():
        if number := waiting.get(state, 0):
            yield Finding(f"letters.{state}", "notify", ko.format(n=number), en.format(n=number))


def clock(newest_at: datetime | None, now: datetime) -> Iterator[Finding]:
    """Look whether the newest entry lies ahead of the clock: then the clock was set back."""
    if newest_at is not None and newest_at - now > timedelta(seconds=AHEAD_S):
        yield Finding(
            "clock.behind_the_log",
            "registry",
            f"변경 이력의 마지막 시각({newest_at.isoformat()})이 지금보다 앞입니다. 서버 시계를 "
            "맞추십시오(NTP). 그때까지 새 기록은 그 시각으로 남습니다.",
            f"The newest entry ({newest_at.isoformat()}) lies in the future. Set the clock right "
            "(NTP); until then new entries carry that time.",
        )


def mail(url: str, within_s: float = 5) -> Iterator[Finding]:
    """Greet the mail server, and go."""
    place = urlsplit(url)
    kind = smtplib.SMTP_SSL if place.scheme == "smtps" else smtplib.SMTP
    port = place.port or (465 if place.scheme == "smtps" else 25)
    try:
        with kind(place.hostname or "", port, timeout=within_s) as server:
            code, _ = server.ehlo()
            if code == 250:
                return
            why = str(code)
    except (OSError, smtplib.SMTPException) as error:
        why = f"{type(error).__name__}: {error}"
    yield Finding(
        "mail.refused",
        f"{place.hostname}:{port}",
        f"메일 서버가 받지 않습니다({why[:200]}). settings.env 의 IEUM_SMTP_URL 과 서버를 "
        "보십시오.",
        f"The mail server does not take us ({why[:200]}). Check IEUM_SMTP_URL in settings.env, "
        "and the server.",
    )


def looked(looks: Iterable[tuple[str, Callable[[], Iterable[Finding]]]]) -> list[Finding]:
    """Take every look; one that cannot be taken is a finding of its own.

    Args:
        looks: What each looks at, and the look.
    """
    found: list[Finding] = []
    for where, look in looks:
        try:
            found += look()
        except (OSError, KeyError, TypeError, ValueError, Trouble) as error:
            why = f"{type(error).__name__}: {error}"[:200]
            found.append(
                Finding(
                    "look.failed",
                    where,
                    f"살펴볼 수 없었습니다({why}). 권한과 make status 를 보십시오.",
                    f"It could not be looked at ({why}). Check permissions and make status.",
                )
            )
    return found
