"""What is done at each answer on its way out, whatever it is: counted, logged, given its headers.

It stands around Flask, not in its hooks: there it costs as much as a short answer. Everything that
leaves passes here, errors and what Flask answers by itself too.
"""

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from flask import Flask, Request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_ACTS = "ieum_at_each_answer"


class Answered(NamedTuple):
    """A request and the head of its answer.

    Attributes:
        headers: Those of the answer; what is added here is sent.
        took_s: Seconds since the request came.
    """

    environ: "WSGIEnvironment"
    status: int
    headers: list[tuple[str, str]]
    took_s: float

    @property
    def method(self) -> str:
        """The request's method."""
        method: str = self.environ["REQUEST_METHOD"]
        return method.upper()

    @property
    def route(self) -> str | None:
        """The template of the route that answered; None if there is none."""
        # Where Werkzeug leaves the request that it made of the environment.
        asked: Request | None = self.environ.get("werkzeug.request")
        rule = None if asked is None else asked.url_rule
        return None if rule is None else rule.rule


def at_each_answer(app: Flask, act: Callable[[Answered], None]) -> None:
    """Have something done at each answer, in the order in which it was asked for."""
    acts: list[Callable[[Answered], None]] | None = app.extensions.get(_ACTS)
    if acts is None:
        acts = app.extensions[_ACTS] = []
        _stand_around(app, acts)
    acts.append(act)


def _stand_around(app: Flask, acts: list[Callable[[Answered], None]]) -> None:
    answer = app.wsgi_app

    def answer_all(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        began = time.monotonic()

        def start(status: str, headers: list[tuple[str, str]], *fault: object) -> object:
            answered = Answered(environ, int(status[:3]), headers, time.monotonic() - began)
            for act in acts:
                act(answered)
            return start_response(status, headers, *fault)  # type: ignore[arg-type]  # As it came.

        return answer(environ, start)  # type: ignore[arg-type]  # WSGI's own is a protocol.

    app.wsgi_app = answer_all  # type: ignore[method-assign]  # How Flask documents it.
