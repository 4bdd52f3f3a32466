"""A browser's own announcement in the words that its owner knows it by."""

import pytest

from ieum_portal.domain.browser import browser_in_short


@pytest.mark.parametrize(
    ("announced", "short"),
    [
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/120.0.0.0 Whale/3.24.223.21 Safari/537.36"
            ),
            "Whale · Windows",
        ),
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0"
            ),
            "Edge · Windows",
        ),
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 "
                "(KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1"
            ),
            "Safari · iPhone",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0",
            "Firefox · Linux",
        ),
        ("curl/8.0", None),
        ("", None),
    ],
)
def test_browser_and_system_are_named(announced: str, short: str | None) -> None:
    assert browser_in_short(announced) == short
