"""How large a request may be and how long it may take to come; whoever errs reads why.

The server reads a body on the thread that answers, without a time limit of its own. A sender that
begins a body and never ends it would hold that thread for as long as it likes, and some forty of
them the whole service. So a body is read beside, and waited for by the clock.

Source: docs/observability.md, "What is bounded".
"""

import threading
from queue import Empty, SimpleQueue
from typing import IO, cast

from flask import Flask, Request, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, RequestTimeout
from werkzeug.utils import cached_property
from werkzeug.wsgi import LimitedStream, get_input_stream

BODY_LIMIT = 1_000_000
"""The largest request body in bytes; a route that loads files sets its own."""

QUICK_S = 0.5
"""How long anybody may take for a piece of a body; most bodies are there before they are read."""

PATIENCE_S = 10.0
"""How long a piece may take to come if few others are slow."""

MOST_SLOW = 8
"""How many may be slow at the same time: so many threads of the server at most wait for senders."""

MOST_READ = 256
"""How many bodies may be read at the same time, those included that were given up."""

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
            try:
                for _ in range(_MOST_FORGOTTEN // _PIECE):
                    if not body.read(_PIECE):
                        break
            except HTTPException:
                pass  # Too slow to be waited for: it reads the answer or it does not.
        return answer

    def let_go(_: BaseException | None) -> None:
        body: TimedBody | None = request.environ.get(_BODY)
        if body is not None:
            body.close()

    app.after_request(take_in_the_rest)
    app.teardown_request(let_go)


class BoundedRequest(Request):
    """A request whose body comes whole, in time and within its limit, or is refused."""

    @cached_property
    def stream(self) -> IO[bytes]:
        """Give the body.

        Raises:
            RequestEntityTooLarge: On reading past the limit, chunked bodies too.
            RequestTimeout: A piece did not come in time.
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


class TimedBody:
    """A body that is waited for by the clock.

    A reading that was given up stays with its thread until the sender is gone: nothing can call it
    back. Their number is bounded; while it is reached bodies are refused, other requests are not.
    """

    _slow = threading.BoundedSemaphore(MOST_SLOW)
    _read = threading.BoundedSemaphore(MOST_READ)

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner = inner
        self._wanted: SimpleQueue[int] = SimpleQueue()
        self._pieces: SimpleQueue[bytes | BaseException] = SimpleQueue()
        self._reader: threading.Thread | None = None
        self._given_up = False

    def read(self, size: int = -1) -> bytes:
        """Give so many bytes, fewer only at the end.

        Raises:
            RequestTimeout: They did not come in time; nothing more will be read.
        """
        if size >= 0:
            return self._piece(size)
        pieces = []
        while piece := self._piece(_PIECE):
            pieces.append(piece)
        return b"".join(pieces)

    def close(self) -> None:
        """Let the reading thread go."""
        if self._reader is not None:
            self._wanted.put(-1)

    def _piece(self, size: int) -> bytes:
        if self._given_up:
            raise RequestTimeout
        if self._reader is None:
            if not self._read.acquire(blocking=False):
                raise RequestTimeout
            self._reader = threading.Thread(target=self._read_beside, name="body", daemon=True)
            self._reader.start()
        self._wanted.put(size)
        found = self._within(QUICK_S)
        if found is None and self._slow.acquire(blocking=False):
            try:
                found = self._within(PATIENCE_S)
            finally:
                self._slow.release()
        if found is None:
            self._given_up = True
            self.close()
            raise RequestTimeout
        if isinstance(found, BaseException):
            raise found
        return found

    def _within(self, seconds: float) -> bytes | BaseException | None:
        try:
            return self._pieces.get(timeout=seconds)
        except Empty:
            return None

    def _read_beside(self) -> None:
        try:
            while (size := self._wanted.get()) >= 0:
                try:
                    self._pieces.put(self._inner.read(size))
                except Exception as error:  # noqa: BLE001  Raised again where it is waited for.
                    self._pieces.put(error)
        finally:
            self._read.release()


def body_of(asked: Request) -> TimedBody:
    """Give a request's body, the same one however often it is asked for."""
    found: TimedBody | None = asked.environ.get(_BODY)
    if found is None:
        found = asked.environ[_BODY] = TimedBody(asked.environ["wsgi.input"])
    return found
