"""The pages' scripts: small, our own, held against their hash, and none runs what was text."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask, render_template_string

import ieum_portal

PAGES = Path(ieum_portal.__file__).parent / "pages"
SCRIPTS = sorted(PAGES.rglob("*.js"))
MOST = 25_000
"""Bytes of all together, as they lie here and as they are served."""

TEXT_THAT_RUNS = re.compile(
    r"\beval\b|\bFunction\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\bimport\b"
    r"|https?://|set(?:Timeout|Interval)\(\s*[\"'`]|setAttribute\(\s*[\"'`](?:on|style)"
)
NAMES = [each.relative_to(PAGES).as_posix() for each in SCRIPTS]


def tag_of(app: Flask, name: str) -> tuple[str, str]:
    """Give address and hash of a script as a page names it."""
    with app.test_request_context():
        tag = render_template_string("{{ script(name) }}", name=name)
    found = re.fullmatch(
        r'<script type="module" src="([^"]+)" integrity="([^"]+)"></script>',
        tag.replace("&#43;", "+"),
    )
    assert found is not None, tag
    return found[1], found[2]


def test_all_scripts_together_are_small() -> None:
    assert 0 < sum(each.stat().st_size for each in SCRIPTS) <= MOST


@pytest.mark.parametrize("name", NAMES)
def test_a_script_runs_no_text_asks_nobody_else_and_says_nothing_by_itself(name: str) -> None:
    written = (PAGES / name).read_text("utf-8")
    code = re.sub(r"^\s*//.*$", "", written, flags=re.MULTILINE)

    assert TEXT_THAT_RUNS.search(code) is None
    assert re.search("[가-힣]", code) is None  # What is read stands in the page.


@pytest.mark.parametrize("name", NAMES)
def test_a_script_is_served_for_ever_and_held_against_its_hash(app: Flask, name: str) -> None:
    address, integrity = tag_of(app, name)

    answer = app.test_client().get(address)

    assert answer.data == (PAGES / name).read_bytes()
    assert integrity == f"sha256-{b64encode(sha256(answer.data).digest()).decode()}"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content_type == "text/javascript; charset=utf-8"


def test_every_script_is_named_by_a_page() -> None:
    templates = "\n".join(each.read_text("utf-8") for each in PAGES.rglob("*.html"))

    assert {name for name in NAMES if f'script("{name}")' not in templates} == set()
