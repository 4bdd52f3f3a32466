"""What is shipped is what was locked, is served for ever under its own hash, and calls nobody."""

import json
import re
from hashlib import sha256
from pathlib import Path

from flask.testing import FlaskClient

import ieum_portal
from tests.portal.pages.conftest import Enter

PACKAGE = Path(ieum_portal.__file__).parent
STATIC = PACKAGE / "static"
LOCK = PACKAGE.parents[1] / "assets.lock.json"
OURS = {"icon.svg"}
ALLOWED = {"OFL-1.1", "MIT", "0BSD", "BSD-3-Clause", "Apache-2.0", "ISC"}


def locked() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(LOCK.read_text("utf-8"))["assets"]
    return found


def test_every_file_of_other_people_is_locked_and_unchanged() -> None:
    for asset in locked():
        content = (STATIC / asset["dest"]).read_bytes()
        assert sha256(content).hexdigest() == asset["sha256"], asset["dest"]
        assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", asset["integrity"])


def test_no_file_is_shipped_that_is_not_listed() -> None:
    shipped = {path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file()}

    assert shipped == OURS | {asset["dest"] for asset in locked()}


def test_licences_are_allowed_and_lie_beside_the_files() -> None:
    for asset in locked():
        assert asset["licence"] in ALLOWED
        assert (STATIC / asset["dest"]).parent.joinpath("LICENSE.txt").exists()


def test_nothing_of_ours_loads_from_elsewhere() -> None:
    address = re.compile(r"""(?:url\(|src=|href=|@import)\s*["']?(?:https?:)?//""")
    for path in [*PACKAGE.glob("pages/**/*.css"), *PACKAGE.glob("pages/**/*.html")]:
        assert not address.search(path.read_text("utf-8")), path


def test_every_loaded_file_is_served_for_ever_under_its_hash(enter: Enter) -> None:
    client = enter()
    page = client.get("/").text
    sheet = re.search(r'rel="stylesheet" href="([^"]+)"', page)
    assert sheet is not None
    css = client.get(sheet.group(1))

    addresses = [sheet.group(1), *re.findall(r'url\("([^"]+)"\)', css.text)]
    assert len(addresses) == 3
    for each in addresses:
        answer = client.get(each)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers


def test_the_sheet_holds_every_pages_css_tokens_first(client: FlaskClient) -> None:
    page = client.get("/sign-in").text
    css = client.get(re.findall(r'rel="stylesheet" href="([^"]+)"', page)[0]).text

    order = re.findall(r"/\* (\S+\.css) \*/", css)
    assert order[0] == "frame/1-tokens.css"
    assert set(order) == {
        path.relative_to(PACKAGE / "pages").as_posix() for path in PACKAGE.glob("pages/**/*.css")
    }
    assert "asset:" not in css


def test_an_address_with_another_hash_is_not_found(client: FlaskClient) -> None:
    assert client.get("/static/v/000000000000/ieum.css").status_code == 404
    assert client.get("/static/v/../app.py").status_code == 404
