"""Where letters lead the portal has a page, and on it the part that the address names."""

from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

import ieum_portal.pages
from ieum_notify.domain.letter import PAGES
from ieum_portal.pages.agreement.route import routes as agreement
from ieum_portal.pages.event.route import routes as event
from ieum_portal.pages.history.route import routes as history
from ieum_portal.pages.links import PAGES as PAGES_OF_THE_DESK
from ieum_portal.pages.partner.route import routes as partner
from ieum_portal.pages.promises.route import routes as promise


@pytest.mark.parametrize("subject_type", PAGES)
def test_a_letters_page_is_one_of_the_portals(subject_type: str) -> None:
    app, about = Flask(__name__), uuid4()
    for routes in (agreement, event, partner, promise):
        app.register_blueprint(routes)

    endpoint, values = app.url_map.bind("portal").match(f"/{PAGES[subject_type].format(id=about)}")

    assert (endpoint, *values) == PAGES_OF_THE_DESK[subject_type]
    assert list(values.values()) == [about]


def test_what_has_no_page_is_found_in_the_history() -> None:
    app = Flask(__name__)
    app.register_blueprint(history)

    assert app.url_map.bind("portal").match("/history")[0] == "history.show"


@pytest.mark.parametrize("page", ["agreement", "partner"])
def test_milestones_have_their_part_on_the_pages_that_letters_lead_to(page: str) -> None:
    template = Path(ieum_portal.pages.__path__[0], page, "page.html").read_text(encoding="utf-8")

    assert 'id="milestones"' in template
