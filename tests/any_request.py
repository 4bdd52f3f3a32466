"""Ask a service whatever its document lets one ask, and more: fitting requests and unfitting ones.

Requests are drawn from the document, always the same ones, and each is asked in every role: to
draw one takes as long as to answer it six times. `ANY_REQUEST_EXAMPLES=50` draws more for each
route than the few that every run has time for.
"""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from httpedge.caller import Role

EXAMPLES = int(os.environ.get("ANY_REQUEST_EXAMPLES", "3"))
ROLES: tuple[Role, ...] = ("public", "office", "department", "liaison", "auditor", "service")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
METHODS = {"get", "post", "patch", "put", "delete"}
_WAITS = ("wait", "min_seq")


def ask_whatever(
    app: Flask,
    headers: Mapping[Role, Mapping[str, str]],
    known: Mapping[str, Sequence[str]] | None = None,
) -> Counter[tuple[Role, str]]:
    """Ask every route of an application in each caller's name.

    Args:
        headers: What a caller of each role sends along.
        known: Ids that are on record, by the name of the path's parameter: half of the requests
            are made about one of them, so that there is something to answer.

    Returns:
        How many requests were made in each role at each route, as `GET /v1/partners`.

    Raises:
        AssertionError: By schemathesis: an answer was not as documented, or a fault of ours.
    """
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app)
    asked: Counter[tuple[Role, str]] = Counter()
    callers = tuple(headers)
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()
        fitting = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        unfitting = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=fitting | unfitting, place=st.integers(0, 7))
        def ask(case: Case[Any], place: int) -> None:
            route = f"{case.method.upper()} {case.path}"
            _settle(case, place, known or {})
            # Nobody is always first: who comes later may find what was written by then.
            for role in (*callers[place % len(callers) :], *callers[: place % len(callers)]):
                asked[role, route] += 1
                case.call_and_validate(headers=dict(headers[role]), checks=CHECKS)

        ask()
    return asked


def routes_of(app: Flask) -> set[str]:
    """List the routes of an application's document, as `GET /v1/partners`."""
    document = app.test_client().get("/openapi.json").get_json()
    return {
        f"{method.upper()} {path}"
        for path, operations in document["paths"].items()
        for method in operations
        if method in METHODS
    }


def _settle(case: Case[Any], place: int, known: Mapping[str, Sequence[str]]) -> None:
    """Ask about what is on record, half of the time; and never wait for news."""
    for name in case.path_parameters or {}:
        ids = known.get(name, ())
        if ids and place % 2 == 0:
            case.path_parameters[name] = ids[place % len(ids)]
            if any(each.lower() == "if-match" for each in case.headers or {}):
                case.headers["If-Match"] = '"1"'
    query = case.query or {}
    for name in _WAITS:
        if name in query:
            query[name] = 0
    if str(query.get("known_at", "")).isdecimal():
        query["known_at"] = int(query["known_at"]) % 10  # What was known once one such is written.
