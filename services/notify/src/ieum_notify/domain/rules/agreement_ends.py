"""Agreements: 90, 30 and 7 days before their last day, and on the day after it, to whoever leads.

Source: docs/rules/reminders.md, R-34.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from changefeed.bounds import effective_on
from changefeed.change import Facts
from ieum_notify.domain.agreement import Agreement, HowItEnds, LastDay
from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.calendar import today_in_seoul
from ieum_notify.domain.facts import FactsUnreadable
from ieum_notify.domain.rule import LetterValue, Rule
from ieum_notify.domain.words import Words

OPEN = "agreement.no_last_day"


@dataclass(frozen=True, slots=True)
class Telling:
    """How one kind of last day is told, before it or after it.

    Attributes:
        day_name: What the day is called.
        happens: What becomes of the agreement, to follow "in 30 days" in Korean and its title in
            English.
        meaning: What that is, in a sentence.
        steps: What to do.
    """

    day_name: Words
    happens: Words
    meaning: Words
    steps: tuple[Words, ...]


_ENDS, _RENEWS = Words("만료일", "Last day"), Words("현재 기간의 마지막 날", "Term's last day")

AHEAD: Mapping[HowItEnds, Telling] = {
    "ends": Telling(
        _ENDS,
        Words("만료됩니다", "ends"),
        Words(
            "정해진 기간이 끝나면 협약도 끝납니다. 자동으로 갱신되지 않습니다.",
            "The agreement ends with its agreed term. It does not renew by itself.",
        ),
        (
            Words(
                "갱신할지 끝낼지 내부 검토를 거쳐 당사자와 협의하십시오.",
                "Review whether to renew it or let it end, and agree on that with the parties.",
            ),
            Words(
                "갱신하면 이음에 새 만료일을 기록하십시오. 알림도 새 날짜를 따릅니다.",
                "If it is renewed, record the new last day in Ieum; the reminders follow it.",
            ),
            Words(
                "끝내기로 하면 남은 이행과제와 종료 보고를 챙기십시오.",
                "If it is to end, see to what is still open and to the final report.",
            ),
        ),
    ),
    "renews": Telling(
        _RENEWS,
        Words("현재 기간이 끝납니다", "comes to the end of its term"),
        Words(
            "협약이 끝나는 날이 아닙니다. 이의를 낸 당사자가 없으면 기간이 자동으로 갱신됩니다.",
            "The agreement does not end on that day. Its term renews by itself unless a party "
            "objects.",
        ),
        (
            Words(
                "협약서에서 이의를 낼 수 있는 기한을 확인하십시오. 이날보다 앞섭니다.",
                "Look up until when a party may object; that is before this day.",
            ),
            Words(
                "갱신하지 않거나 내용을 바꾸려면 그 기한 안에 당사자에게 알리십시오.",
                "If it should not renew, or should change, tell the parties by then.",
            ),
        ),
    ),
    "ended": Telling(
        _ENDS,
        Words("종료됩니다", "ends"),
        Words(
            "종료가 기록되어 이날까지만 효력이 있습니다.",
            "Its ending is on record: it is in force until this day only.",
        ),
        (
            Words(
                "남은 이행과제를 정리하고 종료 보고와 공개를 준비하십시오.",
                "Settle what is still open, and prepare the final report and its publication.",
            ),
        ),
    ),
    "left": Telling(
        _ENDS,
        Words("당사자 탈퇴로 끝납니다", "ends as parties leave"),
        Words(
            "시 또는 상대 당사자 전부의 탈퇴가 기록되어 이날까지만 효력이 있습니다.",
            "The city or all other parties leave, so it is in force until this day only.",
        ),
        (
            Words(
                "탈퇴 기록이 맞는지, 남은 이행과제를 누가 맡는지 확인하십시오.",
                "Check that the leaving is rightly recorded, and who takes on what is still open.",
            ),
        ),
    ),
}

OVER: Mapping[HowItEnds, Telling] = {
    "ends": Telling(
        _ENDS,
        Words("만료되었습니다", "has ended"),
        Words(
            "정해진 기간이 끝났고, 갱신은 기록되지 않았습니다.",
            "The agreed term is over, and no renewal is on record.",
        ),
        (
            Words(
                "갱신했다면 이음에 새 만료일을 기록하십시오.",
                "If it was renewed, record the new last day in Ieum.",
            ),
            Words(
                "끝났다면 남은 이행과제를 정리하고 종료 보고를 하십시오.",
                "If it has ended, settle what is still open and report the ending.",
            ),
        ),
    ),
    "renews": Telling(
        _RENEWS,
        Words("지난 기간의 갱신이 기록되지 않았습니다", "has no renewal on record"),
        Words(
            "기간이 끝났으나 갱신도 종료도 기록되지 않았습니다. 협약의 효력은 이어집니다.",
            "The term is over, and neither a renewal nor an ending is on record. The agreement "
            "stays in force.",
        ),
        (
            Words(
                "갱신되었다면 이음에 새 기간의 마지막 날을 기록하십시오.",
                "If it renewed, record the new term's last day in Ieum.",
            ),
            Words(
                "당사자의 이의로 끝났다면 종료를 기록하십시오.",
                "If a party objected and it has ended, record that.",
            ),
        ),
    ),
}


def anchor(facts: Facts) -> Anchor:
    """Read the last day; where none was agreed, or nothing is in force, nothing is owed.

    What ends because parties leave, or by hand, a person recorded so: it needs no word afterwards.
    """
    agreement = Agreement.from_facts(facts)
    found = agreement.last_day()
    last = found or LastDay(effective_on(agreement.declared), "ends")
    return Anchor(
        last.on,
        agreement.title,
        agreement.lead,
        None if found else OPEN,
        {"parties": agreement.partners_on(last.on)},
        owes_after=last.how in OVER,
        written=None if last.part is None else last.part.written,
    )


def says(facts: Facts, now: datetime) -> Mapping[str, LetterValue]:
    """Say what the day is called, what happens on it, and what is to be done."""
    last = _last_day(facts)
    left = (last.on - today_in_seoul(now)).days
    telling = (AHEAD if left >= 0 else OVER)[last.how]
    return {
        "day_name": telling.day_name,
        "headline": _headline(telling.happens, left),
        "meaning": telling.meaning,
        "steps": telling.steps,
    }


def details(facts: Facts) -> tuple[Words, ...]:
    """Say for the office what kind of day it is."""
    return (AHEAD[_last_day(facts).how].meaning,)


def _last_day(facts: Facts) -> LastDay:
    """Give the day that the rule has found before; without it nothing is owed."""
    found = Agreement.from_facts(facts).last_day()
    if found is None:
        raise FactsUnreadable("no last day")
    return found


def _headline(happens: Words, left: int) -> Words:
    if left < 0:
        return happens
    if left == 0:
        return Words(f"오늘 {happens.ko}", f"{happens.en} today")
    if left == 1:
        return Words(f"내일 {happens.ko}", f"{happens.en} tomorrow")
    return Words(f"{left}일 뒤 {happens.ko}", f"{happens.en} in {left} days")


AGREEMENT_ENDS = Rule(
    name="agreement_ends",
    title=Words("협약 기간 알림", "End of an agreement's term"),
    kind=Words("업무협약", "agreement"),
    letter="agreement_ends",
    subject_type="agreement",
    lead_days=(90, 30, 7, -1),
    send_at=time(9, 0),
    seat_roles={"department": "officer"},
    in_doubt="resend",
    settles={
        OPEN: Words(
            "정해진 마지막 날이 없거나 효력이 없는 협약입니다.",
            "No last day was agreed, or the agreement is not in force.",
        )
    },
    anchor=anchor,
    date_name=Words("마지막 날", "last day"),
    owner_name=Words("담당부서", "department in charge"),
    says=says,
    details=details,
)
