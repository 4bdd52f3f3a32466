"""The way of every change: the form, what would follow, the button; nothing typed is ever lost.

What is typed lies in a draft on the server, `?draft=`. Opening a form makes one; whatever is sent
is kept in it and answered by a redirect to it, so that Back, a reload and another language show
what is there. `&step=preview` of the address looks at what would follow, or shows what stands in
the way; only the button there records. Source: docs/adr/0011-foreseen-before-recorded.md and 0025.
"""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlencode
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from ieum_portal.domain.command import Command, Recorded
from ieum_portal.domain.draft import Draft, Topic, Values
from ieum_portal.domain.errors import ChangeRefused, NeighbourDown, NotFound, Stale
from ieum_portal.operations.drafts import (
    Folder,
    discard_draft,
    finish_draft,
    keep_aside,
    move_draft,
    open_draft,
)
from ieum_portal.operations.foresee import foresee
from ieum_portal.operations.record_change import record_change
from ieum_portal.pages.changing.declared import Form, Note, Subject, labels_of
from ieum_portal.pages.changing.filled import SOUGHT, Filled
from ieum_portal.pages.changing.rows import PASTED, NoBlock, Rows
from ieum_portal.pages.drafts.keeping import (
    NOTICES,
    address_of,
    as_form,
    asked_draft,
    folder_of,
    keep_typed,
    number_in,
    typed_values,
)
from ieum_portal.pages.labels import label
from ieum_portal.pages.typeset import plain
from ieum_portal.pages.wired import SEOUL, account, neighbours, now, today

log = logging.getLogger(__name__)

_IN_A_ROW = re.compile(r"\w+/(\d+)/(.+)")
"""Where the registry found a fault in one of several, as `contacts/2/email`."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change as the desk offers it.

    Attributes:
        name: Of its words.
        form: What it asks for.
        read: Gives the command, or notes faults in the form; what it gives then is not used.
        fields: What the form calls the facts that the registry may find at fault, by the way to
            them or its first step, where the form's own declaration does not say it.
        leads_to: Gives the page of what was recorded; None leads back to where it began.
        is_light: Whether neither network nor letters can change by it: it needs no preview.
        rows: What is entered of several of the subject at once.
        template: Of the form.
        goes_on: Gives where recording leads if something was left over; None as always.
        keeps: Fields that the next one begins with, where another is registered at once; without
            any that is not offered.
        warns: Says what a person should look at before it is recorded; then it is not recorded
            without that.
        warns_of: Says the same of a name while it is typed; None if nothing is said then.
    """

    name: str
    form: Form
    read: Callable[[Filled, Subject], Command]
    fields: Mapping[str, str] = field(default_factory=dict)
    leads_to: Callable[[UUID], str] | None = None
    is_light: bool = False
    rows: Rows | None = None
    template: str = "changing/form.html"
    goes_on: Callable[[Draft, Recorded, Folder], str | None] = lambda *_: None
    keeps: Sequence[str] = ()
    warns: Callable[[Command], Sequence[Note]] = lambda _: ()
    warns_of: Callable[[str], Sequence[Note]] | None = None

    def typed(self) -> Values:
        """Give what the form holds, a pasted block in its rows."""
        typed = self.form.taken(typed_values())
        is_more = request.form.get("step") == "find-more"
        return typed if self.rows is None else self.rows.taken(typed, adds=is_more)

    def asks(self, name: str, draft: Draft) -> bool:
        """Whether a field at fault is one of the form."""
        is_row = self.rows is not None and self.rows.is_cell(name)
        return name in draft.values or is_row or self.form.is_cell(name)

    def next_at(self, draft: Draft, recorded: Recorded) -> str:
        """Give the address of the form for another one, which begins with what is usually alike."""
        kept = {key: each for key in self.keeps if (each := draft.values.get(key, ("",))[0])}
        return f"{draft.path}?{urlencode({**kept, 'after': recorded.seq})}"

    def field_at(self, way: str) -> str:
        """Give what the form calls a fact at fault."""
        if self.rows is not None and (found := _IN_A_ROW.fullmatch(way)):
            number, way = found.groups()
            if way in self.rows.keys:
                return f"{way}-{number}"
        if (place := self.form.place_of(way)) is not None:
            return place
        first = way.partition("/")[0]
        called = {**self.form.places, **self.fields}
        return called.get(way) or called.get(first, first)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said above the form, if anything."""

    notice: str | None = None
    detail: str | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """What a form is about, as the registry has it now.

    Attributes:
        seen: The version that the page shows now.
        back: Where the change began, and where it leads when it is done.
        defaults: What the form holds when it is opened; several values where several are chosen.
        topic: As a list of drafts names it.
    """

    subject: Subject
    seen: int
    back: str
    defaults: Mapping[str, str | list[str]]
    topic: Topic


def walk(change: Change, look_up: Callable[[], About]) -> Response:
    """Take the next step.

    Args:
        look_up: Asks the registry what the form is about.

    Raises:
        NeighbourDown: The form was only to be opened, so that nothing can be lost.
        NotFound: There is no such thing, or no such draft of this account.
    """
    folder = folder_of(account().id)
    draft = asked_draft(folder)
    if request.method != "POST":
        if draft is None:
            told = "next" if "after" in request.args else None
            opened = _opened(change, look_up(), folder)
            return _go(address_of(opened, told=told, lang=request.args.get("lang")))
        if "sought" in request.args:
            return _found(change, look_up)
        if "alike" in request.args:
            return _warned_of(change, request.args["alike"])
        return _show(change, draft, look_up)
    if draft is None:
        return _go(address_of(_opened_by_sending(change, look_up, folder)))
    if request.form.get("step") == "aside":
        return _keep_aside(change, draft, folder)
    if request.form.get("step") == "cells" and change.rows is not None:
        return _cells(change.rows)
    if draft.was_recorded_from(change.typed()):
        return _go(draft.led_to or draft.back)
    match request.form.get("step"):
        case "discard":
            discard_draft(draft.id, folder)
            return _go(draft.back)
        case "record" | "record_next":
            return _record(change, draft, look_up, folder)
        case "at_once" if draft.led_to is None:
            kept = keep_typed(draft, folder, change.typed())
            return _record_at_once(change, kept, look_up, folder)
        case _:
            return _keep(change, draft, folder)


def _opened(change: Change, about: About, folder: Folder) -> Draft:
    values = {
        name: (each,) if isinstance(each, str) else tuple(each)
        for name, each in about.defaults.items()
    }
    return open_draft(
        change.name,
        path=request.path,
        back=about.back,
        topic=about.topic,
        values=values,
        seen=about.seen,
        folder=folder,
    )


def _opened_by_sending(change: Change, look_up: Callable[[], About], folder: Folder) -> Draft:
    """Keep a form that names no draft; it is looked at before anything is recorded."""
    back, topic = url_for("today.show"), Topic(None)
    try:
        about = look_up()
        back, topic = about.back, about.topic
    except NeighbourDown as down:
        _note(down)
    return open_draft(
        change.name,
        path=request.path,
        back=back,
        topic=topic,
        values=change.typed(),
        seen=number_in("seen"),
        folder=folder,
        step="preview",
    )


def _keep(change: Change, draft: Draft, folder: Folder) -> Response:
    kept = keep_typed(draft, folder, change.typed())
    told = None
    if kept.id != draft.id:
        is_apart = draft.led_to is None and not draft.is_unsure(folder.now)
        told = "apart" if is_apart else "recorded_before"
    elif request.form.get("step") == "keep":
        told = "kept"
    where = address_of(kept, told=told, lang=request.args.get("lang"))
    place = request.form.get("step", "").partition("find-")[2]
    return _go(f"{where}#{quote(place)}" if place else where)


def _found(change: Change, look_up: Callable[[], About]) -> Response:
    """Answer a page's script with what a field may name, of what is called so.

    Raises:
        NotFound: The form names nothing there.
    """
    name = request.args["sought"]
    if name not in change.form.named:
        raise NotFound
    filled = Filled(MultiDict({f"{name}{SOUGHT}": request.args.get("words", "")}))
    try:
        found = change.form.offered(name, filled, look_up().subject, neighbours().registry)
    except NeighbourDown as down:
        _note(down)
        return make_response({}, 503)
    count = len(found.choices)
    if not count:
        said = gettext("그런 이름이 없습니다. 다른 말로 찾으십시오.")
    elif found.has_more:
        said = gettext("%(count)s건 넘게 찾았습니다. 이름을 더 길게 적으십시오.", count=count)
    else:
        said = gettext("%(count)s건을 찾았습니다.", count=count)
    items = [{"id": str(one), "name": plain(called)} for one, called in found.choices]
    return make_response({"items": items, "said": said})


def _warned_of(change: Change, name: str) -> Response:
    """Answer a page's script with what there is to know of a name while it is typed.

    Raises:
        NotFound: Nothing is said of names here.
    """
    if change.warns_of is None:
        raise NotFound
    try:
        notes = change.warns_of(name)
    except NeighbourDown as down:
        _note(down)
        return make_response({}, 503)
    items = [
        {"text": str(each.text), "address": each.address, "leads_to": str(each.leads_to)}
        for each in notes
    ]
    said = gettext("같은 기관일 수 있는 곳: %(count)s", count=len(items)) if items else ""
    return make_response({"items": items, "said": said})


def _keep_aside(change: Change, draft: Draft, folder: Folder) -> Response:
    """Answer a page's script, which keeps what is typed and goes nowhere."""
    kept = keep_aside(
        draft, change.typed(), seen=number_in("seen"), revision=number_in("revision"), folder=folder
    )
    if kept is None:
        said = gettext(
            "다른 창에서 고친 것이 있어 저절로 저장하지 않습니다. ‘임시 저장’을 누르면 따로 둡니다."
        )
        return make_response({"said": said}, 409)
    at = kept.changed_at.astimezone(SEOUL).strftime("%H:%M")
    return make_response(
        {"said": gettext("임시저장됨 %(time)s", time=at), "revision": kept.revision}
    )


def _record(
    change: Change,
    draft: Draft,
    look_up: Callable[[], About],
    folder: Folder,
    *,
    was_seen: bool = False,
) -> Response:
    """Record what was looked at, once, however often the button is pressed.

    Args:
        was_seen: Whether there is nothing to look at, so that the form itself records.
    """
    if draft.led_to is not None:
        return _go(draft.led_to)
    if not was_seen and number_in("revision") != draft.revision and not draft.is_unsure(folder.now):
        return _go(address_of(move_draft(draft, "preview", folder), told="changed"))
    draft = move_draft(draft, "record", folder)
    key, told = draft.key, None
    try:
        about = look_up()
        filled = Filled(as_form(draft))
        command = change.read(filled, about.subject)
        if not filled.faults:
            recorded = record_change(command, once=key, neighbours=neighbours())
            page = about.back if change.leads_to is None else change.leads_to(recorded.subject_id)
            page = page.partition("#")[0]
            sign = "&" if "?" in page else "?"
            usual = f"{page}{sign}recorded={recorded.seq}#recorded"
            if request.form.get("step") == "record_next" and change.keeps:
                usual = change.next_at(draft, recorded)
            led_to = change.goes_on(draft, recorded, folder) or usual
            finish_draft(draft, led_to, folder)
            return _go(led_to)
    except NeighbourDown as down:
        _note(down)
        return _go(address_of(draft))
    except Stale:
        pass  # The draft shows it.
    except ChangeRefused as refused:
        if refused.code == "idempotency.reused":
            key, told = folder.new_key(), "recorded_before"
    return _go(address_of(move_draft(draft, "preview", folder, key=key), told=told))


def _record_at_once(
    change: Change, draft: Draft, look_up: Callable[[], About], folder: Folder
) -> Response:
    """Record what touches the record alone; what else would follow is looked at first."""
    if not change.is_light and not _is_quiet(change, draft, look_up):
        return _go(address_of(draft, told="follows"))
    return _record(change, draft, look_up, folder, was_seen=True)


def _is_quiet(change: Change, draft: Draft, look_up: Callable[[], About]) -> bool:
    """Say whether nothing stands in the way and nothing follows, as far as all could say."""
    try:
        filled = Filled(as_form(draft))
        command = change.read(filled, look_up().subject)
        if filled.faults or change.warns(command):
            return False
        return foresee(command, today=today(), neighbours=neighbours()).is_quiet
    except NeighbourDown as down:
        _note(down)
        return False
    except (Stale, ChangeRefused):
        return False  # The draft shows it.


def _show(change: Change, draft: Draft, look_up: Callable[[], About]) -> Response:
    if draft.led_to is not None:
        return _go(draft.led_to)
    if draft.is_unsure(now()):
        return _unanswered(change, draft)
    try:
        about = look_up()
        if request.args.get("step") == "preview":
            return _look_ahead(change, draft, about)
    except NeighbourDown as down:
        _note(down)
        return _unanswered(change, draft)
    told = request.args.get("told")
    return _form(change, draft, about, Said(told if told in NOTICES else None))


def _look_ahead(change: Change, draft: Draft, about: About) -> Response:
    """Show what would follow, or the form with what stands in the way."""
    filled = Filled(as_form(draft))
    command = change.read(filled, about.subject)
    if filled.faults:
        return _form(change, draft, about, Said(faults=filled.faults, told=filled.told))
    told = request.args.get("told")
    try:
        foreseen = foresee(command, today=today(), neighbours=neighbours())
    except Stale:
        return _form(change, draft, about, Said("stale"))
    except ChangeRefused as refused:
        faults = {change.field_at(way): text for way, text in refused.faults.items()}
        faults = {name: text for name, text in faults.items() if change.asks(name, draft)}
        said = Said("refused", refused.detail, dict.fromkeys(faults, "refused"), faults)
        return _form(change, draft, about, said)
    page = _page(
        "changing/preview.html",
        change,
        draft,
        foreseen=foreseen,
        context=about.subject,
        asks_why=change.form.asks_why,
        adds_next=bool(change.keeps),
        warned=change.warns(command),
        together=[] if change.rows is None else change.rows.rows_in(draft.values),
        columns_together={} if change.rows is None else change.rows.labels,
        told=told if told in NOTICES else None,
    )
    return make_response(page)


def _unanswered(change: Change, draft: Draft) -> Response:
    """Say that the registry did not answer; what became of a recording is not known."""
    page = _page("changing/unanswered.html", change, draft, records=draft.is_unsure(now()))
    return make_response(page, 503, {"Retry-After": "5"})


def _form(change: Change, draft: Draft, about: About, said: Said) -> Response:
    """Show the form; what it holds goes on from the version that is shown beside it now."""
    typed = as_form(draft)
    if said.notice == "stale":
        typed["seen"] = str(about.seen)
    asked = change.form.questions(Filled(typed), about.subject, neighbours().registry)
    labels = labels_of(asked)
    more: dict[str, object] = {}
    if change.rows is not None:
        cells = sorted(filter(change.rows.is_cell, said.faults), key=_row_of)
        labels |= {name: change.rows.called(name) for name in cells}
        labels[PASTED] = gettext("엑셀에서 붙여 넣기")
        more = {"rows": change.rows, "shown_rows": change.rows.shown(draft.values)}
    place = {name: number for number, name in enumerate(labels)}
    in_order = sorted(said.faults, key=lambda name: place.get(name, len(place)))
    said = replace(said, faults={name: said.faults[name] for name in in_order})
    page = _page(
        change.template,
        change,
        draft,
        subject=about.subject,
        typed=typed,
        said=said,
        questions=asked,
        fault_labels=labels,
        keeps_form="fill",
        is_light=change.is_light,
        **more,
    )
    return make_response(page)


def _row_of(name: str) -> int:
    return int(name.rpartition("-")[2])


def _cells(rows: Rows) -> Response:
    """Answer a page's script with the cells of a block that was pasted."""
    try:
        found = rows.block(request.form.get("block", ""), at=number_in("at"))
    except NoBlock as fault:
        return make_response({"said": label(fault.code, "field_fault")}, 422)
    said = gettext("%(count)s줄을 붙여 넣었습니다. Ctrl+Z로 되돌립니다.", count=len(found))
    return make_response({"rows": [list(each) for each in found], "said": said})


def _page(template: str, change: Change, draft: Draft, **more: object) -> str:
    return render_template(
        template,
        change=change.name,
        subject_type=change.form.subject_type,
        draft=draft,
        draft_address=f"{draft.path}?draft={draft.id}",
        back=draft.back,
        **more,
    )


def _go(where: str) -> Response:
    return make_response(redirect(where, 303))


def _note(down: NeighbourDown) -> None:
    log.warning("neighbour_down", extra={"neighbour": down.neighbour, "fault": str(down)})
