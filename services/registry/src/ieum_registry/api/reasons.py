"""Why data of people are taken out: whoever does so says it, and the record of access keeps it."""

from httpedge.access import ACCESS_REASON, access_reason
from httpedge.problem import Problem

WHY = {
    "in": "header",
    "name": ACCESS_REASON,
    "schema": {"type": "string"},
    "description": "Why data of people are taken out, percent-encoded; kept with who took them",
}


def require_reason() -> None:
    """Let nobody take data of people out without saying why.

    Raises:
        Problem: `access_reason.missing`.

    Source: docs/rules/access.md, A-19.
    """
    if not access_reason():
        raise Problem("access_reason.missing", {"header": ACCESS_REASON})
