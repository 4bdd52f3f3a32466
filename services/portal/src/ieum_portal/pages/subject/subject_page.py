"""The page of one subject out of its declaration, and the forms that register and change it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from changefeed.declared import Declaration
from changefeed.mapping import to_facts
from changefeed.subjects.parts import Words
from ieum_portal.domain.difference import mentioned
from ieum_portal.domain.draft import Topic
from ieum_portal.operations.listing import Row
from ieum_portal.operations.names import names_behind
from ieum_portal.operations.offers import named
from ieum_portal.operations.ports import Registry
from ieum_portal.pages.changing.declared import Form, Subject
from ieum_portal.pages.changing.done import recorded_number
from ieum_portal.pages.changing.plain import changing, registering
from ieum_portal.pages.changing.steps import About, walk
from ieum_portal.pages.facts import fact
from ieum_portal.pages.listing.columns import Column, Reading, mentions_of
from ieum_portal.pages.listing.list_page import excerpts
from ieum_portal.pages.screen import Screen, screen_of
from ieum_portal.pages.wired import account, neighbours, on_day

WHY = _l("이력에 남습니다. 왜 고치는지 적어 두면 나중에 도움이 됩니다.")


@dataclass(frozen=True, slots=True)
class Way:
    """Where a page leads: a form that begins on it, or another page about the same.

    Attributes:
        argument: What that page calls the subject's id.
        asked: What else it is asked with.
    """

    endpoint: str
    argument: str
    asked: Mapping[str, str] = field(default_factory=dict)


def by_name(subject: Any, _: Mapping[UUID, Words]) -> Words:  # noqa: ANN401  Any declared type.
    """Call a subject by its own name."""
    return named(subject)[1]


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """One subject as its page shows it, and what its forms ask for.

    The lists that say so (`ListPage.within`) stand below with their first rows.

    Attributes:
        shown: Facts and what follows from them, each as a list's column would show it.
        asked: The facts that its forms ask for; none if it is registered and changed elsewhere.
        hints: Beside a field, how it is to be filled in.
        keeps: Fields that the next one begins with, where several are registered in a row.
        begins: Forms that begin on its page.
        leads: Other pages about it.
        called: Gives what people call one, out of its facts and the names that they point at.
    """

    kind_of: type[Declaration]
    shown: tuple[Column, ...]
    asked: tuple[str, ...] = ()
    hints: Mapping[str, object] = field(default_factory=dict)
    keeps: tuple[str, ...] = ()
    begins: tuple[Way, ...] = ()
    leads: tuple[Way, ...] = ()
    called: Callable[[Any, Mapping[UUID, Words]], Words] = by_name

    @property
    def argument(self) -> str:
        """What its addresses call its id."""
        return f"{self.kind_of.subject_type}_id"

    def add_to(self, routes: Blueprint, path: str) -> Blueprint:
        """Add its views to those of its list: `one`, and if it has forms `register`, `change`."""
        name, address = routes.name, f"{path}/<uuid:{self.argument}>"

        @routes.get(address)
        def one(**ids: UUID) -> str:
            return _page(self, name, ids[self.argument])

        if not self.asked:
            return routes

        def page_of(subject_id: UUID) -> str:
            values: dict[str, Any] = {self.argument: subject_id}
            return url_for(f"{name}.one", **values)

        form = Form(self.kind_of, *self.asked, hints=self.hints)
        changed = Form(self.kind_of, *self.asked, hints=self.hints, reason=WHY)
        registers = registering(f"{name}.register", form, leads_to=page_of, keeps=self.keeps)
        changes = changing(f"{name}.change", changed)

        @routes.route(f"{path}/new", methods=["GET", "POST"])
        def register() -> Response:
            return walk(registers, lambda: _about_new(form, url_for(f"{name}.show")))

        @routes.route(f"{address}/change", methods=["GET", "POST"])
        def change(**ids: UUID) -> Response:
            return walk(changes, lambda: _about(self, changed, ids[self.argument], page_of))

        return routes


def _page(page: SubjectPage, name: str, subject_id: UUID) -> str:
    registry = neighbours().registry
    subject = registry.one(page.kind_of, subject_id)
    row = Row(subject)
    names = names_behind(mentions_of(page.shown, None, on_day())([row]), registry)
    own = (Way(f"{name}.change", page.argument),) if page.asked else ()
    return render_template(
        "subject/page.html",
        subject=subject,
        title=page.called(subject, names),
        row=row,
        shown=page.shown,
        reading=Reading(names, {}, on_day()),
        begins=_open_to_reader([*own, *page.begins], subject_id),
        leads=_open_to_reader(page.leads, subject_id),
        recorded=recorded_number(),
        excerpts=excerpts(page.kind_of.subject_type, subject_id),
    )


def _open_to_reader(ways: Sequence[Way], subject_id: UUID) -> list[tuple[Screen, str]]:
    found = []
    for each in ways:
        screen = screen_of(each.endpoint)
        if screen is not None and account().role in screen.roles:
            values: dict[str, Any] = {each.argument: subject_id, **each.asked}
            found.append((screen, url_for(each.endpoint, **values)))
    return found


def _about_new(form: Form, back: str) -> About:
    """Open an empty form; what the address says of the facts that it asks for stands in it."""
    said = {each.key: request.args[each.key] for each in form.asked if each.key in request.args}
    first = form.defaults(_next_place(form, neighbours().registry)) | said
    return About(Subject(), 0, back, first, Topic(None))


def _next_place(form: Form, registry: Registry) -> dict[str, int]:
    """Give the place after the last, where what is registered stands in an order."""
    if not any(each.key == "position" for each in form.asked):
        return {}
    last: Sequence[Any] = registry.page(form.kind_of, after=None, limit=1, sort="-position").items
    return {"position": max((each.position for each in last), default=0) + 1}


def _about(
    page: SubjectPage, form: Form, subject_id: UUID, page_of: Callable[[UUID], str]
) -> About:
    registry = neighbours().registry
    found = registry.versioned(form.kind_of, subject_id)
    facts, kind = to_facts(found.subject), form.subject_type
    names = names_behind(mentioned(facts), registry)
    shown = [(each.fact.label, fact(facts[each.key], each.key, kind, names)) for each in form.asked]
    topic = Topic(page.called(found.subject, names), kind, subject_id)
    subject = Subject(shown, id=subject_id)
    return About(subject, found.version, page_of(subject_id), form.defaults(facts), topic)
