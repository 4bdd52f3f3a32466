"""Running one verb of a service's program to its end."""

import os
import subprocess

from ieum.environment import environment_for
from ieum.home import Home
from ieum.ports import Ports
from ieum.programs import program
from ieum.say import Trouble


def run_verb(home: Home, ports: Ports, service: str, verb: str) -> str:
    """Run `ieum-<service> <verb>` with this installation's variables.

    Returns:
        What it printed on standard output.

    Raises:
        Trouble: `<verb>.failed`, with its last lines and the file that holds all of them.
    """
    outside = {name: text for name, text in os.environ.items() if not name.startswith("IEUM_")}
    done = subprocess.run(  # noqa: S603  our own program
        [program(f"ieum-{service}"), verb],
        env=outside | environment_for(service, home, ports),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return done.stdout
    log = home.logs / f"{service}-{verb}.log"
    log.write_text(done.stdout + done.stderr, encoding="utf-8")
    last = "\n".join((done.stderr or done.stdout).strip().splitlines()[-5:])
    raise Trouble(
        f"{verb}.failed",
        f"ieum-{service} {verb} 이(가) 실패했습니다:\n{last}\n전체 내용: {log}",
        f"ieum-{service} {verb} failed:\n{last}\nThe whole of it: {log}",
    )
