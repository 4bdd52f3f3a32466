"""Where a subject of the record has its page, if it has one."""

from typing import Any
from uuid import UUID

from flask import current_app, url_for

PAGES = {
    "partner": ("partner.show", "partner_id"),
    "agreement": ("agreement.show", "agreement_id"),
    "event": ("event.show", "event_id"),
    "task": ("coverage.show", "task"),
}
"""Subject type → endpoint, and the argument that takes the id."""

QUESTIONS = {"technology": "technology-use"}
"""Subject type → the question whose answer is the page of one."""


def page_of(subject_type: str, subject_id: UUID | str | None) -> str | None:
    """Give the address of a subject's page; None if that type has none."""
    if subject_id is not None and subject_type in QUESTIONS:
        about: dict[str, Any] = {subject_type: str(subject_id)}
        return url_for("questions.show", name=QUESTIONS[subject_type], **about)
    endpoint, argument = PAGES.get(subject_type, ("", ""))
    if subject_id is None or endpoint not in current_app.view_functions:
        return None
    values: dict[str, Any] = {argument: str(subject_id)}
    return url_for(endpoint, **values)
