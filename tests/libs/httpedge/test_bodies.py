"""A body that is too large is refused in words, as its sender can only read once it has sent."""

from io import BytesIO

from flask import Flask, request
from flask.testing import FlaskClient

from httpedge.bodies import BODY_LIMIT, install_body_limit


class Endless:
    """A sender that never stops; `sent` counts bytes."""

    sent = 0

    def read(self, size: int) -> bytes:
        self.sent += size
        return b" " * size


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
