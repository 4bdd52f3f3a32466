"""What a service's verbs print before it serves stands in its log as lines like all others."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.usefixtures("other_processes")
def test_what_a_verb_prints_is_a_line_of_the_log(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "IEUM_REGISTRY_LISTEN": "127.0.0.1:1",
        "IEUM_REGISTRY_DATABASE": f"sqlite:///{tmp_path}/registry.db",
        "IEUM_REGISTRY_DOCUMENTS": str(tmp_path / "documents"),
        "IEUM_KEYS": str(tmp_path),
    }

    done = subprocess.run(
        [sys.executable, "-m", "ieum.stepwise", "ieum-registry", "migrate"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    lines = [json.loads(each) for each in (done.stdout + done.stderr).splitlines()]
    assert lines[-1]["event"].startswith("registry: empty → ")
    assert lines[-1]["service"] == "registry"
