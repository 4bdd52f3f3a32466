"""Ask a service whatever its document lets one ask, and more: fitting requests and unfitting ones.

Requests are drawn from the document, always the same ones. `ANY_REQUEST_EXAMPLES=50` draws more
for each route and role than the few that every run has time for.
"""

import os
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
_WAITS = ("wait", "min_seq")


def ask_whatever(
    app: Flask, headers: Mapping[str, str], known: Mapping[str, Sequence[str]] | None = None
) -> int:
    """Ask every route of an application in one caller's name.

    Args:
        known: Ids that are on record, by the name of the path's parameter: half of the requests
            are made about one of them, so that there is something to answer.

    Returns:
        How many requests were made.

    Raises:
        AssertionError: By schemathesis: an answer was not as documented, or a fault of ours.
    """
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app)
    asked = 0
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
            nonlocal asked
            asked += 1
            _settle(case, place, known or {})
            case.call_and_validate(headers=dict(headers), checks=CHECKS)

        ask()
    return asked


def _settle(case: Case[Any], place: int, known: Mapping[str, Sequence[str]]) -> None:
    """Ask about what is on record, half of the time; and never wait for news."""
    for name in case.path_parameters or {}:
        ids = known.get(name, ())
        if ids and place % 2 == 0:
            case.path_parameters[name] = ids[place % len(ids)]
            if any(each.lower() == "if-match" for each in case.headers or {}):
                case.headers["If-Match"] = '"1"'
    for name in _WAITS:
        if name in (case.query or {}):
            case.query[name] = 0
