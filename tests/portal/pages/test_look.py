"""Colours can be told from their ground: 4.5:1 for text, 3:1 for the borders of controls."""

import re
from pathlib import Path

import pytest

import ieum_portal

TOKENS = Path(ieum_portal.__file__).parent / "pages" / "frame" / "1-tokens.css"
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", TOKENS.read_text("utf-8")))
WHITE = "#ffffff"

TEXT = [
    *(
        (ink, ground)
        for ink in ("ink", "ink-soft", "accent")
        for ground in ("paper", "ground", "sunk")
    ),
    *((name, f"{name}-wash") for name in ("late", "soon", "later", "well", "example")),
    *((name, "paper") for name in ("late", "soon", "later", "well", "example")),
    ("ink", "late-wash"),
    ("ink-soft", "late-wash"),
    ("ink", "soon-wash"),
    ("ink", "accent-wash"),
    ("accent", "accent-wash"),
    ("paper", "deep"),
    ("paper", "accent"),
    ("deep-soft", "deep"),
]
LINES = [("line-firm", "paper"), ("line-firm", "ground"), ("mint", "deep"), ("accent", "paper")]


def brightness(colour: str) -> float:
    """Give the relative luminance (WCAG 2.2)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((brightness(COLOURS[one]), brightness(COLOURS[other])), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("line", "ground"), LINES)
def test_borders_and_focus_can_be_seen(line: str, ground: str) -> None:
    assert contrast(line, ground) >= 3
