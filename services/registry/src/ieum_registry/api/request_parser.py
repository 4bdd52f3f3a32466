"""What comes in, before any shape looks at it: well-formed, composed, without hidden characters.

Hangul that arrives in pieces (NFD, as a Mac writes file names) is put together; a control
character, a hidden mark, half a surrogate pair or a repeated name in an object is refused, with
a pointer to the place. Source: docs/rules/terms.md, T-12 and T-13.
"""

import json
from contextlib import suppress
from typing import Any, NoReturn

from flask import Request, request
from marshmallow import ValidationError
from webargs.flaskparser import FlaskParser

from httpedge.problem import Problem
from httpedge.routes import LARGEST, whole_number
from ieum_registry.api.message import Message
from ieum_registry.api.shapes.parts import QueryShape
from ieum_registry.domain.naming import composed, unwritable

_DEEPEST = 12

UNWRITABLE = Message(
    "{position}번째 글자는 쓸 수 없는 제어 문자나 보이지 않는 문자입니다. 지우고 다시 보내십시오.",
    "Character {position} is a control or hidden character. Remove it and send it again.",
)
REPEATED = Message(
    "같은 이름의 항목이 두 번 있습니다. 하나만 남기십시오.",
    "This name stands twice in the same object. Keep one of them.",
)
TOO_DEEP = Message("너무 깊이 겹쳐 있습니다.", "This is nested too deeply.")
TOO_LARGE = Message("너무 큰 수입니다.", "This number is too large.")


class _Repeated(str):
    """A name that stood twice in one object; kept so that the walk can point at it."""

    __slots__ = ()


class RequestParser(FlaskParser):
    """Reads bodies and queries for all routes of this service."""

    # A filter that is misspelt and silently ignored would give everything.
    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": None}

    def parse(self, argmap: Any, req: Request | None = None, **more: Any) -> Any:  # noqa: ANN401
        """Read what comes in; a query by the short way, unless there is something to tell of it."""
        if isinstance(argmap, QueryShape):
            asked = req or self.get_default_request()
            with suppress(ValidationError):
                return argmap.read(self.load_querystring(asked, argmap))
        return super().parse(argmap, req, **more)

    def _raw_load_json(self, req: Request) -> Any:  # noqa: ANN401  webargs asks for any value.
        if not req.is_json:
            raise Problem("request.unsupported_media_type")
        return read_json(req.get_data())

    def load_querystring(self, req: Request, schema: object) -> Any:  # noqa: ANN401, ARG002  webargs.
        """Give the query, composed; a hidden character is refused.

        No shape takes a name more than once: the first is read, as it always was.
        """
        taken: dict[str, str] = {}
        if not req.query_string:
            return taken
        for name, value in req.args.items(multi=True):
            if name != "dry_run":
                taken.setdefault(name, _text(value, f"/{name}", "query"))
        return taken


class LoadParser(RequestParser):
    """The same for bodies that hold whole files, which are looked through line by line later."""

    def _raw_load_json(self, req: Request) -> Any:  # noqa: ANN401  webargs asks for any value.
        if not req.is_json:
            raise Problem("request.unsupported_media_type")
        return _parsed(req.get_data())


def read_json(data: bytes) -> Any:  # noqa: ANN401  Whatever JSON holds.
    """Read a JSON body.

    Raises:
        Problem: `request.malformed` if it is none; `request.invalid` with a pointer to each place
            that no body may hold.
    """
    read = _parsed(data)
    errors: list[dict[str, object]] = []
    taken = _walk(read, "", 0, errors)
    if errors:
        raise Problem("request.invalid", errors=errors)
    return taken


def is_dry_run() -> bool:
    """Say whether the caller only wants to know what would be written.

    Raises:
        Problem: `request.invalid`, if it says neither true nor false.
    """
    asked = request.args.get("dry_run", "false")
    if asked not in {"true", "false"}:
        detail = Message("true 또는 false로 적으십시오.", "Say true or false.")
        raise Problem("request.invalid", errors=[_fault("/dry_run", detail, "query")])
    return asked == "true"


def _parsed(data: bytes) -> Any:  # noqa: ANN401  Whatever JSON holds.
    try:
        return json.loads(
            data, object_pairs_hook=_pairs, parse_constant=_no_number, parse_int=whole_number
        )
    except (ValueError, RecursionError) as error:
        raise Problem("request.malformed") from error


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        found[_Repeated(f"{name} ") if name in found else name] = value
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _walk(value: Any, pointer: str, depth: int, errors: list[dict[str, object]]) -> Any:  # noqa: ANN401
    if depth > _DEEPEST:
        errors.append(_fault(pointer, TOO_DEEP))
        return None
    if isinstance(value, str):
        try:
            return _text(value, pointer, "json")
        except Problem as problem:
            errors.extend(problem.errors)
            return None
    if isinstance(value, dict):
        return _walk_map(value, pointer, depth, errors)
    if isinstance(value, list):
        return [
            _walk(each, f"{pointer}/{position}", depth + 1, errors)
            for position, each in enumerate(value)
        ]
    if isinstance(value, int) and abs(value) > LARGEST:
        errors.append(_fault(pointer, TOO_LARGE))
    return value


def _walk_map(
    value: dict[str, Any], pointer: str, depth: int, errors: list[dict[str, object]]
) -> dict[str, Any]:
    taken: dict[str, Any] = {}
    for name, inner in value.items():
        shown = name.strip() if isinstance(name, _Repeated) else name
        inside = f"{pointer}/{shown.replace('~', '~0').replace('/', '~1')}"
        hidden = unwritable(shown)
        if hidden is not None:  # The name itself is not shown: it may not even be text.
            errors.append(_fault(pointer, UNWRITABLE.format(position=hidden + 1)))
        elif isinstance(name, _Repeated):
            errors.append(_fault(inside, REPEATED))
        else:
            taken[composed(name)] = _walk(inner, inside, depth + 1, errors)
    return taken


def _text(value: str, pointer: str, place: str) -> str:
    position = unwritable(value)
    if position is not None:
        detail = UNWRITABLE.format(position=position + 1)
        raise Problem("request.invalid", errors=[_fault(pointer, detail, place)])
    return composed(value)


def _fault(pointer: str, detail: str, place: str = "json") -> dict[str, object]:
    return {"in": place, "pointer": pointer, "detail": str(detail)}
