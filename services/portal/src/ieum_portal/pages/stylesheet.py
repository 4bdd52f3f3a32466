"""All css of the pages joined into one sheet at start-up; each page's style lies with the page."""

import re
from collections.abc import Callable
from pathlib import Path

FIRST = ("frame", "parts")
"""Folders whose css others build on; within them, and after them, by name."""

_ASSET = re.compile(r"""url\("asset:([^"]+)"\)""")
_THEME = re.compile(r"@theme (?P<name>[a-z]+) for (?P<wish>\([^)]+\)) (?P<values>\{[^}]*\})")


def join_css(pages: Path, asset_url: Callable[[str], str]) -> str:
    """Join the sheets, `frame` and `parts` first, and write out their themes.

    Args:
        pages: The folder of the pages.
        asset_url: Gives the address of a static file; css names one as `url("asset:name")`.
    """
    sheets = sorted(pages.rglob("*.css"), key=lambda path: _place(path.relative_to(pages)))
    parts = [f"/* {each.relative_to(pages)} */\n{each.read_text('utf-8')}" for each in sheets]
    joined = written_out("\n".join(parts))
    return _ASSET.sub(lambda found: f'url("{asset_url(found.group(1))}")', joined)


def written_out(css: str) -> str:
    """Give each `@theme name for (wish) {…}` to whoever chose it, and to whose system wishes it.

    A choice outweighs the system's wish, whichever it is; paper has no theme.
    """
    return _THEME.sub(
        lambda found: (
            f"@media screen and {found['wish']} {{ :root:not([data-theme]) {found['values']} }}\n"
            f'@media screen {{ :root[data-theme="{found["name"]}"] {found["values"]} }}'
        ),
        css,
    )


def _place(sheet: Path) -> tuple[int, str]:
    folder = sheet.parts[0]
    return (FIRST.index(folder) if folder in FIRST else len(FIRST), sheet.as_posix())
