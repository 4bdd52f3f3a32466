"""A form as it was filled in: its values as they are meant, and what is wrong with them.

A fault is noted by field and reading goes on, so that the person hears of all of them at once.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, Self
from unicodedata import normalize
from uuid import UUID

from werkzeug.datastructures import MultiDict

from changefeed import limits
from changefeed.declared import Field
from changefeed.subjects.parts import Words
from changefeed.written_day import read_day, read_part
from ieum_portal.pages.wired import EARLIEST, LATEST

_CIVIL = re.compile(r"(.+?)(?:T|\s+)(\d{1,2}:\d{2}(?::00(?:\.0+)?)?)", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00(?:\.0+)?)?", re.ASCII)
"""As browsers send them, and as a hand writes them where a browser has no such field."""

_NUMBER = re.compile(r"\d")
_MONTHS = re.compile(r"(?:(\d{1,3})\s*년)?\s*(?:(\d{1,4})\s*(?:개월|달)?)?", re.ASCII)
_WON = re.compile(r"(?:(\d{1,4})조)?(?:(\d{1,4})억)?(?:(\d{1,4})만)?(\d{1,16})?원?정?", re.ASCII)
_HUNDREDS = re.compile(r"([1-9])백(\d{0,2})", re.ASCII)
_THOUSANDS = re.compile(r"([1-9])천(\d{0,3})", re.ASCII)
_COUNTED = re.compile(r"(?<=[0-9만억조])(?:명|건|개소|개|곳)$")
_WHOLE = re.compile(r"(\d{1,16})(?:일|개월|건|명)?", re.ASCII)

_OUTER = re.compile(r"^[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+$")
"""Blanks of every width, and those of none that come along when something is pasted."""

SOUGHT = "-sought"
"""Behind a field's name: the words by which what to choose is looked for."""

DAY_FAULTS: Mapping[str, str] = {
    "calendar": "no_such_day",
    "day_missing": "day_missing",
    "order": "day_order",
}
"""Why a text is no day, where there is more to say than how to write one."""

_WEB = re.compile(r"https?://[\w.-]+(:\d{1,5})?([/?#]\S*)?")


class Filled:
    """One form.

    Attributes:
        faults: Field → code of what is wrong (`labels.FIELD_FAULTS`), in the order of reading.
        told: What is said of a fault in words that no code stands for, by field.
    """

    def __init__(self, form: MultiDict[str, str]) -> None:
        self._form = form
        self.faults: dict[str, str] = {}
        self.told: dict[str, str] = {}

    def say(self, name: str, text: str) -> None:
        """Note a fault in the reader's own words, unless one was found at the field before."""
        if name not in self.faults:
            self.faults[name], self.told[name] = "refused", text

    def line(self, name: str, *, required: bool = False, longest: int = limits.LINE) -> str | None:
        """Give text on one line; None if it is blank."""
        return self._text(name, longest, required=required)

    def number(self, name: str, *, required: bool = False) -> str | None:
        """Give digits without the blanks and hyphens that people put among them."""
        text = self._text(name, limits.LINE, required=required)
        return None if text is None else re.sub(r"[\s\-‐-―]", "", text)

    def whole(self, name: str, *, required: bool = False, most: int) -> int | None:
        """Give a number from 1, with commas or without, and what is counted (`30일`) behind it."""
        text = self._text(name, limits.LINE, required=required)
        if text is None:
            return None
        said = _WHOLE.fullmatch(re.sub(r"[\s,]", "", normalize("NFKC", text)))
        return self._within(name, 0 if said is None else int(said[1]), most, "no_whole")

    def passage(
        self, name: str, *, required: bool = False, longest: int = limits.PASSAGE
    ) -> str | None:
        """Give text of one or several lines; None if it is blank."""
        return self._text(name, longest, required=required)

    def lines(self, name: str) -> list[str]:
        """Give several texts, of which each has a line; blank lines are passed over."""
        found = [_OUTER.sub("", each) for each in (self.passage(name) or "").split("\n")]
        if any(len(each) > limits.LINE for each in found):
            self.faults.setdefault(name, "too_long")
        return [each for each in found if each]

    def link(self, name: str, *, required: bool = False, is_https: bool = True) -> str | None:
        """Give an address of the web, with https unless told otherwise; None if it is blank."""
        text = self._text(name, limits.LINK, required=required)
        if text is not None and _WEB.fullmatch(text) is None:
            self.faults.setdefault(name, "no_link" if is_https else "no_web")
        elif text is not None and is_https and not text.startswith("https:"):
            self.faults.setdefault(name, "no_link")
        return text

    def day(self, name: str, *, required: bool = False, latest: date = LATEST) -> date | None:
        """Give a day, however it is written as long as it means one; None if it is blank.

        Args:
            latest: Days after it are taken for faults.
        """
        text = self._text(name, limits.LINE, required=required)
        if text is None:
            return None
        day = self._day(name, text)
        if day is None:
            return None
        if not EARLIEST <= day <= LATEST:
            self.faults.setdefault(name, "no_day")
            return None
        if day > latest:
            self.faults.setdefault(name, "not_yet")
            return None
        return day

    def dated(
        self,
        name: str,
        field: Field,
        *,
        required: bool = False,
        written: Collection[str] = (),
    ) -> dict[str, Any]:
        """Give a day and what is written of it beside it, as the two facts that hold them.

        What names a month or a year, or no number at all, is kept as it is written (T-30);
        anything else that is no day is a fault.

        Args:
            written: What is on record already, and so is taken as it is.
        """
        part = field.fact.part or ""
        text = self._text(name, limits.LINE, required=required)
        if text is None:
            return {field.key: None, part: None}
        found = read_day(text)
        is_part = not isinstance(found, date) and (
            found.why == "day_missing" or (found.why == "unreadable" and _says_part(text))
        )
        if text in written or is_part:
            return {field.key: None, part: {"written": text}}
        if not isinstance(found, date) and found.why == "unreadable":
            self.faults.setdefault(name, "no_part")
            return {field.key: None, part: None}
        day = self.day(name)
        return {field.key: None if day is None else day.isoformat(), part: None}

    def months(self, name: str, *, most: int) -> int | None:
        """Give a number of months, also where it is written in years: `3년`, `1년 6개월`."""
        text = self._text(name, limits.LINE, required=False)
        if text is None:
            return None
        said = _MONTHS.fullmatch(normalize("NFKC", text))
        found = 0 if said is None else 12 * int(said[1] or 0) + int(said[2] or 0)
        return self._within(name, found, most, "no_months")

    def won(self, name: str, *, most: int) -> int | None:
        """Give an amount, also where it is written in 억 and 만: `1억 2,000만원`."""
        return self._amount(name, required=False, least=1, most=most, fault="no_amount")

    def figure(self, name: str, *, required: bool, least: int, most: int) -> int | None:
        """Give a figure of anything, written as an amount or with what is counted: `1,200명`."""
        return self._amount(name, required=required, least=least, most=most, fault="no_figure")

    def _amount(
        self, name: str, *, required: bool, least: int, most: int, fault: str
    ) -> int | None:
        text = self._text(name, limits.LINE, required=required)
        if text is None:
            return None
        plain = re.sub(r"[\s,₩]", "", normalize("NFKC", text))
        plain = _THOUSANDS.sub(_thousands, _HUNDREDS.sub(_hundreds, plain))
        if fault == "no_figure":
            plain = _COUNTED.sub("", plain)
        said = _WON.fullmatch(plain) if plain else None
        units = (10**12, 10**8, 10**4, 1)
        found = -1
        if said is not None:
            found = sum(
                int(each or 0) * unit for each, unit in zip(said.groups(), units, strict=True)
            )
        return self._within(name, found, most, fault, least=least)

    def _within(
        self, name: str, found: int, most: int, fault: str, *, least: int = 1
    ) -> int | None:
        if least <= found <= most:
            return found
        self.faults.setdefault(name, fault)
        return None

    def civil(self, name: str, *, required: bool = False) -> datetime | None:
        """Give what a clock somewhere shows, to the minute; None if it is blank."""
        text = self._text(name, limits.LINE, required=required)
        if text is None:
            return None
        written = _CIVIL.fullmatch(text)
        if written is None:
            self.faults.setdefault(name, "no_civil")
            return None
        day, at = self._day(name, written[1]), _clock(written[2])
        if at is None:
            self.faults.setdefault(name, "no_civil")
        return None if day is None or at is None else datetime.combine(day, at)

    def clock(self, name: str) -> time | None:
        """Give a time of day, to the minute; None if it is blank."""
        text = self._text(name, limits.LINE, required=False)
        at = None if text is None else _clock(text)
        if text is not None and at is None:
            self.faults.setdefault(name, "no_clock")
        return at

    def words(
        self, name: str, *, required: bool = False, longest: int = limits.LINE
    ) -> Words | None:
        """Give a text from two lines, `<name>_ko` and `<name>_en`; None if both are blank."""
        en = self.line(f"{name}_en", longest=longest)
        ko = self.line(f"{name}_ko", required=required or en is not None, longest=longest)
        return Words(ko, en) if ko else None

    def code(self, name: str, known: Collection[str], *, required: bool = True) -> str | None:
        """Give one of the codes on offer; None if none was chosen."""
        text = self._text(name, limits.LINE, required=required)
        if text is not None and text not in known:
            self.faults.setdefault(name, "not_offered")
        return text

    def one_of(self, name: str, offered: Iterable[UUID], *, required: bool = True) -> UUID | None:
        """Give one of the things on offer; None if none was chosen."""
        text = self._text(name, limits.LINE, required=required)
        found = _id(text)
        if text is not None and found not in set(offered):
            self.faults.setdefault(name, "not_offered")
            return None
        return found

    def some_of(
        self, name: str, offered: Iterable[UUID], *, required: bool = False
    ) -> tuple[UUID, ...]:
        """Give those of the things on offer that were chosen, each once, in the order offered."""
        chosen = {_id(each) for each in self._form.getlist(name)}
        if required and not chosen:
            self.faults.setdefault(name, "empty")
        in_order = list(offered)
        if chosen - set(in_order):
            self.faults.setdefault(name, "not_offered")
        return tuple(each for each in in_order if each in chosen)

    def chosen(self, name: str) -> frozenset[UUID]:
        """Give the ids that are chosen, on offer or not."""
        return frozenset(found for each in self._form.getlist(name) if (found := _id(each)))

    def sought(self, name: str) -> str | None:
        """Give the words by which something to choose is looked for; None if there are none."""
        text = _OUTER.sub("", normalize("NFC", self._form.get(f"{name}{SOUGHT}", "")))
        return text[: limits.LINE] or None

    def row(self, cells: Mapping[str, str]) -> Self:
        """Give a form of one row of this one; its faults are its own."""
        return type(self)(MultiDict(cells))

    def several(self, names: Iterable[str]) -> dict[str, list[str]]:
        """Give all that some fields hold, as typed."""
        return {name: self._form.getlist(name) for name in names}

    def version(self) -> int:
        """Give the version that the person had before them; 0, which is none, if it is lost."""
        text = self._form.get("seen", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0

    def _day(self, name: str, text: str) -> date | None:
        found = read_day(text)
        if not isinstance(found, date) and found.why == "form":
            found = date.fromisoformat(found.meant[0])
        if not isinstance(found, date):
            self.faults.setdefault(name, DAY_FAULTS.get(found.why, "no_day"))
            return None
        return found

    def _text(self, name: str, longest: int, *, required: bool) -> str | None:
        """Tidy what was typed: composed, line breaks of one kind, no blanks at either end."""
        typed = normalize("NFC", self._form.get(name, ""))
        text = _OUTER.sub("", typed.replace("\r\n", "\n").replace("\r", "\n"))
        if not text:
            if required:
                self.faults.setdefault(name, "empty")
            return None
        if len(text) > longest:
            self.faults.setdefault(name, "too_long")
        return text


def _says_part(text: str) -> bool:
    """Say whether what is no day names a year, or no number at all."""
    return _NUMBER.search(text) is None or read_part(text).from_on is not None


def _hundreds(said: re.Match[str]) -> str:
    return str(int(said[1]) * 100 + int(said[2] or 0))


def _thousands(said: re.Match[str]) -> str:
    return str(int(said[1]) * 1000 + int(said[2] or 0))


def _clock(text: str) -> time | None:
    found = _CLOCK.fullmatch(text)
    try:
        return None if found is None else time(int(found[1]), int(found[2]))
    except ValueError:
        return None


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
