"""통합 검색: everything that words find, by kind, the best first, each with why it was found."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup, escape

from changefeed.bounds import last_day
from changefeed.declared import Label
from changefeed.finding import Match, asks_for_something, words
from changefeed.mapping import from_facts
from changefeed.subjects.agreement import AGREEMENT_KINDS, Agreement
from changefeed.subjects.event import EVENT_KINDS
from changefeed.subjects.journal import CONTACT_KINDS
from changefeed.subjects.partner import PARTNER_KINDS
from changefeed.subjects.parts import Words
from changefeed.subjects.promise import INDICATORS
from ieum_portal.domain.words import tidy
from ieum_portal.operations.search_page import (
    SHOWN_OF_EACH,
    Named,
    Part,
    called,
    marked,
    search_page,
)
from ieum_portal.pages.labels import said
from ieum_portal.pages.links import place_of
from ieum_portal.pages.listing.list_page import EXTENSION as LISTS
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.screen import screen_of, screens
from ieum_portal.pages.typeset import plain, short_day
from ieum_portal.pages.wired import account, language, neighbours
from registryclient.found import Group, Hit, SearchFound, Why, words_from_wire

routes = Blueprint("search", __name__)

LONGEST = 100

KINDS = (
    "partner",
    "agreement",
    "document",
    "contact",
    "task",
    "technology",
    "milestone",
    "event",
    "programme",
    "strategy",
    "service_field",
    "department",
    "journal",
)
"""In which order kinds stand on the page; others follow."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a hit was found, as the page says it.

    Attributes:
        parts: Nothing if the text is the title, where it is marked.
        of: What the text is of, if that is not the hit: its type, and its name of today.
    """

    label: str
    parts: tuple[Part, ...]
    of: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Line:
    """One hit as the page shows it.

    Attributes:
        title: With what was met in it.
        address: Its page, or where it stands; None if it has none.
        beside: What else tells it from others.
    """

    title: Sequence[Part]
    address: str | None
    beside: Sequence[str | Markup]
    has_ended: bool
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class Kind:
    """The hits of one kind.

    Attributes:
        all: The address of the list that has all of them, if there is one.
    """

    subject_type: str
    group: Group
    lines: Sequence[Line]
    all: str | None


@dataclass(frozen=True, slots=True)
class FoundScreen:
    """A page of the desk that was found."""

    address: str
    named: Named


@routes.get("/search")
def show() -> str:
    """Search, or say what can be searched for."""
    q = tidy(request.args.get("q", ""))
    is_long, is_asked = len(q) > LONGEST, asks_for_something(q)
    page = None
    if is_asked and not is_long:
        page = search_page(
            q, viewer=account().viewer(), language=language(), neighbours=neighbours()
        )
    found = None if page is None else page.found
    return render_template(
        "search/page.html",
        q=q[:LONGEST],
        is_long=is_long,
        is_asked=is_asked,
        longest=LONGEST,
        page=page,
        kinds=() if found is None else list(_kinds(q, found)),
        screens=() if page is None else list(_screens(q)),
    )


def _screens(q: str) -> Iterator[FoundScreen]:
    """Find pages by what they are called, of those that the menu leads this reader to."""
    asked = words(q)
    for each in dict.fromkeys(screens().values()):
        if each.in_menu and account().role in each.roles:
            named = called(asked, Words(each.title.ko, each.title.en), language())
            if named is not None:
                yield FoundScreen(url_for(each.endpoint), named)


def _kinds(q: str, found: SearchFound) -> Iterator[Kind]:
    order = {name: place for place, name in enumerate(KINDS)}
    for group in sorted(found.groups, key=lambda each: order.get(each.subject_type, len(KINDS))):
        whole = _list_of(group.subject_type, q)
        shown = group.hits if whole is None else group.hits[:SHOWN_OF_EACH]
        lines = [_line(group.subject_type, hit, found) for hit in shown]
        yield Kind(group.subject_type, group, lines, whole)


def _list_of(subject_type: str, q: str) -> str | None:
    """Give the list that has all hits of a type, if the reader has one."""
    lists: Mapping[str, ListPage] = current_app.extensions[LISTS]
    for name, page in lists.items():
        screen = screen_of(f"{name}.show")
        if page.kind_of.subject_type != subject_type or not page.hint or screen is None:
            continue
        if screen.in_menu and account().role in screen.roles:
            everything: dict[str, Any] = {each.name: "all" for each in page.filters if each.first}
            return url_for(f"{name}.show", q=q, **everything)
    return None


def _line(subject_type: str, hit: Hit, found: SearchFound) -> Line:
    name = hit.facts.get("name") or hit.facts.get("title")
    if isinstance(name, dict):
        title = plain(words_from_wire(name))
    else:
        title = name or _opening(hit.facts.get("text"))
    reasons = dict.fromkeys(_reason(each, title, found) for each in hit.why)
    met = [Match("inside", each.first, each.last) for each in hit.why if _is_of_title(each, title)]
    tell = BESIDE.get(subject_type)
    beside = [] if tell is None else [each for each in tell(hit.facts, found) if each]
    if not title:  # Of a contact nothing need have been written: a link has a text all the same.
        title, beside = " · ".join(escape(each).striptags() for each in beside), []
    return Line(
        marked(title, met), place_of(subject_type, hit.facts), beside, hit.has_ended, list(reasons)
    )


def _opening(text: str | None) -> str:
    first = (text or "").splitlines()[0] if text else ""
    return first if len(first) <= 60 else f"{first[:60]}…"


def _is_of_title(why: Why, title: str) -> bool:
    return why.text == title and why.of is None and not why.is_former


def _reason(why: Why, title: str, found: SearchFound) -> Reason:
    label = said(Label(why.label.ko, why.label.en or why.label.ko))
    if why.is_former:
        label = gettext("옛 %(field)s", field=label)
    of = None
    if why.of is not None:
        of = (why.of.type, plain(found.names.get(why.of.id, why.of.name)))
    if _is_of_title(why, title):
        return Reason(label, (), of)
    return Reason(label, marked(why.text, [Match("inside", why.first, why.last)]), of)


Tell = Callable[[Mapping[str, Any], SearchFound], Sequence[str | Markup]]


def _named(found: SearchFound, ids: Sequence[str]) -> str:
    known = (found.names.get(UUID(each)) for each in ids)
    return ", ".join(plain(each) for each in known if each is not None)


def _of_partner(facts: Mapping[str, Any], _: SearchFound) -> Sequence[str | Markup]:
    return [said(PARTNER_KINDS[facts["kind"]]) if facts["kind"] in PARTNER_KINDS else ""]


def _of_agreement(facts: Mapping[str, Any], found: SearchFound) -> Sequence[str | Markup]:
    agreement = from_facts(Agreement, facts)
    others = [each for each in agreement.parties if each.side != "own"]
    parties = _named(found, [str(each.partner_id) for each in others[:3]])
    if len(others) > 3:
        parties = gettext("%(names)s 외 %(count)s곳", names=parties, count=len(others) - 3)
    last = last_day(agreement)
    return [
        said(AGREEMENT_KINDS.get(agreement.kind, agreement.kind)),
        parties,
        gettext("%(day)s 체결", day=_day(agreement.signed_on)) if agreement.signed_on else "",
        gettext("%(day)s까지", day=_day(last)) if last else "",
    ]


def _day(day: date) -> str:
    return day.isoformat()


def _of_person(facts: Mapping[str, Any], found: SearchFound) -> Sequence[str | Markup]:
    return [_named(found, [facts["at"]["id"]])]


def _of_task(facts: Mapping[str, Any], found: SearchFound) -> Sequence[str | Markup]:
    return [facts.get("key") or "", _named(found, [facts["strategy_id"]])]


def _of_milestone(facts: Mapping[str, Any], found: SearchFound) -> Sequence[str | Markup]:
    told: list[str | Markup] = [short_day(date.fromisoformat(facts["due_on"]))]
    if facts.get("agreement_id"):
        told.append(_named(found, [facts["agreement_id"]]))
    return told


def _of_event(facts: Mapping[str, Any], _: SearchFound) -> Sequence[str | Markup]:
    return [
        said(EVENT_KINDS[facts["kind"]]) if facts["kind"] in EVENT_KINDS else "",
        short_day(datetime.fromisoformat(facts["starts_at"]).date()),
        plain(words_from_wire(facts["city"])),
    ]


def _of_journal(facts: Mapping[str, Any], found: SearchFound) -> Sequence[str | Markup]:
    return [
        said(CONTACT_KINDS[facts["kind"]]) if facts["kind"] in CONTACT_KINDS else "",
        short_day(date.fromisoformat(facts["on"])),
        _named(found, [facts["partner_id"]]),
    ]


def _of_promise(facts: Mapping[str, Any], found: SearchFound) -> Sequence[str | Markup]:
    return [
        said(INDICATORS[facts["indicator"]]) if facts["indicator"] in INDICATORS else "",
        _named(found, [facts["partner_id"]]),
        short_day(date.fromisoformat(facts["due_on"])),
    ]


BESIDE: Mapping[str, Tell] = {
    "promise": _of_promise,
    "partner": _of_partner,
    "agreement": _of_agreement,
    "contact": _of_person,
    "task": _of_task,
    "milestone": _of_milestone,
    "event": _of_event,
    "journal": _of_journal,
}
"""What stands beside a hit of a type, so that hits can be told apart."""
