"""docs/access-of-fields.md: each field of each subject, what it is called, who may read it."""

from collections.abc import Iterator

from changefeed.declared import Declaration, Field, fields_of
from changefeed.subjects.all import DECLARED

_HEAD = """# Who may read which field

Written by `make docs` from `libs/changefeed/src/changefeed/subjects/`; a field is closed unless its
declaration opens it. *Everybody* means also who has no account. *Closed* means whoever may read the
record whole: the office, auditors and services, and of an agreement and what lies under it its
parties and departments (docs/rules/access.md). A closed field of an open record travels to nobody
else, by no door: lists, single reads, search, sheets, history, feed, graph, calendars, letters.
"""


def as_markdown() -> str:
    """Give the page."""
    return _HEAD + "".join(_section(each) for each in DECLARED.values())


def _section(kind_of: type[Declaration]) -> str:
    declares = kind_of.declares
    lines = [
        f"\n## {kind_of.subject_type}: {declares.ko} ({declares.en})",
        _opening(kind_of),
        "",
        "| field | words | who |",
        "|---|---|---|",
        *(
            f"| `{path}` | {field.fact.ko} · {field.fact.en} | {_who(kind_of, field, is_open)} |"
            for path, field, is_open in _walk(kind_of)
        ),
    ]
    return "\n".join(lines) + "\n"


def _opening(kind_of: type[Declaration]) -> str:
    declares = kind_of.declares
    if declares.opened_by is not None:
        return f"Open as its `{declares.opened_by}` says: `public`, `partly`, `closed`."
    return "Open." if declares.public else "Closed."


def _walk(
    kind_of: type[object], above: str = "", *, is_open: bool = True
) -> Iterator[tuple[str, Field, bool]]:
    for each in fields_of(kind_of):
        opens = is_open and each.fact.public
        yield f"{above}{each.key}", each, opens
        if each.parts is not None:
            yield from _walk(each.parts, f"{above}{each.key}.", is_open=opens)


def _who(kind_of: type[Declaration], field: Field, is_open: bool) -> str:  # noqa: FBT001
    declares = kind_of.declares
    if not is_open or not (declares.public or declares.opened_by):
        return "closed"
    if declares.opened_by is None:
        return "everybody"
    return (
        "everybody, if `public`" if field.fact.whole_only else "everybody, if `public` or `partly`"
    )
