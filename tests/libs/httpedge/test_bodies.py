"""A body that is too large or too slow is refused in words, and holds nobody up."""

import tempfile
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

import httpedge.bodies
from httpedge.bodies import (
    BODY_LIMIT,
    STRANGERS_LIMIT,
    Sender,
    install_body_limit,
    network_of,
)

ACCOUNT = Sender("person", "an account")


class Endless:
    """A sender that never stops; `sent` counts bytes."""

    sent = 0

    def read(self, size: int) -> bytes:
        self.sent += size
        return b" " * size


class Stalled:
    """A sender that never goes on, until it is let go."""

    def __init__(self) -> None:
        self.is_read, self.is_gone = threading.Event(), threading.Event()

    def read(self, _: int) -> bytes:
        self.is_read.set()
        self.is_gone.wait(30)
        return b""


class Joined:
    """A sender whose body is there once all others have begun theirs as well."""

    def __init__(self, together: threading.Barrier) -> None:
        self._together = together
        self._pieces = iter([b"whole", b""])

    def read(self, _: int) -> bytes:
        piece = next(self._pieces)
        if piece:
            self._together.wait(60)
        return piece


@pytest.fixture
def stalled(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stalled]:
    monkeypatch.setattr(httpedge.bodies, "WITHIN_S", 0.05)
    monkeypatch.setattr(httpedge.bodies, "REST_WITHIN_S", 0.05)
    monkeypatch.setattr(httpedge.bodies, "UNCOUNTED_S", 0.01)
    sender = Stalled()
    yield sender
    sender.is_gone.set()


def client(sender: Sender | None = ACCOUNT) -> FlaskClient:
    app = Flask(__name__)
    install_body_limit(app, known=lambda: sender)

    @app.post("/")
    def length() -> str:
        return str(len(request.get_data()))

    @app.post("/unread")
    def unread() -> tuple[str, int]:
        return "no", 403

    return app.test_client()


def chunked(body: object) -> dict[str, object]:
    """An environment as the server makes it for a body without a length."""
    return {
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "CONTENT_LENGTH": "",
        "HTTP_TRANSFER_ENCODING": "chunked",
    }


def sized(body: object, length: int) -> dict[str, object]:
    """An environment as the server makes it for a body with a length."""
    return {
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "CONTENT_LENGTH": str(length),
    }


@pytest.mark.parametrize(("sender", "limit"), [(ACCOUNT, BODY_LIMIT), (None, STRANGERS_LIMIT)])
def test_a_body_that_is_refused_is_taken_in_to_its_end(sender: Sender | None, limit: int) -> None:
    body = BytesIO(b" " * (limit + 1))

    answer = client(sender).post("/", environ_overrides=sized(body, limit + 1))

    assert answer.status_code == 413
    assert body.read(1) == b""
    assert "Connection" not in answer.headers


def test_a_sender_that_never_stops_is_cut_off() -> None:
    sender = Endless()

    answer = client().post("/", environ_overrides=sized(sender, 2**40))

    assert (answer.status_code, answer.headers["Connection"]) == (413, "close")
    assert sender.sent == 64 * 2**20


@pytest.mark.parametrize(("sender", "limit"), [(ACCOUNT, BODY_LIMIT), (None, STRANGERS_LIMIT)])
def test_a_body_that_fits_comes_in_whole(sender: Sender | None, limit: int) -> None:
    assert client(sender).post("/", data=b" " * limit).text == str(limit)


@pytest.mark.parametrize(("size", "status"), [(BODY_LIMIT, 200), (BODY_LIMIT + 1, 413)])
def test_a_body_without_a_length_is_held_to_the_same_limit(size: int, status: int) -> None:
    body = BytesIO(b" " * size)

    answer = client().post("/", environ_overrides=chunked(body))

    assert answer.status_code == status
    assert body.read(1) == b""


@pytest.mark.parametrize("more", [0, 1])
def test_what_is_above_a_limit_waits_on_the_disk_and_a_full_one_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, more: int
) -> None:
    monkeypatch.setattr(httpedge.bodies, "IN_MEMORY", 1000)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no room here"))
    asking = client()
    asking.application.register_error_handler(OSError, lambda _: ("", 507))

    answer = asking.post("/", data=b" " * (1000 + more))

    assert answer.status_code == (507 if more else 200)


def test_a_body_that_ends_before_its_length_is_malformed() -> None:
    answer = client().post("/", environ_overrides=sized(BytesIO(b"name=a"), 60))

    assert (answer.status_code, answer.headers["Connection"]) == (400, "close")


@pytest.mark.parametrize("sender", [ACCOUNT, Sender("service", "notify"), None])
def test_a_body_that_does_not_come_in_time_is_waited_for_no_longer(
    stalled: Stalled, sender: Sender | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(httpedge.bodies, "SLOWEST", 10**9)

    answer = client(sender).post("/", environ_overrides=sized(stalled, 60))

    assert (answer.status_code, answer.headers["Connection"]) == (408, "close")
    # One byte more than there is: how the server is made to end the connection.
    assert int(answer.headers["Content-Length"]) == len(answer.get_data()) + 1


@pytest.mark.parametrize("kind", ["person", "service", "stranger"])
def test_those_who_never_finish_keep_nobody_out(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(httpedge.bodies, "SLOWEST", 10**9)
    answering = client(None if kind == "stranger" else Sender(kind, "one"))
    senders = [Stalled() for _ in range(12)]
    asking = [
        threading.Thread(
            target=answering.application.test_client().post,
            args=("/",),
            kwargs={"environ_overrides": chunked(each)},
        )
        for each in senders
    ]
    for thread in asking:
        thread.start()

    taken = answering.post("/", data=b" " * 5)

    assert taken.text == "5"
    for each in senders:
        each.is_gone.set()
    for thread in asking:
        thread.join()


@pytest.mark.parametrize("sender", [ACCOUNT, Sender("service", "notify")])
def test_however_many_of_those_known_send_at_once_none_is_taken_for_slow(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(httpedge.bodies, "UNCOUNTED_S", 60.0)
    answering = client(sender).application
    together = threading.Barrier(31)
    senders = [Joined(together) for _ in range(30)]
    found: list[int] = []
    asking = [
        threading.Thread(
            target=lambda each=each: found.append(
                answering.test_client().post("/", environ_overrides=chunked(each)).status_code
            )
        )
        for each in senders
    ]
    for thread in asking:
        thread.start()

    together.wait(60)
    for thread in asking:
        thread.join()

    assert found == [200] * 30


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_body_that_nobody_wanted_is_taken_in(method: str) -> None:
    body = BytesIO(b" " * 500)

    answer = client().open("/unread", method=method, environ_overrides=sized(body, 500))

    assert answer.status_code in {403, 405}
    assert body.read(1) == b""
    assert "Connection" not in answer.headers


def test_a_client_that_asks_before_it_sends_is_told_no_without_sending() -> None:
    body = BytesIO(b" " * 500)

    answer = client().post(
        "/unread",
        environ_overrides=sized(body, 500),
        headers={"Expect": "100-continue"},
    )

    assert (answer.status_code, answer.headers["Connection"]) == (403, "close")
    assert body.tell() == 0


def test_a_body_that_nobody_wanted_and_that_never_comes_ends_the_connection(
    stalled: Stalled,
) -> None:
    answer = client().post("/unread", environ_overrides=sized(stalled, 500))

    assert (answer.status_code, answer.headers["Connection"]) == (403, "close")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("nobody", "nobody"),
        (None, "unknown"),
    ],
)
def test_a_stranger_is_an_address_or_the_network_of_a_house(
    address: str | None, network: str
) -> None:
    assert network_of(address) == network
