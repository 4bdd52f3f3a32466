"""When an agreement ends, as a ledger says it: a span, a length, a rule, or words."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from unicodedata import normalize

from changefeed.subjects.agreement import EndRule
from sheetreader.days import NO_DAY, DayRead, of_year, read_written, says_nothing

_WAVE = re.compile(r"\s*(?:[~∼〜～]|부터|--|—|–|―|→|\s-\s)\s*")
_HOW_LONG = re.compile(
    r"(?:(?P<years>\d{1,3}|[일이삼사오육칠팔구십한두세네]{1,2})\s*(?:개년|년|주년|yrs?|years?))?"
    r"(?:\s*(?:(?P<half>반)|(?P<months>\d{1,3})\s*(?:개월|달|months?)))?(?:\s*간)?",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"(?<![\d.+제])(?:\d{1,3}|[일이삼사오육칠팔구십한두세네]{1,2})\s*(?:개년|년|yrs?"
    r"|years?)(?:간)?(?:\s*\d{1,3}\s*개월|\s*반)?(?!\s*\d|도|경|차)"
    r"|(?<![\d.+제])\d{1,3}\s*(?:개월|months?)(?:간)?",
    re.IGNORECASE,
)
_WORDS = dict(zip("일이삼사오육칠팔구십", range(1, 11), strict=True)) | {
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
}
_RENEWS = re.compile(
    r"자동(?:으로)?\s*(?:연장|갱신)|매년\s*(?:연장|갱신)|자동\s*재계약"
    r"|(?:통보|통지|이의|의사\s*표시|요청|해지|서면|의견)[^.,;]{0,20}(?:없|않"
    r"|아니)[^.;]{0,25}(?:연장|갱신|유효|존속|지속)"
    r"|(?:없으면|없을\s*(?:시|경우|때)|없는\s*(?:한|경우))[^.;]{0,20}(?:연장|갱신)"
    r"|automatic\w*\s+renew\w*",
    re.IGNORECASE,
)
_NO_RENEWAL = re.compile(
    r"자동\s*(?:연장|갱신)\s*(?:없음|불가|안\s*함|않|X|×|미적용)", re.IGNORECASE
)
_NOTICE = re.compile(r"(?P<number>\d{1,3})\s*(?P<unit>개월|월|일|주)\s*(?:이?전|前)")
_PURPOSE = re.compile(
    r"(?:목적|사업|투자|과제|공사|준공|행사|대회|협약|건립|조성|이행|과업|프로젝트|목표|용역"
    r"|합의\s*사항)[^,.;~]{0,12}"
    r"(?:달성|완료|종료|완수|준공|이행|마칠|끝날|완공|성취)|준공\s*(?:시|때)|완료\s*(?:시"
    r"|될?\s*때)\s*(?:까지)?|완료일까지|(?:종료|완료|폐막|준공|달성)\s*(?:시|될?\s*때)(?:\s*까지)?$"
)
_EVERGREEN = re.compile(
    r"무기한|무한|영구|(?:기한|기간)\s*(?:의\s*)?(?:정함|정하|없)|(?:기간"
    r"|기한)\s*(?:제한)?\s*(?:의\s*정함이\s*)?없|별도\s*(?:정함"
    r"|기한)\s*없|제한\s*없"
    r"|해지\s*(?:시|할\s*때|통보\s*시|합의\s*시|요청\s*시)\s*까지|상시|계속|지속|evergreen"
    r"|indefinite",
    re.IGNORECASE,
)
_OVER = re.compile(r"^\s*(?:기간\s*)?(?:만료|종료|해지|파기|실효)(?:됨|됐음|되었음)?\s*$")
_REMARK = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_UNTIL = re.compile(r"\s*(?:까지|한|限|限까지)\s*$")


@dataclass(frozen=True, slots=True)
class TermRead:
    """What was read of a term.

    Attributes:
        months: How long it is, counted from the first day where no last day is written.
        begins: Where it begins, if it says so.
        ends: Its last day, if it is written.
        notice: In days or months (`unit`) before the end somebody has to object.
        understood: Whether the text says how the agreement ends at all.
        yearless: A last day without a year, as `12.31.`, that falls before the first one.
    """

    rule: EndRule
    months: int | None = None
    begins: DayRead = NO_DAY
    ends: DayRead = NO_DAY
    notice: int | None = None
    unit: str = ""
    understood: bool = True
    yearless: str = ""
    choices: tuple[str, ...] = ()


NOTHING_SAID = TermRead("unknown")


@lru_cache(maxsize=8192)
def read_term(text: str) -> TermRead:
    """Read what a cell says of a term."""
    written = " ".join(normalize("NFKC", text).split())
    if says_nothing(written) and "~" not in written:
        return NOTHING_SAID
    if re.fullmatch(r"[~\s]*", written):
        return NOTHING_SAID
    renews = _RENEWS.search(written) is not None and not _NO_RENEWAL.search(written)
    notice, unit = _notice(written) if renews else (None, "")
    span = _span(written)
    if span is not None:
        begins, ends, months, yearless, choices = span
        if not (ends.is_nothing and months is None and not yearless) or not begins.is_nothing:
            of_span = _rule_of_span(
                written, renews=renews, ends=ends, months=months, yearless=yearless
            )
            understood = of_span != "unknown"
            return TermRead(
                of_span, months, begins, ends, notice, unit, understood, yearless, choices
            )
    months = _length(_without_notice(written))
    rule: EndRule = "auto_renews" if renews else "fixed"
    if months is not None:
        # What brackets say of the days wins over the length: 3년(2024.1.1.~2026.12.31.).
        for inside in _REMARK.findall(written):
            told = read_term(inside)
            if told.ends.on is not None:
                return replace(told, rule=rule, months=months, notice=notice, unit=unit)
    if renews or months is not None:
        return TermRead(rule, months, notice=notice, unit=unit)
    return _in_words(written)


def _rule_of_span(
    written: str, *, renews: bool, ends: DayRead, months: int | None, yearless: str
) -> EndRule:
    if renews:
        return "auto_renews"
    if not ends.is_nothing or months is not None or yearless:
        return "fixed"
    if _PURPOSE.search(written):
        return "until_purpose_achieved"
    return "evergreen" if _EVERGREEN.search(written) else "unknown"


def _in_words(written: str) -> TermRead:
    if _PURPOSE.search(written):
        return TermRead("until_purpose_achieved")
    if _EVERGREEN.search(written):
        return TermRead("evergreen")
    if _OVER.search(written):
        return TermRead("unknown", understood=False)
    day = read_written(_UNTIL.sub("", written))
    if not day.is_nothing and not day.is_plan and day.code != "day.unreadable":
        return TermRead("fixed", ends=day)
    return TermRead("unknown", understood=False)


Span = tuple[DayRead, DayRead, int | None, str, tuple[str, ...]]


def _span(written: str) -> Span | None:
    """Read `A ~ B`, of which either may be open; None if the text is no span."""
    bare = _REMARK.sub(" ", written).strip()
    parts = _WAVE.split(bare, maxsplit=1)
    if len(parts) != 2:
        return None
    left, right = parts[0].strip(), _UNTIL.sub("", parts[1]).strip()
    begins = NO_DAY if not left else read_written(left)
    if left and (begins.is_plan or begins.code == "day.unreadable"):
        if not re.search(r"체결|서명|협약|발효|효력", left):
            return None
        begins = NO_DAY
    months = _length(right) if right else None
    if months is not None:
        return begins, NO_DAY, months, "", ()
    if not right or _EVERGREEN.search(right) or _PURPOSE.search(right) or right in {"현재", "미정"}:
        return begins, NO_DAY, None, "", ()
    ends = read_written(right)
    if ends.on is not None or ends.part is not None or ends.code in {"day.order", "day.calendar"}:
        return begins, ends, None, "", ()
    if begins.on is not None:
        same = of_year(right, begins.on.year)
        if same is not None and same >= begins.on:
            return begins, DayRead(on=same), None, "", ()
        later = of_year(right, begins.on.year + 1)
        if later is not None:
            return begins, NO_DAY, None, right, (later.isoformat(),)
    return None


def _length(text: str) -> int | None:
    """Read how long: `3년`, `36개월`, `2년 6개월`, `체결일로부터 3년간`."""
    found = _LONG.search(text)
    if found is None:
        return None
    said = _HOW_LONG.match(found[0])
    if said is None or not (said["years"] or said["months"]):
        return None
    years = said["years"] or "0"
    count = int(years) if years.isdecimal() else _count(years)
    if count is None:
        return None
    months = 12 * count + int(said["months"] or 0) + (6 if said["half"] else 0)
    return months if 0 < months <= 1200 else None


def _count(words: str) -> int | None:
    if len(words) == 1:
        return _WORDS.get(words)
    if words[0] == "십":
        return 10 + _WORDS[words[1]]
    return None


def _notice(written: str) -> tuple[int | None, str]:
    found = _NOTICE.search(written)
    if found is None:
        return None, ""
    number = int(found["number"])
    if found["unit"] == "주":
        return 7 * number, "days"
    return number, "days" if found["unit"] == "일" else "months"


def _without_notice(written: str) -> str:
    return _NOTICE.sub(" ", written)
