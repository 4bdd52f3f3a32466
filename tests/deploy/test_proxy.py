"""The proxy of docker-compose.yml, the real program with the real files, before real services."""

import json
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests

from httpedge.bodies import BODY_LIMIT
from ieum_portal.pages.entry import FORM_LIMIT
from ieum_portal.pages.imports.route import LARGEST as SHEET_FORM
from ieum_registry.operations.loading.text import LARGEST_BYTES
from sheetreader.bounds import LARGEST_BYTES as SHEET
from tests.deploy.proxy import START, Proxy, proxying, settings
from tests.portal.desk import PASSWORD
from tests.portal.served import serve_portal
from tests.registry.served import Registry, serve_registry


@dataclass
class Behind:
    """What stands behind the proxy and only keeps what reached it."""

    port: int = 0
    reached: list[tuple[str, dict[str, str], int]] = field(default_factory=list)

    def headers(self) -> dict[str, str]:
        """Give the last request's, names in small letters."""
        return {name.lower(): value for name, value in self.reached[-1][1].items()}


@contextmanager
def standing_behind() -> Iterator[Behind]:
    behind = Behind()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            self.rfile.read(size)
            behind.reached.append((f"{self.command} {self.path}", dict(self.headers), size))
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        do_GET = do_POST = answer  # noqa: N815  http.server's names

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    behind.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield behind
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def behind() -> Iterator[Behind]:
    with standing_behind() as found:
        yield found


@pytest.fixture(scope="module")
def proxy(
    behind: Behind, tmp_path_factory: pytest.TempPathFactory, other_processes: None
) -> Iterator[Proxy]:
    """A proxy whose interfaces are closed."""
    at = f"127.0.0.1:{behind.port}"
    folder = tmp_path_factory.mktemp("proxy")
    with proxying(folder, settings(folder, portal=at, registry=at)) as running:
        (folder / "acme" / ".well-known" / "acme-challenge").mkdir(parents=True)
        (folder / "acme" / ".well-known" / "acme-challenge" / "token").write_text("proof")
        yield running


@pytest.fixture(scope="module")
def open_proxy(
    behind: Behind, tmp_path_factory: pytest.TempPathFactory, other_processes: None
) -> Iterator[Proxy]:
    """A proxy whose interfaces are open."""
    at = f"127.0.0.1:{behind.port}"
    folder = tmp_path_factory.mktemp("open-proxy")
    made = settings(folder, portal=at, registry=at, graph=at, notify=at, api="on")
    with proxying(folder, made) as running:
        yield running


@pytest.fixture(autouse=True)
def nobody_asked(behind: Behind) -> None:
    behind.reached.clear()


def ask(
    proxy: Proxy,
    path: str,
    method: str = "GET",
    **more: Any,  # noqa: ANN401  As requests takes.
) -> requests.Response:
    return requests.request(
        method,
        f"{proxy.url}{path}",
        verify=str(proxy.authority),
        allow_redirects=False,
        timeout=60,
        **more,
    )


def connect(proxy: Proxy, begin: bytes) -> ssl.SSLSocket:
    trusting = ssl.create_default_context(cafile=str(proxy.authority))
    plain = socket.create_connection(("127.0.0.1", proxy.https), timeout=60)
    connection = trusting.wrap_socket(plain, server_hostname="localhost")
    connection.sendall(begin)
    return connection


def to_the_end(connection: ssl.SSLSocket) -> bytes:
    found = b""
    try:
        while piece := connection.recv(2**16):
            found += piece
    except (ssl.SSLError, ConnectionError):
        pass  # Ended without good-bye: nothing more comes.
    return found


# ---- the file and how it starts -----------------------------------------------------------------
def start(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["sh", START, *arguments], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.usefixtures("other_processes")
@pytest.mark.parametrize("api", ["on", "off"])
def test_nginx_takes_the_file(tmp_path: Path, api: str) -> None:
    done = start(settings(tmp_path, api=api), "check")

    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr
    assert not re.findall(r"@[A-Z]+@", (tmp_path / "run" / "nginx.conf").read_text())


@pytest.mark.usefixtures("other_processes")
def test_a_file_that_nginx_does_not_take_would_be_found(tmp_path: Path) -> None:
    done = start(settings(tmp_path) | {"PROXY_HTTPS": "nowhere:port"}, "check")

    assert done.returncode == 1


@pytest.mark.usefixtures("other_processes")
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"IEUM_PORTAL_URL": "http://ieum.example"}, "https://"),
        ({"IEUM_PORTAL_URL": "https://ieum.example;evil"}, "a-z"),
        ({"PROXY_CERTIFICATES": "/nowhere"}, "RUNBOOK"),
        ({"PROXY_API": "maybe"}, "on or off"),
    ],
)
def test_what_does_not_fit_is_said_before_it_starts(
    tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    done = start(settings(tmp_path) | changed, "check")

    assert done.returncode == 2
    assert said in done.stderr


def test_sizes_are_those_of_the_services() -> None:
    files = [START.parent / name for name in ("nginx.conf", "api.conf")]
    portal, api = (
        [int(found) for found in re.findall(r"client_max_body_size (\d+);", path.read_text())]
        for path in files
    )

    assert portal == [FORM_LIMIT, SHEET_FORM]
    assert api == [LARGEST_BYTES, SHEET, BODY_LIMIT, BODY_LIMIT, BODY_LIMIT]


# ---- what comes through -------------------------------------------------------------------------
def test_pages_come_over_tls_alone(proxy: Proxy) -> None:
    answer = ask(proxy, "/partners?q=1")
    plain = requests.get(
        f"http://127.0.0.1:{proxy.http}/partners?q=1", allow_redirects=False, timeout=60
    )

    assert (answer.status_code, answer.text) == (200, "ok")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert (plain.status_code, plain.headers["Location"]) == (308, f"{proxy.url}/partners?q=1")


def test_nobody_who_does_not_know_its_authority_believes_it(proxy: Proxy) -> None:
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(proxy.url, timeout=60)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_both_versions_of_today_are_spoken(proxy: Proxy, version: ssl.TLSVersion) -> None:
    trusting = ssl.create_default_context(cafile=str(proxy.authority))
    trusting.minimum_version = trusting.maximum_version = version

    with (
        socket.create_connection(("127.0.0.1", proxy.https), timeout=60) as plain,
        trusting.wrap_socket(plain, server_hostname="localhost") as connection,
    ):
        assert connection.version() == version.name.replace("_", ".")


def test_what_a_client_says_of_itself_is_not_passed_on(proxy: Proxy, behind: Behind) -> None:
    lies = {
        "X-Forwarded-For": "203.0.113.9, 198.51.100.1",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Port": "1",
        "X-Forwarded-Prefix": "/evil",
        "X-Real-IP": "203.0.113.9",
        "Forwarded": "for=203.0.113.9",
        "X-Request-Id": "chosen-by-a-stranger",
        "traceparent": "00-" + "1" * 32 + "-" + "2" * 16 + "-01",
    }

    ask(proxy, "/", headers=lies)

    headers = behind.headers()
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] == "https"
    assert headers["host"] == f"localhost:{proxy.https}"
    assert headers["x-request-id"] != lies["X-Request-Id"]
    others = {name.lower() for name in lies} - {
        "x-forwarded-for",
        "x-forwarded-proto",
        "x-request-id",
    }
    assert not others & headers.keys()


@pytest.mark.parametrize(
    "path",
    [
        "/metrics",
        "//metrics",
        "/%6detrics",
        "/./metrics",
        "/x/../metrics",
        "/healthz",
        "/readyz",
        "/api/registry/v1/partners",
        "/api/registry/v1/resolutions",
        "/api/registry/metrics",
        "/api/",
    ],
)
def test_what_is_not_for_outside_does_not_come_through(
    proxy: Proxy, behind: Behind, path: str
) -> None:
    line = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    with connect(proxy, line.encode()) as connection:
        answer = to_the_end(connection)

    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"X-Content-Type-Options: nosniff" in answer
    assert "그런 주소가 없습니다".encode() in answer
    assert behind.reached == []


@pytest.mark.parametrize(
    ("path", "reached"),
    [
        ("/api/registry/v1/partners?q=%EA%B0%80", "GET /v1/partners?q=%EA%B0%80"),
        ("/api/graph/v1/questions", "GET /v1/questions"),
        ("/api/notify/v1/rules", "GET /v1/rules"),
        ("/api/registry/openapi.json", "GET /openapi.json"),
        ("/api/registry/v1/loads", "GET /v1/loads"),
        ("/api/registry/metrics", None),
        ("/api/registry/readyz", None),
        ("/api/registry/docs", None),
        ("/api/registry/v1/resolutions", None),
        ("/api/registry/v1/%72esolutions", None),
        ("/api/registry/v1/../metrics", None),
        ("/api/registry/v1/%2e%2e/metrics", None),
        ("/api/registry//v1/resolutions", None),
        ("/api/neo4j/v1/x", None),
    ],
)
def test_the_open_interfaces_are_these_alone(
    open_proxy: Proxy, behind: Behind, path: str, reached: str | None
) -> None:
    line = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    with connect(open_proxy, line.encode()) as connection:
        answer = to_the_end(connection)

    if reached is None:
        assert answer.startswith(b"HTTP/1.1 404 ")
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == "request.not_found"
        assert behind.reached == []
    else:
        assert [each[0] for each in behind.reached] == [reached]


# ---- what is too large, too slow, too much ------------------------------------------------------
def test_what_is_too_large_is_refused_in_words(proxy: Proxy, behind: Behind) -> None:
    fits = ask(proxy, "/sign-in", "POST", data=b"x" * FORM_LIMIT)
    answer = ask(proxy, "/sign-in", "POST", data=b"x" * (FORM_LIMIT + 1))

    assert fits.status_code == 200
    assert answer.status_code == 413
    assert "보낸 것이 너무 큽니다" in answer.text
    assert "It is too large" in answer.text
    assert [each[2] for each in behind.reached] == [FORM_LIMIT]


@pytest.mark.parametrize(
    "path",
    [
        "/agreements/019a0000-0000-7000-8000-000000000000/documents/new",
        "/proofs/milestone:019a0000-0000-7000-8000-000000000000/new",
        "/documents/019a0000-0000-7000-8000-000000000000/file",
        "/api/registry/v1/documents?title=x",
    ],
)
def test_files_of_documents_pass_where_forms_and_records_would_be_too_large(
    open_proxy: Proxy, behind: Behind, path: str
) -> None:
    size = 2 * LARGEST_BYTES

    assert ask(open_proxy, path, "POST", data=b"x" * size).status_code == 200
    assert [each[2] for each in behind.reached] == [size]


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/api/registry/v1/partners", BODY_LIMIT),
        ("/api/registry/v1/loads", LARGEST_BYTES),
        ("/api/notify/v1/consequences", BODY_LIMIT),
    ],
)
def test_what_is_too_large_for_a_program_is_refused_as_a_problem(
    open_proxy: Proxy, behind: Behind, path: str, limit: int
) -> None:
    fits = ask(open_proxy, path, "POST", data=b"x" * limit)
    answer = ask(open_proxy, path, "POST", data=b"x" * (limit + 1))

    assert fits.status_code == 200
    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert len(behind.reached) == 1


def test_no_piece_of_a_slow_body_reaches_a_service(proxy: Proxy, behind: Behind) -> None:
    begin = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200\r\n\r\nlogin=x"
    with ExitStack() as stack:
        slow = [stack.enter_context(connect(proxy, begin)) for _ in range(40)]

        assert ask(proxy, "/partners").status_code == 200
        assert [to_the_end(each)[:9] for each in slow] == [b""] * 40  # After its time-out.

    assert [each[0] for each in behind.reached] == ["GET /partners"]


@pytest.mark.parametrize("begin", [b"", b"GET / HTTP/1.1\r\nHost: loc"])
def test_a_head_that_never_ends_is_not_waited_for(
    proxy: Proxy, behind: Behind, begin: bytes
) -> None:
    with connect(proxy, begin) as connection:
        assert to_the_end(connection)[:12] in {b"", b"HTTP/1.1 408"}

    assert behind.reached == []


def test_a_head_that_is_too_large_is_refused(proxy: Proxy, behind: Behind) -> None:
    answer = ask(proxy, "/", headers={"X-Much": "x" * 9000})

    assert answer.status_code == 400
    assert behind.reached == []


@pytest.mark.usefixtures("other_processes")
def test_who_asks_too_often_waits_and_others_do_not(behind: Behind, tmp_path: Path) -> None:
    made = settings(tmp_path, portal=f"127.0.0.1:{behind.port}")
    asked = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with proxying(tmp_path, made) as proxy, connect(proxy, asked * 600) as flood:
        answers = b""
        while b"HTTP/1.1 429 " not in answers:
            answers += flood.recv(2**16)

        assert ask_from("127.0.0.2", proxy) == b"HTTP/1.1 200"


def ask_from(address: str, proxy: Proxy) -> bytes:
    trusting = ssl.create_default_context(cafile=str(proxy.authority))
    plain = socket.create_connection(("127.0.0.1", proxy.https), 60, (address, 0))
    with trusting.wrap_socket(plain, server_hostname="localhost") as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return connection.recv(12)


@pytest.mark.usefixtures("other_processes")
def test_sign_ins_are_few_from_one_address(behind: Behind, tmp_path: Path) -> None:
    asked = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx"
    made = settings(tmp_path, portal=f"127.0.0.1:{behind.port}")
    with proxying(tmp_path, made) as proxy, connect(proxy, asked * 150) as flood:
        answers = b""
        while b"HTTP/1.1 429 " not in answers:
            answers += flood.recv(2**16)

        assert ask(proxy, "/partners").status_code == 200


# ---- what it says itself ------------------------------------------------------------------------
def test_another_name_than_its_own_is_refused(proxy: Proxy, behind: Behind) -> None:
    answer = ask(proxy, "/", headers={"Host": "evil.example"})

    assert answer.status_code == 421
    assert "https://localhost" in answer.text
    assert behind.reached == []


@pytest.mark.usefixtures("other_processes")
@pytest.mark.parametrize(("path", "begins"), [("/", "<!doctype html>"), ("/api/graph/v1/x", "{")])
def test_a_service_that_is_away_is_told_as_such(tmp_path: Path, path: str, begins: str) -> None:
    with proxying(tmp_path, settings(tmp_path, api="on")) as proxy:
        answer = ask(proxy, path)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert answer.text.startswith(begins)
    assert "잠시 뒤 다시" in answer.text


def test_a_proof_for_an_acme_authority_is_shown(proxy: Proxy) -> None:
    where = f"http://127.0.0.1:{proxy.http}/.well-known/acme-challenge/token"

    assert requests.get(where, timeout=60).text == "proof"


def logged(proxy: Proxy, paths: set[str]) -> list[str]:
    """Give the lines of requests once there is one for each path; it is written after the answer.

    Raises:
        AssertionError: One is not there after half a minute.
    """
    until = time.monotonic() + 30
    while True:
        lines = proxy.log.read_text("utf-8").splitlines(keepends=True)
        whole = [each for each in lines if each.startswith("{") and each.endswith("\n")]
        if paths <= {json.loads(each)["path"] for each in whole}:
            return whole
        assert time.monotonic() < until, lines
        time.sleep(0.05)


def test_no_address_and_no_word_searched_for_is_written_down(proxy: Proxy) -> None:
    ask(proxy, "/partners?q=secret-word")
    ask(proxy, "/x", "POST", data=b"x" * (FORM_LIMIT + 1))

    lines = logged(proxy, {"/partners", "/x"})
    assert "secret-word" not in proxy.log.read_text("utf-8")
    assert "127.0.0.1" not in "".join(lines)


def test_no_secret_in_an_address_is_written_down(proxy: Proxy) -> None:
    for each in (
        "/calendar/open-secret.ics",
        "/%63alendar/open-secret.ics",
        "//calendar/open-secret",
    ):
        ask(proxy, each)
    ask(
        proxy,
        "/join?key=open-secret",
        headers={"Referer": "https://localhost/join?key=open-secret"},
    )

    logged(proxy, {"/calendar/-", "/join"})
    assert "open-secret" not in proxy.log.read_text("utf-8")


@pytest.mark.usefixtures("other_processes")
def test_no_secret_is_written_down_while_the_portal_is_away(tmp_path: Path) -> None:
    with proxying(tmp_path, settings(tmp_path)) as proxy:
        ask(proxy, "/calendar/open-secret.ics")
        ask(proxy, "/join?key=open-secret")

        lines = logged(proxy, {"/calendar/-", "/join"})
        assert "open-secret" not in proxy.log.read_text("utf-8")
    assert {json.loads(each)["upstream_status"] for each in lines} == {"502"}


# ---- before the services themselves -------------------------------------------------------------
@contextmanager
def house(folder: Path) -> Iterator[tuple[Proxy, Registry]]:
    """A portal and a registry as they are, behind a proxy."""
    from ieum_registry.storage.migrate import STEPS

    empty = folder / "empty.db"
    STEPS.migrate(f"sqlite:///{empty}")
    for name in ("registry", "portal", "proxy"):
        (folder / name).mkdir()
    with ExitStack() as stack:
        registry = stack.enter_context(serve_registry(folder / "registry", empty))
        portal = stack.enter_context(
            serve_portal(folder / "portal", IEUM_PORTAL_URL="https://localhost")
        )
        made = settings(
            folder / "proxy",
            portal=f"127.0.0.1:{portal.port}",
            registry=f"127.0.0.1:{registry.served.port}",
            api="on",
        )
        yield stack.enter_context(proxying(folder / "proxy", made)), registry


@pytest.mark.usefixtures("other_processes")
def test_people_sign_in_and_programs_follow_the_feed_through_it(tmp_path: Path) -> None:
    slow = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200\r\n\r\nlogin=x"
    with house(tmp_path) as (proxy, registry), ExitStack() as stack:
        for _ in range(40):
            stack.enter_context(connect(proxy, slow))
        browser = requests.Session()
        browser.trust_env = False  # Of the surroundings it would take other authorities.
        browser.verify = str(proxy.authority)

        form = browser.get(f"{proxy.url}/sign-in", timeout=60)
        token = re.findall(r'name="csrf_token" value="([^"]+)"', form.text)[0]
        fields = {"csrf_token": token, "login": "office@ieum.example", "password": PASSWORD}
        entered = browser.post(
            f"{proxy.url}/sign-in",
            data=fields,
            headers={"Referer": f"{proxy.url}/sign-in"},
            allow_redirects=False,
            timeout=60,
        )
        page = browser.get(f"{proxy.url}/partners", timeout=60)
        feed = ask(
            proxy,
            "/api/registry/v1/changes?after=0&wait=2",
            headers={"Authorization": registry.bearer("auditor")},
        )

    assert entered.status_code == 303
    assert page.status_code == 200
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert all(each.secure for each in browser.cookies)
    assert feed.json()["items"] == []
