"""What each route may answer, and to whom, written into its OpenAPI: names, rules, every status.

flask-smorest documents what a view takes and what it gives when all goes well. The rest follows
from what the edge knows: the route's rule, the service's table of problems, and what a view says
of itself by `also_answers`. A test compares all answers that the suite received with the outcome.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from apispec import APISpec
from flask import Flask
from marshmallow import Schema

from httpedge.access import RULE, SERVICES
from httpedge.problem import ProblemTable
from httpedge.problems import MEDIA_TYPE, problem_table

View = TypeVar("View", bound=Callable[..., object])

PROBLEM = {"schema": {"$ref": "#/components/schemas/ProblemBody"}}
TEXT = {"schema": {"type": "string"}}

_ALSO = "__ieum_also_answers__"
_PARAMETER = re.compile(r"<(?:[^:>]+:)?([^>]+)>")
_METHODS = ("get", "put", "post", "patch", "delete")
_ALWAYS = frozenset({400, 401, 500, 503})
_WITH_BODY = frozenset({408, 413, 415, 507})


@dataclass(frozen=True, slots=True)
class Also:
    """One more answer of a view, beside the one that it is documented with."""

    status: int
    about: str
    shape: type[Schema] | None
    media_type: str | None


def also_answers(
    status: int,
    about: str,
    *,
    shape: type[Schema] | None = None,
    media_type: str | None = None,
) -> Callable[[View], View]:
    """Document one more answer of a view; it goes on the function, as `allow` does.

    Args:
        about: In a few words, what it means.
        shape: Of a JSON body.
        media_type: Of a body that is no JSON, or a problem; without it and a shape there is no
            body.
    """

    def mark(view: View) -> View:
        before: tuple[Also, ...] = getattr(view, _ALSO, ())
        setattr(view, _ALSO, (*before, Also(status, about, shape, media_type)))
        return view

    return mark


def document(app: Flask, spec: APISpec) -> dict[str, Any]:
    """Give the whole document of an application whose routes are all there."""
    for _, _, view in _documented(app, spec.to_dict()):
        for each in getattr(view, _ALSO, ()):
            if each.shape is not None and _name(each.shape) not in spec.components.schemas:
                spec.components.schema(_name(each.shape), schema=each.shape)
    found: dict[str, Any] = spec.to_dict()
    table = problem_table(app)
    for endpoint, (method, path, operation), view in _documented(app, found):
        operation["operationId"] = endpoint.replace(".", "_").replace("-", "_")
        _say_who_may(operation, view)
        for parameter in operation.get("parameters", ()):
            schema = parameter["schema"]
            if schema.get("type") == "array" and not isinstance(schema.get("default"), list):
                schema.pop("default", None)  # webargs' mark of an empty list of parts.
        answers = operation["responses"]
        answers.pop("default", None)
        for each in getattr(view, _ALSO, ()):
            _add(answers, each)
        for status in sorted(_refusals(method, path, operation, view, table)):
            answers.setdefault(str(status), _problem(status, table))
        operation["responses"] = dict(sorted(answers.items()))
    return found


def _documented(
    app: Flask, found: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[str, str, dict[str, Any]], Callable[..., object]]]:
    """Give endpoint, (method, path, operation) and view of every route in the document."""
    for rule in app.url_map.iter_rules():
        path = _PARAMETER.sub(r"{\1}", rule.rule)
        for method in _METHODS:
            operation = found["paths"].get(path, {}).get(method)
            if operation is not None and method.upper() in (rule.methods or ()):
                yield rule.endpoint, (method, path, operation), app.view_functions[rule.endpoint]


def _say_who_may(operation: dict[str, Any], view: Callable[..., object]) -> None:
    roles: Collection[str] = getattr(view, RULE, ())
    services: Collection[str] | None = getattr(view, SERVICES, None)
    bearer: dict[str, list[str]] = {"bearer": []}
    operation["security"] = [{}, bearer] if "public" in roles else [bearer]
    operation["x-allowed-roles"] = sorted(roles)
    if services is not None:
        operation["x-allowed-services"] = sorted(services)


def _refusals(
    method: str,
    path: str,
    operation: Mapping[str, Any],
    view: Callable[..., object],
    table: ProblemTable,
) -> set[int]:
    """Give the statuses of problems that the route may answer."""
    found = set(_ALWAYS)
    if "public" not in getattr(view, RULE, ()):
        found.add(403)
    if operation.get("parameters") or "requestBody" in operation:
        found |= {404, 422} | ({410} & {each.status for each in table.values()})
    if "{" in path:
        found.add(404)
    if "requestBody" in operation:
        found |= _WITH_BODY
        found |= {each.status for each in table.values()} & {409}
    if any(each.get("name") == "If-Match" for each in operation.get("parameters", ())):
        found |= {409, 412, 428}
    return found if method != "get" else found - {409}


def _problem(status: int, table: ProblemTable) -> dict[str, Any]:
    codes = sorted(code for code, text in table.items() if text.status == status)
    return {
        "description": ", ".join(codes) or "A problem",
        "content": {MEDIA_TYPE: PROBLEM},
    }


def _add(answers: dict[str, Any], also: Also) -> None:
    answer = answers.setdefault(str(also.status), {"description": also.about})
    if also.shape is None and also.media_type is None:
        return
    content = answer.setdefault("content", {})
    if also.shape is None:
        content[also.media_type] = PROBLEM if also.media_type == MEDIA_TYPE else TEXT
        return
    schema = {"$ref": f"#/components/schemas/{_name(also.shape)}"}
    known = content.get("application/json", {}).get("schema")
    if known is None:
        content["application/json"] = {"schema": schema}
    else:
        several = known.get("anyOf", [known])
        content["application/json"] = {"schema": {"anyOf": [*several, schema]}}


def _name(shape: type[Schema]) -> str:
    return shape.__name__.removesuffix("Schema")
