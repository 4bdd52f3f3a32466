"""docs/facts.md: what the facts of each subject hold, and what files of records call them."""

import datetime as dt
import typing
import uuid
from collections.abc import Iterator

from changefeed.declared import Declaration, Field, fields_of
from changefeed.kinds import KINDS
from changefeed.subjects import parts
from changefeed.subjects.all import DECLARED
from ieum_registry.operations.loading.declared import name_in_file
from ieum_registry.operations.loading.document import SECTIONS

_HEAD = """# What the facts of each subject hold

Written by `make docs` from `libs/changefeed/src/changefeed/subjects/`. Every subject has `id`,
`key` and `provenance` beside (docs/changes.md, "Common parts"); who may read which field says
docs/access-of-fields.md. *In files* is what a record of a file calls a field (docs/files.md says
how what is more than a value is written there); – means that a move sets it, or the registry.
"""
_EVERY = ("id", "key", "provenance")
_HOLDS = {
    str: "text",
    bool: "true or false",
    int: "whole number",
    dt.date: "day",
    dt.datetime: "civil time",
    dt.time: "`HH:MM`",
    parts.Words: "{ko, en}",
    parts.Place: "place",
    parts.PartDay: "day in part",
    parts.Evidence: "evidence",
}


def as_markdown() -> str:
    """Give the page."""
    return _HEAD + "".join(_section(each) for each in DECLARED.values())


def _section(kind_of: type[Declaration]) -> str:
    declares = kind_of.declares
    section = next((each for each, kind in SECTIONS.items() if kind == kind_of.subject_type), None)
    lines = [
        f"\n## {kind_of.subject_type}: {declares.ko} ({declares.en})",
        _kinds(kind_of.subject_type) + ("" if section is None else f" In files: `{section}`."),
        "",
        "| field | in files | holds | meaning |",
        "|---|---|---|---|",
        *(_row(path, field, is_top=is_top) for path, field, is_top in _walk(kind_of)),
    ]
    return "\n".join(lines) + "\n"


def _kinds(subject_type: str) -> str:
    kinds = (each for each in KINDS.values() if each.subject_type == subject_type)
    named = [f"`{each.name}`" + " (reason required)" * each.needs_reason for each in kinds]
    return f"{', '.join(named)}."


def _walk(kind_of: type[object], path: str = "") -> Iterator[tuple[str, Field, bool]]:
    """Give each field with its path, the fields of its parts after it."""
    for each in fields_of(kind_of):
        if path or each.key not in _EVERY:
            yield f"{path}{each.key}", each, not path
            if each.parts is not None and each.parts not in _HOLDS:
                yield from _walk(each.parts, f"{path}{each.key}.")


def _row(path: str, field: Field, *, is_top: bool) -> str:
    about = f". {field.fact.about}" if field.fact.about else ""
    in_file = _in_file(field) if is_top else ""
    return f"| `{path}` | {in_file} | {_holds(field)} | {field.fact.en}{about} |"


def _in_file(field: Field) -> str:
    if field.fact.set_by is not None:
        return "–"
    name = name_in_file(field)
    # What is written of a day stands in the place of the day.
    return f"`{name.removesuffix('_as')}_on`" if field.holds is parts.PartDay else f"`{name}`"


def _holds(field: Field) -> str:
    fact, or_null = field.fact, " or null" if field.is_optional else ""
    is_list = typing.get_origin(field.holds) is tuple
    one = typing.get_args(field.holds)[0] if is_list else field.holds
    most = f" (at most {fact.most:,})" if fact.most is not None else ""
    if fact.codes is not None:
        told = ", ".join(f"`{code}`" for code in fact.codes)
    elif fact.names is not None and one is uuid.UUID:
        told = f"id of a `{fact.names}`"
    elif one is uuid.UUID:
        told = "id"
    else:
        told = _HOLDS.get(one, "map")
    return f"list of: {told}{most}{or_null}" if is_list else f"{told}{most}{or_null}"
