"""A registry to ask over HTTP, in any role, at a clock that the test sets."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import OKPKey
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from httpedge.caller import Role, Signer
from ieum_registry.api.wired import Documents
from ieum_registry.app import create_app, open_documents, wire
from ieum_registry.settings import Settings
from ieum_registry.storage.store import Store

SERVICES = ("notify", "graph", "portal")
ROLES = ["office", "department", "liaison", "auditor", "service"]
DATA = Path(__file__).parents[2] / "data"
GWANGJU = "gwangju-2021.yaml"
ILLUSTRATION = "illustration.yaml"


@dataclass
class Clock:
    """The clock of the application; tests move it."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Answer:
    """What came back; `json` is None where it is none."""

    status: int
    headers: Headers
    text: str
    json: Any

    @property
    def code(self) -> str:
        """The code of a problem."""
        code: str = self.json["code"]
        return code

    @property
    def pointers(self) -> list[str]:
        """The places of a problem."""
        return [each["pointer"] for each in self.json["errors"]]


def answer_of(response: TestResponse) -> Answer:
    text = response.data.decode(errors="replace")  # A file may be anything.
    return Answer(response.status_code, response.headers, text, response.get_json(silent=True))


@dataclass
class Asker:
    """One caller."""

    client: FlaskClient
    headers: Mapping[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return answer_of(self.client.get(path, headers=self._with(headers)))

    def post(self, path: str, body: object, *, seen: int | None = None, **headers: str) -> Answer:
        return answer_of(self.client.post(path, json=body, headers=self._with(headers, seen)))

    def send(self, path: str, data: bytes, **headers: str) -> Answer:
        """Send a file."""
        return answer_of(self.client.post(path, data=data, headers=self._with(headers)))

    def patch(self, path: str, body: object, *, seen: int | None = None, **headers: str) -> Answer:
        return answer_of(self.client.patch(path, json=body, headers=self._with(headers, seen)))

    def made(self, path: str, body: object, *, seen: int | None = None) -> dict[str, Any]:
        """Write, and make sure that it was done."""
        answer = self.post(path, body, seen=seen)
        assert answer.status == 201, answer.text
        found: dict[str, Any] = answer.json
        return found

    def items(self, path: str) -> list[dict[str, Any]]:
        """Read a list to its end."""
        found: list[dict[str, Any]] = []
        after = ""
        while True:
            joint = "&" if "?" in path else "?"
            answer = self.get(f"{path}{joint}limit=200{after}")
            assert answer.status == 200, answer.text
            found.extend(answer.json["items"])
            if answer.json["next"] is None:
                return found
            after = f"&after={answer.json['next']}"

    def by_key(self, path: str, key: str) -> dict[str, Any]:
        """Read the one item of a list that has a key."""
        joint = "&" if "?" in path else "?"
        [found] = self.items(f"{path}{joint}key={key}")
        return found

    def seq(self) -> int:
        """Read how far the log reaches."""
        found: int = self.get("/v1/head").json["seq"]
        return found

    def _with(self, headers: Mapping[str, str], seen: int | None = None) -> dict[str, str]:
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        match = {} if seen is None else {"If-Match": f'"{seen}"'}
        return {**self.headers, **match, **more}


@dataclass(frozen=True)
class House:
    """An application and the key that its tokens are signed with; made once, as that takes long."""

    app: Flask
    signer: Signer
    documents: Documents
    services: Mapping[str, Signer] = field(default_factory=dict)

    @classmethod
    def build(cls, folder: Path, database: str) -> Self:
        """Make one over a migrated database, with keys in an empty folder."""
        (folder / "keys").mkdir()
        operator = signer_of(folder, "operator", ROLES)
        services = {each: signer_of(folder, each, ["service"]) for each in SERVICES}
        place = str(folder / "documents")
        settings = Settings(("127.0.0.1", 0), 1, database, folder / "keys", place)
        return cls(create_app(settings), operator, open_documents(settings), services)


def signer_of(folder: Path, name: str, roles: Sequence[str]) -> Signer:
    """Make a key that may claim roles, its public half where the application looks for it."""
    key = OKPKey.generate_key("Ed25519", parameters={"kid": name}, private=True)
    record = {"kid": name, "issuer": name, "roles": list(roles), "jwk": key.as_dict(private=False)}
    (folder / "keys" / f"{name}.json").write_text(json.dumps(record))
    private = folder / f"{name}.key.json"
    private.write_text(json.dumps(key.as_dict(private=True)))
    return Signer(private)


class Desk:
    """A house over a store of the test's own, and callers of every role."""

    def __init__(self, house: House, store: Store) -> None:
        self.app, self.signer, self.services = house.app, house.signer, house.services
        self.clock = Clock(datetime.now(UTC))
        self.documents = house.documents
        wire(self.app, store, self.clock, documents=house.documents)
        self.public = Asker(self.app.test_client())
        self.office = self.of("office")

    def of(
        self,
        role: Role,
        partners: Sequence[UUID | str] = (),
        subject: str = "x",
        department: UUID | str | None = None,
    ) -> Asker:
        """Give a caller of a role."""
        token = self.signer.token(
            role,
            ["registry"],
            now=datetime.now(UTC),
            subject=subject,
            partners=[UUID(str(each)) for each in partners],
            department=None if department is None else UUID(str(department)),
        )
        return Asker(self.app.test_client(), {"Authorization": f"Bearer {token}"})

    def service(self, name: str) -> Asker:
        """Give a service that signs its own tokens."""
        token = self.services[name].token("service", ["registry"], now=datetime.now(UTC))
        return Asker(self.app.test_client(), {"Authorization": f"Bearer {token}"})

    def load(self, *names: str, **more: str) -> Answer:
        """Load files of data/, and files made up by the test (`name="text"`)."""
        documents = [
            {"name": name, "text": (DATA / name).read_text(encoding="utf-8")} for name in names
        ]
        documents += [{"name": f"{name}.yaml", "text": text} for name, text in more.items()]
        return self.office.post("/v1/loads", {"documents": documents})
