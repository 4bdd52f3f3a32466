"""How promises stand in lists: what was promised, where it stands, and how soon it is due."""

from flask_babel import gettext
from markupsafe import Markup, escape

from changefeed.declared import Label
from changefeed.promised import PromiseStanding, standing_on, terms_on
from changefeed.subjects.promise import PROMISE_STATES, Promise
from ieum_portal.domain.promise_names import measure_of
from ieum_portal.operations.listing import Row
from ieum_portal.pages.labels import said
from ieum_portal.pages.listing.columns import (
    Cell,
    Column,
    Reading,
    countdown_mark,
    declared,
    text,
    words,
)
from ieum_portal.pages.typeset import day, short_day

LOOKS = {"delivered": "well", "partly": "late", "planned": "later", "under_way": "later"}
"""Of marks: how a state looks; what was settled looks as it was ended."""


def figure(value: int | None, unit: str) -> str:
    """Write a figure with its unit: `1,697,000,000,000원`."""
    return "–" if value is None else f"{value:,}{unit}"


def share(standing: PromiseStanding) -> str:
    """Write how much of the target was reached, rounded down: 100 % is all of it."""
    if standing.reached is None or not standing.target:
        return "–"
    return f"{standing.reached * 1000 // standing.target / 10:.1f}%"


def _standing(row: Row[Promise], reading: Reading) -> PromiseStanding:
    return standing_on(row.subject, reading.on)


def _what(row: Row[Promise], _: Reading) -> Cell:
    return words(measure_of(row.subject))


def _state(row: Row[Promise], reading: Reading) -> Cell:
    standing = _standing(row, reading)
    told = said(PROMISE_STATES[standing.state])
    look = "late" if standing.is_overdue else LOOKS.get(standing.state, "gone")
    late = gettext("기한 지남") if standing.is_overdue else ""
    mark = Markup('<span class="mark mark-{}">{}</span>').format(look, told)
    if late and standing.state == "planned":
        mark += Markup(' <span class="under">{}</span>').format(late)
    return Cell(told, mark)


def _target(row: Row[Promise], reading: Reading) -> Cell:
    standing = _standing(row, reading)
    first = row.subject.revisions[0].target if row.subject.revisions else standing.target
    shown = escape(figure(standing.target, row.subject.unit))
    if first != standing.target:
        before = gettext("처음 %(figure)s", figure=figure(first, row.subject.unit))
        shown += Markup(' <span class="under">{}</span>').format(before)
    return Cell(standing.target, shown)


def _reached(row: Row[Promise], reading: Reading) -> Cell:
    standing = _standing(row, reading)
    shown = escape(figure(standing.reached, row.subject.unit))
    if standing.reached_on is not None:
        as_of = gettext("%(day)s 기준", day=short_day(standing.reached_on))
        shown += Markup(' <span class="under">{}</span>').format(as_of)
    return Cell(standing.reached, shown)


def _due(row: Row[Promise], reading: Reading) -> Cell:
    """Write the by-day, and how soon it comes as long as something is open."""
    standing = _standing(row, reading)
    left = standing.days_left
    mark = Markup("") if left is None else countdown_mark(left)
    return Cell(standing.due_on, Markup("{} {}").format(mark, day(standing.due_on)))


def _revisions(row: Row[Promise], _: Reading) -> Cell:
    promise, lines = row.subject, []
    for each in promise.revisions:
        target, due_on = terms_on(promise, each.on)
        lines.append(
            gettext(
                "%(day)s: %(before)s(%(due_before)s) → %(after)s(%(due)s). %(why)s",
                day=short_day(each.on),
                before=figure(each.target, promise.unit),
                due_before=short_day(each.due_on),
                after=figure(target, promise.unit),
                due=short_day(due_on),
                why=each.why,
            )
        )
    return text("\n".join(lines) or None)


WHAT = Column("indicator", Label("지표", "Indicator"), _what, sort="indicator")
PARTNER = declared(Promise, "partner_id")
STATE = Column("state", Label("상태", "State"), _state)
TARGET = Column("target", Label("목표", "Target"), _target, sort="target", is_number=True)
REACHED = Column("reached", Label("실적", "Reached"), _reached, is_number=True)
SHARE = Column(
    "share",
    Label("이행률", "Share"),
    lambda row, reading: text(share(_standing(row, reading))),
    is_number=True,
)
DUE = Column("due_on", Label("이행기한", "By-day"), _due, sort="due_on")
REVISIONS = Column("revisions", Label("목표 변경", "Revisions"), _revisions)
