"""`make image` builds with what is there, and says plainly what is missing."""

import subprocess
from pathlib import Path

import pytest

from tests.deploy.composition import ROOT

pytestmark = pytest.mark.usefixtures("other_processes")

BUILDER = """#!/bin/sh
[ "$1" = info ] && exit {answers}
echo "$0 $*" >> {log}
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def image(programs: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    for name in ("dirname", "sh"):
        found = next(each for each in (Path("/usr/bin"), Path("/bin")) if (each / name).exists())
        (programs / name).symlink_to(found / name)
    return subprocess.run(
        ["/bin/sh", ROOT / "deploy" / "image.sh", *arguments],
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )


def put(folder: Path, name: str, log: Path, *, answers: bool) -> None:
    program = folder / name
    program.write_text(BUILDER.format(answers=0 if answers else 1, log=log))
    program.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    folder = tmp_path / "programs"
    folder.mkdir()
    return folder


def test_a_builder_that_answers_builds_the_image(programs: Path, log: Path) -> None:
    put(programs, "docker", log, answers=True)

    done = image(programs, "graph", "2.0")

    assert done.returncode == 0
    assert "--build-arg SERVICE=graph --tag ieum-graph:2.0 ." in log.read_text()


def test_podman_builds_where_docker_does_not_answer(programs: Path, log: Path) -> None:
    put(programs, "docker", log, answers=False)
    put(programs, "podman", log, answers=True)

    done = image(programs, "portal")

    assert done.returncode == 0
    assert f"{programs}/podman build" in log.read_text()


def test_a_daemon_that_does_not_answer_is_told_apart_from_none(programs: Path, log: Path) -> None:
    put(programs, "docker", log, answers=False)

    done = image(programs, "portal")

    assert done.returncode == 1
    assert "daemon does not answer" in done.stderr
    assert "데몬이 답하지 않습니다" in done.stderr


def test_without_any_builder_it_says_which_to_install(programs: Path) -> None:
    done = image(programs, "portal")

    assert done.returncode == 1
    assert "Neither docker nor podman" in done.stderr


@pytest.mark.parametrize("service", ["", "mailbox"])
def test_it_must_be_said_which_image(programs: Path, service: str) -> None:
    done = image(programs, service)

    assert done.returncode == 2
    assert "registry, graph, notify, portal, operator" in done.stderr
