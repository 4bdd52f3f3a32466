"""Every answer that the tests receive is held against what the services document.

Each answer of a service to a test, by Flask's test client or over HTTP, is looked at: its status,
its kind of content and its body. What is not documented fails the run at its end, and is listed,
with any number of workers. What a service answers to another process is not seen.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema_rs
import pytest
import requests
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

DOCUMENTS = Path(__file__).parents[1] / "docs" / "api"
SERVICES = ("registry", "graph", "notify")
FOUND = "undocumented"
"""The name under which a worker hands over what it found."""

_LOOKED_AT = {"get", "post", "patch", "put", "delete"}


class Document:
    """One service's OpenAPI document, ready to hold answers against."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self._paths = {tuple(path.strip("/").split("/")): path for path in document["paths"]}
        self._validators: dict[str, jsonschema_rs.Validator] = {}

    def operation(self, method: str, path: str) -> tuple[str, Mapping[str, Any]] | None:
        """Give the documented path and operation that a request means; None if there is none."""
        asked = path.strip("/").split("/")
        fitting = [
            each
            for each in self._paths
            if len(each) == len(asked)
            and all(part == was or part[:1] == "{" for part, was in zip(each, asked, strict=True))
        ]
        for each in sorted(fitting, key=lambda parts: sum(part[:1] == "{" for part in parts)):
            found = self.document["paths"][self._paths[each]].get(method)
            return None if found is None else (self._paths[each], found)
        return None

    def faults(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> list[str]:
        """Say what of an answer is not documented; nothing, if the route is not at all."""
        found = self.operation(method, path)
        if found is None:
            return []
        where, operation = found
        answer = operation["responses"].get(str(status))
        about = f"{method.upper()} {where} {status}"
        if answer is None:
            return [f"{about}: this status is not documented"]
        if "$ref" in answer:
            answer = self.document["components"]["responses"][answer["$ref"].split("/")[-1]]
        kinds: Mapping[str, Any] = answer.get("content", {})
        kind = content_type.partition(";")[0].strip()
        if not body and not kinds:
            return []
        if kind not in kinds:
            return [f"{about}: {kind or 'no kind of content'} is not documented"]
        if not kind.endswith("json"):
            return []
        return [f"{about}: {each}" for each in self._bad(where, method, status, kind, kinds, body)]

    def _bad(
        self,
        where: str,
        method: str,
        status: int,
        kind: str,
        kinds: Mapping[str, Any],
        body: bytes,
    ) -> Iterator[str]:
        name = f"{method} {where} {status} {kind}"
        if name not in self._validators:
            schema = {**kinds[kind]["schema"], "components": self.document["components"]}
            self._validators[name] = jsonschema_rs.Draft202012Validator(
                schema, validate_formats=True
            )
        for error in self._validators[name].iter_errors(json.loads(body)):
            place = "/".join("*" if isinstance(each, int) else each for each in error.instance_path)
            yield f"/{place}: {error.message[:200]}"


@cache
def documents() -> Mapping[str, Document]:
    """Give the documents as they are written down; a house test keeps them current."""
    return {
        service: Document(json.loads((DOCUMENTS / f"{service}.json").read_text(encoding="utf-8")))
        for service in SERVICES
    }


@dataclass
class Answers:
    """What the tests of this process received that is not documented: fault → the first test."""

    undocumented: dict[str, str] = field(default_factory=dict)
    seen: int = 0
    test: str = ""

    def look_at(
        self, service: str, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> None:
        """Hold one answer against its service's document."""
        self.seen += 1
        for fault in documents()[service].faults(method, path, status, content_type, body):
            self.undocumented.setdefault(f"{service}: {fault}", self.test)


RECEIVED = Answers()


def watch(patch: pytest.MonkeyPatch) -> None:
    """Look at every answer from now on."""
    opened, sent = FlaskClient.open, requests.Session.send

    def open_and_look(self: FlaskClient, *args: Any, **more: Any) -> TestResponse:  # noqa: ANN401
        answer = opened(self, *args, **more)
        service = self.application.name.removeprefix("ieum_")
        method, path = answer.request.method.lower(), answer.request.path
        if service in SERVICES and method in _LOOKED_AT and path.startswith("/v1/"):
            kind = answer.content_type or ""
            RECEIVED.look_at(service, method, path, answer.status_code, kind, answer.data)
        return answer

    def send_and_look(self: requests.Session, request: Any, **more: Any) -> requests.Response:  # noqa: ANN401
        answer = sent(self, request, **more)
        method, path = str(request.method).lower(), urlsplit(str(request.url)).path
        if answer.headers.get("Server") == "granian" and method in _LOOKED_AT:
            _look_at_served(answer, method, path)
        return answer

    patch.setattr(FlaskClient, "open", open_and_look)
    patch.setattr(requests.Session, "send", send_and_look)


def _look_at_served(answer: requests.Response, method: str, path: str) -> None:
    """Hold an answer over HTTP against the services that have such a route."""
    those = [name for name in SERVICES if documents()[name].operation(method, path) is not None]
    if len(those) == 1:  # Two services hear consequences; test clients ask both.
        kind = answer.headers.get("Content-Type", "")
        RECEIVED.look_at(those[0], method, path, answer.status_code, kind, answer.content)


def pytest_configure() -> None:
    """Look at every answer of this process, until it ends."""
    watch(pytest.MonkeyPatch())


def pytest_runtest_logstart(nodeid: str) -> None:
    """Remember which test asks."""
    RECEIVED.test = nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # noqa: ANN401  xdist's, which is untyped.
    """Take what a worker found."""
    for fault, test in getattr(node, "workeroutput", {}).get(FOUND, {}).items():
        RECEIVED.undocumented.setdefault(fault, test)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run if any answer was not as documented; a worker hands over what it found."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[FOUND] = dict(RECEIVED.undocumented)
    elif RECEIVED.undocumented and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List what is not documented, each with the first test that received it."""
    if not RECEIVED.undocumented:
        return
    terminalreporter.section("answers that are not documented", red=True)
    for fault, test in sorted(RECEIVED.undocumented.items()):
        terminalreporter.line(f"{fault}\n    first received by {test}")
    terminalreporter.line("Document them (httpedge.documented, the shapes), or do not send them.")
