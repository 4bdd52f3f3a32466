"""A list of subjects out of its declaration: page, files, and an address that says it all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import NotFound

from changefeed.declared import Declaration, Label
from httpedge.access import allow
from httpedge.caller import Role
from httpedge.sheet import MEDIA_TYPE
from ieum_portal.domain.words import tidy
from ieum_portal.operations.listing import (
    ListAsked,
    Listing,
    TooManyRows,
    list_page,
    marked_rows,
    whole_list,
)
from ieum_portal.operations.names import Mentioned
from ieum_portal.pages.changing.done import recorded_number
from ieum_portal.pages.errors.faults import BadRequest
from ieum_portal.pages.labels import said
from ieum_portal.pages.links import asking
from ieum_portal.pages.listing.acts import MOST_MARKED, Acts, acts_of
from ieum_portal.pages.listing.columns import SHOWN_OF_SEVERAL, Column, Reading, mentions_of
from ieum_portal.pages.listing.files import PASTED, WORKBOOK, Plain, pasted_of, text_of, workbook_of
from ieum_portal.pages.listing.filters import Filter
from ieum_portal.pages.reasons.asking import ask_why
from ieum_portal.pages.screen import EVERYBODY, screen_of
from ieum_portal.pages.typeset import plain
from ieum_portal.pages.views.shelf import NOT_KEPT, address_to_open, tabs_of
from ieum_portal.pages.waiting import take_time
from ieum_portal.pages.wired import account, chosen_day, neighbours, on_day, today
from registryclient.answers import Asked

LONGEST_QUERY = 100
PAGE_SIZES = (50, 100, 200)
SHOWN_WITHIN = 5
"""So many rows stand on the page of what they are about."""

LONGEST_NUMBER = 7
"""So many digits has the number of a page at most."""

TOLD = frozenset({"recorded", "marks", "view_fault", "view_name", "lang"})
"""What an address says of the step before it."""

MARKS_FAULTS = {
    "none": _l("표시한 줄이 없습니다. 줄을 표시하고 다시 누르십시오."),
    "too_many": _l("한꺼번에 500건까지 다룹니다. 조건을 좁히거나 나누어 표시하십시오."),
}

BY_PEOPLE = "people"
"""What an address says where its reader wants to choose people to ask by."""

OF_EVERY_LIST = frozenset({"q", "sort", "columns", "rows", BY_PEOPLE})
"""What the address of any list may say besides its filters."""

PLACE = ("after", "before", "page", "lang")
"""What of an address says where in the list its reader stands, and not which list it is."""

EXTENSION = "ieum_lists"


@dataclass(frozen=True, slots=True)
class ListPage:
    """One list as it is declared: what it shows, in which order, and by what it is narrowed.

    Attributes:
        columns: The first one names the row and leads to its page.
        standing: What the registry says of where each row stands; None if no column needs it.
        hint: What the words of a search are looked for in; None if the list cannot be searched.
        quick: Filters that are one click away, each with its value.
        begins: The endpoints of forms that begin here, offered to those whom they are for.
        within: Types on whose pages the first rows stand, too, each with the filter by it.
        acts: Facts that may be changed of several rows at once, by the keys of the declaration.
        holds_people: Whether its rows are people: who fetches them says why, first (A-19).
    """

    kind_of: type[Declaration]
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    standing: type[object] | None = None
    hint: Label | None = None
    quick: tuple[tuple[str, str], ...] = ()
    begins: tuple[str, ...] = ()
    within: Mapping[str, str] = field(default_factory=dict)
    acts: tuple[str, ...] = ()
    holds_people: bool = False

    def filters_of(self, role: Role) -> tuple[Filter, ...]:
        """Give those by which somebody may ask."""
        return tuple(each for each in self.filters if role in each.roles)

    def routes(self, name: str, path: str) -> Blueprint:
        """Make the views: the page, and its rows as a file of each form."""
        routes = Blueprint(name, __name__)
        routes.record(
            lambda state: state.app.extensions.setdefault(EXTENSION, {}).update({name: self})
        )

        @routes.get(path)
        def show() -> Response | str:
            opens = address_to_open(name)
            return _page(self, name) if opens is None else make_response(redirect(opens, 303))

        acts = acts_of(name, path, self.kind_of, self.acts)
        if acts is not None:

            @routes.post(f"{path}/marked")
            @allow(*EVERYBODY)
            def marked() -> Response:
                return _marked(self, name, acts)

            @routes.route(f"{path}/act", methods=["GET", "POST"])
            def act() -> Response:
                return acts.walk()

        @routes.get(f"{path}.csv")
        def csv() -> Response:
            return _file(self, "csv", MEDIA_TYPE, lambda _, *table: text_of(*table).encode())

        @routes.get(f"{path}.tsv")
        def tsv() -> Response:
            return _to_copy(self)

        @routes.get(f"{path}.xlsx")
        def xlsx() -> Response:
            return _file(self, "xlsx", WORKBOOK, workbook_of)

        return routes


@dataclass(frozen=True, slots=True)
class View:
    """What the address asks for, as far as it means anything.

    Attributes:
        values: Of each filter; empty for everything.
        order: The registry's name of the order, with its sign; empty for the list's own.
        columns: Those that the reader chose; empty for the usual ones.
        after, before: Where the page begins, or before what it stands.
        number: Which page this was, from 1, when the reader came to it.
    """

    q: str
    values: Mapping[str, str]
    order: str
    columns: tuple[Column, ...]
    after: str | None
    before: str | None
    number: int
    size: int

    def number_of(self, found: Listing[Any]) -> int:
        """Give which page this is: surely the first or the last where nothing lies beyond it."""
        if found.previous is None:
            return 1
        if found.following is None and found.total and found.total.exact:
            return max(self.last_of(found), 2)
        return max(self.number, 2)

    def last_of(self, found: Listing[Any]) -> int:
        """Give how many pages there are, as far as they are counted."""
        return -(-found.total.count // self.size) if found.total else 1

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out, also by what holds unless the address says otherwise."""
        return bool(self.q or any(self.values.values()))


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that narrows, or would at one click.

    Attributes:
        changes: What the address says then.
    """

    text: str
    changes: Mapping[str, str | None]
    is_on: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head: how the list stands by it, and the order that its link asks for."""

    column: Column
    sorted: str | None
    next_order: str | None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The first rows of a list about one subject, for the page of that.

    Attributes:
        address: Where all of them are.
    """

    name: str
    title: Label
    address: str
    subject_type: str
    found: Listing[Any]
    shown: Sequence[Column]
    reading: Reading


def excerpts(subject_type: str, subject_id: UUID) -> list[Excerpt]:
    """Give the lists that have something to say on a subject's page, as far as the reader may."""
    lists: Mapping[str, ListPage] = current_app.extensions[EXTENSION]
    found = []
    for name, page in lists.items():
        screen = screen_of(f"{name}.show")
        if subject_type in page.within and screen and account().role in screen.roles:
            by = page.within[subject_type]
            found.append(_excerpt(name, screen.title, page, by, subject_id))
    return found


def _excerpt(name: str, title: Label, page: ListPage, filtered: str, subject_id: UUID) -> Excerpt:
    own = (filtered, f"{filtered}_id")
    shown = [each for each in page.columns if each.is_usual and each.name not in own]
    values = {filtered: str(subject_id)}
    view = View(
        "",
        {each.name: values.get(each.name, "") for each in page.filters},
        "",
        (),
        None,
        None,
        1,
        5,
    )
    asked = replace(_asked(page, view, shown, SHOWN_OF_SEVERAL), offers=(), looks={})
    found = list_page(asked, after=None, limit=SHOWN_WITHIN, neighbours=neighbours())
    about: dict[str, Any] = {filtered: subject_id}
    address = url_for(f"{name}.show", **about)
    kind = page.kind_of.subject_type
    return Excerpt(name, title, address, kind, found, shown, Reading(found.names, {}, on_day()))


def _page(page: ListPage, name: str) -> str:
    view = _view(page)
    first, *others = page.columns
    shown = [first, *(view.columns or (each for each in others if each.is_usual))]
    asked = _asked(page, view, shown, SHOWN_OF_SEVERAL)
    found = list_page(
        asked, after=view.after, before=view.before, limit=view.size, neighbours=neighbours()
    )
    shown = [each for each in shown if each.look is None or each.name in found.looked]
    filters = page.filters_of(account().role)
    options = {each.name: _options(each, found) for each in filters}
    return render_template(
        "listing/page.html",
        declared=page,
        filters=filters,
        has_marks=bool(page.acts) and on_day() == today(),
        may_act=_may_act(name),
        marks_address=asking(f"{request.path}/marked", _here()),
        marks_fault=MARKS_FAULTS.get(request.args.get("marks", "")),
        recorded=recorded_number(),
        tabs=tabs_of(name, means_nothing=_means_nothing(page, view)),
        by_people=None
        if _shows_people(filters, view) or not any(each.is_of_people for each in filters)
        else BY_PEOPLE,
        page=found,
        part=asked.part,
        view=view,
        headings=[_heading(each, view.order or page.kind_of.declares.order) for each in shown],
        shown=shown,
        reading=Reading(found.names, found.looked, on_day()),
        options=options,
        chips=list(_chips(page, view, options, found)),
        sizes=PAGE_SIZES,
        number=view.number_of(found),
        last=view.last_of(found),
        file=_address_of_file,
        begins=[each for each in map(screen_of, page.begins) if each is not None],
    )


def _file(
    page: ListPage,
    ending: str,
    media_type: str,
    write: Callable[[str, Sequence[str], Sequence[Sequence[Plain]]], bytes],
    ids: Sequence[UUID] | None = None,
) -> Response:
    """Give all rows that the page's address asks for: the columns chosen there, or every one.

    Args:
        ids: Only these of them, in this order.
    """
    if page.holds_people:
        asked_why = ask_why("people", asking(_path_of_page(), _here()))
        if asked_why is not None:
            return asked_why
    take_time()
    view = _view(page)
    columns = [page.columns[0], *(view.columns or page.columns[1:])]
    try:
        asked = _asked(page, view, columns, None)
        found = whole_list(asked, neighbours=neighbours(), ids=ids)
    except TooManyRows as error:
        raise BadRequest("rows.too_many") from error
    reading = Reading(found.names, found.looked, on_day())
    screen = screen_of(request.endpoint)
    title = "" if screen is None else said(screen.title)
    body = write(
        title,
        [*(said(each.label) for each in columns), gettext("기준일")],
        [[*(each.cell(row, reading).plain for each in columns), on_day()] for row in found.rows],
    )
    name = f"{(request.endpoint or '').partition('.')[0]}-{on_day()}.{ending}"
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, content_type=media_type, headers=named)


def _path_of_page() -> str:
    """Give the path of the list that a file is fetched of."""
    return url_for(f"{(request.endpoint or '').partition('.')[0]}.show")


def _here() -> list[tuple[str, str]]:
    """Give what the address says, without what it tells of a step before."""
    return [each for each in request.args.items(multi=True) if each[0] not in TOLD]


def _may_act(name: str) -> bool:
    screen = screen_of(f"{name}.act")
    return screen is not None and account().role in screen.roles


def _marked(page: ListPage, name: str, acts: Acts) -> Response:
    """Take the rows that were marked: to be changed, or as a file."""
    path = url_for(f"{name}.show")
    do, which = request.form.get("do", ""), request.form.get("which", "marked")
    if do not in ("change", "xlsx", "tsv") or (do == "change" and not _may_act(name)):
        raise NotFound
    take_time()
    try:
        ids = _ids_of(page) if which == "all" else _ids_sent("here" if which == "here" else "id")
    except TooManyRows:
        ids = [UUID(int=0)] * (MOST_MARKED + 1)
    if not ids or len(ids) > MOST_MARKED:
        fault = "too_many" if ids else "none"
        return make_response(redirect(asking(path, [*_here(), ("marks", fault)]), 303))
    if do == "change":
        return acts.begin(ids, asking(path, _here()))
    if do == "tsv":
        return _to_copy(page, ids)
    return _file(page, "xlsx", WORKBOOK, workbook_of, ids)


def _ids_sent(name: str) -> list[UUID]:
    found = (each for text in request.form.getlist(name) for each in text.split())
    try:
        return list(dict.fromkeys(UUID(each) for each in found))
    except ValueError as error:
        raise NotFound from error


def _ids_of(page: ListPage) -> list[UUID]:
    """Give the ids of all rows that the address asks for.

    Raises:
        TooManyRows: They are more than may be marked.
    """
    asked = replace(_asked(page, _view(page), (), None), offers=(), looks={})
    found = marked_rows(asked, at_most=MOST_MARKED, registry=neighbours().registry)
    return [each.subject.id for each in found]


def _to_copy(page: ListPage, ids: Sequence[UUID] | None = None) -> Response:
    """Give all rows to be copied: a browser that goes there shows them, as plain text."""
    answer = _file(page, "tsv", PASTED, lambda _, *table: pasted_of(*table).encode(), ids)
    if answer.status_code != 200:
        return answer
    answer.headers["Content-Disposition"] = "inline"
    answer.vary.add("Accept")
    if (
        request.accept_mimetypes.best_match(("text/tab-separated-values", "text/html"))
        == "text/html"
    ):
        # Browsers show no tab-separated values, they store them.
        answer.content_type = "text/plain; charset=utf-8"
    return answer


def _address_of_file(ending: str) -> str:
    """Give the address under which this page's rows are had as a file: all of its pages."""
    kept = [each for each in request.args.items(multi=True) if each[0] not in (*PLACE, "rows")]
    return asking(f"{request.path}.{ending}", kept)


def _view(page: ListPage) -> View:
    """Read the address; what means nothing is left aside."""
    wanted = {each for text in request.args.getlist("columns") for each in text.split(",")}
    filters = page.filters_of(account().role)
    values = {each.name: _value(each) for each in filters}
    order = request.args.get("sort", "")
    if order.removeprefix("-") not in {each.sort for each in page.columns} - {None}:
        order = next((each.order for each in filters if each.order and values[each.name]), "")
    after = request.args.get("after") or None
    before = (request.args.get("before") or None) if after is None else None
    number = request.args.get("page", "")
    size = request.args.get("rows", "")
    return View(
        tidy(request.args.get("q", ""))[:LONGEST_QUERY] if page.hint else "",
        values,
        order,
        tuple(each for each in page.columns[1:] if each.name in wanted),
        after,
        before,
        _number(number) if after or before else 1,
        next((each for each in PAGE_SIZES if str(each) == size), PAGE_SIZES[0]),
    )


def _means_nothing(page: ListPage, view: View) -> set[str]:
    """Give what the address names that the list cannot be asked for, as its reader wrote it."""
    known = {each.name for each in page.filters_of(account().role)}
    lost = {
        each.name
        for each in page.filters_of(account().role)
        if request.args.get(each.name, "").strip() not in ("", view.values[each.name])
    }
    columns = {each.name for each in page.columns}
    wanted = {each for text in request.args.getlist("columns") for each in text.split(",")}
    sort = request.args.get("sort", "")
    if sort and sort != view.order:
        lost.add("sort")
    others = request.args.keys() - NOT_KEPT - known - OF_EVERY_LIST
    return lost | others | {f"columns={each}" for each in wanted - columns if each}


def _number(written: str) -> int:
    is_one = written.isascii() and written.isdigit() and len(written) <= LONGEST_NUMBER
    return int(written) if is_one else 1


def _value(each: Filter) -> str:
    """Give what the address says of a filter, or what holds where that means nothing."""
    written = request.args.get(each.name, "").strip()
    return written if written and each.takes(written) else each.first


def _asked(
    page: ListPage, view: View, columns: Sequence[Column], most: int | None
) -> ListAsked[Any]:
    asked: dict[str, Asked] = {"q": view.q or None, "on": chosen_day()}
    asked["sort"] = view.order or None
    filters = page.filters_of(account().role)
    for each in filters:
        if view.values.get(each.name):
            asked |= each.narrow(view.values[each.name], on_day())
    shows_people = _shows_people(filters, view)
    offers = dict.fromkeys(
        each.offers for each in filters if each.offers and (shows_people or not each.is_of_people)
    )
    mentions = mentions_of(columns, most, on_day())

    def all_mentioned(rows: Sequence[Any]) -> Mentioned:
        """Give also what is asked for by its id, so that a chip can name it."""
        found = dict(mentions(rows))
        for each in filters:
            if each.of and view.values.get(each.name):
                found[each.of] = found.get(each.of, frozenset()) | {UUID(view.values[each.name])}
        return found

    return ListAsked(
        page.kind_of,
        page.standing,
        asked,
        all_mentioned,
        {each.name: each.look for each in columns if each.look},
        tuple(each(on_day()) for each in offers),
    )


def _shows_people(filters: Sequence[Filter], view: View) -> bool:
    """Whether the reader wants to ask by people, or does already."""
    asked = any(each.is_of_people and view.values.get(each.name) for each in filters)
    return asked or request.args.get(BY_PEOPLE) == "1"


def _options(each: Filter, found: Listing[Any]) -> list[tuple[str, str]]:
    """Give what may be chosen of a filter, each with what it is called."""
    if each.options is not None:
        return [(code, said(word)) for code, word in each.options.items()]
    if each.control == "subjects":
        return [(str(of), plain(name)) for of, name in found.offered.get(each.name, ())]
    return []


def _heading(column: Column, order: str) -> Heading:
    if column.sort is None:
        return Heading(column, None, None)
    if order == column.sort:
        return Heading(column, "ascending", f"-{column.sort}")
    return Heading(column, "descending" if order == f"-{column.sort}" else None, column.sort)


def _chips(
    page: ListPage, view: View, options: Mapping[str, list[tuple[str, str]]], found: Listing[Any]
) -> list[Chip]:
    chips = [Chip(f"{gettext('찾기')}: {view.q}", {"q": None}, is_on=True)] if view.q else []
    for each in page.filters_of(account().role):
        value = view.values.get(each.name, "")
        words = dict(options[each.name])
        if value and value != each.first:
            told = words.get(value) or _named(value, each, found)
            chips.append(Chip(f"{said(each.label)}: {told}", {each.name: None}, is_on=True))
        for name, quick in page.quick:
            if name == each.name and quick != value:
                text = f"{said(each.label)}: {words[quick]}"
                chips.append(Chip(text, {name: quick}, is_on=False))
    return sorted(chips, key=lambda each: not each.is_on)


def _named(value: str, each: Filter, found: Listing[Any]) -> str:
    """Give what the value of a filter without options is called; a year is its own name."""
    if each.of is None:
        return value
    name = found.names.get(UUID(value))
    return gettext("이름 비공개") if name is None else plain(name)
