"""Why a letter goes out, and why a planned one does not: in sentences, both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from changefeed.subjects.seat import SEAT_ROLES
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.facts import FactsUnreadable
from ieum_notify.domain.hours import day_out
from ieum_notify.domain.known import Known
from ieum_notify.domain.occurrence import Occurrence, State
from ieum_notify.domain.rule import Rule, RuleFaulty, is_over, step_of
from ieum_notify.domain.words import Words, day_words, declared_words
from workdays.calendar import WorkingDays

_ROLES: Mapping[str, Words] = declared_words(SEAT_ROLES)


def role_name(role: str) -> Words:
    """Say what a seat's role is called."""
    return _ROLES.get(role, Words(role, role))


@dataclass(frozen=True, slots=True)
class NotOwed:
    """Why a letter does not go out: the code that is stored, the state it leads to, the words."""

    code: str
    state: State
    said: Words


NOT_OWED: Mapping[str, NotOwed] = {
    each.code: each
    for each in (
        NotOwed(
            "subject.gone", "cancelled", Words("대상이 더 이상 없습니다.", "The subject is gone.")
        ),
        NotOwed("date.moved", "superseded", Words("날짜가 바뀌었습니다.", "The date was moved.")),
        NotOwed("date.passed", "skipped", Words("알릴 시기가 지났습니다.", "The date has passed.")),
        NotOwed(
            "step.newer",
            "superseded",
            Words(
                "더 가까운 단계에 이르러 그 알림이 대신합니다.",
                "A newer step was reached; its letter takes this one's place.",
            ),
        ),
        NotOwed(
            "step.covered",
            "superseded",
            Words(
                "그 뒤에 바뀐 것을 알리는 메일이 대신합니다.",
                "The letter that tells of a later change takes this one's place.",
            ),
        ),
        NotOwed(
            "revision.newer",
            "superseded",
            Words(
                "그 뒤에 또 바뀌어 새 메일이 대신합니다.",
                "It was changed again; the newer letter takes this one's place.",
            ),
        ),
        NotOwed(
            "seat.changed",
            "superseded",
            Words("받을 담당(역할)이 바뀌었습니다.", "It goes to another seat now."),
        ),
        NotOwed(
            "left.nothing",
            "superseded",
            Words(
                "다시 참가하거나 이미 알려, 해제를 알릴 것이 없습니다.",
                "There is nothing to take back: they take part again, or were told already.",
            ),
        ),
        NotOwed(
            "returned.nothing",
            "superseded",
            Words(
                "다시 알릴 것이 없습니다. 다시 빠졌거나 이미 알렸습니다.",
                "There is nothing to tell again: they were taken off again, or were told already.",
            ),
        ),
        NotOwed(
            "rule.gone",
            "superseded",
            Words("이 알림 규칙은 더 이상 쓰이지 않습니다.", "This rule is no longer in use."),
        ),
        NotOwed(
            "rule.faulty",
            "superseded",
            Words(
                "알림 규칙에 잘못이 있어 계획할 수 없습니다.",
                "The rule has a fault, so nothing can be planned by it.",
            ),
        ),
        NotOwed(
            "facts.unreadable",
            "superseded",
            Words("대상의 기록을 읽을 수 없습니다.", "The subject's facts cannot be read."),
        ),
    )
}
"""The reasons that all rules share; what settles a subject is each rule's own (`Rule.settles`)."""


def why_owed(rule: Rule, occurrence: Occurrence, days: WorkingDays, today: date) -> list[Words]:
    """Show how the letter's day was reached and why it goes where it goes.

    Source: docs/rules/reminders.md, R-10.
    """
    if rule.at_once is not None:
        return [_at_once(rule, occurrence, rule.at_once), _addressee(rule, occurrence)]
    lead_days, name = occurrence.lead_days, rule.date_name
    raw_on = occurrence.anchor_on - timedelta(days=lead_days)
    anchor, raw = day_words(occurrence.anchor_on), day_words(raw_on)
    many = abs(lead_days)
    count = "1 day" if many == 1 else f"{many} days"
    side = Words("전은", "before") if lead_days >= 0 else Words("뒤는", "after")
    lines = [
        Words(
            f"{rule.title.ko}: {name.ko} {anchor.ko}의 {many}일 {side.ko} {raw.ko}입니다.",
            f"{rule.title.en}: {count} {side.en} the {name.en} ({anchor.en}) is {raw.en}.",
        )
    ]
    if occurrence.due_on != raw_on:
        moved = day_words(occurrence.due_on)
        way = Words("앞선", "back") if occurrence.due_on < raw_on else Words("다음", "on")
        lines.append(
            Words(
                f"그날은 근무일이 아니어서({days.why(raw_on, 'ko')}) {way.ko} 근무일 {moved.ko}로 "
                "옮겼습니다.",
                f"That is no working day ({days.why(raw_on, 'en')}), so it moved {way.en} to "
                f"{moved.en}.",
            )
        )
    if occurrence.due_on < today:
        lines.append(
            Words(
                "보낼 날이 이미 지나, 가장 가까운 단계 하나만 바로 보냅니다.",
                "That day has passed, so the newest step alone goes out at once.",
            )
        )
    else:
        hour = rule.send_at.strftime("%H:%M")
        lines.append(Words(f"서울 시각 {hour}에 보냅니다.", f"It goes out at {hour} in Seoul."))
    lines.append(_addressee(rule, occurrence))
    return lines


def _at_once(rule: Rule, occurrence: Occurrence, happened: Words) -> Words:
    changed = day_words(occurrence.due_on)
    return Words(
        f"{rule.title.ko}: {changed.ko}에 {happened.ko} 바로 알립니다.",
        f"{rule.title.en}: {happened.en} on {changed.en}, so this goes out at once.",
    )


def _addressee(rule: Rule, occurrence: Occurrence) -> Words:
    owner = rule.owner_name
    if not occurrence.is_for_office:
        role = role_name(occurrence.seat_role)
        place = rule.seat_owners.get(occurrence.seat_role, owner)
        return Words(
            f"받는 사람: {place.ko}의 {role.ko}.",
            f"Addressee: the {role.en} of the {place.en}.",
        )
    if occurrence.seat_id is None:
        return Words(
            f"{owner.ko}에도 총괄부서에도 연락할 수 있는 담당자가 없어 보낼 수 없습니다. "
            "담당자를 지정하십시오.",
            f"Neither the seat of the {owner.en} nor the coordinating office's has anybody in it, "
            "so nothing can be sent. Name somebody for a seat.",
        )
    return Words(
        f"{owner.ko}에 연락할 수 있는 담당자가 없어 총괄부서 담당자에게 알립니다.",
        f"Nobody who may be written to holds the seat of the {owner.en}, so the office's officer "
        "is told.",
    )


NEW_READER = Words(
    "업무를 새로 맡으셔서, 전임자에게 이미 나간 알림을 다시 보내 드립니다.",
    "You hold this seat anew: this went out before to whoever held it then.",
)
"""Why a letter that went out goes out again: docs/rules/reminders.md, R-28."""


def why_not_owed(rule: Rule | None, occurrence: Occurrence, known: Known, now: datetime) -> NotOwed:
    """Name the reason why the planner no longer produces a key: one of NOT_OWED or of the rule.

    Args:
        rule: None if the rule that planned it is no longer there.
    """
    record = known.records.get(occurrence.subject)
    if rule is None:
        return NOT_OWED["rule.gone"]
    if record is None:
        return NOT_OWED["subject.gone"]
    try:
        anchor = rule.read(record.facts)
    except RuleFaulty:
        return NOT_OWED["rule.faulty"]
    except FactsUnreadable:
        return NOT_OWED["facts.unreadable"]
    if anchor.settled is not None:
        return NotOwed(anchor.settled, "cancelled", rule.settles[anchor.settled])
    if anchor.revision != occurrence.revision and rule.tells == "named":
        return NOT_OWED["revision.newer"]
    if anchor.on != occurrence.anchor_on:
        return NOT_OWED["date.moved"]
    if is_over(anchor, occurrence.lead_days, now):
        return NOT_OWED["date.passed"]
    if rule.tells != "named":
        return NOT_OWED[f"{rule.tells}.nothing"]
    return NOT_OWED[_overtaken(rule, occurrence, anchor, known, now) or "seat.changed"]


def _overtaken(
    rule: Rule, occurrence: Occurrence, anchor: Anchor, known: Known, now: datetime
) -> str | None:
    """Name what took a step's place: the letter of a change, or a newer step; None if nothing."""
    if rule.at_once is not None:
        return None
    if anchor.changed_on is not None and occurrence.due_on <= anchor.changed_on:
        return "step.covered"
    reached_on = max(day_out(anchor, now, known.days, known.hours), occurrence.due_on)
    is_newer = any(
        lead_days < occurrence.lead_days
        and not is_over(anchor, lead_days, now)
        and step_of(anchor, lead_days, known.days).due_on <= reached_on
        for lead_days in rule.lead_days
    )
    return "step.newer" if is_newer else None
