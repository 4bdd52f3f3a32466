"""The registry behind the real server, over an empty database of its own, and its callers."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from joserfc.jwk import OKPKey

from httpedge.caller import ROLES, Role, Signer
from tests.served import Served, serving


@dataclass(frozen=True)
class Registry:
    """A served registry."""

    served: Served
    signer: Signer

    def bearer(self, role: Role, subject: str = "x") -> str:
        """Give the line that shows who asks."""
        partners: list[UUID] = [uuid4()] if role == "liaison" else []
        token = self.signer.token(
            role, ["registry"], now=datetime.now(UTC), subject=subject, partners=partners
        )
        return f"Bearer {token}"


@contextmanager
def serve_registry(
    folder: Path, empty_database: Path, target: str = "ieum_registry.app:create"
) -> Iterator[Registry]:
    """Serve a registry whose operator's key may claim every role."""
    key = OKPKey.generate_key("Ed25519", parameters={"kid": "operator"}, private=True)
    (folder / "keys").mkdir()
    public = {"kid": "operator", "issuer": "operator", "roles": ROLES}
    record = public | {"jwk": key.as_dict(private=False)}
    (folder / "keys" / "operator.json").write_text(json.dumps(record))
    private = folder / "operator.key.json"
    private.write_text(json.dumps(key.as_dict(private=True)))
    shutil.copy(empty_database, folder / "registry.db")
    environment = {
        "IEUM_REGISTRY_LISTEN": "127.0.0.1:0",
        "IEUM_REGISTRY_DATABASE": f"sqlite:///{folder}/registry.db",
        "IEUM_KEYS": str(folder / "keys"),
        "IEUM_REGISTRY_DOCUMENTS": str(folder / "documents"),
    }
    with serving(target, environment) as served:
        yield Registry(served, Signer(private))
