"""Answers as plain values, ready for their shapes."""

from datetime import UTC, datetime
from typing import Any

from ieum_notify.domain.facts import Subject
from ieum_notify.domain.occurrence import Occurrence
from ieum_notify.domain.rule import Rule
from ieum_notify.operations.consequences import Consequences
from ieum_notify.operations.explain import Explanation
from ieum_notify.operations.ports import AttemptMade, Listed
from ieum_notify.operations.preview import Preview, Previewed
from ieum_notify.operations.sender import Sender


def rule_body(rule: Rule) -> dict[str, Any]:
    """Say what a rule owes."""
    return {
        "name": rule.name,
        "title": rule.title.facts(),
        "letter": rule.letter,
        "subject_type": rule.subject_type,
        "lead_days": list(rule.lead_days),
        "send_at": rule.send_at.strftime("%H:%M"),
        "seat_roles": dict(rule.seat_roles),
        "in_doubt": rule.in_doubt,
        "at_once": None if rule.at_once is None else rule.at_once.facts(),
    }


def listed_body(listed: Listed) -> dict[str, Any]:
    """Say how an occurrence stands."""
    return {
        **_occurrence(listed.entry.occurrence),
        "state": listed.entry.state,
        "reason": listed.entry.reason,
        "tries": listed.tries,
        "next_try_at": _instant(listed.next_try_at),
    }


def preview_body(found: Preview) -> dict[str, Any]:
    """Say what goes out."""
    return {
        "from": found.from_on,
        "to": found.to_on,
        "items": [_previewed(item) for item in found.items],
    }


def consequences_body(found: Consequences) -> dict[str, Any]:
    """Say what would come, go and why, reach somebody else, or go out at another time."""
    return {
        "seq": found.seq,
        "days": found.days,
        "added": [_previewed(item) for item in found.added],
        "withdrawn": [
            {**_previewed(item.letter), "reason": item.reason.facts()} for item in found.withdrawn
        ],
        "readdressed": [_previewed(item) for item in found.readdressed],
        "moved": [
            {**_previewed(item.letter), "due_at_before": _instant(item.due_at_before)}
            for item in found.moved
        ],
        "kept": found.kept,
    }


def explanation_body(found: Explanation) -> dict[str, Any]:
    """Tell one letter's story."""
    return {
        "occurrence": _occurrence(found.occurrence),
        "state": found.listed.entry.state if found.listed else None,
        "reason": found.listed.entry.reason if found.listed else None,
        "is_owed": found.is_owed,
        "why": [line.facts() for line in found.why],
        "why_not": found.why_not.facts() if found.why_not else None,
        "attempts": [_attempt(each) for each in found.attempts],
    }


def sender_body(found: Sender) -> dict[str, Any]:
    """Say how the sender is doing."""
    pulse = found.pulse
    return {
        "ticked_at": _instant(pulse.ticked_at),
        "seconds_ago": found.seconds_ago,
        "alive": found.is_alive,
        "oldest_due_at": _instant(pulse.oldest_due_at),
        "due": pulse.due,
        "sent_today": pulse.sent_today,
        "in_doubt": pulse.in_doubt,
        "dead": pulse.dead,
        "feed": {
            "applied_seq": pulse.applied_seq,
            "applied_hash": pulse.applied_hash.hex(),
            "head_seq": pulse.head_seq,
        },
        "alarms": [
            {
                "code": raised.alarm.code,
                "since": _instant(raised.since),
                "subject": _subject(raised.alarm.subject) if raised.alarm.subject else None,
                "detail": raised.alarm.detail().facts(),
                "mends": [
                    {**_subject(each.about), "role": each.role} for each in raised.alarm.mends
                ],
            }
            for raised in pulse.alarms
        ],
    }


def _previewed(item: Previewed) -> dict[str, Any]:
    return {
        **_occurrence(item.occurrence),
        "rule_title": item.rule.facts(),
        "title": item.title.facts(),
        "place": None if item.place is None else _subject(item.place),
        "why": [line.facts() for line in item.why],
    }


def _occurrence(occurrence: Occurrence) -> dict[str, Any]:
    return {
        "key": occurrence.key,
        "rule": occurrence.rule,
        "letter": occurrence.letter,
        "subject": _subject(occurrence.subject),
        "anchor_on": occurrence.anchor_on,
        "lead_days": occurrence.lead_days,
        "revision": occurrence.revision,
        "due_at": _instant(occurrence.due_at),
        "seat_id": occurrence.seat_id,
        "seat_role": occurrence.seat_role,
    }


def _attempt(attempt: AttemptMade) -> dict[str, Any]:
    return {
        "contact_id": attempt.contact_id,
        "message_id": attempt.message_id,
        "started_at": _instant(attempt.started_at),
        "finished_at": _instant(attempt.finished_at),
        "outcome": attempt.outcome,
        "smtp_code": attempt.smtp_code,
        "enhanced_code": attempt.enhanced_code,
        "fault": attempt.fault,
    }


def _subject(subject: Subject) -> dict[str, Any]:
    return {"type": subject.type, "id": subject.id}


def _instant(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
