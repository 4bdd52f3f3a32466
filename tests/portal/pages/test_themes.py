"""In which colours the pages are shown: as the device wishes, or as this browser's reader chose."""

import re
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from ieum_portal.pages.themes.route import THEMES
from tests.portal.pages.conftest import Enter, csrf
from tests.portal.sample import identity


def chosen(client: FlaskClient, page: str = "/sign-in") -> str | None:
    """Give the theme that a page is shown in; None leaves it to the device."""
    found = re.search(r'<html [^>]*data-theme="([^"]+)"', client.get(page).text)
    return found and found.group(1)


def choose(client: FlaskClient, theme: str, back: str = "/sign-in") -> str:
    """Send the form of the foot; gives where it leads."""
    form = {"csrf_token": csrf(client.get("/sign-in", follow_redirects=True)), "next": back}
    answer = client.post(f"/theme?theme={theme}", data=form)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def test_without_a_choice_the_device_decides(client: FlaskClient) -> None:
    page = client.get("/sign-in").text

    assert chosen(client) is None
    assert '<meta name="color-scheme" content="light dark">' in page


@pytest.mark.parametrize("theme", THEMES)
def test_a_choice_is_kept_for_every_page_and_told(enter: Enter, theme: str) -> None:
    client = enter()

    assert unquote(choose(client, theme, "/partners?q=ㄱㅈ")) == "/partners?q=ㄱㅈ"

    assert chosen(client, "/") == chosen(client, "/partners") == theme
    assert re.search(f'theme={theme}" aria-current="true"', client.get("/").text)


def test_a_choice_is_made_at_the_door_and_taken_back(client: FlaskClient) -> None:
    choose(client, "dark")
    assert chosen(client) == "dark"

    choose(client, "system")

    assert chosen(client) is None


@pytest.mark.parametrize("theme", ["", "neon", "dark ", "<b>"])
def test_what_cannot_be_chosen_changes_nothing(client: FlaskClient, theme: str) -> None:
    choose(client, "contrast")

    choose(client, theme)

    assert chosen(client) == "contrast"


def test_an_address_alone_chooses_nothing(client: FlaskClient) -> None:
    client.get("/sign-in?theme=dark")

    assert chosen(client) is None
    assert client.get("/theme?theme=dark").status_code == 405


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "no"])
def test_the_choice_leads_back_to_a_page_of_our_own(client: FlaskClient, back: str) -> None:
    assert choose(client, "dark", back) == "/"


def test_a_forged_choice_is_refused(client: FlaskClient) -> None:
    assert client.post("/theme?theme=dark", data={"next": "/"}).status_code == 400
    assert chosen(client) is None


def test_a_choice_amid_a_form_keeps_what_is_typed(enter: Enter) -> None:
    client = enter()
    form = client.get(f"/milestones/{identity('m1')}/done", follow_redirects=True)
    [button] = re.findall(r'<button class="theme"[^>]*formaction="([^"]+theme=dark)"', form.text)
    typed = {"csrf_token": csrf(form), "step": "form", "proof": "시연 결과 보고서", "revision": "1"}

    answer = client.post(button.replace("&amp;", "&"), data=typed)

    assert answer.status_code == 303
    again = client.get(answer.headers["Location"]).text
    assert "시연 결과 보고서" in again
    assert 'data-theme="dark"' in again
