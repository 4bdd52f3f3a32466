"""The register of pages: menu, trail, title, day and roles of every page come from its entry."""

import re
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, url_for

from httpedge.access import RULE, RuleMissing, require_rules
from ieum_portal.domain.viewer import ROLES
from ieum_portal.pages.blueprints import blueprints
from ieum_portal.pages.help.texts import HELP
from ieum_portal.pages.register import SCREENS
from ieum_portal.pages.screen import Screen, Unbound, install_screens, is_dated
from tests.portal.pages.conftest import Enter
from tests.portal.sample import AGREEMENT, identity

THINGS = {
    "partner_id": "naver",
    "agreement_id": AGREEMENT,
    "event_id": "expo",
    "milestone_id": "m1",
    "document_id": "paper",
    "commitment_id": "naver-T05",
    "contact_id": "naver-liaison",
    "seat_id": "naver-liaison-seat",
    "import_id": "ledger",
    "handover_id": "handover",
    "programme_id": "ai-metaverse",
    "strategy_id": "S1",
    "task_id": "T05",
    "service_field_id": "F1",
    "technology_id": "xr",
    "department_id": "culture",
    "calendar_day_id": "opening",
    "journal_id": "call",
    "reply_id": "said",
    "promise_id": "jobs",
    "promise_report_id": "claimed",
}
NAMES = {
    "name": "partner-network",
    "text": "no-link",
    "code": "no-code",
    "mark": f"collaboration:{identity('naver-T05')}",
}
"""What is opened by a name, not by an id."""
"""What a page about one thing is opened with; a new kind of argument needs its line."""
NOT_THEIRS = {("promises.one", "department"), ("promise_reports.one", "department")}
"""What of the sample lies under an agreement that another department leads (access.md, A-3)."""
NO_PAGES = {"asset", "healthz", "readyz", "metrics", "access_records.show"} | {
    "oidc.begin",
    "oidc.come_back",
    "own_calendar.read",
}
"""What is fetched and is no page."""
SIGNED_IN = [each for each in SCREENS if "public" not in each.roles]


def address(app: Flask, screen: Screen) -> str:
    """Give the address of a page, of the sample's things; of accounts, of the office's."""
    rule = next(app.url_map.iter_rules(screen.endpoint))
    things: dict[str, Any] = {
        each: _account(app) if each == "account_id" else NAMES.get(each) or identity(THINGS[each])
        for each in rule.arguments
    }
    with app.test_request_context():
        return url_for(screen.endpoint, **things)


def _account(app: Flask) -> UUID:
    found = app.extensions["ieum"].auth.accounts.by_login("office@ieum.example")
    assert found is not None
    account_id: UUID = found.id
    return account_id


def titles(page: str) -> tuple[str, list[str]]:
    """Give the browser's title, and what the menu says of where we are."""
    title = page.partition("<title>")[2].partition("</title>")[0]  # Pictures have theirs, too.
    nav = page.partition('<nav class="places"')[2].partition("</nav>")[0]
    return title, re.findall(r' aria-current="(?:page|true)">([^<]+)</a>', nav)


@pytest.mark.parametrize("screen", SIGNED_IN, ids=lambda each: each.endpoint)
def test_a_page_opens_to_its_roles_and_to_no_other(
    enter: Enter, app: Flask, screen: Screen
) -> None:
    path = address(app, screen)

    for role in ROLES:
        answer = enter(role).get(path, follow_redirects=True)
        if (screen.endpoint, role) in NOT_THEIRS:
            assert answer.status_code == 404, role
        elif role in screen.roles and (role == "office" or not screen.is_for_administrators):
            assert answer.status_code == 200, role
        else:
            assert answer.status_code == 403, role
            first = {"office": "총괄부서", "liaison": "연락담당자"}[screen.roles[0]]
            assert f"{screen.title.ko} 화면을 열 수 있는 역할: {first}" in answer.text


@pytest.mark.parametrize("screen", SCREENS, ids=lambda each: each.endpoint)
def test_a_page_answers_for_its_head_as_to_a_reader(
    enter: Enter, app: Flask, screen: Screen
) -> None:
    client, path = enter(), address(app, screen)
    path = client.get(path).headers.get("Location", path)  # A form's address names its draft.

    assert client.head(path).status_code == client.get(path).status_code


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("screen", SIGNED_IN, ids=lambda each: each.endpoint)
def test_a_page_says_what_it_is_and_where_it_stands(
    enter: Enter, app: Flask, screen: Screen, language: str
) -> None:
    by_endpoint = {each.endpoint: each for each in SCREENS}
    top = screen
    while top.under is not None:
        top = by_endpoint[top.under]

    reader = enter(screen.roles[0], language)
    page = reader.get(address(app, screen), follow_redirects=True)
    title, here = titles(page.text)

    assert top.in_menu
    assert here == [getattr(top.title, language)]
    takes_things = next(app.url_map.iter_rules(screen.endpoint)).arguments
    assert title.strip(" –이음")
    if not takes_things:
        assert title.startswith(getattr(screen.title, language))


def test_the_menu_leads_to_what_it_names_in_the_order_of_the_register(enter: Enter) -> None:
    page = enter().get("/").text
    nav = page.partition('<nav class="places"')[2].partition("</nav>")[0]

    found = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', nav)

    assert [name for _, name in found] == [
        each.title.ko for each in SCREENS if each.in_menu and not each.under
    ]
    assert found[:2] == [("/", "할 일"), ("/partners", "파트너")]


def test_every_answer_to_a_reader_is_a_declared_page_or_none(app: Flask) -> None:
    read = {each.endpoint for each in app.url_map.iter_rules() if "GET" in (each.methods or ())}

    declared = [(endpoint, each) for each in SCREENS for endpoint in each.endpoints]
    assert read - {endpoint for endpoint, _ in declared} == NO_PAGES
    assert len(dict(declared)) == len(declared)
    for endpoint, each in declared:
        assert getattr(app.view_functions[endpoint], RULE) == frozenset(each.roles)


def test_a_view_without_an_entry_keeps_the_portal_from_starting() -> None:
    app = Flask("ieum_portal")
    for each in blueprints():
        app.register_blueprint(each)
    app.add_url_rule("/forgotten", "forgotten.show", lambda: "")
    install_screens(app, SCREENS)

    with pytest.raises(RuleMissing, match=r"/forgotten → forgotten\.show"):
        require_rules(app)


def test_an_entry_without_a_view_is_named() -> None:
    with pytest.raises(Unbound, match=r"today\.show"):
        install_screens(
            Flask("ieum_portal"), [each for each in SCREENS if each.endpoint == "today.show"]
        )


def test_the_pages_of_the_record_are_dated(app: Flask) -> None:
    with app.app_context():
        assert not is_dated(None)
        assert not is_dated("nowhere.show")
        assert not is_dated("history.show")
        assert is_dated("partners.show")


def test_the_frame_lets_the_day_be_chosen_on_those_pages_alone(enter: Enter) -> None:
    client = enter()

    assert 'class="asof"' in client.get("/partners").text
    assert 'class="asof"' not in client.get("/history").text
    assert 'class="asof"' not in client.get("/nowhere").text


def test_links_to_other_pages_do_not_carry_the_day(enter: Enter) -> None:
    page = enter().get("/partners?on=2026-06-30").text

    assert 'href="/?on=2026-06-30"' in page
    assert 'href="/history"' in page
    assert re.findall(r'action="(/sign-out[^"]*)"', page) == ["/sign-out"]


def test_every_page_has_its_help() -> None:
    assert [each.endpoint for each in SCREENS if each.endpoint not in HELP] == []
