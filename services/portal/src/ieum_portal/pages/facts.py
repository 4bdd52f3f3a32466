"""How the record's facts are written on a page, as their declarations say; the filter `fact`.

What is not declared, as an older portal gets it from a newer registry, is written by its shape.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Flask
from flask_babel import gettext
from markupsafe import Markup, escape

from changefeed.declared import Field, fields_of
from changefeed.mapping import from_facts
from changefeed.subjects.event import Deadline
from changefeed.subjects.parts import Evidence, PartDay, Place, Words
from changefeed.subjects.seat import Holder
from changefeed.words import facts_of
from ieum_portal.domain.difference import Difference
from ieum_portal.pages.labels import fact_label, label, said
from ieum_portal.pages.typeset import civil, country, run, say, short_day

Names = Mapping[UUID, Words]


def install_facts(app: Flask) -> None:
    """Make the filters known to the templates."""
    app.jinja_env.filters.update(fact=fact, as_read=as_read, fact_label=fact_label)


def as_read(differences: Iterable[Difference], subject_type: str) -> list[Difference]:
    """Put facts in the order in which people read them, that of their declaration."""
    order = {key: place for place, key in enumerate(facts_of(subject_type))}
    return sorted(differences, key=lambda each: order.get(each.field, len(order)))


def fact(value: object, key: str, subject_type: str, names: Names) -> Markup:
    """Write one fact's value.

    Args:
        key: Its name in the record.
        names: Of the subjects that it may point at; what is not there shows as it is.
    """
    return _written(value, facts_of(subject_type).get(key), names)


def written_as(value: object, field: Field, names: Names) -> Markup:
    """Write one value as a field of a part, or of a subject, declares it."""
    return _written(value, field, names)


def _written(value: Any, field: Field | None, names: Names) -> Markup:  # noqa: ANN401  JSON.
    if value is None or value in ("", []):
        return escape(gettext("없음"))
    if isinstance(value, bool):
        return escape(gettext("예") if value else gettext("아니오"))
    if isinstance(value, int):
        return escape(f"{value:,}")
    if isinstance(value, list):
        lines = any(isinstance(each, Mapping) for each in value)
        return _joined([_written(each, field, names) for each in value], as_lines=lines)
    if isinstance(value, Mapping):
        return _part(value, None if field is None else field.parts, names)
    if field is None or not isinstance(value, str):
        return escape(str(value))
    return _text(value, field, names)


def _text(value: str, field: Field, names: Names) -> Markup:
    if field.fact.codes is not None:
        return escape(said(field.fact.codes.get(value, value)))
    if field.fact.names is not None:
        return _named(UUID(value), names)
    if field.key == "country":
        return escape(country(value))
    if field.holds is date:
        return short_day(date.fromisoformat(value))
    if field.holds is datetime:
        return civil(datetime.fromisoformat(value))
    return escape(value)


def _part(value: Mapping[str, Any], parts: type[object] | None, names: Names) -> Markup:
    if parts is None:
        return _joined([Markup("{}: {}").format(*each) for each in value.items()])
    if parts in _WRITERS:
        return _WRITERS[parts](from_facts(parts, value), names)
    return Markup(" · ").join(
        Markup("{}: {}").format(said(each.fact.label), _written(value[each.key], each, names))
        for each in fields_of(parts)
        if value.get(each.key) is not None
    )


def _deadline(due: Deadline, _: Names) -> Markup:
    hour = gettext("그날 끝까지") if due.at is None else due.at.isoformat(timespec="minutes")
    return Markup("{} {} {}").format(label(due.kind, "deadline"), short_day(due.on), hour)


def _holder(held: Holder, names: Names) -> Markup:
    return Markup("{} ({})").format(_named(held.contact_id, names), run(held.from_on, held.to_on))


def _evidence(proof: Evidence, _: Names) -> Markup:
    link = Markup(" ({})").format(proof.link) if proof.link else Markup("")
    return Markup("{} {}{}").format(short_day(proof.on), proof.text, link)


_WRITERS: Mapping[type[object], Callable[[Any, Names], Markup]] = {
    Words: lambda words, _: say(words),
    Place: lambda place, names: _named(place.id, names),
    Deadline: _deadline,
    Holder: _holder,
    Evidence: _evidence,
    PartDay: lambda day, _: escape(day.written),
}
"""Parts that people read as one sentence."""


def _named(subject_id: UUID, names: Names) -> Markup:
    name = names.get(subject_id)
    return Markup("<code>{}</code>").format(subject_id) if name is None else say(name)


def _joined(parts: list[Markup], *, as_lines: bool = False) -> Markup:
    return Markup("<br>").join(parts) if as_lines else Markup(", ").join(parts)
