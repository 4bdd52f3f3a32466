"""`ieum secrets`: makes what is missing, renews what leaked, hands each container its own."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from ieum.handing_out import NAMES, make_and_hand_out
from ieum.home import Home
from ieum.keys import forget_secret, make_secrets
from ieum.lock import held
from ieum.say import both, line
from ieum.verbs.place import here


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "secrets",
        help="make what keys and passwords are missing, or renew one (열쇠와 비밀번호)",
        description="Make the keys and passwords of this home that are not there; what is there "
        "stays. `ieum up` does the same. With --into, hand each container the few that it needs, "
        "in a folder of its own (docker-compose.yml, ADR 0010).",
        epilog="A renewed secret counts once those who use it have started anew: "
        "deploy/RUNBOOK.md says in which order. Secrets: " + ", ".join(NAMES),
    )
    parser.add_argument(
        "--into", type=Path, metavar="FOLDER", help="hand out: one folder a reader below this one"
    )
    parser.add_argument(
        "--certificate-for",
        metavar="URL",
        help="with --into: also a certificate for the proxy, which people reach at this address",
    )
    parser.add_argument(
        "--renew",
        action="append",
        default=[],
        choices=NAMES,
        metavar="NAME",
        help="make this one anew; may be repeated",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make, renew and hand out; say what is new, never what it is."""
    home, _ = here()
    home.make()
    with held(home):
        for name in arguments.renew:
            forget_secret(home, name)
        made = _made(arguments, home)
    if made:
        line(both(f"만들었습니다: {', '.join(made)}", "made"))
    else:
        line(both("모두 있습니다", "all are there; nothing was made"))
    return 0


def _made(arguments: argparse.Namespace, home: Home) -> list[str]:
    if not arguments.into:
        return make_secrets(home)
    host = urlsplit(arguments.certificate_for or "").hostname
    return make_and_hand_out(home, arguments.into, proxy_host=host, now=datetime.now(UTC))
