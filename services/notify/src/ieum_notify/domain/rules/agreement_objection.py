"""Whoever leads an agreement that renews by itself hears until when it may be kept from doing so.

Source: docs/rules/reminders.md, R-56; docs/rules/lifecycle.md, L-48.
"""

from collections.abc import Mapping
from datetime import date, datetime, time

from changefeed.bounds import effective_on, next_term_ends_on, objection_closes_on
from changefeed.change import Facts
from ieum_notify.domain.agreement import Agreement
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.facts import FactsUnreadable
from ieum_notify.domain.rule import LetterValue, Rule
from ieum_notify.domain.words import Words

NO_NOTICE = "agreement.no_notice"


def anchor(facts: Facts) -> Anchor:
    """Read the last day to object; where no notice was agreed on, R-34 tells of the term's end."""
    agreement = Agreement.from_facts(facts)
    closes = _closes_on(agreement)
    on = closes or effective_on(agreement.declared)
    return Anchor(
        on,
        agreement.title,
        agreement.lead,
        None if closes else NO_NOTICE,
        {"parties": agreement.partners_on(on)},
    )


def says(facts: Facts, _now: datetime) -> Mapping[str, LetterValue]:
    """Say how that day came about, and what follows if nobody objects."""
    agreement = Agreement.from_facts(facts)
    end, following = agreement.declared.end, next_term_ends_on(agreement.declared)
    if end.ends_on is None:
        raise FactsUnreadable("no last day")
    return {
        "reckoned": _reckoned(end.ends_on, end.notice_months, end.notice_days),
        "otherwise": None if following is None else _renewed_until(following),
    }


def details(facts: Facts) -> tuple[Words, ...]:
    """Say for the office how the day came about."""
    end = Agreement.from_facts(facts).declared.end
    if end.ends_on is None:
        raise FactsUnreadable("no last day")
    return (_reckoned(end.ends_on, end.notice_months, end.notice_days),)


def _closes_on(agreement: Agreement) -> date | None:
    """Give the last day to object, of what is in force and says how much notice it wants."""
    end = agreement.declared.end
    says_none = (end.notice_months, end.notice_days) == (None, None)
    if says_none or agreement.declared.ended is not None or agreement.last_day() is None:
        return None
    return objection_closes_on(agreement.declared)


def _reckoned(ends_on: date, months: int | None, days: int | None) -> Words:
    ko = f"{months}개월" if months is not None else f"{days}일"
    count, unit = (months, "month") if months is not None else (days, "day")
    en = f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    return Words(
        f"현재 기간의 마지막 날 {ends_on.isoformat()}의 {ko} 전입니다. "
        "휴일이어도 늦춰지지 않습니다.",
        f"That is {en} before the term's last day, {ends_on.isoformat()}. No holiday moves it.",
    )


def _renewed_until(following: date) -> Words:
    return Words(
        f"이의가 없으면 {following.isoformat()}까지 자동으로 갱신됩니다.",
        f"Without an objection it renews by itself until {following.isoformat()}.",
    )


AGREEMENT_OBJECTION = Rule(
    name="agreement_objection",
    title=Words("자동 갱신 이의 기한 알림", "Last day to object to a renewal"),
    kind=Words("업무협약", "agreement"),
    letter="agreement_objection",
    subject_type="agreement",
    lead_days=(60, 30, 7, 0),
    send_at=time(9, 0),
    seat_roles={"department": "officer"},
    in_doubt="resend",
    settles={
        NO_NOTICE: Words(
            "자동으로 갱신되지 않거나, 통지 기한이 적혀 있지 않거나, 효력이 없는 협약입니다.",
            "It does not renew by itself, says no notice, or is not in force.",
        )
    },
    anchor=anchor,
    date_name=Words("이의를 낼 수 있는 마지막 날", "last day to object"),
    owner_name=Words("담당부서", "department in charge"),
    says=says,
    details=details,
)
