"""Pages that are marked as looked at on a day let it be chosen, and links to them keep it."""

import re

from flask import Flask

from ieum_portal.pages.dated import is_dated
from tests.portal.pages.conftest import Enter


def test_the_pages_of_the_record_are_dated(app: Flask) -> None:
    with app.app_context():
        marked = {endpoint for endpoint in app.view_functions if is_dated(endpoint)}
        assert not is_dated(None)
        assert not is_dated("nowhere.show")

    assert marked >= {"agreements.show", "agreement.show"}
    assert marked >= {"today.show", "partners.show", "partner.show", "coverage.show", "events.show"}


def test_the_frame_lets_the_day_be_chosen_on_those_pages_alone(enter: Enter) -> None:
    client = enter()

    assert 'class="asof"' in client.get("/partners").text
    assert 'class="asof"' not in client.get("/nowhere").text


def test_links_to_other_pages_do_not_carry_the_day(enter: Enter) -> None:
    page = enter().get("/partners?on=2026-06-30").text

    assert 'href="/?on=2026-06-30"' in page
    assert re.findall(r'action="(/sign-out[^"]*)"', page) == ["/sign-out"]
