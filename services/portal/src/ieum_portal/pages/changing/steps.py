"""The way of every change: the form, what would follow, the button; nothing typed is ever lost.

One address serves all steps; `step` of the form says which: `preview`, `edit` (back from there) or
`record`. Source: docs/adr/0011-foreseen-before-recorded.md.
"""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from ieum_portal.domain.errors import ChangeRefused, NeighbourDown, Stale
from ieum_portal.domain.wanted import Wanted
from ieum_portal.operations.foresee import foresee
from ieum_portal.operations.record_change import record_change
from ieum_portal.pages.changing.filled import Filled
from ieum_portal.pages.entry import new_token
from ieum_portal.pages.errors.faults import BadRequest
from ieum_portal.pages.wired import neighbours, today

log = logging.getLogger(__name__)

Matter = TypeVar("Matter")

_KEY = re.compile(r"[A-Za-z0-9_-]{16,200}")
"""An Idempotency-Key as `new_token` draws it; without one nothing is recorded once only."""


@dataclass(frozen=True, slots=True)
class Change(Generic[Matter]):
    """One change as the desk offers it.

    Attributes:
        name: Of its template and its words.
        subject_type: Whose facts its form holds.
        read: Gives what is wanted, or notes faults in the form; what it gives then is not used.
        fields: What the form calls the facts that the registry may find at fault, by the way to
            them or its first step.
        leads_to: Gives the page of what was recorded; None leads back to where it began.
    """

    name: str
    subject_type: str
    read: Callable[[Filled, Matter], Wanted]
    fields: Mapping[str, str] = field(default_factory=dict)
    leads_to: Callable[[UUID], str] | None = None

    def field_at(self, way: str) -> str:
        """Give what the form calls a fact at fault."""
        first = way.partition("/")[0]
        return self.fields.get(way) or self.fields.get(first, first)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said above the form, if anything."""

    notice: str | None = None
    detail: str | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About(Generic[Matter]):
    """What a form is about, as the registry has it now.

    Attributes:
        seen: The version that the page shows now.
        back: Where the change began, and where it leads when it is done.
        defaults: What the form holds when it is opened; several values where several are chosen.
    """

    matter: Matter
    seen: int
    back: str
    defaults: Mapping[str, str | list[str]]


def walk(change: Change[Matter], look_up: Callable[[], About[Matter]]) -> Response:
    """Take the next step.

    A form that came in survives a registry that is away: its values, its version and its key go
    out again with a button for the same step. The key above all: an earlier try may have been
    written, and a form opened anew would write it a second time.

    Args:
        look_up: Asks the registry what the form is about.

    Raises:
        NeighbourDown: The form was only to be opened, so that nothing can be lost.
        NotFound: There is no such thing.
    """
    if request.method == "GET":
        about = look_up()
        opened = MultiDict({"seen": str(about.seen), "once": new_token(), **about.defaults})
        return _form(change, about.matter, opened, about.back, Said())
    typed = request.form.copy()
    if _KEY.fullmatch(typed.get("once", "")) is None:
        raise BadRequest("form.outdated")
    back = url_for("today.show")
    try:
        about = look_up()
        back = about.back
        return _step(change, about, typed)
    except NeighbourDown as down:
        log.warning("neighbour_down", extra={"neighbour": down.neighbour, "fault": str(down)})
        return _unanswered(change, typed, back)


def _step(change: Change[Matter], about: About[Matter], typed: MultiDict[str, str]) -> Response:
    matter, back = about.matter, about.back
    filled = Filled(typed)
    wanted = change.read(filled, matter)
    step = typed.get("step", "preview")
    if step == "edit":
        return _form(change, matter, typed, back, Said())
    if filled.faults:
        return _form(change, matter, typed, back, Said(faults=filled.faults), 422)
    try:
        if step == "record":
            return _record(change, wanted, typed, back)
        return _preview(change, matter, wanted, typed, back)
    except Stale:
        typed["seen"] = str(about.seen)
        return _form(change, matter, typed, back, Said("stale"), 412)
    except ChangeRefused as refused:
        if refused.code == "idempotency.reused":
            typed["once"] = new_token()
            return _form(change, matter, typed, back, Said("recorded_before"), 409)
        told = {change.field_at(way): text for way, text in refused.faults.items()}
        told = {name: text for name, text in told.items() if name in typed}
        said = Said("refused", refused.detail, dict.fromkeys(told, "refused"), told)
        return _form(change, matter, typed, back, said, 422)


def _record(
    change: Change[Matter], wanted: Wanted, typed: MultiDict[str, str], back: str
) -> Response:
    recorded = record_change(wanted, once=typed["once"], neighbours=neighbours())
    page = back if change.leads_to is None else change.leads_to(recorded.subject_id)
    where = page.partition("#")[0]
    return make_response(redirect(f"{where}?recorded={recorded.seq}#recorded", 303))


def _unanswered(change: Change[Matter], typed: MultiDict[str, str], back: str) -> Response:
    """Keep the form for when the registry is back; what became of a recording is not known."""
    step = typed.get("step", "preview")
    page = _page("changing/unanswered.html", change, None, typed, back, step=step)
    return make_response(page, 503, {"Retry-After": "5"})


def _preview(
    change: Change[Matter], matter: Matter, wanted: Wanted, typed: MultiDict[str, str], back: str
) -> Response:
    foreseen = foresee(wanted, today=today(), neighbours=neighbours())
    page = _page("changing/preview.html", change, matter, typed, back, foreseen=foreseen)
    return make_response(page)


def _form(
    change: Change[Matter],
    matter: Matter,
    typed: MultiDict[str, str],
    back: str,
    said: Said,
    status: int = 200,
) -> Response:
    template = f"changing/{change.name}.html"
    return make_response(_page(template, change, matter, typed, back, said=said), status)


def _page(
    template: str,
    change: Change[Matter],
    matter: Matter | None,
    typed: MultiDict[str, str],
    back: str,
    **more: object,
) -> str:
    kept = [
        (name, value)
        for name, value in typed.items(multi=True)
        if name not in ("csrf_token", "step")
    ]
    return render_template(
        template,
        change=change.name,
        subject_type=change.subject_type,
        matter=matter,
        typed=typed,
        kept=kept,
        back=back,
        **more,
    )
