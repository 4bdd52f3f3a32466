"""`ieum token`: a signed token for calling the services by hand or from a script."""

import argparse
import re
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import UUID

import requests

from httpedge.caller import Role, Signer
from ieum.home import Home
from ieum.keys import private_key
from ieum.ports import Ports
from ieum.reach import AUDIENCES, Reach, operator_token, unreachable
from ieum.say import OperatorError, line
from ieum.verbs.place import made

LONGEST_S = 24 * 3600
"""Services refuse anything older than a day, whatever it says."""

UNITS = {"s": 1, "m": 60, "h": 3600}


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the verb."""
    parser = verbs.add_parser(
        "token",
        help='print a token: curl -H "Authorization: Bearer $(ieum token --role office)" (토큰)',
        description="Sign a token with the operator's key and print it, nothing else. Whoever "
        "holds it acts in that role until it runs out.",
        epilog='example: curl -sH "Authorization: Bearer $(ieum token --role office)" '
        "http://127.0.0.1:8401/v1/partners",
    )
    parser.add_argument(
        "--role", required=True, choices=("office", "department", "liaison", "auditor", "service")
    )
    parser.add_argument(
        "--partner",
        action="append",
        default=[],
        metavar="ID|KEY",
        help="whose liaison the bearer is (with --role liaison; may be repeated)",
    )
    parser.add_argument("--department", metavar="ID|KEY", help="whose member the bearer is")
    parser.add_argument("--contact", metavar="ID|KEY", help="who the bearer is")
    parser.add_argument("--subject", metavar="NAME", help="account id in the log (operator)")
    parser.add_argument(
        "--ttl", default="10m", metavar="TIME", help="how long it lives: 90s, 10m, 8h (10m; ≤ 24h)"
    )
    parser.add_argument(
        "--audience",
        default=",".join(AUDIENCES),
        metavar="LIST",
        help="services meant, by commas (registry,graph,notify)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the token."""
    home, ports = made()
    operator_token(home)  # Says what is missing if there is no key.
    role: Role = arguments.role
    _refuse_contradictions(role, arguments)
    find = _Finder(home, ports)
    token = Signer(private_key(home, "operator")).token(
        role,
        _audience(arguments.audience),
        now=datetime.now(UTC),
        subject=arguments.subject,
        partners=[find.id("partners", each) for each in arguments.partner],
        department=arguments.department and find.id("departments", arguments.department),
        contact_id=arguments.contact and find.id("contacts", arguments.contact),
        lifetime_s=seconds(arguments.ttl),
    )
    line(token)
    return 0


def seconds(text: str) -> int:
    """Read a span: `90s`, `10m`, `8h` or plain seconds.

    Raises:
        OperatorError: `token.ttl_unusable`.
    """
    match = re.fullmatch(r"(\d{1,6})([smh]?)", text.strip())
    span = int(match[1]) * UNITS[match[2] or "s"] if match else 0
    if not 1 <= span <= LONGEST_S:
        raise OperatorError(
            "token.ttl_unusable",
            f"--ttl {text} 은(는) 쓸 수 없습니다. 90s, 10m, 8h 처럼 24시간까지 정하십시오.",
            f"--ttl {text} cannot be used. Give something like 90s, 10m or 8h, at most 24h.",
        )
    return span


class _Finder:
    """Finds ids by key in the registry; an id needs no looking up."""

    def __init__(self, home: Home, ports: Ports) -> None:
        self._reach = Reach(home, ports)
        self._ports = ports

    def id(self, kind: str, text: str) -> UUID:
        try:
            return UUID(text)
        except ValueError:
            pass
        own = "&own=any" if kind == "partners" else ""
        try:
            found = self._reach.get("registry", f"/v1/{kind}?key={quote(text)}{own}")
        except requests.RequestException as error:
            raise unreachable("registry", self._ports) from error
        if not found["items"]:
            raise OperatorError(
                "token.unknown_key",
                f"{kind}에 키 {text}이(가) 없습니다. 포털이나 /v1/{kind} 목록에서 확인하십시오.",
                f"There is no {text} among the {kind}. Look it up in the list of /v1/{kind}.",
            )
        return UUID(found["items"][0]["id"])


def _audience(text: str) -> list[str]:
    wanted = [each.strip() for each in text.split(",") if each.strip()]
    unknown = sorted(set(wanted) - set(AUDIENCES))
    if unknown or not wanted:
        raise OperatorError(
            "token.audience_unknown",
            f"--audience {text}: registry, graph, notify 가운데에서 쉼표로 나누어 정하십시오.",
            f"--audience {text}: choose from registry, graph, notify, parted by commas.",
        )
    return wanted


def _refuse_contradictions(role: str, arguments: argparse.Namespace) -> None:
    if (role == "liaison") != bool(arguments.partner):
        raise OperatorError(
            "token.partner_wanted",
            "--partner 는 --role liaison 과 함께만, 그리고 반드시 씁니다: "
            "ieum token --role liaison --partner naver",
            "--partner goes with --role liaison, always and only: "
            "ieum token --role liaison --partner naver",
        )
