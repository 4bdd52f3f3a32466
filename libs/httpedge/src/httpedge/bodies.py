"""How large a request may be, how many may be on their way, and that whoever errs reads why.

The server reads a body on the thread that answers, and nothing can call such a reading back: a
sender that begins a body and never ends it holds its thread for as long as it likes. So few
threads may read bodies at the same time, and all others go on answering.

Source: docs/observability.md, "What is bounded".
"""

import threading
from typing import IO, cast

from flask import Flask, Request, Response, request
from werkzeug.exceptions import RequestEntityTooLarge, ServiceUnavailable
from werkzeug.utils import cached_property
from werkzeug.wsgi import LimitedStream, get_input_stream

BODY_LIMIT = 1_000_000
"""The largest request body in bytes; a route that loads files sets its own."""

MOST_READ = 12
"""How many bodies one process reads at the same time: most are there within a millisecond."""

MOST_WAITING = 8
"""How many more may wait for that; both together leave a third of the threads to others."""

WAIT_S = 2.0
"""How long they wait before they are refused."""

_PIECE = 2**16
_MOST_FORGOTTEN = 64 * 2**20
_BODY = "ieum.body"


def install_body_limit(app: Flask, limit: int = BODY_LIMIT) -> None:
    """Refuse bodies above the limit, and take in what of them is still on its way.

    A client that is still sending when the answer comes sees a broken connection and never the
    413 with its remedy. What is larger than 64 MB is cut off all the same.

    Args:
        limit: In bytes, with or without a Content-Length.
    """
    app.config["MAX_CONTENT_LENGTH"] = limit
    app.request_class = BoundedRequest

    def take_in_the_rest(answer: Response) -> Response:
        if answer.status_code == 413:
            body = body_of(request)
            for _ in range(_MOST_FORGOTTEN // _PIECE):
                if not body.read(_PIECE):
                    break
        return answer

    def let_go(_: BaseException | None) -> None:
        body: WaitingBody | None = request.environ.get(_BODY)
        if body is not None:
            body.close()

    app.after_request(take_in_the_rest)
    app.teardown_request(let_go)


class BoundedRequest(Request):
    """A request whose body comes whole, in its turn and within its limit, or is refused."""

    @cached_property
    def stream(self) -> IO[bytes]:
        """Give the body.

        Raises:
            RequestEntityTooLarge: On reading past the limit, chunked bodies too.
            ServiceUnavailable: Too many bodies are on their way.
        """
        limit, length, body = self.max_content_length, self.content_length, body_of(self)
        if limit is None or "wsgi.input_terminated" not in self.environ:
            inner = {**self.environ, "wsgi.input": body}
            return get_input_stream(inner, max_content_length=limit)
        if length is not None and length > limit:
            raise RequestEntityTooLarge
        return cast(IO[bytes], WithinLimit(cast(IO[bytes], body), limit, is_max=True))


class WithinLimit(LimitedStream):
    """A body of unknown length; one byte above the limit refuses all of it.

    Werkzeug's own cuts it there without a word, and half a body is malformed at best.
    """

    def on_exhausted(self) -> None:
        """Look whether anything follows."""
        if self._stream.read(1):
            raise RequestEntityTooLarge

    def readall(self) -> bytes:
        """Give all of it."""
        whole = super().readall()
        if self.is_exhausted:
            self.on_exhausted()
        return whole


class WaitingBody:
    """A body that is read in its turn, from the first piece until the request is answered."""

    _reading = threading.BoundedSemaphore(MOST_READ)
    _waiting = threading.BoundedSemaphore(MOST_WAITING)

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner = inner
        self._has_turn = False

    def read(self, size: int = -1) -> bytes:
        """Give so many bytes, fewer only at the end.

        Raises:
            ServiceUnavailable: Too many others are on their way; nothing was read.
        """
        if not self._has_turn:
            self._has_turn = self._take_turn()
        return self._inner.read(size) if size >= 0 else self._inner.read()

    def close(self) -> None:
        """Let the next one read."""
        if self._has_turn:
            self._has_turn = False
            self._reading.release()

    def _take_turn(self) -> bool:
        if self._reading.acquire(blocking=False):
            return True
        if self._waiting.acquire(blocking=False):
            try:
                if self._reading.acquire(timeout=WAIT_S):
                    return True
            finally:
                self._waiting.release()
        raise ServiceUnavailable(retry_after=2)


def body_of(asked: Request) -> WaitingBody:
    """Give a request's body, the same one however often it is asked for."""
    found: WaitingBody | None = asked.environ.get(_BODY)
    if found is None:
        found = asked.environ[_BODY] = WaitingBody(asked.environ["wsgi.input"])
    return found
