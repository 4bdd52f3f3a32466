"""The first run of a new installation, and how one goes on from there.

Who holds the link that `ieum up` prints says whose house it is and becomes its first administrator.
"""

import re
from pathlib import Path

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l
from uuid_utils.compat import uuid7

from httpedge.access import allow
from ieum_portal.domain.account import Account
from ieum_portal.domain.browser import browser_in_short
from ieum_portal.domain.errors import (
    AccountUnfit,
    FirstRunOver,
    NeighbourDown,
    NeighbourRefused,
    PasswordUnfit,
)
from ieum_portal.domain.first_run import FirstRun
from ieum_portal.domain.password import SHORTEST
from ieum_portal.domain.viewer import Viewer
from ieum_portal.operations.first_run import Beginning, Typed, begin, must_be_open, needs_house
from ieum_portal.operations.sign_in import sign_in
from ieum_portal.pages.access_records.noting import SIGN_IN, note_access
from ieum_portal.pages.entry import (
    device_cookie,
    new_token,
    set_device_cookie,
    set_session_cookie,
)
from ieum_portal.pages.screen import Screen, screens
from ieum_portal.pages.wired import account, desk, language, neighbours, now

routes = Blueprint("first_run", __name__)

BEGUN = "first_run"
"""How the record of access calls it."""

WAYS = (
    (
        _l("있는 대장 불러오기"),
        _l("엑셀이나 CSV로 된 협약 대장을 불러옵니다. 무엇이 달라지는지 먼저 보여 드립니다."),
        ("imports.show",),
    ),
    (
        _l("하나씩 등록하기"),
        _l("협약기관과 담당자, 협약을 양식에 적습니다."),
        (
            "departments.register",
            "partner_form.register",
            "agreement_form.register",
            "programmes.register",
            "event_changing.register",
        ),
    ),
    (
        _l("함께 일할 사람 초대하기"),
        _l("부서와 협약기관의 담당자에게 계정을 만들어 초대 메일을 보냅니다."),
        ("accounts.invite",),
    ),
)
"""What a new house begins with, and the pages for it; one that is not there is left out."""

AN_OFFICE = re.compile(r"\boffice: true, ")
"""How a sample marks the office that coordinates; here the house's own does."""


@routes.route("/first-run/<code>", methods=["GET", "POST"])
@allow("public")
def show(code: str) -> Response:
    """Ask whose house this is, and make its first administrator."""
    means = Beginning(desk().auth, desk().connect, uuid7, desk().kept_office)
    typed, asks_house = FirstRun.typed(request.form), "house" in request.form
    try:
        must_be_open(code, desk().auth)
        nobody = Viewer(uuid7(), "office", "")
        asks_house = needs_house(desk().connect(nobody, language()).registry)
        if request.method != "POST":
            return _form(typed, asks_house=asks_house)
        faults = typed.faults(needs_house=asks_house)
        if faults:
            return _form(typed, asks_house=asks_house, faults=faults)
        password, again = request.form.get("password", ""), request.form.get("again", "")
        begun = begin(
            Typed(typed, password, again), code=code, means=means, now=now(), language=language()
        )
    except FirstRunOver:
        note_access(None, BEGUN, "closed", is_denial=True)
        return make_response(render_template("first_run/over.html"), 410)
    except PasswordUnfit as unfit:
        return _form(typed, asks_house=asks_house, password_fault=unfit.fault)
    except AccountUnfit as unfit:
        return _form(typed, asks_house=asks_house, faults={"login": unfit.part})
    except NeighbourRefused as refused:
        return _form(typed, asks_house=asks_house, refused=refused.detail)
    except NeighbourDown:
        if request.method != "POST":
            raise
        told = gettext("대장에서 답이 오지 않았습니다. 잠시 뒤 같은 단추를 다시 누르십시오.")
        return _form(typed, asks_house=asks_house, refused=told, status=503)
    note_access(begun, BEGUN, "ok", is_denial=False)
    return _let_in(begun, password)


@routes.get("/start")
def choose() -> str:
    """Show by what a new house can begin."""
    return render_template(
        "first_run/start.html",
        ways=_ways(),
        has_samples=bool(_samples()),
        fault=request.args.get("fault"),
    )


@routes.post("/start/sample")
@allow("office")
def sample() -> Response:
    """Load the sample, on this choice alone."""
    files = _samples()
    if not files:
        abort(404)
    texts = {each.name: AN_OFFICE.sub("", each.read_text(encoding="utf-8")) for each in files}
    try:
        neighbours().registry.load(texts)
    except NeighbourRefused:
        return make_response(redirect("/start?fault=sample", 303))
    return make_response(redirect("/", 303))


def _ways() -> list[tuple[LazyString, LazyString, list[Screen]]]:
    """Give the ways in which a house begins, each with the pages that it leads to."""
    return [
        (title, text, found)
        for title, text, endpoints in WAYS
        if (found := [screens()[each] for each in endpoints if _opens(each)])
    ]


def _opens(endpoint: str) -> bool:
    screen = screens().get(endpoint)
    return screen is not None and (not screen.is_for_administrators or account().administers)


def _samples() -> list[Path]:
    folder = desk().samples
    return [] if folder is None else sorted(folder.glob("*.yaml"))


def _let_in(begun: Account, password: str) -> Response:
    token = new_token()
    found = sign_in(
        begun.login,
        password,
        address=request.remote_addr or "unknown",
        token=token,
        now=now(),
        auth=desk().auth,
        mark=device_cookie(begun.login),
        browser=browser_in_short(request.user_agent.string),
    )
    answer = make_response(redirect("/start", 303))
    set_session_cookie(answer, token, found)
    set_device_cookie(answer, found)
    note_access(found, SIGN_IN, "ok", is_denial=False)
    return answer


def _form(
    typed: FirstRun,
    *,
    asks_house: bool,
    faults: dict[str, str] | None = None,
    password_fault: str | None = None,
    refused: str | None = None,
    status: int = 422,
) -> Response:
    is_refused = bool(faults or password_fault or refused)
    text = render_template(
        "first_run/page.html",
        typed=typed,
        asks_house=asks_house,
        faults=faults or {},
        fault=password_fault,
        refused=refused,
        is_refused=is_refused,
        shortest=SHORTEST,
    )
    return make_response(text, status if is_refused else 200)
