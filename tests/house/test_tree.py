"""What holds for every file of the house."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VAGUE = {"utils", "helpers", "common", "misc", "manager", "managers", "base", "core"}


def committed() -> list[Path]:
    """List every file that git tracks and that is there."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    """Give a file's text, or nothing for one that is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.usefixtures("other_processes")
def test_nothing_is_named_for_nothing() -> None:
    vague = [path for path in committed() if path.suffix == ".py" and path.stem in VAGUE]

    assert vague == []


@pytest.mark.usefixtures("other_processes")
def test_no_package_index_and_no_machine_path_is_committed() -> None:
    index = re.compile(
        r"index-url|https?://(registry|repo\d*|proxy|files|static|deb|index|pypi)\.", re.IGNORECASE
    )
    machine = re.compile(r"(?<![\w.~$}*])/(work|farm|root)/")
    here = Path(__file__)

    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in committed()
        if path != here and "vendor" not in path.parts and path.name != "lock.sh"
        for match in [index.search(text_of(path)) or machine.search(text_of(path))]
        if match
    ]

    assert found == []


def test_every_lock_is_hashed_and_names_no_own_package() -> None:
    own = {path.parent.name for path in ROOT.glob("*/*/pyproject.toml")}
    for lock in (ROOT / "requirements").glob("*.txt"):
        pins = re.findall(r"^([a-z0-9._-]+)==\S+.*\\$", lock.read_text(), re.MULTILINE)
        hashes = lock.read_text().count("--hash=sha256:")

        assert pins, lock
        assert hashes >= len(pins), lock
        assert not own & set(pins), lock


@pytest.mark.usefixtures("other_processes")
def test_switched_off_tests_and_postponed_work_are_not_committed() -> None:
    forbidden = re.compile(
        "|".join(
            ("TO" + "DO", "FIX" + "ME", r"pytest\.mark\.(skip|xfail)", "NotImplemented" + "Error")
        )
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in committed()
        if path.suffix == ".py" and path != Path(__file__)
        for match in [forbidden.search(text_of(path))]
        if match
    ]

    assert found == []
