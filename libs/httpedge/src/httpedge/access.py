"""Each route names who may use it; one that does not name it keeps the service from starting."""

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import TypeVar
from urllib.parse import unquote

from flask import Flask, current_app, g, request
from flask.typing import RouteCallable

from httpedge.access_record import STRANGER, Access, AccessLog
from httpedge.caller import PUBLIC, Caller, KeyRing, Refused, Role
from httpedge.problem import Problem

CLIENT_ADDRESS = "X-Client-Address"
"""The header in which the portal says from where the person asks."""
FOR_OTHERS = "portal"
"""The one issuer whose word about that is taken."""
ACCESS_REASON = "X-Access-Reason"
"""The header in which a caller says why data of people are taken out, percent-encoded UTF-8."""
LONGEST_REASON = 200
LONGEST = 200
_DENIALS = frozenset({"token.required", "token.refused", "role.not_allowed", "service.not_allowed"})

View = TypeVar("View", bound=Callable[..., object])

ACCESS_LOG = "ieum_access_log"
"""Where an application keeps its `AccessLog`, if it has one."""
RULE = "__ieum_allowed__"
"""The attribute under which a view carries its rule."""
SERVICES = "__ieum_services__"
"""The same for the services that it is for, where not all of them may use it."""


class RuleMissing(Exception):
    """Some routes name no rule; the build and the start fail."""


def allow(*roles: Role, services: Collection[str] | None = None) -> Callable[[View], View]:
    """Name the roles that may use a view; `public` lets everybody in, with or without a token.

    Goes above (outside) `route` nowhere: place it directly on the function, below the route line.

    Args:
        services: The issuers whose `service` tokens are let in; None lets every service in. A view
            that shows people names those who need it.

    Source: docs/rules/access.md, A-6.
    """

    def mark(view: View) -> View:
        setattr(view, RULE, frozenset(roles))
        setattr(view, SERVICES, None if services is None else frozenset(services))
        return view

    return mark


def guard(app: Flask, keys: KeyRing, audience: str) -> None:
    """Identify every caller and hold each request against its route's rule.

    Args:
        audience: This service's name in a token's `aud`.
    """

    def check() -> None:
        try:
            admit()
        except Problem as problem:
            if problem.code in _DENIALS:
                record_denial("401" if problem.code.startswith("token.") else "403")
            raise

    def admit() -> None:
        g.caller = PUBLIC  # Until proven otherwise, so that no handler ever sees none.
        endpoint = request.endpoint
        if endpoint is None:
            return  # Werkzeug answers 404 or 405 by itself.
        g.caller = asker = _identify(keys, audience)
        view = app.view_functions.get(endpoint)
        allowed = _rule(view)
        if allowed is None:
            raise Problem("role.not_allowed", {"role": asker.role})
        if "public" in allowed:
            return
        if asker is PUBLIC:
            raise Problem("token.required", headers={"WWW-Authenticate": "Bearer"})
        if asker.role not in allowed:
            raise Problem("role.not_allowed", {"role": asker.role})
        services: frozenset[str] | None = getattr(view, SERVICES, None)
        if asker.role == "service" and services is not None and asker.issuer not in services:
            raise Problem("service.not_allowed", {"issuer": asker.issuer})

    app.before_request(check)


def record_access(subjects: Sequence[str], *, outcome: str = "200") -> None:
    """Note that the caller was shown people.

    Args:
        subjects: Whose data: ids of contacts.
    """
    _record(tuple(subjects), outcome, is_denial=False, reason=access_reason())


def access_reason() -> str:
    """Give why the caller takes data of people out, as it says; empty if it does not say.

    Source: docs/rules/access.md, A-19.
    """
    told = unquote(request.headers.get(ACCESS_REASON, ""), errors="replace")
    return "".join(each if each.isprintable() else " " for each in told).strip()[:LONGEST_REASON]


def record_denial(outcome: str, subjects: Sequence[str] = ()) -> None:
    """Note that the caller was denied what it asked for; 404 for what is not its own to see."""
    _record(tuple(subjects), outcome, is_denial=True)


def _record(subjects: tuple[str, ...], outcome: str, *, is_denial: bool, reason: str = "") -> None:
    log: AccessLog | None = current_app.extensions.get(ACCESS_LOG)
    if log is None:
        return
    asker = caller()
    rule = request.url_rule
    access = Access(
        STRANGER if asker is PUBLIC else f"{asker.issuer}:{asker.subject}"[:LONGEST],
        asker.role,
        _address(asker),
        f"{request.method} {'?' if rule is None else rule.rule}",
        outcome,
        subjects,
        is_denial=is_denial,
        reason=reason,
    )
    log.note(access, datetime.now(UTC))


def _address(asker: Caller) -> str:
    """Give where the person is: the portal alone, who asks for many, says it itself."""
    told = request.headers.get(CLIENT_ADDRESS, "")
    if asker.issuer == FOR_OTHERS and told:
        try:
            return str(ip_address(told))
        except ValueError:
            return "unreadable"
    return request.remote_addr or "unknown"


def caller() -> Caller:
    """Give who is asking, as identified before the view ran."""
    found: Caller = g.caller
    return found


def require_rules(app: Flask) -> None:
    """Make sure that every route names its rule; called as the last step of `create_app`.

    Raises:
        RuleMissing: Naming each route without one.
    """
    bare = sorted(
        f"{rule.rule} → {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        if _rule(app.view_functions.get(rule.endpoint)) is None
    )
    if bare:
        raise RuleMissing("routes without @allow(...): " + ", ".join(bare))


def _rule(view: RouteCallable | None) -> frozenset[str] | None:
    rule: frozenset[str] | None = getattr(view, RULE, None)
    return rule


def _identify(keys: KeyRing, audience: str) -> Caller:
    header = request.environ.get("HTTP_AUTHORIZATION", "")
    if not header:
        return PUBLIC
    scheme, _, token = header.partition(" ")
    bearer = token.strip() if scheme.lower() == "bearer" else ""
    try:
        return keys.identify(bearer, audience, datetime.now(UTC))
    except Refused as refused:
        raise Problem(
            "token.refused",
            {"fault": refused.code},
            headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
        ) from refused
