"""`ieum secrets`: makes what is missing, renews what leaked, hands each container its own."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from ieum.keys import forget_secret, make_secrets
from ieum.lock import held
from ieum.say import OperatorError, both, line
from ieum.secret_distribution import NAMES, make_and_hand_out
from ieum.verbs.place import here


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "secrets",
        help="make what keys and passwords are missing, or renew one (암호 키와 비밀번호)",
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
    host = _host(arguments)
    home, _ = here()
    home.make()
    with held(home):
        for name in arguments.renew:
            forget_secret(home, name)
        if arguments.into:
            now = datetime.now(UTC)
            made = make_and_hand_out(home, arguments.into, proxy_host=host, now=now)
        else:
            made = make_secrets(home)
    if made:
        line(both(f"만들었습니다: {', '.join(made)}", "made"))
    else:
        line(both("모두 있습니다", "all are there; nothing was made"))
    return 0


def _host(arguments: argparse.Namespace) -> str | None:
    """Give whom the certificate is for; None where none is asked for.

    Raises:
        OperatorError: `certificate.no_host`, `certificate.nowhere`; nothing was made.
    """
    url: str | None = arguments.certificate_for
    if url is None:
        return None
    if not arguments.into:
        raise OperatorError(
            "certificate.nowhere",
            "인증서를 넘겨줄 폴더가 없습니다. --into FOLDER 를 함께 적으십시오.",
            "There is no folder to hand the certificate out to. Give --into FOLDER as well.",
        )
    try:
        found = urlsplit(url).hostname
    except ValueError:
        found = None
    if found is None:
        raise OperatorError(
            "certificate.no_host",
            f"{url} 에는 사람들이 찾아올 이름이 없습니다. https://ieum.city.example 처럼 "
            "적으십시오.",
            f"{url} names no host that people reach. Write it like https://ieum.city.example.",
        )
    return found
