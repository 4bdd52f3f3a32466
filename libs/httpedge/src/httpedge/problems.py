"""Errors as `application/problem+json`, in Korean or English, under codes that never change.

Source: RFC 9457; DESIGN section 3.
"""

import json
import logging
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, current_app
from werkzeug.exceptions import HTTPException

from httpedge.common_problems import COMMON
from httpedge.language import language
from httpedge.problem import Problem, ProblemTable
from httpedge.requestid import request_id
from httpedge.storage import is_full
from httpedge.validation import validation_errors

MEDIA_TYPE = "application/problem+json"

_TABLE = "ieum_problems"
"""Where an application keeps its codes."""

_BY_STATUS = {
    400: "request.malformed",
    404: "request.not_found",
    405: "request.method_not_allowed",
    408: "request.too_slow",
    413: "request.too_large",
    415: "request.unsupported_media_type",
    422: "request.invalid",
    503: "service.unavailable",
    507: "storage.full",
}


log = logging.getLogger(__name__)


def problem_table(app: Flask) -> ProblemTable:
    """Give every code that an application may answer."""
    found: ProblemTable = app.extensions[_TABLE]
    return found


def problem_response(problem: Problem) -> Response:
    """Write a problem as the answer; an unknown code is a fault of ours, not a 200."""
    table: ProblemTable = current_app.extensions[_TABLE]
    text = table.get(problem.code) or COMMON["service.fault"]
    lang = language()
    title, detail = (
        (text.ko_title, text.ko_detail) if lang == "ko" else (text.en_title, text.en_detail)
    )
    body: dict[str, Any] = {
        "type": f"urn:ieum:problem:{problem.code}",
        "title": title,
        "status": text.status,
        "code": problem.code,
        "detail": detail.format_map(_Shown(problem.facts)),
        "request_id": request_id(),
    }
    if problem.errors:
        body["errors"] = problem.errors
    answer = Response(
        json.dumps(body, ensure_ascii=False, default=str),
        status=text.status,
        content_type=MEDIA_TYPE,
    )
    answer.headers["Content-Language"] = lang
    answer.headers["Vary"] = "Accept-Language"
    answer.headers.extend(problem.headers)
    return answer


def install_problems(app: Flask, table: ProblemTable) -> None:
    """Answer every error of the application as problem+json.

    Args:
        table: The service's own codes; COMMON is added beneath.
    """
    app.extensions[_TABLE] = {**COMMON, **table}

    def answer_http(error: HTTPException) -> Response:
        code = _BY_STATUS.get(error.code or 500)
        if code is None:
            code = "service.fault" if (error.code or 500) >= 500 else "request.failed"
        problem = Problem(code, errors=validation_errors(error), headers=_kept_headers(error))
        return problem_response(problem)

    def answer_fault(error: Exception) -> Response:
        if is_full(error):
            log.error("storage full", extra={"fault": type(error).__name__})
            return problem_response(Problem("storage.full"))
        log.error("unhandled fault", exc_info=error)
        return problem_response(Problem("service.fault"))

    app.register_error_handler(Problem, problem_response)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(Exception, answer_fault)


class _Shown(dict[str, object]):
    """Facts for a template; one that is missing shows as a dash, and so does one that is none."""

    def __init__(self, facts: Mapping[str, object]) -> None:
        """Leave out what is none."""
        super().__init__({name: each for name, each in facts.items() if each is not None})

    def __missing__(self, key: str) -> str:
        return "—"


def _kept_headers(error: HTTPException) -> dict[str, str]:
    wanted = {"allow", "www-authenticate", "retry-after"}
    return {name: value for name, value in error.get_headers() if name.lower() in wanted}
