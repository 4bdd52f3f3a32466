"""Packed answers, and tokens of forms that are written differently in each."""

import gzip
import re

import pytest

from ieum_portal.pages.packing import unmasked
from tests.portal.pages.conftest import Enter, csrf

PACKED = {"Accept-Encoding": "gzip, deflate, br"}


def test_a_page_is_packed_for_browsers_that_take_it_so(enter: Enter) -> None:
    client = enter()

    plain, packed = client.get("/partners"), client.get("/partners", headers=PACKED)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Content-Encoding" not in plain.headers
    assert len(packed.data) * 3 < len(plain.data)
    assert "네이버" in gzip.decompress(packed.data).decode()
    assert int(packed.headers["Content-Length"]) == len(packed.data)


def test_style_is_packed_and_kept_for_ever_and_fonts_are_left_as_they_are(enter: Enter) -> None:
    client = enter()
    page = client.get("/").text
    [sheet] = re.findall(r'href="(/static/v/[^"]+\.css)"', page)

    style = client.get(sheet, headers=PACKED)
    [font, *_] = re.findall(r"(/static/v/[^\")]+\.woff2)", gzip.decompress(style.data).decode())

    assert style.headers["Content-Encoding"] == "gzip"
    assert "immutable" in style.headers["Cache-Control"]
    assert "Content-Encoding" not in client.get(font, headers=PACKED).headers


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0"])
def test_who_does_not_take_it_packed_has_it_plain(enter: Enter, accepted: str) -> None:
    page = enter().get("/partners", headers={"Accept-Encoding": accepted})

    assert "Content-Encoding" not in page.headers
    assert "네이버" in page.text


def test_no_two_answers_write_the_token_of_their_forms_alike(enter: Enter) -> None:
    client = enter()

    first, second = csrf(client.get("/")), csrf(client.get("/"))

    assert first != second
    pieces = {first[at : at + 8] for at in range(len(first) - 8)}
    assert not any(second[at : at + 8] in pieces for at in range(len(second) - 8))
    assert client.post("/sign-out", data={"csrf_token": first}).status_code == 303


@pytest.mark.parametrize("sent", ["", "x", "가나다", "AAAA", "=" * 40, "_" * 999])
def test_what_we_did_not_write_is_no_token(enter: Enter, sent: str) -> None:
    client = enter()
    client.get("/")

    assert client.post("/sign-out", data={"csrf_token": sent}).status_code == 400
    assert isinstance(unmasked(sent), str)
