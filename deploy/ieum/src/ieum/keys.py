"""The secrets of an installation: made once, readable by the owner alone, never replaced.

Source: DESIGN section 4: a service's key vouches for that service, the portal's for people as well,
the operator's for anyone.
"""

import json
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from joserfc.jwk import OKPKey

from ieum.home import Home

PEOPLE = ("office", "department", "liaison", "auditor")
ISSUERS = {
    "portal": (*PEOPLE, "service"),
    "graph": ("service",),
    "notify": ("service",),
    "operator": (*PEOPLE, "service"),
}
"""Who signs tokens, and the roles that its tokens may claim."""


PASSWORDS = ("neo4j-password", "portal-secret")
"""Secrets of every installation that are a text of their own."""


def make_secrets(home: Home, passwords: Sequence[str] = PASSWORDS) -> list[str]:
    """Make whatever secret is missing; what is there stays as it is.

    Args:
        passwords: The files under `secrets/` that hold a text; letters, digits, `-` and `_`.

    Returns:
        The names of what was made, none on every start but the first.
    """
    made = [kid for kid, roles in ISSUERS.items() if _make_key(home, kid, roles)]
    return made + [
        name for name in passwords if write_once(home.secrets / name, secrets.token_urlsafe(32))
    ]


def forget_secret(home: Home, name: str) -> None:
    """Take a secret away, so that the next `make_secrets` makes another in its place."""
    path = private_key(home, name) if name in ISSUERS else home.secrets / name
    path.unlink(missing_ok=True)


def is_of_the_graph(name: str) -> bool:
    """Say whether a secret goes with the graph's store, which is made anew and never copied."""
    return name == "neo4j-password"


def private_key(home: Home, kid: str) -> Path:
    """Give the file with the private key of an issuer."""
    return home.secrets / f"{kid}.key.json"


def _make_key(home: Home, kid: str, roles: tuple[str, ...]) -> bool:
    """Make a private key if there is none, and write its public half if that is gone or other."""
    path = private_key(home, kid)
    made = not path.exists()
    if made:
        key = OKPKey.generate_key("Ed25519", parameters={"kid": kid}, private=True)
        write_once(path, json.dumps(key.as_dict(private=True)))
    key = OKPKey.import_key(json.loads(path.read_text(encoding="utf-8")))
    public = {"kid": kid, "issuer": kid, "roles": list(roles), "jwk": key.as_dict(private=False)}
    text = json.dumps(public, indent=1)
    published = home.keys / f"{kid}.json"
    if not published.exists() or published.read_text(encoding="utf-8") != text:
        published.write_text(text, encoding="utf-8")
        published.chmod(0o600)
    return made


def write_once(path: Path, text: str) -> bool:
    """Write a file that nobody else can ever have read, whole or not at all."""
    if path.exists():
        return False
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    return True
