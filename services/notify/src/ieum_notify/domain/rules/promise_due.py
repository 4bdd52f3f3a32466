"""Promises: 60 and 14 days before their by-day, the day after it, and monthly while they are open.

Source: docs/rules/reminders.md, R-50.
"""

from collections.abc import Mapping
from datetime import date, datetime, time

from changefeed.change import Facts
from changefeed.mapping import from_facts
from changefeed.promised import PromiseStanding, standing_on
from changefeed.subjects.promise import INDICATORS, Promise
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.facts import FactsUnreadable, Subject
from ieum_notify.domain.rule import LetterValue, Rule
from ieum_notify.domain.words import Words, day_words

DELIVERED, SETTLED = "promise.delivered", "promise.settled"

MONTHS = 12
"""So often a promise is told of after its by-day; what stays open longer, lists show."""

_UNITS_EN: Mapping[str, str] = {"원": " won", "명": " persons", "개소": " offices"}
"""The units that the desk offers; whatever else is counted in stays as it is written."""


def anchor(facts: Facts) -> Anchor:
    """Read the by-day and what it is that was promised; what has come or will not owes nothing.

    The terms that were agreed last count, even from a day on that has not come: nobody is told to
    hurry for a day that was moved.
    """
    promise = _read(facts)
    standing = _standing(promise)
    settled = None
    if standing.is_settled:
        settled = SETTLED
    elif standing.state == "delivered":
        settled = DELIVERED
    return Anchor(
        promise.due_on,
        _title(promise),
        None,
        settled,
        {"agreement": Subject("agreement", promise.agreement_id)},
        (Subject("partner", promise.partner_id),),
    )


def says(facts: Facts, _now: datetime) -> Mapping[str, LetterValue]:
    """Say how much was promised, how much of it has come by confirmed reports, and what counts."""
    promise = _read(facts)
    definition = promise.definition
    return {
        "target": _figure(promise.target, promise),
        "reached": _reached(promise),
        "definition": None if definition is None else Words(definition, definition),
    }


def details(facts: Facts) -> tuple[Words, ...]:
    """Say for the office what was promised and what has come."""
    promise = _read(facts)
    target, reached = _figure(promise.target, promise), _reached(promise)
    return (
        Words(f"목표: {target.ko}", f"Target: {target.en}"),
        Words(f"실적: {reached.ko}", f"So far: {reached.en}"),
    )


def _read(facts: Facts) -> Promise:
    try:
        return from_facts(Promise, facts)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise FactsUnreadable(f"no promise: {type(error).__name__} {error}") from error


def _standing(promise: Promise) -> PromiseStanding:
    """Give where it stands by all that is on record: no report or outcome is of a day to come."""
    return standing_on(promise, date.max)


def _title(promise: Promise) -> Words:
    label, figure = INDICATORS[promise.indicator], _figure(promise.target, promise)
    if promise.name is None:
        return Words(f"{label.ko} {figure.ko}", f"{label.en}: {figure.en}")
    name = promise.name
    return Words(f"{name.ko} {figure.ko}", f"{name.en or name.ko}: {figure.en}")


def _figure(value: int, promise: Promise) -> Words:
    """Write a figure with its unit."""
    unit = promise.unit
    return Words(f"{value:,}{unit}", f"{value:,}{_UNITS_EN.get(unit, unit)}")


def _reached(promise: Promise) -> Words:
    standing = _standing(promise)
    if standing.reached is None or standing.reached_on is None:
        return Words("확인된 보고 없음", "no confirmed report")
    figure, on = _figure(standing.reached, promise), day_words(standing.reached_on)
    share = f"{standing.reached * 1000 // promise.target / 10:.1f}%"
    return Words(
        f"{figure.ko} ({on.ko} 기준, 목표의 {share})",
        f"{figure.en} (as of {on.en}, {share} of the target)",
    )


PROMISE_DUE = Rule(
    name="promise_due",
    title=Words("약속 이행기한 알림", "Promise due"),
    kind=Words("약속", "promise"),
    letter="promise_due",
    subject_type="promise",
    lead_days=(60, 14, -1, *(-30 * month for month in range(1, MONTHS + 1))),
    send_at=time(9, 0),
    seat_roles={"partner": "liaison", "department": "officer"},
    in_doubt="resend",
    settles={
        DELIVERED: Words("약속을 다 이행했습니다.", "The promise is delivered."),
        SETTLED: Words("약속이 종결되었습니다.", "The promise is settled."),
    },
    anchor=anchor,
    date_name=Words("이행기한", "by-day"),
    owner_name=Words(
        "약속한 기관이나 담당부서", "partner that promised or the department in charge"
    ),
    seat_owners={
        "liaison": Words("약속한 기관", "partner that promised"),
        "officer": Words("담당부서", "department in charge"),
    },
    says=says,
    details=details,
    tells_lead=True,
)
