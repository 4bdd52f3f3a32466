"""Colours can be told from their ground, in every theme, and pages know no others.

Text holds 4.5:1, borders of controls and lines of pictures 3:1; in high contrast 7:1 and 4.5:1.
"""

import re
from collections import defaultdict
from pathlib import Path

import pytest

import ieum_portal
from ieum_portal.pages.stylesheet import written_out
from ieum_portal.pages.themes.route import THEMES

PAGES = Path(ieum_portal.__file__).parent / "pages"
TOKENS = (PAGES / "frame" / "1-tokens.css").read_text("utf-8")
VALUE = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
LIGHT = dict(VALUE.findall(TOKENS.partition("@theme")[0]))
COLOURS = {"light": LIGHT} | {
    name: LIGHT | dict(VALUE.findall(values))
    for name, values in re.findall(r"@theme ([a-z]+) for [^{]+\{([^}]*)\}", TOKENS)
}
LEAST = {"light": (4.5, 3.0), "dark": (4.5, 3.0), "contrast": (7.0, 4.5)}

MARKS = ("late", "soon", "later", "well", "example")
TEXT = [
    *(
        (ink, ground)
        for ink in ("ink", "ink-soft", "accent")
        for ground in ("paper", "ground", "sunk")
    ),
    *((name, f"{name}-wash") for name in MARKS),
    *((name, "paper") for name in MARKS),
    ("late", "ground"),
    ("ink", "late-wash"),
    ("ink-soft", "late-wash"),
    ("ink", "soon-wash"),
    ("ink", "accent-wash"),
    ("accent", "accent-wash"),
    ("on-deep", "deep"),
    ("on-accent", "accent"),
    ("deep-soft", "deep"),
]
LINES = [
    ("line-firm", "paper"),
    ("line-firm", "ground"),
    ("mint", "deep"),
    ("accent", "paper"),
    ("accent", "ground"),
    ("edge", "ground"),
    ("edge", "paper"),
    ("deep-soft", "deep"),
]
ALONE = re.compile(r"^\s*\.([a-z][a-z0-9-]*) \{", re.MULTILINE)
LITERAL = re.compile(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*[;}])|\brgba?\(|\bhsla?\(")


def brightness(colour: str) -> float:
    """Give the relative luminance (WCAG 2.2)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, theme: str) -> float:
    colours = COLOURS[theme]
    high, low = sorted((brightness(colours[one]), brightness(colours[other])), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_a_class_is_laid_out_by_one_folder_alone() -> None:
    """All sheets are joined into one: what two folders say of a class, both would get."""
    folders: defaultdict[str, set[str]] = defaultdict(set)
    for sheet in PAGES.rglob("*.css"):
        for alone in ALONE.findall(sheet.read_text("utf-8")):
            folders[alone].add(sheet.parent.name)

    assert "seek" in folders
    assert {name: of for name, of in folders.items() if len(of - {"frame", "parts"}) > 1} == {}


def test_every_theme_that_can_be_chosen_has_its_values() -> None:
    assert tuple(COLOURS) == THEMES


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_gives_every_colour_a_value(theme: str) -> None:
    own = TOKENS if theme == "light" else TOKENS.partition(f"@theme {theme}")[2].partition("}")[0]

    assert {name for name, _ in VALUE.findall(own)} == set(LIGHT)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(ink: str, ground: str, theme: str) -> None:
    assert contrast(ink, ground, theme) >= LEAST[theme][0]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("line", "ground"), LINES)
def test_borders_and_focus_can_be_seen(line: str, ground: str, theme: str) -> None:
    assert contrast(line, ground, theme) >= LEAST[theme][1]


def test_no_sheet_names_a_colour_of_its_own_for_the_screen() -> None:
    found = [
        f"{path.relative_to(PAGES)}: {colour}"
        for path in PAGES.rglob("*.css")
        if path.name not in ("1-tokens.css", "9-print.css")
        for colour in LITERAL.findall(path.read_text("utf-8").partition("@media print")[0])
    ]

    assert found == []


def test_every_colour_that_a_sheet_asks_for_has_a_value() -> None:
    known = set(re.findall(r"(--[a-z0-9-]+):", TOKENS))
    asked = {
        name
        for path in PAGES.rglob("*.css")
        for name in re.findall(r"var\((--[a-z0-9-]+)", path.read_text("utf-8"))
    }

    assert asked - known == set()


def test_a_theme_is_for_who_chose_it_and_for_whose_system_asks() -> None:
    css = written_out("@theme dark for (prefers-color-scheme: dark) { --ink: #fff; }\na { }")

    assert css == (
        "@media screen and (prefers-color-scheme: dark) "
        "{ :root:not([data-theme]) { --ink: #fff; } }\n"
        '@media screen { :root[data-theme="dark"] { --ink: #fff; } }\na { }'
    )


def test_no_page_dresses_what_another_page_names() -> None:
    """All style sheets are one in the end: a class of two pages would look like both."""
    dressed: dict[str, set[str]] = defaultdict(set)
    for sheet in PAGES.glob("*/*.css"):
        if sheet.parent.name not in ("frame", "parts"):
            for name in re.findall(
                r"^\s*\.([\w-]+)[^{,]*\{", sheet.read_text("utf-8"), re.MULTILINE
            ):
                dressed[name].add(sheet.parent.name)

    assert len(dressed) > 100
    assert {name: pages for name, pages in dressed.items() if len(pages) > 1} == {}
