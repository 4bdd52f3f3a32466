"""Milestones: 30, 7 and 1 days before, at 09:00 on a working day, to the owner's seat.

Source: docs/rules/reminders.md, R-1.
"""

from datetime import time

from changefeed.change import Facts
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.facts import Subject, day, identity_or_none, words
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.words import Words


def anchor(facts: Facts) -> Anchor:
    """Read what a milestone promises: by when, and who owes it."""
    owner = Subject.from_facts(facts.get("owner"))
    agreement_id = identity_or_none(facts, "agreement_id")
    agreement = None if agreement_id is None else Subject("agreement", agreement_id)
    settled = None
    if facts.get("cancelled_on") is not None:
        settled = "milestone.cancelled"
    elif facts.get("done_on") is not None:
        settled = "milestone.done"
    return Anchor(
        day(facts, "due_on"), words(facts, "title"), owner, settled, {"agreement": agreement}
    )


MILESTONE_DUE = Rule(
    name="milestone_due",
    title=Words("이행과제 기한 알림", "Milestone due"),
    kind=Words("이행과제", "milestone"),
    letter="milestone_due",
    subject_type="milestone",
    lead_days=(30, 7, 1),
    send_at=time(9, 0),
    seat_roles={"partner": "liaison", "department": "officer"},
    in_doubt="resend",
    settles={
        "milestone.done": Words("이행이 완료되었습니다.", "The milestone is done."),
        "milestone.cancelled": Words("이행과제가 취소되었습니다.", "The milestone was cancelled."),
    },
    anchor=anchor,
)
