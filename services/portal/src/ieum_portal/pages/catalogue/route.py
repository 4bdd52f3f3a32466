"""기준 정보: the lists of what agreements, commitments and letters refer to."""

from flask import Blueprint, render_template

from ieum_portal.pages.help.texts import HELP
from ieum_portal.pages.screen import screen_of, screens
from ieum_portal.pages.wired import account

routes = Blueprint("catalogue", __name__)


@routes.get("/catalogue")
def show() -> str:
    """Lead to each list, with what it holds and the form that adds to it."""
    lists = [each for each in dict.fromkeys(screens().values()) if each.under == "catalogue.show"]
    found = []
    for each in lists:
        if each.in_menu and account().role in each.roles:
            form = screen_of(f"{each.endpoint.partition('.')[0]}.register")
            begins = form if form is not None and account().role in form.roles else None
            found.append((each, HELP[each.endpoint].shows, begins))
    return render_template("catalogue/page.html", found=found)
