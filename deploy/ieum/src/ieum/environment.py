"""The variables that each process is given (one table, from the home and the ports).

Only what stands in `settings.env` may differ from what is derived here. Variables of the calling
shell are not taken: a start from another shell next week must not come up on another database.
"""

import os
import shlex
from pathlib import Path

from ieum.home import Home
from ieum.home import samples as sample_files
from ieum.keys import private_key
from ieum.ports import MAY_BE_AWAY, Ports
from ieum.say import OperatorError

SERVICES = ("registry", "graph", "notify", "portal")
WITH_DATABASE = ("registry", "notify", "portal")
"""Who keeps something in SQL: a file, or in PostgreSQL under a role of the same name."""

WISHES = frozenset(
    {
        "IEUM_PORT_BASE",
        "IEUM_CACHE",
        "IEUM_SMTP_URL",
        "IEUM_MAIL_FROM",
        "IEUM_LETTER_HOURS",
        "IEUM_PORTAL_URL",
        "IEUM_PORTAL_PROXIES",
        "IEUM_ACCESS_KEPT_DAYS",
        "IEUM_REGISTRY_DOCUMENTS",
        "IEUM_DOCUMENT_LARGEST_MB",
        "IEUM_S3_ENDPOINT",
        "IEUM_S3_REGION",
        "IEUM_S3_CREDENTIALS_FILE",
        "IEUM_LOG_NAME",
        "IEUM_GATEWAY_HEADER",
        "IEUM_GATEWAY_ADDRESSES",
        "IEUM_OIDC_ISSUER",
        "IEUM_OIDC_CLIENT_ID",
        "IEUM_OIDC_CLIENT_SECRET_FILE",
        "IEUM_OIDC_NAME",
        "IEUM_OFFICE_NAME",
        "IEUM_OFFICE_NAME_EN",
        "IEUM_OFFICE_TELEPHONE",
    }
    | {f"IEUM_{service.upper()}_DATABASE" for service in WITH_DATABASE}
    | {f"IEUM_{service.upper()}_PROCESSES" for service in SERVICES}
    | {f"IEUM_{service.upper()}_URL" for service in MAY_BE_AWAY}
)
"""What an operator may write into settings.env."""


def environment_of(home: Home, ports: Ports) -> dict[str, str]:
    """Give the variables that all processes of an installation share.

    Raises:
        OperatorError: `settings.unknown`, naming what stands in settings.env but cannot be set
            there.
    """
    shared = {
        "IEUM_HOME": str(home.root),
        "IEUM_PORT_BASE": str(ports.base),
        "IEUM_CACHE": str(cache()),
        "IEUM_KEYS": str(home.keys),
        "IEUM_REGISTRY_DOCUMENTS": str(home.documents),
        "IEUM_NEO4J_URL": f"bolt://127.0.0.1:{ports.of('neo4j')}",
        "IEUM_NEO4J_USER": "neo4j",
        "IEUM_NEO4J_PASSWORD_FILE": str(home.secrets / "neo4j-password"),
        "IEUM_SMTP_URL": f"smtp://127.0.0.1:{ports.of('smtp')}",
        "IEUM_MAIL_FROM": "이음 <ieum@gwangju.example>",
        "IEUM_LETTER_HOURS": "working",
        "IEUM_PORTAL_SECRET_FILE": str(home.secrets / "portal-secret"),
        "IEUM_FIRST_ACCOUNTS_FILE": str(home.first_accounts),
        "IEUM_SAMPLES": str(samples[0].parent) if (samples := sample_files()) else "",
        "IEUM_MAILBOX": str(home.mailbox),
        "IEUM_MAILBOX_LISTEN": f"127.0.0.1:{ports.of('mailbox')}",
        "IEUM_MAILBOX_SMTP_LISTEN": f"127.0.0.1:{ports.of('smtp')}",
    }
    for service in SERVICES:
        name = f"IEUM_{service.upper()}"
        shared[f"{name}_LISTEN"] = f"127.0.0.1:{ports.of(service)}"
        shared[f"{name}_URL"] = ports.url(service)
        shared[f"{name}_PROCESSES"] = "1"
    for service in WITH_DATABASE:
        shared[f"IEUM_{service.upper()}_DATABASE"] = f"sqlite:///{home.databases / service}.db"
    wishes = home.wishes()
    unknown = sorted(wishes.keys() - WISHES)
    if unknown:
        raise OperatorError(
            "settings.unknown",
            f"{home.root}/settings.env의 {', '.join(unknown)}은(는) 정할 수 없는 이름입니다. "
            f"쓸 수 있는 이름: {', '.join(sorted(WISHES))}",
            f"{', '.join(unknown)} in {home.root}/settings.env cannot be set there. "
            f"Names that can: {', '.join(sorted(WISHES))}",
        )
    return shared | {name: value for name, value in wishes.items() if name != "IEUM_PORT_BASE"}


def environment_for(service: str, home: Home, ports: Ports) -> dict[str, str]:
    """Give the variables of one service: the shared ones and its own signing key, if it has one."""
    key = private_key(home, service)
    own = {"IEUM_SIGNING_KEY": str(key)} if key.exists() else {}
    return environment_of(home, ports) | own


def cache() -> Path:
    """Give the folder that outlives an installation: what was fetched once is kept there."""
    named = os.environ.get("IEUM_CACHE", "").strip()
    if named:
        return Path(named).expanduser().resolve()
    above = os.environ.get("XDG_CACHE_HOME", "").strip()
    return (Path(above) if above else Path.home() / ".cache") / "ieum"


def export_lines(variables: dict[str, str]) -> str:
    """Give shell text that sets the variables: `eval "$(ieum environment)"`."""
    return "\n".join(
        f"export {name}={shlex.quote(value)}" for name, value in sorted(variables.items())
    )
