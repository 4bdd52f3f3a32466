"""docs/access-of-fields.md: each field of each subject, what it is called, who may read it."""

from collections.abc import Iterator

from changefeed.declared import Declaration, Field, fields_of
from changefeed.subjects.all import DECLARED

_HEAD = """# Who may read which field

Written by `make docs` from `libs/changefeed/src/changefeed/subjects/`; a field is closed unless its
declaration opens it. *Everybody* means also who has no account. *Whom it concerns* are the parties
of its agreement, the department that leads that, the place that a person, a seat or a milestone
belongs to (docs/rules/access.md, A-1a to A-3). *Closed* means the office, auditors and services
alone: it travels to nobody else, by no door: lists, single reads, search, sheets, history, feed,
graph, calendars, letters.
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
            f"| `{path}` | {field.fact.ko} · {field.fact.en} | {_who(kind_of, field, above)} |"
            for path, field, above in _walk(kind_of)
        ),
    ]
    return "\n".join(lines) + "\n"


def _opening(kind_of: type[Declaration]) -> str:
    declares = kind_of.declares
    if declares.opened_by is not None:
        return f"Open as its `{declares.opened_by}` says: `public`, `partly`, `closed`."
    return "Open." if declares.public else "Closed."


def _walk(
    kind_of: type[object], path: str = "", above: tuple[Field, ...] = ()
) -> Iterator[tuple[str, Field, tuple[Field, ...]]]:
    """Give each field with its path, and the fields that it stands within, itself included."""
    for each in fields_of(kind_of):
        within = (*above, each)
        yield f"{path}{each.key}", each, within
        if each.parts is not None:
            yield from _walk(each.parts, f"{path}{each.key}.", within)


def _who(kind_of: type[Declaration], field: Field, within: tuple[Field, ...]) -> str:
    declares = kind_of.declares
    if not all(each.fact.public for each in within) or not (declares.public or declares.opened_by):
        theirs = all(each.fact.public or each.fact.parties for each in within)
        return "whom it concerns" if theirs else "closed"
    if declares.opened_by is None:
        return "everybody"
    return (
        "everybody, if `public`" if field.fact.whole_only else "everybody, if `public` or `partly`"
    )
