"""What stands in a list's places: of declared fields by themselves, of others as said by hand."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext
from markupsafe import Markup, escape

from changefeed.declared import Declaration, Field, Label, fields_of
from changefeed.lists import sorts_of
from changefeed.subjects.parts import PartDay, Place, Words
from ieum_portal.domain.countdown import section_of
from ieum_portal.domain.words import said_in
from ieum_portal.operations.listing import Look, Mentions, Row
from ieum_portal.operations.names import Mentioned
from ieum_portal.pages.labels import said
from ieum_portal.pages.links import page_of
from ieum_portal.pages.listing.files import Plain
from ieum_portal.pages.typeset import civil, countdown, country, say, short_day
from ieum_portal.pages.wired import language

SHOWN_OF_SEVERAL = 3
"""So many of several names stand on a page; a file has them all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a list: as a file holds it, and as a page shows it.

    Attributes:
        under: What a page says below it, smaller, where it names the row.
        unlinked: The same without links of its own, where the row's link goes around it; None if
            it has none.
    """

    plain: Plain
    shown: Markup
    under: Markup | None = None
    unlinked: Markup | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What cells are written with.

    Attributes:
        on: The day that the list is looked at from.
        looked: By column, then by subject.
    """

    names: Mapping[UUID, Words]
    looked: Mapping[str, Mapping[UUID, int]]
    on: date


Pointed = Iterable[tuple[str, UUID]]
"""Subjects that a row points at, each with its type."""


def _points_at_none(_: Row[Any], __: date) -> Pointed:
    return ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    Attributes:
        name: In addresses.
        sort: What the registry calls the order by it; None if it cannot sort by it.
        is_usual: Whether it is shown to a reader who has not chosen columns.
        points_at: Gives whom and what a row names in this column on a day.
        look: Gives a number for each row that no row says by itself.
    """

    name: str
    label: Label
    cell: Callable[[Row[Any], Reading], Cell]
    points_at: Callable[[Row[Any], date], Pointed] = _points_at_none
    sort: str | None = None
    is_number: bool = False
    is_usual: bool = True
    look: Look | None = None


def declared(
    kind_of: type[Declaration], key: str, *, label: Label | None = None, is_usual: bool = True
) -> Column:
    """Make the column of a declared field: its words, its order and how it is written."""
    field = next(each for each in fields_of(kind_of) if each.key == key)
    return Column(
        key,
        label or field.fact.label,
        lambda row, reading: _cell(getattr(row.subject, field.name), row, field, reading),
        lambda row, _: _pointed(getattr(row.subject, field.name), field),
        sort=key if key in sorts_of(kind_of) else None,
        is_number=field.holds is int,
        is_usual=is_usual,
    )


def mentions_of(columns: Sequence[Column], most: int | None, on: date) -> Mentions:
    """Give what gathers whom rows mention in these columns.

    Args:
        most: So many of each row and column and no more, as a page shows no more; None is all.
    """

    def mentions(rows: Sequence[Row[Any]]) -> Mentioned:
        found: defaultdict[str, set[UUID]] = defaultdict(set)
        for row in rows:
            for column in columns:
                for kind, subject_id in tuple(column.points_at(row, on))[:most]:
                    found[kind].add(subject_id)
        return {kind: frozenset(ids) for kind, ids in found.items()}

    return mentions


def named(ids: Sequence[UUID], kind: str, reading: Reading) -> Cell:
    """Write subjects by name, each a link to its page; of several the first, and how many more."""
    texts = [_plain_name(each, reading) for each in ids]
    names = [_name(each, reading) for each in ids[:SHOWN_OF_SEVERAL]]
    links = [_link(each, kind, reading) for each in ids[:SHOWN_OF_SEVERAL]]
    return Cell(
        "; ".join(each for each in texts if each) or None,
        _joined(links, len(ids)),
        unlinked=_joined(names, len(ids)),
    )


def _joined(shown: Sequence[Markup], many: int) -> Markup:
    """Write what is shown of several, and how many more there are."""
    told = Markup(", ").join(shown) if shown else Markup("–")
    if many > len(shown):
        more = gettext("외 %(num)s", num=many - len(shown))
        told += Markup(' <span class="quiet">{}</span>').format(more)
    return told


def text(value: str | None) -> Cell:
    """Write a text as it is."""
    return Cell(value or None, escape(value or "–"))


def of_day(value: date | None, part: PartDay | None = None) -> Cell:
    """Write a day; one that is known in part only as it was written."""
    if value is None and part is not None:
        return text(part.written)
    return Cell(value, short_day(value))


def countdown_mark(left: int) -> Markup:
    """Write the days to go, with the colour of how soon they are over."""
    kind = section_of(left) or "later"
    return Markup('<span class="mark mark-{}">{}</span>').format(kind, countdown(left))


def words(value: Words | None) -> Cell:
    """Write a name in the reader's language."""
    return Cell(None if value is None else said_in(value, language()).text, say(value))


def _cell(value: Any, row: Row[Any], field: Field, reading: Reading) -> Cell:  # noqa: ANN401
    if field.fact.part is not None:
        return of_day(value, getattr(row.subject, field.fact.part))
    match value:
        case None | "" | ():
            return text(None)
        case Words():
            return words(value)
        case Place():
            return named([value.id], value.type, reading)
        case UUID():
            return named([value], field.fact.names or "", reading)
        case bool():
            return text(gettext("예") if value else gettext("아니오"))
        case datetime():
            return Cell(value, civil(value))
        case date():
            return of_day(value)
        case int():
            return Cell(value, escape(f"{value:,}"))
        case tuple():
            return _several(value, field, reading)
    if field.fact.codes is not None:
        return text(said(field.fact.codes.get(value, value)))
    return text(country(value) if field.key == "country" else str(value))


def _several(values: Sequence[Any], field: Field, reading: Reading) -> Cell:
    if field.fact.names is not None:
        return named(values, field.fact.names, reading)
    return text(", ".join(map(str, values)))


def _pointed(value: Any, field: Field) -> Pointed:  # noqa: ANN401
    match value:
        case Place():
            return ((value.type, value.id),)
        case UUID() if field.fact.names is not None:
            return ((field.fact.names, value),)
        case tuple() if field.fact.names is not None:
            return ((field.fact.names, each) for each in value)
    return ()


def _plain_name(subject_id: UUID, reading: Reading) -> str:
    name = reading.names.get(subject_id)
    return "" if name is None else said_in(name, language()).text


def _name(subject_id: UUID, reading: Reading) -> Markup:
    name = reading.names.get(subject_id)
    if name is None:
        return Markup('<span class="quiet">{}</span>').format(gettext("이름 비공개"))
    return say(name)


def _link(subject_id: UUID, kind: str, reading: Reading) -> Markup:
    """Write a name as a link to its page, if it may be known and has one."""
    name = _name(subject_id, reading)
    address = page_of(kind, subject_id) if subject_id in reading.names else None
    return name if address is None else Markup('<a href="{}">{}</a>').format(address, name)
