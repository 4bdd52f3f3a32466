"""What webargs found wrong with a request, place by place."""

from werkzeug.exceptions import HTTPException

from httpedge.language import language
from httpedge.wording import in_korean


def validation_errors(error: HTTPException) -> list[dict[str, object]]:
    """Turn webargs' nested messages into one map for each place, with a JSON pointer."""
    messages = getattr(error, "data", {}).get("messages") if hasattr(error, "data") else None
    if not isinstance(messages, dict):
        return []
    found: list[dict[str, object]] = []
    for place, inner in messages.items():
        _flatten(inner, "", place, found)
    return found


def _flatten(value: object, pointer: str, place: str, found: list[dict[str, object]]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            step = str(key).replace("~", "~0").replace("/", "~1")
            _flatten(inner, pointer if key == "_schema" else f"{pointer}/{step}", place, found)
        return
    messages = value if isinstance(value, list) else [value]
    worded = (in_korean(str(each)) if language() == "ko" else str(each) for each in messages)
    found.extend({"in": place, "pointer": pointer, "detail": each} for each in worded)
