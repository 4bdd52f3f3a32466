"""Where an alarm, or what is to be done next, is ended: the form that records just that."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import lazy_gettext as _l

from ieum_portal.domain.operation import Alarm, Mend, Sender
from ieum_portal.operations.today_page import Row
from ieum_portal.pages.changing.route import house_page
from ieum_portal.pages.links import page_of

FORMS: Mapping[str, tuple[str, str]] = {
    "seat": ("seat_form.hand_over", "seat_id"),
    "contact": ("changing.contact", "contact_id"),
    "milestone": ("milestone_form.change", "milestone_id"),
    "event": ("event_changing.change", "event_id"),
    "partner": ("partner_form.change", "partner_id"),
    "department": ("departments.change", "department_id"),
    "calendar_day": ("calendar_days.change", "calendar_day_id"),
}
"""By which form a record is mended, with the argument that takes its id."""

BY_MENDS = frozenset(("seat.empty", "office.empty", "seat.no_address", "letter.refused"))
"""Alarms of which notify says which records end them."""

BY_RECORD = frozenset(("facts.unreadable",))
"""Alarms that a change of the very record ends."""

BY_SENDING = frozenset(("letter.in_doubt", "letter.not_taken"))
"""Alarms that a person ends by letting the letters go out again (`today.send_again`)."""

BY_OPERATOR = frozenset(
    (
        "letter.faulty",
        "rule.faulty",
        "registry.away",
        "mail.away",
        "feed.away",
        "feed.other_log",
        "feed.gap",
    )
)
"""Alarms that no form ends: the help says what the operator does."""

FILL = _l("담당자 지정")


@dataclass(frozen=True, slots=True)
class Act:
    """A form that ends something, and what its link says."""

    said: object
    address: str


def acts_of(alarm: Alarm) -> list[Act]:
    """Give the forms that end an alarm; of what no form ends the help that says who does.

    A code that is not known, as of a newer notify, leads to that help, too.
    """
    if alarm.code in BY_MENDS:
        found = [act for each in alarm.mends if (act := _mended(each)) is not None]
        return found or [Act(_l("담당자 목록"), url_for("people.show"))]
    if alarm.code in BY_RECORD and alarm.about is not None:
        form = _form(alarm.about.type, alarm.about.id)
        address = form or page_of(alarm.about.type, alarm.about.id)
        return [] if address is None else [Act(_l("기록 고치기"), address)]
    if alarm.code in BY_SENDING:
        return []
    return [Act(_l("운영자가 할 일"), url_for("help.show", name="today.show", _anchor="operator"))]


def filled_at(row: Row, sender: Sender | None) -> Act:
    """Give where somebody is named who hears of a milestone: the form of the very seat."""
    alarms = () if sender is None else sender.alarms
    for each in alarms:
        if each.about is not None and each.about.id == row.milestone.id:
            for mend in each.mends:
                if (act := _mended(mend)) is not None:
                    return act
    return Act(FILL, house_page(row.owner))


def _mended(mend: Mend) -> Act | None:
    """Give the form; None of a type that has none, as of a newer notify."""
    about = mend.about
    if mend.role is not None:
        asked: dict[str, Any] = {"at": about.id, "role": mend.role}
        return Act(_l("담당(역할) 만들기"), url_for("people.register", **asked))
    form = _form(about.type, about.id)
    said = {"seat": FILL, "contact": _l("연락처 고치기")}.get(about.type, _l("기록 고치기"))
    return None if form is None else Act(said, form)


def _form(subject_type: str, subject_id: UUID) -> str | None:
    if subject_type not in FORMS:
        return None
    endpoint, argument = FORMS[subject_type]
    values: dict[str, Any] = {argument: subject_id}
    return url_for(endpoint, **values)
