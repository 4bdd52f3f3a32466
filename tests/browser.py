"""Debian's own Chromium for the browser tests; nothing is downloaded by playwright.

Without it the tests say which command installs it: as a skip on a desk, as a failure in CI.
"""

import os
import shutil
from typing import Any

import pytest

COMMAND = "apt-get install -y --no-install-recommends chromium fonts-nanum"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start the system's Chromium; in a container neither its sandbox nor /dev/shm is usable."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        told = f"No chromium here. As root: {COMMAND}"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)
    return {"executable_path": path, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Look as a city officer's browser does."""
    return {
        **browser_context_args,
        "locale": "ko-KR",
        "timezone_id": "Asia/Seoul",
        "viewport": {"width": 1280, "height": 800},
        "reduced_motion": "reduce",
    }


@pytest.fixture(
    params=[
        pytest.param(True, id="scripts"),
        pytest.param(
            False,
            id="no-scripts",
            marks=pytest.mark.browser_context_args(java_script_enabled=False),
        ),
    ]
)
def scripts(request: pytest.FixtureRequest) -> bool:
    """Run the test twice: in a browser that runs the pages' scripts, and in one that does not."""
    return bool(request.param)
