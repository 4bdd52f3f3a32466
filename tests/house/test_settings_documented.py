"""Every setting that the code reads is explained, and none that it does not read."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "settings.md"
SERVICES = ("registry", "graph", "notify", "portal")


def read_by(service: str) -> set[str]:
    """Give the settings that a service's `settings.py` names."""
    module = ROOT / "services" / service / "src" / f"ieum_{service}" / "settings.py"
    return set(re.findall(r'"(IEUM_[A-Z0-9_]+)"', module.read_text(encoding="utf-8")))


def explained() -> dict[str, set[str]]:
    """Give each explained setting with who reads it."""
    rows = re.findall(r"^\| `(IEUM_\w+)` \| ([^|]+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    return {name: {each.strip() for each in readers.split(",")} for name, readers in rows}


def test_each_services_settings_are_explained_and_no_others() -> None:
    for service in SERVICES:
        told = {name for name, readers in explained().items() if service in readers}

        assert told == read_by(service), service
