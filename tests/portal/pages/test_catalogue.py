"""One place leads to all that agreements, commitments and letters refer to."""

import re

import pytest

from tests.portal.pages.conftest import Enter

LISTS = ["programmes", "strategies", "tasks", "service-fields", "technologies", "departments"]


@pytest.mark.parametrize("role", ["office", "department", "liaison", "auditor"])
def test_each_list_is_one_click_away_and_its_form_for_the_office(enter: Enter, role: str) -> None:
    page = enter(role).get("/catalogue").text
    main = page[page.index("<main") :]

    lists = re.findall(r'<a href="/([\w-]+)">', main)
    forms = re.findall(r'href="/([\w-]+)/new">', main)

    seen = ["handovers"] if role in ("office", "auditor") else []
    assert lists == [*LISTS, *seen, "calendar-days"]
    assert forms == ([*LISTS, "calendar-days"] if role == "office" else [])
