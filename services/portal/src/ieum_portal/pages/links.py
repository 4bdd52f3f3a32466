"""Where a subject of the record has its page, if it has one."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import current_app, url_for

from ieum_portal.pages.screen import screen_of
from ieum_portal.pages.wired import account

PAGES = {
    "partner": ("partner.show", "partner_id"),
    "agreement": ("agreement.show", "agreement_id"),
    "event": ("event.show", "event_id"),
    "document": ("document.show", "document_id"),
    "task": ("coverage.show", "task"),
    "programme": ("programmes.one", "programme_id"),
    "strategy": ("strategies.one", "strategy_id"),
    "service_field": ("service_fields.one", "service_field_id"),
    "department": ("departments.one", "department_id"),
    "contact": ("contacts.one", "contact_id"),
    "seat": ("people.one", "seat_id"),
    "handover": ("handovers.one", "handover_id"),
    "calendar_day": ("calendar_days.one", "calendar_day_id"),
    "journal": ("journal.one", "journal_id"),
    "promise": ("promises.one", "promise_id"),
    "promise_report": ("promise_reports.one", "promise_report_id"),
}
"""Subject type → endpoint, and the argument that takes the id."""

LONGEST_ASKED = 100
"""So many letters of a title a list is asked for."""

OF_ROWS = {
    "task": ("tasks.one", "task_id"),
    "technology": ("technologies.one", "technology_id"),
}
"""Types whose names lead to who works with them, and whose own lists lead to their own page."""

ON_AGREEMENT = ("milestone", "collaboration")
"""Types that have no page of their own and stand on their agreement's."""

QUESTIONS = {"technology": "technology-use"}
"""Subject type → the question whose answer is the page of one."""


def asking(path: str, asked: Sequence[tuple[str, str]]) -> str:
    """Give the address of a page with what it is asked for, if anything."""
    return f"{path}?{urlencode(asked)}" if asked else path


def page_of(subject_type: str, subject_id: UUID | str | None) -> str | None:
    """Give the address of a subject's page; None if that type has none, or not for the reader."""
    if subject_id is not None and subject_type in QUESTIONS:
        about: dict[str, Any] = {subject_type: str(subject_id)}
        return url_for("questions.show", name=QUESTIONS[subject_type], **about)
    endpoint, argument = PAGES.get(subject_type, ("", ""))
    if subject_id is None or endpoint not in current_app.view_functions:
        return None
    screen = screen_of(endpoint)
    if screen is not None and account().role not in screen.roles:
        return None
    values: dict[str, Any] = {argument: str(subject_id)}
    return url_for(endpoint, **values)


def page_of_row(subject_type: str, subject: Any) -> str | None:  # noqa: ANN401  Of any type.
    """Give where a list's row leads: its own page, or its place on the page of its agreement."""
    if subject_type in OF_ROWS:
        endpoint, argument = OF_ROWS[subject_type]
        values: dict[str, Any] = {argument: subject.id}
        return url_for(endpoint, **values)
    agreement_id = getattr(subject, "agreement_id", None)
    if subject_type not in ON_AGREEMENT or agreement_id is None:
        return page_of(subject_type, subject.id)
    place = f"{subject_type}-{subject.id}"
    return url_for(PAGES["agreement"][0], agreement_id=agreement_id, _anchor=place)


def place_of(subject_type: str, facts: Mapping[str, Any]) -> str | None:
    """Give where a subject is shown, also one without a page of its own; None if it is nowhere."""
    asked: dict[str, Any]
    match subject_type:
        case "contact" | "seat":
            return page_of(facts["at"]["type"], facts["at"]["id"]) or url_for("people.show")
        case "milestone":
            asked = {"q": facts["title"]["ko"][:LONGEST_ASKED]}
            return url_for("milestones.show", **asked)
        case _:
            return page_of(subject_type, facts["id"])
