"""네트워크 질문: any question that the graph answers, as table, picture and files."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext

from httpedge.sheet import MEDIA_TYPE
from ieum_portal.domain.errors import NeighbourDown
from ieum_portal.domain.network import Cell, NetworkAnswer
from ieum_portal.domain.words import tidy
from ieum_portal.operations.question_page import QuestionPage, question_page, questions_page
from ieum_portal.pages.errors.faults import BadRequest
from ieum_portal.pages.listing.files import WORKBOOK, Plain, text_of, workbook_of
from ieum_portal.pages.typeset import plain
from ieum_portal.pages.waiting import take_time
from ieum_portal.pages.wired import known_on, neighbours, on_day

routes = Blueprint("questions", __name__)

LONGEST_TYPED = 100
CLOCKS = ("on", "known")
"""What of the address says when: the day asked about, and by what was known at which day's end."""


@routes.get("/questions")
def index() -> str:
    """List what can be asked."""
    page = questions_page(neighbours=neighbours())
    return render_template("questions/index.html", page=page)


@routes.get("/questions/<name>")
def show(name: str) -> str | Response:
    """Ask one, about what the address says; one name that means one thing leads to its id."""
    page = _page(name)
    if page.is_resolved and not page.waits:
        kept: dict[str, Any] = {**page.asked, **{each: request.args.get(each) for each in CLOCKS}}
        where = url_for("questions.show", name=name, **kept)
        return redirect(where, 303)  # type: ignore[return-value]  # werkzeug's is Flask's parent.
    return render_template("questions/page.html", page=page)


@routes.get("/questions/<name>.csv")
def csv(name: str) -> Response:
    """Give the answer's rows as comma-separated values."""
    titles, rows = _table(_answered(name)[1])
    return _file(text_of(titles, rows), f"{name}-{on_day()}.csv", MEDIA_TYPE)


@routes.get("/questions/<name>.xlsx")
def xlsx(name: str) -> Response:
    """Give the answer's rows as a workbook."""
    page, answer = _answered(name)
    body = workbook_of(plain(page.question.title), *_table(answer))
    return _file(body, f"{name}-{on_day()}.xlsx", WORKBOOK)


@routes.get("/questions/<name>.svg")
def svg(name: str) -> Response:
    """Give the answer's picture by itself."""
    page, _ = _answered(name)
    text = render_template("questions/picture.svg", page=page)
    return _file(text, f"{name}-{on_day()}.svg", "image/svg+xml; charset=utf-8")


def _page(name: str) -> QuestionPage:
    written = {
        key: tidy(value)[:LONGEST_TYPED] for key, value in request.args.items() if key not in CLOCKS
    }
    return question_page(name, written, on=on_day(), known_on=known_on(), neighbours=neighbours())


def _answered(name: str) -> tuple[QuestionPage, NetworkAnswer]:
    """Give a question that is asked about something, with its answer.

    Raises:
        BadRequest: `question.unfinished`.
        NeighbourDown: The graph did not answer.
    """
    take_time()
    page = _page(name)
    if page.waits:
        raise BadRequest("question.unfinished")
    if page.answer is None:
        raise NeighbourDown("graph", f"questions/{name}: no answer")
    return page, page.answer


def _table(answer: NetworkAnswer) -> tuple[list[str], list[list[Plain]]]:
    """Give an answer's rows as files have them, each with the day it was asked for."""
    titles = [*(each.title for each in answer.columns), gettext("예시"), gettext("기준일")]
    known = known_on()
    if known is not None:
        titles.append(gettext("이날까지 안 것"))
    rows: list[list[Plain]] = [
        [
            *(
                _plain(cells, column.kind)
                for cells, column in zip(row.cells, answer.columns, strict=True)
            ),
            gettext("예시") if row.illustrative else None,
            on_day(),
            *(() if known is None else (known,)),
        ]
        for row in answer.rows
    ]
    return titles, rows


def _plain(cells: tuple[Cell, ...], kind: str) -> Plain:
    text = "; ".join(each.text for each in cells)
    if text and kind == "number":
        return int(text)
    if text and kind == "day":
        return date.fromisoformat(text)
    return text or None


def _file(body: str | bytes, name: str, media_type: str) -> Response:
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, content_type=media_type, headers=named)
