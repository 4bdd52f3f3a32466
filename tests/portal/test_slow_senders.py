"""Whoever never ends what they send keeps nobody from signing in, reading and writing."""

import re
import time
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
import requests

from tests.portal.desk import PASSWORD
from tests.portal.served import serve_portal
from tests.served import Served, head, senders, status_of

BEGUN = b"login=office%40ieum.example&password="
FROM_ONE = [""] * 40
FROM_MANY = [f"X-Forwarded-For: 203.0.113.{number}" for number in range(40)]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, other_processes: None) -> Iterator[Served]:
    with serve_portal(tmp_path_factory.mktemp("portal")) as served:
        yield served


def never_ended(*lines: str, path: str = "/sign-in") -> bytes:
    """Begin a form of 200 bytes and leave it there."""
    kind = "Content-Type: application/x-www-form-urlencoded"
    written = [line for line in lines if line]
    return head("POST", path, kind, "Content-Length: 200", *written) + BEGUN


def visitor() -> requests.Session:
    """A browser at an address of its own."""
    found = requests.Session()
    found.headers["X-Forwarded-For"] = "198.51.100.7"
    return found


@pytest.mark.parametrize(
    ("path", "status"), [("/sign-in", 400), ("/", 405), ("/no-such", 404), ("/sign-out", 303)]
)
def test_a_browser_that_was_refused_goes_on_over_its_connection(
    portal: Served, path: str, status: int
) -> None:
    connection = HTTPConnection("127.0.0.1", portal.port, timeout=60)
    statuses = set()

    for _ in range(200):
        connection.putrequest("POST", path)
        connection.putheader("Content-Type", "application/x-www-form-urlencoded")
        connection.putheader("Content-Length", "7")
        connection.endheaders()
        time.sleep(0.001)
        connection.send(b"login=x")
        answer = connection.getresponse()  # Fails if the connection was cut without a word.
        answer.read()
        statuses.add(answer.status)

    assert statuses == {status}


def sign_in(portal: Served, browser: requests.Session) -> int:
    """Sign in as the office; gives the status."""
    form = browser.get(f"{portal.url}/sign-in", timeout=60).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)
    assert token is not None
    fields = {"csrf_token": token[1], "login": "office@ieum.example", "password": PASSWORD}
    answer = browser.post(f"{portal.url}/sign-in", data=fields, allow_redirects=False, timeout=60)
    return answer.status_code


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/no-such-page", "/healthz"])
@pytest.mark.parametrize("lines", [FROM_ONE, FROM_MANY], ids=["from one", "from many"])
def test_forms_that_never_end_keep_nobody_out(portal: Served, lines: list[str], path: str) -> None:
    with senders(portal, [never_ended(line, path=path) for line in lines]):
        browser = visitor()

        assert sign_in(portal, browser) == 303
        assert browser.get(f"{portal.url}/partners", timeout=60).status_code == 200


def test_chunked_forms_that_never_end_keep_nobody_out(portal: Served) -> None:
    begin = head("POST", "/sign-in", "Transfer-Encoding: chunked") + b"5\r\nlogin\r\n"

    with senders(portal, [begin] * 40):
        assert sign_in(portal, visitor()) == 303


def test_a_form_that_never_ends_is_answered_and_its_connection_ended(portal: Served) -> None:
    with senders(portal, [never_ended()]) as [connection]:
        answer = b""
        while piece := connection.recv(2**16):
            answer += piece

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"connection: close" in answer.lower()
    assert "제때 오지 않았습니다".encode() in answer


def test_a_strangers_form_above_a_few_thousand_bytes_is_refused_unread(portal: Served) -> None:
    asked = head("POST", "/sign-in", "Content-Length: 50000", "Expect: 100-continue")

    with senders(portal, [asked]) as [connection]:
        assert status_of(connection) == 413
