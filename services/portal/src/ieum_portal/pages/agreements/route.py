"""협약: the list, by state on the day; the address says what is shown."""

from typing import TypedDict

from flask import Blueprint, Response, render_template, request

from httpedge.sheet import MEDIA_TYPE
from ieum_portal.domain.words import tidy
from ieum_portal.operations.agreements_page import STATES, agreements_page
from ieum_portal.operations.agreements_sheet import agreements_sheet
from ieum_portal.pages.wired import neighbours, on_day

routes = Blueprint("agreements", __name__)

LONGEST_QUERY = 100


class _Sought(TypedDict):
    q: str
    state: str
    is_ending: bool


@routes.get("/agreements")
def show() -> str:
    """Show the agreements that fit."""
    page = agreements_page(**_sought(), on=on_day(), neighbours=neighbours())
    return render_template("agreements/page.html", page=page, states=STATES)


@routes.get("/agreements.csv")
def csv() -> Response:
    """Give them as a sheet."""
    text = agreements_sheet(**_sought(), on=on_day(), neighbours=neighbours())
    answer = Response(text, content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="agreements-{on_day()}.csv"'
    return answer


def _sought() -> _Sought:
    state = request.args.get("state", "")
    return {
        "q": tidy(request.args.get("q", ""))[:LONGEST_QUERY],
        "state": state if state in STATES else "",
        "is_ending": request.args.get("ends") == "90",
    }
