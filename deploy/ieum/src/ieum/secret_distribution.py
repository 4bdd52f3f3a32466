"""Which container may read which secret, and the folders that they find them in.

Each reader has a folder of its own, a volume that it alone mounts (ADR 0010): whoever breaks into
one container finds there what that container needs, and nothing else.
"""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from ieum.certificates import authority, certificate, certificate_key, make_certificate
from ieum.environment import WITH_DATABASE
from ieum.home import Home
from ieum.keys import ISSUERS, PASSWORDS, make_secrets, private_key

NAMES = (*ISSUERS, *PASSWORDS, *(f"{each}-database" for each in WITH_DATABASE), "postgres-password")
"""Every secret that there is in an installation of containers."""

OWN, FOREIGN = 0o600, 0o644
"""Official images run as accounts of their own; what closes their folder is that nobody else
mounts it. libpq refuses a password file that others may read."""

Portion = Mapping[str, tuple[str, int]]
"""File names, each with its text and mode."""


def make_and_hand_out(
    home: Home, folder: Path, *, proxy_host: str | None = None, now: datetime | None = None
) -> list[str]:
    """Make what is missing and bring every reader's folder to what it should hold.

    What a folder holds beyond it is taken away: a public key that was withdrawn is believed no
    longer. Files that are right stay untouched, so that nothing notices a repetition.

    Args:
        proxy_host: The name at which people reach the portal; for it the proxy's certificate is
            made or renewed. None makes none.
        now: Decides whether the certificate lasts; needed with `proxy_host`.

    Returns:
        The names of the secrets that were made.
    """
    made = make_secrets(home, [each for each in NAMES if each not in ISSUERS])
    if proxy_host is not None and now is not None and make_certificate(home, proxy_host, now):
        made.append("proxy-certificate")
    for reader, portion in portions(home).items():
        bring_to(folder / reader, portion)
    return made


def portions(home: Home) -> dict[str, Portion]:
    """Say what each reader is handed; `keys` are the public keys, for all who check tokens."""
    public = {each.name: (each.read_text("utf-8"), FOREIGN) for each in home.keys.glob("*.json")}
    superuser = _secret(home, "postgres-password")
    graph_password = _secret(home, "neo4j-password")
    databases = {each: _password_file(home, each) for each in WITH_DATABASE}
    return {
        "keys": public,
        "registry": {"database": databases["registry"]},
        "graph": {"signing-key": _key(home, "graph"), "neo4j-password": (graph_password, OWN)},
        "notify": {"signing-key": _key(home, "notify"), "database": databases["notify"]},
        "portal": {
            "signing-key": _key(home, "portal"),
            "portal-secret": (_secret(home, "portal-secret"), OWN),
            "database": databases["portal"],
        },
        "databases": {"superuser": (f"*:*:*:postgres:{superuser}\n", OWN), **databases},
        "postgres": {"password": (superuser, FOREIGN)},
        "neo4j": {"auth": (f"neo4j/{graph_password}", FOREIGN)},
        "proxy": proxy_portion(home),
    }


def proxy_portion(home: Home) -> Portion:
    """Say what the proxy is handed: nothing, if no certificate was made here."""
    if not certificate(home).exists():
        return {}
    shown = certificate(home).read_text("utf-8") + authority(home).read_text("utf-8")
    return {
        "certificate.pem": (shown, FOREIGN),
        "key.pem": (certificate_key(home).read_text("utf-8"), OWN),
        "authority.pem": (authority(home).read_text("utf-8"), FOREIGN),
    }


def _secret(home: Home, name: str) -> str:
    return (home.secrets / name).read_text(encoding="utf-8").strip()


def _key(home: Home, kid: str) -> tuple[str, int]:
    return private_key(home, kid).read_text(encoding="utf-8"), OWN


def _password_file(home: Home, role: str) -> tuple[str, int]:
    """Write a line as libpq's `passfile` wants it: host:port:database:user:password."""
    return f"*:*:*:{role}:{_secret(home, f'{role}-database')}\n", OWN


def bring_to(folder: Path, portion: Portion) -> None:
    """Have a folder hold a portion and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in portion:
            path.unlink()
    for name, (text, mode) in portion.items():
        path = folder / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            path.chmod(mode)
            continue
        draft = folder / f".{name}"
        draft.touch(mode=0o600)
        draft.write_text(text, encoding="utf-8")
        os.chmod(draft, mode)  # noqa: PTH101  beside the rename: whole and readable, or not there
        draft.replace(path)
