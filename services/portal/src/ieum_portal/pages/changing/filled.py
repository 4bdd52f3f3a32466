"""A form as it was filled in: its values as they are meant, and what is wrong with them.

A fault is noted by field and reading goes on, so that the person hears of all of them at once.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from typing import Self
from unicodedata import normalize
from uuid import UUID

from werkzeug.datastructures import MultiDict

from changefeed import limits
from changefeed.subjects.parts import Words
from changefeed.written_day import read_day
from ieum_portal.pages.wired import EARLIEST, LATEST

_CIVIL = re.compile(r"(.+?)(?:T|\s+)(\d{1,2}:\d{2}(?::00(?:\.0+)?)?)", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00(?:\.0+)?)?", re.ASCII)
"""As browsers send them, and as a hand writes them where a browser has no such field."""

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
        """Give a number from 1, also with commas between its digits; None if it is blank."""
        text = self.number(name, required=required)
        if text is None:
            return None
        digits = text.replace(",", "")
        if not (digits.isascii() and digits.isdigit()) or not 1 <= int(digits[:20]) <= most:
            self.faults.setdefault(name, "no_whole")
            return None
        return int(digits)

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

    def some_of(self, name: str, offered: Iterable[UUID]) -> tuple[UUID, ...]:
        """Give those of the things on offer that were chosen, each once, in the order offered."""
        chosen = {_id(each) for each in self._form.getlist(name)}
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
