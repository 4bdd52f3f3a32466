"""A group of routes: what comes in is never nested without end, and is read by one shape."""

import json
import re
from collections.abc import Callable
from math import isfinite
from typing import Any

from flask import Request
from flask_smorest import Blueprint
from marshmallow import Schema, missing
from webargs.core import is_json
from webargs.flaskparser import FlaskParser

from httpedge.language import language
from httpedge.problem import Problem

DEEPEST = 32
"""How deep a body may be nested; facts reach a quarter of that."""


LARGEST = 2**53 - 1
"""The largest whole number in a body: more would not come out elsewhere as it went in."""

_MOST_DIGITS = 20
"""Python reads no number of more than 4,300 digits; so many are too large already."""

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
"""What no database holds as text: the zero character, and half of a surrogate pair."""

_TOO_LARGE = ("너무 큰 수입니다.", "This number is too large.")
_NO_NUMBER = ("수가 아닙니다. 유한한 수를 적으십시오.", "This is no number. Send a finite one.")
_NO_TEXT = (
    "쓸 수 없는 글자가 들어 있습니다. 지우고 다시 보내십시오.",
    "It holds a character that cannot be stored. Remove it and send it again.",
)


class Reader(FlaskParser):
    """Reads bodies and queries; what Python or a database would choke on is refused by place."""

    def _raw_load_json(self, req: Request) -> Any:  # noqa: ANN401  webargs asks for any value.
        if not is_json(req.mimetype):
            return missing
        return read_json(req.get_data(cache=True))

    def load_querystring(self, req: Request, schema: Schema) -> Any:  # noqa: ANN401  webargs' own.
        """Give the query."""
        faults = [
            _fault(f"/{name}", _NO_TEXT, "query")
            for name, value in req.args.items(multi=True)
            if _UNWRITABLE.search(value)
        ]
        if faults:
            raise Problem("request.invalid", errors=faults)
        return super().load_querystring(req, schema)


def read_json(data: bytes) -> Any:  # noqa: ANN401  Whatever JSON holds.
    """Read a body.

    Raises:
        Problem: `request.malformed` if it is no JSON or nested without end; `request.invalid` with
            a pointer to each number and text that cannot be taken.
    """
    try:
        read = json.loads(data, parse_int=whole_number)
    except (ValueError, RecursionError) as error:
        raise Problem("request.malformed") from error
    faults: list[dict[str, object]] = []
    layer = [("", read)]
    for _ in range(DEEPEST):
        faults += (_fault(at, said) for at, each in layer if (said := _refused(each)))
        layer = [inner for at, each in layer for inner in _inside(at, each)]
    if layer:
        raise Problem("request.malformed")
    if faults:
        raise Problem("request.invalid", errors=faults)
    return read


def whole_number(digits: str) -> int:
    """Read a whole number; one that Python would not read is larger than `LARGEST` all the same."""
    return int(digits) if len(digits) <= _MOST_DIGITS else LARGEST + 1


def _refused(value: object) -> tuple[str, str] | None:
    """Say in both languages what is wrong with a value, whatever is inside it."""
    if isinstance(value, dict):
        return _NO_TEXT if any(map(_UNWRITABLE.search, value)) else None
    if isinstance(value, str):
        return _NO_TEXT if _UNWRITABLE.search(value) else None
    if isinstance(value, float):
        return None if isfinite(value) else _NO_NUMBER
    return _TOO_LARGE if isinstance(value, int) and abs(value) > LARGEST else None


def _fault(pointer: str, said: tuple[str, str], place: str = "json") -> dict[str, object]:
    ko, en = said
    return {"in": place, "pointer": pointer, "detail": ko if language() == "ko" else en}


class Routes(Blueprint):
    """A blueprint whose routes take bodies that other machines wrote.

    The registry's own, in its `api/answers.py`, looks into the text of what people wrote as well.
    """

    ARGUMENTS_PARSER: FlaskParser = Reader()

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401  flask-smorest's own.
        """Make a group; what its routes take is documented whole."""
        super().__init__(*args, **more)
        self._prepare_doc_cbks.append(_with_arguments)

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


def _with_arguments(doc: dict[str, Any], about: dict[str, Any], **_: object) -> dict[str, Any]:
    """Let parameters that a view is documented with stand beside those that it reads.

    flask-smorest puts a list that is written by hand in the place of the one that it has made.
    """
    by_hand = about.get("manual_doc", {})
    if "parameters" in by_hand:
        by_hand["parameters"] = [*doc.get("parameters", ()), *by_hand["parameters"]]
    return doc


def _inside(at: str, value: object) -> list[tuple[str, object]]:
    if isinstance(value, dict):
        return [
            (f"{at}/{_UNWRITABLE.sub('?', name).replace('~', '~0').replace('/', '~1')}", inner)
            for name, inner in value.items()
        ]
    if isinstance(value, list):
        return [(f"{at}/{position}", inner) for position, inner in enumerate(value)]
    return []
