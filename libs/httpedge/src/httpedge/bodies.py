"""How large a request may be, and that whoever sends more reads why."""

from flask import Flask, Response, request

BODY_LIMIT = 1_000_000
"""The largest request body in bytes; a route that loads files sets its own."""

_PIECE = 2**16
_MOST_FORGOTTEN = 64 * 2**20


def install_body_limit(app: Flask) -> None:
    """Refuse bodies above `BODY_LIMIT`, and take in what of them is still on its way.

    A client that is still sending when the answer comes sees a broken connection and never the
    413 with its remedy. What is larger than 64 MB is cut off all the same.
    """
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT

    def take_in_the_rest(answer: Response) -> Response:
        if answer.status_code == 413:
            body = request.environ["wsgi.input"]
            for _ in range(_MOST_FORGOTTEN // _PIECE):
                if not body.read(_PIECE):
                    break
        return answer

    app.after_request(take_in_the_rest)
