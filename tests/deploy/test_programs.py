"""An update of any package of ours is seen by the next `ieum up`."""

import tomllib
from pathlib import Path

from ieum.programs import PACKAGES

ROOT = Path(__file__).parents[2]


def test_every_package_of_ours_is_looked_at_once() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    ours = settings["tool"]["importlinter"]["root_packages"]

    assert sorted(PACKAGES) == sorted(ours)
