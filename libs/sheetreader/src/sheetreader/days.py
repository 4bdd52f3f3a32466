"""What a cell says of one day: exactly, in part, or in a way that a person has to decide."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from unicodedata import normalize

from changefeed.subjects.parts import PartDay
from changefeed.written_day import read_day, read_part
from sheetreader.cells import Value
from sheetreader.layout import text_of

_SERIAL_BEGINS = date(1899, 12, 30)
_SERIAL_1904 = date(1904, 1, 1)
# Before and after these a year was probably mistyped: nobody here signed in 1024 or 2204.
_YEARS = range(1945, 2080)
_SERIALS = range(20_000, 80_000)
_NOTHING = re.compile(r"[-–—―~.·/\s]*|없음|해당\s*없음|해당사항\s*없음|N/?A|n/?a|미기재|공란")
_PLAN = re.compile(
    r"예정|추진\s*중|협의\s*중|검토\s*중|준비\s*중|미체결|체결\s*전|계획\s*$|진행\s*중"
)
_EAST = str.maketrans("年月日", "년월일")
_LEAD = re.compile(r"^(?:체결일?|협약일?|서명일?|일자|체결\s*일자|최초|당초)\s*[:：]?\s*")
_REMARK = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]\s*")
_WEEKDAY = re.compile(r"[월화수목금토일](?:요일)?")
_ON_WEEKDAY = re.compile(
    r"\d\s*[.일]?\s*(?:[(\[]([월화수목금토일])(?:요일)?[)\]]|([월화수목금토일])요일)"
)
_TAIL = re.compile(
    r"^(?P<day>.*\d[.일]?)\s*(?P<more>체결|서명|협약|자|부터|오전|오후|현지(?:시간|시각)?)$"
)
_UNKNOWN = re.compile(
    r"(?:(?:체결|협약|서명)?(?:일|일자|날짜|시기)?\s*)?"
    r"(?:미상|불명|불상|모름|확인\s*불가|기록\s*없음|미확인|확인\s*중)"
)
_ONE = r"['’‘`]?\d{2,4}\s*[.\-/년]\s*\d{1,2}\s*[.\-/월]\s*\d{1,2}\s*[.일]?"
_WHOLE = re.compile(rf"(?<!\d){_ONE}(?!\d)")
_NO_YEAR = re.compile(
    r"(\d{1,2})\s*[./월\-]\s*(\d{1,2})\s*[.일]?(?:\s*[(\[][월화수목금토일](?:요일)?[)\]])?"
)


@dataclass(frozen=True, slots=True)
class DayRead:
    """What was read of a day.

    Attributes:
        on: The day; None if it is not known to the day.
        part: What is known of it otherwise.
        code: The doubt, if any: of `doubts.DOUBTS`.
        facts: What its sentence names.
        choices: The days that it may be.
        remark: What stood beside the day and is no part of it.
        is_plan: Whether it says that nothing was signed yet.
    """

    on: date | None = None
    part: PartDay | None = None
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    remark: str = ""
    is_plan: bool = False

    @property
    def is_nothing(self) -> bool:
        """Say whether nothing is said of any day."""
        return self.on is None and self.part is None and not self.code and not self.is_plan


NO_DAY = DayRead()


def says_nothing(text: str) -> bool:
    """Say whether a cell is filled only to be filled: `-`, 해당 없음."""
    return _NOTHING.fullmatch(text.strip()) is not None


def read_day_cell(value: Value, shown: str = "", *, from_1904: bool = False) -> DayRead:
    """Read a cell that holds a day.

    Args:
        shown: The cell's format, where that leaves the day or the month out: then no more than it
            shows was meant.
        from_1904: Whether the file counts its days from 1904.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        if value.year not in _YEARS:
            return DayRead(code="day.far", choices=(value.isoformat(),))
        return DayRead(on=value) if not shown else _in_part_of(value, shown)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return DayRead(code="day.unreadable")
    if isinstance(value, str):
        return read_written(value)
    return _of_number(value, _SERIAL_1904 if from_1904 else _SERIAL_BEGINS)


def _in_part_of(day: date, shown: str) -> DayRead:
    by_year = "m" not in re.sub(r'"[^"]*"|\[[^\]]*\]', "", shown).lower()
    written = f"{day.year}년" if by_year else f"{day.year}년 {day.month}월"
    return DayRead(part=read_part(written))


def _of_number(value: float, begins: date) -> DayRead:
    whole = int(value)
    if value == whole:
        if whole in _SERIALS:
            meant = begins + timedelta(days=whole)
            return DayRead(meant, code="day.serial", facts={"meant": meant.isoformat()})
        return read_written(str(whole))
    if 1900 <= whole < 2100:
        # A number: what was typed as 2014.10 is 2014.1 to Excel, like what was typed as 2014.1.
        digits = f"{value:.2f}".rstrip("0").rpartition(".")[2]
        if digits == "1":
            return DayRead(code="day.order", choices=(f"{whole}-01", f"{whole}-10"))
        return read_written(f"{whole}.{digits}")
    if whole in _SERIALS:
        meant = begins + timedelta(days=whole)
        return DayRead(meant, code="day.serial", facts={"meant": meant.isoformat()})
    return DayRead(code="day.unreadable")


@lru_cache(maxsize=8192)
def read_written(text: str) -> DayRead:
    """Read a day out of text."""
    written = normalize("NFKC", text).translate(_EAST).strip()
    if says_nothing(written):
        return NO_DAY
    if _PLAN.search(written):
        return DayRead(is_plan=True)
    found = _read(written)
    if found is not None:
        return _on_its_weekday(found, written)
    bare, remark = _without_remarks(written)
    found = _read(bare) if remark and bare else None
    if found is not None:
        return DayRead(
            found.on,
            found.part,
            found.code or ("day.remark" if not _WEEKDAY.fullmatch(remark) else ""),
            found.facts,
            found.choices,
            remark,
        )
    days = tuple(dict.fromkeys(day for each in _WHOLE.findall(written) for day in _exact(each)))
    if len(days) > 1:
        return DayRead(code="day.several", choices=days)
    if _UNKNOWN.fullmatch(written):
        return DayRead(part=read_part(text.strip()))
    return DayRead(code="day.unreadable", choices=days)


def _on_its_weekday(found: DayRead, written: str) -> DayRead:
    """Ask where a day does not fall on the day of the week that is written behind it."""
    said = _ON_WEEKDAY.search(written)
    if (
        found.on is None
        or said is None
        or "월화수목금토일"[found.on.weekday()] == (said[1] or said[2])
    ):
        return found
    meant = f"{'월화수목금토일'[found.on.weekday()]}요일"
    return DayRead(code="day.weekday", facts={"meant": meant}, choices=(found.on.isoformat(),))


def _read(written: str) -> DayRead | None:
    """Read what is a day in any of its forms, exact or in part; None if it is no such thing."""
    found = read_day(written)
    if isinstance(found, date) or found.why == "form":
        on = found if isinstance(found, date) else date.fromisoformat(found.meant[0])
        if on.year not in _YEARS:
            return DayRead(code="day.far", choices=(on.isoformat(),))
        if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{2}", written) and _month_first(written, on):
            return DayRead(on, code="day.month_first", facts={"meant": on.isoformat()})
        if re.fullmatch(r"\d{5}(?:\.0+)?", written):
            return DayRead(on, code="day.serial", facts={"meant": on.isoformat()})
        return DayRead(on=on)
    if found.why == "order":
        return DayRead(code="day.order", choices=found.meant)
    if found.why == "calendar":
        return DayRead(code="day.calendar")
    if found.why == "day_missing" or _says_part(written):
        return DayRead(part=read_part(written))
    for form in (_LEAD, _TAIL):
        less = form.sub("", written) if form is _LEAD else _less(written)
        if less not in {written, ""}:
            return _read(less)
    return None


def _less(written: str) -> str:
    found = _TAIL.match(written)
    return found["day"] if found else written


def _says_part(written: str) -> bool:
    return read_part(written).from_on is not None


def _month_first(written: str, on: date) -> bool:
    return int(written.partition("/")[0]) == on.month and int(written[-2:]) == on.year % 100


def _exact(written: str) -> tuple[str, ...]:
    found = read_day(written.strip())
    return (found.isoformat(),) if isinstance(found, date) else found.meant


def _without_remarks(written: str) -> tuple[str, str]:
    said = [each.strip() for each in _REMARK.findall(written)]
    return _REMARK.sub(" ", written).strip(), ", ".join(each for each in said if each)


def of_year(text: str, year: int) -> date | None:
    """Read a month and a day, as `5.27.`, whose year stands elsewhere."""
    found = _NO_YEAR.fullmatch(normalize("NFKC", text).strip())
    if found is None:
        return None
    month, day = int(found[1]), int(found[2])
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


_YEAR = re.compile(r"(?<!\d)(?:['’‘`](\d{2})|((?:19|20)\d{2}))\s*(?:년도?|년|\.)?(?!\d)")


def year_said(value: Value) -> int | None:
    """Read the year that a cell or a section names alone: `2023`, `2023년도`, `'23년`."""
    text = normalize("NFKC", text_of(value))
    if re.search(r"이전|이후|까지|부터|~", text):
        return None
    found = {
        int(each[1])
        if each[1]
        else 2000 + int(each[0])
        if int(each[0]) < 50
        else 1900 + int(each[0])
        for each in _YEAR.findall(text)
    }
    return found.pop() if len(found) == 1 else None


def plus_months(day: date, months: int) -> date:
    """Count months from a day, clamped to the month's last (docs/rules/terms.md, T-5)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(max(year, 1), 9999)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
