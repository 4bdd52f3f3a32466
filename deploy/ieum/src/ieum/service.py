"""Running one verb of a service's program to its end."""

import os
import re
import subprocess

from ieum.environment import environment_for
from ieum.home import Home
from ieum.ports import Ports
from ieum.programs import program
from ieum.say import OperatorError

PATIENCE_S = 300
"""A migration that takes longer is stuck, behind a lock or a server that does not answer."""

WHOLE_STORES = frozenset(
    {"copy-out", "copy-in", "documents-out", "documents-in", "export", "take-in", "verify"}
)
WHOLE_STORES_S = 6 * 3600
"""What goes through a whole store takes as long as that is large."""

ERROR = re.compile(r"^[\w.]*(Error|Exception|Missing|Refused)\b|\"level\": \"error\"|^ieum-\w+: ")
"""A traceback's last line, an error in a JSON log, or a program's own words."""


def run_verb(home: Home, ports: Ports, service: str, verb: str, *arguments: str) -> str:
    """Run `ieum-<service> <verb> <arguments>` with this installation's variables.

    Returns:
        What it printed on standard output.

    Raises:
        OperatorError: `<verb>.failed` with the line that says why and the file that holds all of
            them; `<verb>.stuck` after five minutes, or six hours where a whole store is read.
    """
    patience_s = WHOLE_STORES_S if verb in WHOLE_STORES else PATIENCE_S
    outside = {name: text for name, text in os.environ.items() if not name.startswith("IEUM_")}
    try:
        done = subprocess.run(  # noqa: S603  our own program
            [program(f"ieum-{service}"), verb, *arguments],
            env=outside | environment_for(service, home, ports),
            capture_output=True,
            text=True,
            check=False,
            timeout=patience_s,
        )
    except subprocess.TimeoutExpired as stuck:
        raise OperatorError(
            f"{verb}.stuck",
            f"ieum-{service} {verb} 이(가) {patience_s}초 안에 끝나지 않았습니다. 데이터베이스를 "
            "다른 프로그램이 잡고 있는지 보고 make up 을 다시 하십시오.",
            f"ieum-{service} {verb} did not end within {patience_s} s. See whether another program "
            "holds the database, then run make up again.",
        ) from stuck
    if done.returncode == 0:
        return done.stdout
    log = home.logs / f"{service}-{verb}.log"
    log.write_text(done.stdout + done.stderr, encoding="utf-8")
    said = telling_line(done.stderr or done.stdout)
    raise OperatorError(
        f"{verb}.failed",
        f"ieum-{service} {verb} 이(가) 실패했습니다: {said}\n전체 내용: {log}",
        f"ieum-{service} {verb} failed: {said}\nThe whole of it: {log}",
    )


def telling_line(text: str) -> str:
    """Give the line of a log that says why a program ended: the last error, else the last line."""
    lines = text.strip().splitlines()[-60:]
    telling = [each for each in lines if ERROR.search(each)]
    return (telling or lines or ["-"])[-1][:500]
