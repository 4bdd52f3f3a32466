"""A body that is too large is refused in words, as its sender can only read once it has sent."""

import threading
from io import BytesIO

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

import httpedge.bodies
from httpedge.bodies import BODY_LIMIT, install_body_limit


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


def client() -> FlaskClient:
    app = Flask(__name__)
    install_body_limit(app)

    @app.post("/")
    def length() -> str:
        return str(len(request.get_data()))

    return app.test_client()


def test_a_body_that_is_refused_is_taken_in_to_its_end() -> None:
    body = BytesIO(b" " * 3 * BODY_LIMIT)

    answer = client().post("/", input_stream=body, content_length=3 * BODY_LIMIT)

    assert answer.status_code == 413
    assert body.read(1) == b""


def test_a_sender_that_never_stops_is_cut_off() -> None:
    sender = Endless()

    answer = client().post(
        "/", environ_overrides={"wsgi.input": sender, "CONTENT_LENGTH": str(2**40)}
    )

    assert answer.status_code == 413
    assert sender.sent == 64 * 2**20


def test_a_body_that_fits_comes_in_whole() -> None:
    assert client().post("/", data=b" " * BODY_LIMIT).text == str(BODY_LIMIT)


def chunked(body: object) -> dict[str, object]:
    """An environment as the server makes it for a body without a length."""
    return {"wsgi.input": body, "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}


@pytest.mark.parametrize(("size", "status"), [(BODY_LIMIT, 200), (BODY_LIMIT + 1, 413)])
def test_a_body_without_a_length_is_held_to_the_same_limit(size: int, status: int) -> None:
    body = BytesIO(b" " * size)

    answer = client().post("/", environ_overrides=chunked(body))

    assert answer.status_code == status
    assert body.read(1) == b""


def test_while_too_many_bodies_are_on_their_way_others_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(httpedge.bodies, "WAIT_S", 0.01)
    stalled = [Stalled() for _ in range(httpedge.bodies.MOST_READ)]
    asking = [
        threading.Thread(
            target=client().post, args=("/",), kwargs={"environ_overrides": chunked(each)}
        )
        for each in stalled
    ]
    for thread in asking:
        thread.start()
    for each in stalled:
        each.is_read.wait(30)

    refused = client().post("/", data=b" " * 5)
    for each in stalled:
        each.is_gone.set()
    for thread in asking:
        thread.join()
    taken = client().post("/", data=b" " * 5)

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "2")
    assert taken.text == "5"
