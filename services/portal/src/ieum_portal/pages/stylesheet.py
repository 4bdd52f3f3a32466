"""All css of the pages joined into one sheet at start-up; each page's style lies with the page."""

import re
from collections.abc import Callable
from pathlib import Path

FIRST = ("frame", "parts")
"""Folders whose css others build on; within them, and after them, by name."""

_ASSET = re.compile(r"""url\("asset:([^"]+)"\)""")


def join_css(pages: Path, asset_url: Callable[[str], str]) -> str:
    """Join the sheets, `frame` and `parts` first.

    Args:
        pages: The folder of the pages.
        asset_url: Gives the address of a static file; css names one as `url("asset:name")`.
    """
    sheets = sorted(pages.rglob("*.css"), key=lambda path: _place(path.relative_to(pages)))
    parts = [f"/* {each.relative_to(pages)} */\n{each.read_text('utf-8')}" for each in sheets]
    return _ASSET.sub(lambda found: f'url("{asset_url(found.group(1))}")', "\n".join(parts))


def _place(sheet: Path) -> tuple[int, str]:
    folder = sheet.parts[0]
    return (FIRST.index(folder) if folder in FIRST else len(FIRST), sheet.as_posix())
