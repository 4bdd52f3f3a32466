"""How large a body may be, how long it may take to come, and that whoever errs reads why.

The server gives a body whose reading blocks and cannot be called back. So it is read on a thread
of its own: whoever waits for it can stop waiting, at the deadline or when others want the place,
and nothing of the application is held by a sender who never finishes (`places`).

What of a body nobody read would have the connection cut without a word after the answer, and the
client's next request with it. So it is taken in, as far as that takes no time, or the answer
says `Connection: close`.

A large one waits on the disk, in the folder of temporary files (`TMPDIR`), never in memory.

Source: docs/observability.md, "What is bounded"; docs/adr/0017.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from ipaddress import IPv6Address, ip_address, ip_network
from queue import SimpleQueue
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from flask import Flask, Request, Response, current_app, request
from werkzeug.exceptions import (
    BadRequest,
    RequestEntityTooLarge,
    RequestTimeout,
    ServiceUnavailable,
)
from werkzeug.utils import cached_property

from httpedge.places import Place, Places

BODY_LIMIT = 1_000_000
"""The largest request body in bytes; a route that loads files sets its own."""

STRANGERS_LIMIT = 16_000
"""The largest body of somebody nobody knows: a login and a password, at their longest."""

WITHIN_S = 10.0
"""How long a body may take, and a second more for each `SLOWEST` bytes that it might have."""

SLOWEST = 100_000

UNCOUNTED_S = 0.5
"""How long a body of somebody known may take before it needs a place: on a busy machine many honest
ones are on their way at once, and none of them may be taken for slow."""

REST_WITHIN_S = 2.0
"""How long the rest of a body that was refused is waited for."""

IN_MEMORY = 2**20
"""Up to so many bytes of a body are held in memory."""

_PIECE = 2**16
_MOST_FORGOTTEN = 64 * 2**20
_BODY = "ieum.body"
_FLUSHED_S = 0.05


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a body.

    Attributes:
        kind: `service`, `person`, or `stranger`: each has places of its own.
        name: Tells one from another: an account, or a stranger's address.
    """

    kind: str
    name: str


Known = Callable[[], Sender | None]
"""Gives who sends the request under way; None while nobody knows. Must not read its body."""


def _places() -> dict[str, Places]:
    """Give the places of one process; all together they leave threads to those who only read."""
    return {
        "person": Places(most=8, of_one=8, waiting=0),
        "service": Places(most=4, of_one=4, waiting=0),
        "stranger": Places(most=8, of_one=6, waiting=8),
    }


def install_body_limit(app: Flask, limit: int = BODY_LIMIT, *, known: Known = lambda: None) -> None:
    """Take bodies within their limit and time alone.

    Args:
        limit: In bytes, with or without a Content-Length.
        known: Who sends it; for all others there are few places and `STRANGERS_LIMIT`.
    """
    app.config["MAX_CONTENT_LENGTH"] = limit
    app.request_class = BoundedRequest
    app.extensions[_BODY] = _Taking(known, _places())
    app.after_request(_settle)
    app.teardown_request(_leave)


class BoundedRequest(Request):
    """A request whose body comes whole, in time and within its limit, or is refused."""

    @cached_property
    def stream(self) -> IO[bytes]:
        """Give the body, once all of it is there.

        Raises:
            RequestEntityTooLarge: It is above the limit.
            RequestTimeout: It took too long, or others wanted its place.
            BadRequest: It ended before its length.
            ServiceUnavailable: Too many bodies are on their way.
            OSError: The disk is full.
        """
        if not has_body(self):
            return BytesIO()
        taking: _Taking = current_app.extensions[_BODY]
        sender = taking.sender()
        limit = self.max_content_length or BODY_LIMIT
        if sender.kind == "stranger":
            limit = min(limit, STRANGERS_LIMIT)
        if (self.content_length or 0) > limit:
            raise RequestEntityTooLarge
        if sender.kind == "stranger":
            body = taking.begin(sender, limit)
            if body is None:
                raise ServiceUnavailable(retry_after=2)
            whole = body.whole(WITHIN_S)
            body.keep_place()
        else:
            body = taking.begin_uncounted(limit)
            if not body.is_told_within(UNCOUNTED_S):
                taking.count(body, sender)
            whole = body.whole(WITHIN_S + limit / SLOWEST)
            body.leave_place()
        return whole


def has_body(asked: Request) -> bool:
    """Say whether a request has a body."""
    came_with = asked.environ
    if "HTTP_TRANSFER_ENCODING" in came_with:
        return True
    # Most requests say nothing of a length, and Werkzeug takes its time to find none.
    return bool(came_with.get("CONTENT_LENGTH")) and bool(asked.content_length)


def network_of(address: str | None) -> str:
    """Give what one stranger holds: an address, of IPv6 the network of a house."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return address or "unknown"
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is None:
            return str(ip_network((found, 64), strict=False))
        found = found.ipv4_mapped
    return str(found)


class Body:
    """A body on its way.

    Attributes:
        is_in: Whether its end was seen.
        is_over: Whether nobody reads it any more; else it holds a thread until its connection ends.
    """

    def __init__(self, source: IO[bytes], length: int | None, limit: int) -> None:
        self._counted: tuple[Places, Place] | None = None
        self.is_in = self.is_over = False
        self._source, self._length, self._limit = source, length, limit
        self._whole = cast("IO[bytes]", SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115  Given on.
        self._failed: OSError | None = None
        self._size = 0
        self._is_given_up = False
        self._told, self._ended = threading.Event(), threading.Event()

    def read(self) -> None:
        """Read to the end; what is above the limit is forgotten, and some day it is enough."""
        try:
            while not self._is_given_up and self._size < max(_MOST_FORGOTTEN, self._limit):
                piece = self._source.read(self._next_piece())
                if not piece:
                    self.is_in = self._length is None or self._size == self._length
                    break
                self._size += len(piece)
                if self._size > self._limit:
                    self._told.set()
                elif self._failed is None:
                    self._hold(piece)
        finally:
            self.is_over = True
            self._told.set()
            self._ended.set()

    def _hold(self, piece: bytes) -> None:
        try:
            self._whole.write(piece)
        except OSError as error:  # No room on the disk: what comes yet is forgotten.
            self._failed = error
            self._told.set()

    def take_place(self, places: Places, sender: str, *, is_pressing: bool = True) -> bool:
        """Be counted from now on; False if there is no place."""
        place = places.take(sender, self.give_up, is_pressing=is_pressing)
        if place is not None:
            self._counted = places, place
        return place is not None

    def keep_place(self) -> None:
        """Stay counted until answered, and give way to nobody."""
        if self._counted is not None:
            places, place = self._counted
            places.keep(place)

    def leave_place(self) -> None:
        """Be counted no longer."""
        if self._counted is not None:
            places, place = self._counted
            places.leave(place)

    def is_told_within(self, at_most_s: float) -> bool:
        """Wait until it is in, too large, or given up."""
        return self._told.wait(at_most_s)

    def give_up(self) -> None:
        """Have nobody wait for it any longer."""
        self._is_given_up = True
        self._told.set()
        self._ended.set()

    def whole(self, at_most_s: float) -> IO[bytes]:
        """Wait for it.

        Raises:
            HTTPException, OSError: As `BoundedRequest.stream` says.
        """
        self._told.wait(at_most_s)
        if self._failed is not None:
            raise self._failed
        if self._size > self._limit:
            raise RequestEntityTooLarge
        if not self.is_over or (self._is_given_up and not self.is_in):
            self.give_up()
            raise RequestTimeout
        if not self.is_in:
            raise BadRequest
        self._whole.seek(0)
        return self._whole

    def take_in_the_rest(self) -> None:
        """Wait a little for its end, so that its sender has sent it and can read the answer."""
        self._ended.wait(REST_WITHIN_S)
        self.give_up()

    def _next_piece(self) -> int:
        return _PIECE if self._length is None else min(_PIECE, self._length - self._size)


@dataclass(frozen=True, slots=True)
class _Taking:
    """How an application takes its bodies."""

    known: Known
    places: dict[str, Places]

    def sender(self) -> Sender:
        return self.known() or Sender("stranger", network_of(request.remote_addr))

    def begin(self, sender: Sender, limit: int, *, is_pressing: bool = True) -> Body | None:
        """Have the body of the request under way read; None if it finds no place."""
        body = Body(request.environ["wsgi.input"], request.content_length, limit)
        if not body.take_place(self.places[sender.kind], sender.name, is_pressing=is_pressing):
            return None
        return _reading(body)

    def begin_uncounted(self, limit: int) -> Body:
        """Have it read without a place, for a moment."""
        return _reading(Body(request.environ["wsgi.input"], request.content_length, limit))

    def count(self, body: Body, sender: Sender) -> None:
        """Give a place to one that takes its time; without any it is given up."""
        if not body.take_place(self.places[sender.kind], sender.name):
            body.give_up()


def _reading(body: Body) -> Body:
    request.environ[_BODY] = body
    READERS.run(body.read)
    return body


def _settle(answer: Response) -> Response:
    """See to it that the connection goes on, or that the answer says that it does not."""
    body: Body | None = request.environ.get(_BODY)
    if body is None:
        if not has_body(request):
            return answer
        if _is_worth_reading(answer):
            taking: _Taking = current_app.extensions[_BODY]
            body = taking.begin(taking.sender(), 0, is_pressing=False)
    if body is not None and not body.is_over:
        body.take_in_the_rest()
    if body is None or not body.is_in:
        answer.headers["Connection"] = "close"
    if body is not None and not body.is_over:
        _end_the_connection(answer)
    return answer


def _is_worth_reading(answer: Response) -> bool:
    """Say whether a body that nobody wanted is likely to be on its way, and may be waited for."""
    return (
        request.method not in {"GET", "HEAD"}
        and answer.status_code not in {204, 304}
        and "HTTP_EXPECT" not in request.environ
    )


def _end_the_connection(answer: Response) -> None:
    """Make the server end the connection after the answer, and with it the reading of the body.

    It waits for the end of a body that is being read, for ever, and has no call to end it. What it
    takes as a reason is an answer that ends before its length: so one byte more is announced.
    """
    text = answer.get_data()

    def whole_but_one() -> Iterator[bytes]:
        yield text
        time.sleep(_FLUSHED_S)  # What was given is sent; what ends at once would be lost.

    answer.response = whole_but_one()
    answer.headers["Content-Length"] = str(len(text) + 1)


def _leave(_: BaseException | None) -> None:
    body: Body | None = request.environ.get(_BODY)
    if body is not None:
        body.leave_place()


class Readers:
    """Threads that read bodies, made as they are needed; one that is stuck keeps no other waiting.

    They are daemons: a server that stops does not wait for senders who never finish.
    """

    def __init__(self) -> None:
        self._work: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._idle = threading.Semaphore(0)

    def run(self, work: Callable[[], None]) -> None:
        """Have work done at once."""
        self._work.put(work)
        if not self._idle.acquire(blocking=False):
            threading.Thread(target=self._go_on, daemon=True).start()

    def _go_on(self) -> None:
        while True:
            work = self._work.get()
            with suppress(OSError):
                work()
            self._idle.release()


READERS = Readers()
