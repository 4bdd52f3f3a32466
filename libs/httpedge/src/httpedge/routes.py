"""A group of routes: what comes in is never nested without end, and is read by one shape."""

from collections.abc import Callable
from typing import Any

from flask import Request
from flask_smorest import Blueprint
from marshmallow import Schema
from webargs.flaskparser import FlaskParser

from httpedge.problem import Problem

DEEPEST = 32
"""How deep a body may be nested; facts reach a quarter of that."""


class Reader(FlaskParser):
    """Reads bodies as webargs does, but never deeper than `DEEPEST`."""

    def _raw_load_json(self, req: Request) -> Any:  # noqa: ANN401  webargs asks for any value.
        try:
            read = super()._raw_load_json(req)
        except RecursionError as error:
            raise Problem("request.malformed") from error
        if _is_too_deep(read):
            raise Problem("request.malformed")
        return read


class Routes(Blueprint):
    """A blueprint whose routes take bodies that other machines wrote.

    The registry's own, in its `api/answers.py`, looks into the text of what people wrote as well.
    """

    ARGUMENTS_PARSER: FlaskParser = Reader()

    def arguments(
        self,
        schema: Schema | type[Schema],
        **more: Any,  # noqa: ANN401  flask-smorest's own.
    ) -> Callable[[Callable[..., object]], Callable[..., object]]:
        """Read what comes in by one shape for all requests; webargs would make one for each."""
        shape = schema() if isinstance(schema, type) else schema
        taking: Callable[[Callable[..., object]], Callable[..., object]]
        taking = super().arguments(shape, **more)
        return taking


def _is_too_deep(read: object) -> bool:
    layer = [read]
    for _ in range(DEEPEST):
        layer = [inner for each in layer for inner in _inside(each)]
        if not layer:
            return False
    return True


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
