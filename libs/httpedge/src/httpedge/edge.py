"""The HTTP edge that every service has, put together once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Request, g
from flask.sessions import NullSession, SessionInterface
from prometheus_client import CollectorRegistry

from httpedge.access import guard
from httpedge.bodies import Sender, install_body_limit
from httpedge.caller import PUBLIC, Caller, KeyRing
from httpedge.headers import install_headers
from httpedge.health import Check, install_health
from httpedge.logs import configure_logs, install_request_log
from httpedge.metrics import install_metrics
from httpedge.openapi import ProblemApi, make_api
from httpedge.problem import ProblemTable
from httpedge.problems import install_problems
from httpedge.requestid import install_request_ids


class NoSessions(SessionInterface):
    """Nobody has a session here: callers show tokens."""

    _NONE = NullSession()

    def open_session(self, app: Flask, request: Request) -> NullSession:  # noqa: ARG002  Flask's.
        """Give what holds nothing."""
        return self._NONE


class Application(Flask):
    """A Flask application without sessions, all of whose functions are plain ones."""

    session_interface = NoSessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Give the function as it is: Flask would look a dozen times a request if it is async."""
        return func


@dataclass(frozen=True, slots=True)
class Edge:
    """An application with everything but its own routes.

    Attributes:
        api: Where the service registers its blueprints.
        figures: Where it registers its own metrics.
    """

    app: Flask
    api: ProblemApi
    figures: CollectorRegistry


def make_edge(
    service: str,
    *,
    title: str,
    problems: ProblemTable,
    keys: KeyRing,
    checks: Mapping[str, Check],
) -> Edge:
    """Make an application that identifies callers, answers problems, logs and counts.

    The last line of the service's `create_app` is `access.require_rules(app)`.

    Args:
        service: The name that tokens carry in `aud`, as `registry`.
        title: Of its OpenAPI document.
        problems: Its own codes; the common ones are known already.
        checks: What `/readyz` looks at, by name.
    """
    configure_logs(service)
    app = Application(f"ieum_{service}", static_folder=None)
    install_body_limit(app, known=_sender)
    install_headers(app)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask types the provider's base.
    install_request_ids(app)
    install_request_log(app)
    figures = install_metrics(app)
    install_problems(app, problems)
    guard(app, keys, service)
    install_health(app, checks)
    return Edge(app, make_api(app, title), figures)


def _sender() -> Sender | None:
    caller: Caller = g.get("caller", PUBLIC)
    if caller is PUBLIC:
        return None
    kind = "service" if caller.role == "service" else "person"
    return Sender(kind, f"{caller.issuer} {caller.subject}")
