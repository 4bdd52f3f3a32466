"""How the record's facts are written on a page, whatever their shape; the filter `fact`."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Flask
from flask_babel import gettext
from markupsafe import Markup, escape

from changefeed.subjects.parts import Words
from ieum_portal.domain.difference import MENTIONS, Difference
from ieum_portal.pages.labels import FACTS, TABLES, label
from ieum_portal.pages.typeset import civil, country, run, say, short_day

Names = Mapping[UUID, Words]

CIVIL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", re.ASCII)
"""What clocks show at an event's place; its zone is a fact of its own."""

CODES = {
    ("partner", "kind"): "partner_kind",
    ("agreement", "kind"): "agreement_kind",
    ("event", "kind"): "event_kind",
    ("agreement", "disclosure"): "disclosure",
    ("collaboration", "disclosure"): "disclosure",
    ("collaboration", "role"): "role",
    ("seat", "role"): "seat_role",
    ("seat", "language"): "language",
    ("contact", "language"): "language",
    ("", "rule"): "end_rule",
    ("", "side"): "side",
    ("", "kind"): "deadline",
}
"""Which facts are codes with a name, by type of subject, and the table that names them.

Under no type stand the parts of a fact: an agreement's end and parties, an event's deadlines.
"""


def install_facts(app: Flask) -> None:
    """Make the filter known to the templates."""
    app.jinja_env.filters["fact"] = fact
    app.jinja_env.filters["as_read"] = as_read


def as_read(differences: Iterable[Difference]) -> list[Difference]:
    """Put facts in the order in which people read them, that of their names."""
    order = {field: place for place, field in enumerate(FACTS)}
    return sorted(differences, key=lambda each: order.get(each.field, len(order)))


def fact(value: object, field: str, subject_type: str, names: Names) -> Markup:
    """Write one fact's value.

    Args:
        field: Its name in the record.
        names: Of the subjects that it may point at; what is not there shows as it is.
    """
    table = CODES.get((subject_type, field), "")
    if table in TABLES and isinstance(value, str):
        return escape(label(value, table))
    if field == "country" and isinstance(value, str):
        return escape(country(value))
    if field in MENTIONS and value:
        ids = value if isinstance(value, list) else [value]
        return _joined([_named(str(each), names=names) for each in ids])
    return _written(value, names)


def _written(value: Any, names: Names) -> Markup:  # noqa: ANN401  Whatever JSON holds.
    if value is None or value in ("", []):
        return escape(gettext("없음"))
    if isinstance(value, bool):
        return escape(gettext("예") if value else gettext("아니오"))
    if isinstance(value, list):
        lines = any(isinstance(each, Mapping) for each in value)
        return _joined([_written(each, names) for each in value], as_lines=lines)
    if isinstance(value, Mapping):
        return _map(value, names)
    if isinstance(value, str) and (day := _day(value)):
        return short_day(day)
    if isinstance(value, str) and CIVIL.fullmatch(value):
        return civil(datetime.fromisoformat(value))
    return escape(str(value))


def _map(value: Mapping[str, Any], names: Names) -> Markup:
    match sorted(value):
        case ["en", "ko"]:
            return say(Words(value["ko"], value["en"]))
        case ["at", "kind", "on"]:
            hour = value["at"] or gettext("그날 끝까지")
            what = label(value["kind"], "deadline")
            return Markup("{} {} {}").format(what, _written(value["on"], names), hour)
        case ["id", "type"]:
            return _named(value["id"], names=names)
        case ["contact_id", "from", "to"]:
            who = _named(value["contact_id"], names=names)
            return Markup("{} ({})").format(who, run(_day(value["from"]), _day(value["to"])))
        case ["link", "on", "text"]:
            link = Markup(" ({})").format(value["link"]) if value["link"] else Markup("")
            return Markup("{} {}{}").format(_written(value["on"], names), value["text"], link)
    parts = [
        Markup("{}: {}").format(label(name, "fact"), fact(inner, name, "", names))
        for name, inner in value.items()
        if inner is not None
    ]
    return Markup(" · ").join(parts)


def _named(value: str, *, names: Names) -> Markup:
    name = names.get(UUID(value))
    return Markup("<code>{}</code>").format(value) if name is None else say(name)


def _joined(parts: list[Markup], *, as_lines: bool = False) -> Markup:
    return Markup("<br>").join(parts) if as_lines else Markup(", ").join(parts)


def _day(text: str | None) -> date | None:
    """Read a day; None for anything else, as a number that begins like one."""
    if not text or len(text) != 10:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
