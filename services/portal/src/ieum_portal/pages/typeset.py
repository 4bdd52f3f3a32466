"""How days, moments, names and spans are set; the filters of the templates."""

import re
from datetime import date, datetime
from urllib.parse import quote

from flask import Flask
from flask_babel import format_date, gettext, ngettext
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from changefeed.countries import COUNTRIES
from changefeed.declared import Declaration
from changefeed.subjects.parts import PartDay, Words
from ieum_portal.domain.countdown import section_of
from ieum_portal.domain.words import said_in
from ieum_portal.pages.labels import label, said
from ieum_portal.pages.wired import SEOUL, language, now


def install_filters(app: Flask) -> None:
    """Make the filters known to the templates."""
    app.jinja_env.filters.update(
        day=day,
        short_day=short_day,
        moment=moment,
        clock=clock,
        sending=sending,
        civil=civil,
        country=country,
        section=section_of,
        countdown=countdown,
        ago=ago,
        say=say,
        plain=plain,
        label=_label,
        said=said,
        run=run,
        mailto=mailto,
        dialled=dialled,
    )


def day(value: date | None, part: PartDay | None = None) -> Markup:
    """Set a day as `2026-11-23 (월)`; babel's own short forms are ambiguous in Korean.

    Args:
        part: What is written of a day that is known in part only; it shows as it is.
    """
    if value is None:
        return Markup("–") if part is None else escape(part.written)
    return _time(value.isoformat(), format_date(value, "yyyy-MM-dd (EEE)"))


def mailto(address: str) -> str:
    """Write an address as a link to write to it; nothing of it can become another field."""
    return f"mailto:{quote(address, safe='@')}"


def dialled(telephone: str) -> str:
    """Give the digits that a telephone dials; an extension after a space or bracket is left out."""
    number = re.split(r"[ (~]", telephone.strip(), maxsplit=1)[0]
    return re.sub(r"[^0-9+]", "", number)


def short_day(value: date | None, part: PartDay | None = None) -> Markup:
    """Set a day as `2026-11-23`, where the weekday does not matter; one known in part as `day`."""
    if value is None:
        return day(value, part)
    return _time(value.isoformat(), value.isoformat())


def moment(value: datetime | None) -> Markup:
    """Set an instant as it is on a clock in Seoul, `2026-11-23 (월) 09:00`."""
    if value is None:
        return Markup("–")
    there = value.astimezone(SEOUL)
    written = f"{format_date(there.date(), 'yyyy-MM-dd (EEE)')} {there:%H:%M}"
    return _time(there.isoformat(timespec="minutes"), written)


def sending(value: datetime) -> Markup:
    """Set when a letter goes out; one whose hour has struck goes out at once (R-3)."""
    return escape(gettext("곧바로")) if value <= now() else moment(value)


def clock(value: datetime) -> Markup:
    """Set an instant of the coming days, where the year says nothing: `11-27 (금) 09:00`."""
    there = value.astimezone(SEOUL)
    written = f"{format_date(there.date(), 'MM-dd (EEE)')} {there:%H:%M}"
    return _time(there.isoformat(timespec="minutes"), written)


def civil(value: datetime) -> Markup:
    """Set what a clock somewhere shows, `2027-01-06 (수) 09:00`; the zone stands beside it."""
    written = f"{format_date(value.date(), 'yyyy-MM-dd (EEE)')} {value:%H:%M}"
    return _time(value.isoformat(timespec="minutes"), written)


def country(code: str) -> str:
    """Give what a country is called, by its ISO 3166-1 code; the code itself if it has no name."""
    found = COUNTRIES.get(code)
    return code if found is None else said(found)


def countdown(days_left: int) -> str:
    """Set the days to go: `3일 지남`, `오늘`, `D-12`."""
    if days_left > 0:
        return f"D-{days_left}"
    if days_left == 0:
        return str(gettext("오늘"))
    return str(ngettext("%(num)d일 지남", "%(num)d일 지남", -days_left))


def ago(seconds: int) -> str:
    """Say how long ago, as exactly as it matters: seconds, then minutes, then hours."""
    if seconds < 120:
        return str(ngettext("%(num)d초 전", "%(num)d초 전", seconds))
    if seconds < 7200:
        return str(ngettext("%(num)d분 전", "%(num)d분 전", seconds // 60))
    return str(ngettext("%(num)d시간 전", "%(num)d시간 전", seconds // 3600))


def say(words: Words | None) -> Markup:
    """Set a name in the reader's language, or in Korean, marked as such for screen readers."""
    if words is None:
        return Markup("–")
    spoken = said_in(words, language())
    if spoken.language == language():
        return escape(spoken.text)
    return Markup('<span lang="{}">{}</span>').format(spoken.language, spoken.text)


def exampled(name: Words | None, thing: Declaration) -> Markup:
    """Set a subject's name, and mark an example as one."""
    if not thing.provenance.illustrative:
        return say(name)
    told = gettext("실제 기록이 아니라 보기로 넣은 자료입니다")
    mark = Markup('{} <span class="mark mark-example" title="{}">{}</span>')
    return mark.format(say(name), told, gettext("예시"))


def plain(words: Words) -> str:
    """Give a name in the reader's language, or in Korean, as mere text: for titles and choices."""
    return said_in(words, language()).text


def run(starts_on: date | None, ends_on: date | None) -> Markup:
    """Set a span of days, both ends included; no end is open."""
    begin = _time(starts_on.isoformat(), starts_on.isoformat()) if starts_on else Markup("–")
    end = _time(ends_on.isoformat(), ends_on.isoformat()) if ends_on else Markup("")
    return Markup("{} ~ {}").format(begin, end)


@pass_context
def _label(_: Context, code: str, table: str) -> str:
    """Give what a code is called.

    It takes the context so that Jinja does not work out `"nobody"|label("cover")` once, when the
    template is compiled, in the language of whoever came first.
    """
    return label(code, table)


def _time(machine: str, written: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(machine, written)
