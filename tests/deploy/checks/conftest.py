"""A home as `ieum up` makes it."""

from pathlib import Path

import pytest

from ieum.home import Home
from ieum.keys import make_secrets


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.make()
    make_secrets(made)
    return made
