"""Whoever is slow keeps nobody from writing, and whoever is refused can go on asking."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest

from httpedge.caller import Role
from tests.registry.served import Registry, serve_registry
from tests.served import head, senders

DEPARTMENT = {"key": "d1", "name": {"ko": "총괄부서", "en": "Office"}}


@pytest.fixture(scope="module")
def registry(
    tmp_path_factory: pytest.TempPathFactory, empty_database: Path, other_processes: None
) -> Iterator[Registry]:
    with serve_registry(tmp_path_factory.mktemp("served"), empty_database) as running:
        yield running


def write(registry: Registry, bearer: str) -> int:
    """Try whether a department would be taken; gives the status."""
    body = json.dumps(DEPARTMENT).encode()
    answer = registry.served.ask(
        "POST",
        "/v1/departments?dry_run=true",
        body,
        Authorization=bearer,
        Content_Type="application/json",
    )
    return answer.status


@pytest.mark.parametrize("role", ["office", "department", "service", "liaison", None])
@pytest.mark.parametrize("path", ["/v1/departments", "/v1/loads", "/v1/no-such-list"])
def test_bodies_that_never_end_keep_nobody_from_writing(
    registry: Registry, role: Role | None, path: str
) -> None:
    lines = ["Content-Type: application/json", "Content-Length: 200"]
    if role is not None:
        lines.append(f"Authorization: {registry.bearer(role)}")

    with senders(registry.served, [head("POST", path, *lines) + b'{"key"'] * 40):
        statuses = [
            write(registry, registry.bearer("office", "x")),
            write(registry, registry.bearer("office", "another")),
        ]
        read = registry.served.ask("GET", "/v1/partners").status

    assert statuses == [200, 200]
    assert read == 200


REFUSED = {
    "no token": (401, "POST", "/v1/departments", None, b"{}", "application/json"),
    "bad token": (401, "POST", "/v1/departments", "bad", b"{}", "application/json"),
    "role": (403, "POST", "/v1/departments", "liaison", b"{}", "application/json"),
    "no such list": (404, "POST", "/v1/nothing", "office", b"{}" * 9000, "application/json"),
    "no such record": (
        404,
        "PATCH",
        "/v1/departments/0198c0de-0000-7000-8000-000000000001",
        "office",
        b'{"name": {"ko": "x", "en": "x"}}',
        "application/json",
    ),
    "method": (405, "PUT", "/v1/partners", "office", b"{}", "application/json"),
    "media type": (415, "POST", "/v1/departments", "office", b"a=b", "text/plain"),
    "malformed": (400, "POST", "/v1/departments", "office", b"{", "application/json"),
    "invalid": (422, "POST", "/v1/departments", "office", b"{}", "application/json"),
    "too large": (413, "POST", "/v1/departments", "office", b" " * 1_000_001, "application/json"),
    "too large, a stranger's": (
        401,
        "POST",
        "/v1/departments",
        None,
        b" " * 1_000_001,
        "application/json",
    ),
    "read with a body": (200, "GET", "/v1/partners", "office", b"{}", "application/json"),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("pause_s", [0.0, 0.003], ids=["at once", "the body a little later"])
def test_a_client_that_was_refused_goes_on_over_its_connection(
    registry: Registry, case: str, pause_s: float
) -> None:
    status, method, path, who, body, kind = REFUSED[case]
    bearer = {"office": registry.bearer("office"), "liaison": registry.bearer("liaison")}
    connection = HTTPConnection("127.0.0.1", registry.served.port, timeout=60)
    statuses = []

    for _ in range(200 if len(body) < 100_000 else 20):
        connection.putrequest(method, path)
        connection.putheader("Content-Type", kind)
        connection.putheader("Content-Length", str(len(body)))
        if path.endswith("01"):
            connection.putheader("If-Match", '"1"')
        if who is not None:
            connection.putheader("Authorization", bearer.get(who, "Bearer nonsense"))
        connection.endheaders()
        time.sleep(pause_s)
        connection.send(body)
        answer = connection.getresponse()  # Fails if the connection was cut without a word.
        answer.read()
        statuses.append(answer.status)  # What announced its end was closed by the client.

    assert set(statuses) == {status}


def test_many_who_write_at_once_over_kept_connections_are_all_heard(registry: Registry) -> None:
    body, bearer = json.dumps(DEPARTMENT).encode(), registry.bearer("office")
    headers = {"Authorization": bearer, "Content-Type": "application/json"}

    def write_often(_: int) -> set[int]:
        connection = HTTPConnection("127.0.0.1", registry.served.port, timeout=60)
        found = set()
        for _ in range(25):
            connection.request("POST", "/v1/departments?dry_run=true", body, headers)
            answer = connection.getresponse()
            answer.read()
            found.add(answer.status)
        return found

    with ThreadPoolExecutor(24) as several:
        statuses = set[int]().union(*several.map(write_often, range(24)))

    assert statuses == {200}
