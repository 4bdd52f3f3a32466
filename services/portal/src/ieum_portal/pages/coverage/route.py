"""전략·과제 매트릭스: tasks by fields as of a day, and what stands behind each number."""

from flask import Blueprint, render_template, request

from ieum_portal.domain.words import tidy
from ieum_portal.operations.coverage_page import Chosen, coverage_page
from ieum_portal.pages.wired import neighbours, on_day

routes = Blueprint("coverage", __name__)

LONGEST_KEY = 64


@routes.get("/coverage")
def show() -> str:
    """Show the table, and the chosen place of it."""
    chosen = Chosen(
        tidy(request.args.get("task", ""))[:LONGEST_KEY],
        tidy(request.args.get("field", ""))[:LONGEST_KEY],
    )
    page = coverage_page(chosen, on=on_day(), neighbours=neighbours())
    return render_template("coverage/page.html", page=page, chosen=chosen)
