"""약속 이행률: how much of what was promised has come by a day, with the rows behind it."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from changefeed.declared import Label
from changefeed.subjects.agreement import AGREEMENT_KINDS
from changefeed.subjects.promise import INDICATORS
from ieum_portal.domain.trend import Picture, draw_shares
from ieum_portal.operations.promise_rates_page import NAMED, WAYS, RatesPage, rates_page
from ieum_portal.pages.labels import said
from ieum_portal.pages.typeset import say, short_day
from ieum_portal.pages.wired import neighbours, on_day
from registryclient.promised import PromiseFigure, PromiseGroup, PromiseSum

routes = Blueprint("promise_rates", __name__)

BY = {
    "partner": Label("기관별", "by partner"),
    "agreement": Label("협약별", "by agreement"),
    "kind": Label("협약 종류별", "by kind of agreement"),
    "department": Label("담당부서별", "by department"),
    "year": Label("기한 연도별", "by year due"),
    "task": Label("과제별", "by task"),
}
NONE = {
    "department": _l("담당부서 없음"),
    "task": _l("과제 없음"),
}
"""What a group is called whose promises have none."""


@routes.get("/promises/rates")
def show() -> str:
    """Show what came of what was promised, in all, quarter by quarter, and in groups."""
    by = request.args.get("by", "")
    page = rates_page(by if by in WAYS else WAYS[0], on=on_day(), neighbours=neighbours())
    return render_template(
        "promise_rates/page.html",
        page=page,
        ways=BY,
        measure=measure,
        percent=percent,
        named=lambda group: _named(page, group),
        rows=lambda group, figure: _rows(page, group, figure),
        picture=_picture(page),
    )


def measure(figure: PromiseFigure) -> str:
    """Give what a figure counts, with its unit where that is not the indicator's own."""
    if figure.name is not None:
        return f"{say(figure.name)} ({figure.unit})"
    label = next((each for code, each in INDICATORS.items() if code == figure.indicator), None)
    return f"{figure.indicator if label is None else said(label)} ({figure.unit})"


def percent(added: PromiseSum) -> str:
    """Write a share, rounded down: 100 % is all of it."""
    share = _share(added)
    return "–" if share is None else f"{share:.1f}%"


def _share(added: PromiseSum) -> float | None:
    return added.reached * 1000 // added.target / 10 if added.target else None


def _named(page: RatesPage, group: PromiseGroup) -> object:
    if group.key is None:
        return NONE.get(page.by, "–")
    if page.by in NAMED:
        name = page.names.get(UUID(group.key))
        return _l("이름 비공개") if name is None else say(name)
    if page.by == "kind":
        label = next((each for code, each in AGREEMENT_KINDS.items() if code == group.key), None)
        return group.key if label is None else said(label)
    return group.key


LISTED_BY = {"partner": "partner", "agreement": "agreement", "task": "task", "year": "due"}
"""What the list of promises is asked by for the rows of a group."""


def _rows(page: RatesPage, group: PromiseGroup, figure: PromiseFigure) -> str | None:
    """Give where the rows behind a figure of a group are listed; None if no list says so."""
    asked = {"indicator": figure.indicator}
    if group.key is None:
        return None
    if page.by == "department":
        asked["looked_after_by"] = group.key
    elif page.by in LISTED_BY:
        asked[LISTED_BY[page.by]] = group.key
    else:
        return None
    return url_for("promises.show", **asked)  # type: ignore[arg-type]  # Words of an address.


def _picture(page: RatesPage) -> Picture | None:
    """Draw the share of each measure at the end of each quarter; None if there is none."""
    if not page.quarters:
        return None
    days = [str(short_day(each.on)) for each in page.quarters]
    lines: dict[str, list[float | None]] = {}
    for at, quarter in enumerate(page.quarters):
        for figure in quarter.total.figures:
            shares = lines.setdefault(measure(figure), [None] * len(days))
            shares[at] = _share(figure.due)
    drawn = [each for each in lines.items() if any(share is not None for share in each[1])]
    return draw_shares(days, drawn) if drawn else None
