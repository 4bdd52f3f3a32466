"""`make pin` holds every foreign image to the digest that its registry tells, or says why not.

The registries themselves are not asked here: a `docker` of the test answers in their place.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.usefixtures("other_processes")

ROOT = Path(__file__).parents[2]
DIGEST = f"sha256:{'9f' * 32}"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    made = tmp_path / "checkout"
    (made / "deploy").mkdir(parents=True)
    for name in ("docker-compose.yml", "deploy/pin.sh", "deploy/Dockerfile"):
        shutil.copy(ROOT / name, made / name)
    return made


def pin(checkout: Path, docker: str) -> subprocess.CompletedProcess[str]:
    programs = checkout.parent / "bin"
    programs.mkdir()
    fake = programs / "docker"
    fake.write_text(f"#!/bin/sh\n{docker}\n", encoding="utf-8")
    fake.chmod(0o755)
    path = f"{programs}:{os.environ['PATH']}"
    return subprocess.run(
        ["sh", str(checkout / "deploy" / "pin.sh")],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_foreign_image_and_the_base_are_held(checkout: Path) -> None:
    done = pin(checkout, f"echo {DIGEST}")

    assert done.returncode == 0, done.stderr
    held = yaml.safe_load((checkout / "docker-compose.digests.yml").read_text())["services"]
    composed = yaml.safe_load((checkout / "docker-compose.yml").read_text())["services"]
    foreign = {
        name: each["image"]
        for name, each in composed.items()
        if not each["image"].startswith("ieum-")
    }
    assert {name: each["image"] for name, each in held.items() if "image" in each} == {
        name: f"{image}@{DIGEST}" for name, image in foreign.items()
    }
    built = {
        name: each["build"]["args"]["PYTHON"] for name, each in held.items() if "build" in each
    }
    assert set(built) == {"registry", "graph", "notify", "portal", "operator"}
    assert all(each.endswith(f"-bookworm@{DIGEST}") for each in built.values())


@pytest.mark.parametrize("docker", ["exit 1", "echo latest", "echo sha256:1"])
def test_without_a_digest_nothing_is_written_and_it_is_said(checkout: Path, docker: str) -> None:
    done = pin(checkout, docker)

    assert done.returncode == 1
    assert "its digest could not be had" in done.stderr
    assert not (checkout / "docker-compose.digests.yml").exists()
