"""A backup's file is written whole or not at all, and taken only if every part is what it says."""

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ieum.archive import MANIFEST, opened, packing
from ieum.say import OperatorError

TEXT = "가나다\n" * 2000


@pytest.fixture
def made(tmp_path: Path) -> Path:
    part = tmp_path / "part"
    part.write_text(TEXT, encoding="utf-8")
    path = tmp_path / "made.zip"
    with packing(path, "ieum-backup", {"made_at": "2026-11-29"}) as whole:
        whole.add("stores/registry", part)
        whole.add("documents/ab/cd", part, is_packed=True)
    return path


def refused(path: Path) -> OperatorError:
    with pytest.raises(OperatorError) as error:
        opened(path)
    return error.value


def test_what_was_packed_is_unpacked_for_its_owner_alone(made: Path, tmp_path: Path) -> None:
    archive = opened(made)
    archive.unpack("stores/registry", tmp_path / "out" / "registry")

    assert archive.parts == ("stores/registry", "documents/ab/cd")
    assert (tmp_path / "out" / "registry").read_text(encoding="utf-8") == TEXT
    for each in (made, tmp_path / "out" / "registry"):
        assert stat.S_IMODE(each.stat().st_mode) == 0o600


def test_what_is_there_is_never_written_over(made: Path) -> None:
    before = made.read_bytes()

    with pytest.raises(OperatorError) as error, packing(made, "ieum-backup", {}):
        pass

    assert error.value.code == "archive.exists"
    assert made.read_bytes() == before


def test_a_file_that_could_not_be_finished_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "half.zip"

    with pytest.raises(RuntimeError), packing(path, "ieum-backup", {}):
        raise RuntimeError

    assert list(tmp_path.iterdir()) == []


def _again(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Write a zip anew with other parts, as somebody would who knows zip."""
    with zipfile.ZipFile(path) as whole:
        parts = {each: whole.read(each) for each in whole.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in parts.items():
            whole.writestr(name, content)


def _other_text(parts: dict[str, bytes]) -> None:
    parts["stores/registry"] = parts["stores/registry"].replace("가".encode(), "나".encode(), 1)


def _one_less(parts: dict[str, bytes]) -> None:
    del parts["documents/ab/cd"]


def _one_more(parts: dict[str, bytes]) -> None:
    parts["secrets/portal-secret"] = b"mine"


@pytest.mark.parametrize("change", [_other_text, _one_less, _one_more])
def test_other_parts_than_the_manifest_says_are_refused(
    made: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    _again(made, change)

    assert refused(made).code == "archive.damaged"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_file_cut_short_or_with_a_byte_turned_is_refused(made: Path, share: float) -> None:
    whole = made.read_bytes()
    place = int(len(whole) * share)

    made.write_bytes(whole[:place])
    cut = refused(made).code
    made.write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
    turned = refused(made).code

    assert {cut, turned} <= {"archive.damaged", "archive.foreign"}


def _manifest(path: Path, **changes: object) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts[MANIFEST] = json.dumps(json.loads(parts[MANIFEST]) | changes).encode()

    _again(path, change)


def test_a_newer_format_asks_for_an_update(made: Path) -> None:
    _manifest(made, version=2)

    assert refused(made).code == "archive.newer"


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "zip-of-photos"},
        {"version": "1"},
        {"parts": ["a"]},
        {"parts": {"../../etc/passwd": {"size": 1, "sha256": "00"}}},
        {"parts": {"/etc/passwd": {"size": 1, "sha256": "00"}}},
    ],
)
def test_what_is_no_archive_of_ours_is_said_to_be_none(
    made: Path, changes: dict[str, object]
) -> None:
    _manifest(made, **changes)

    assert refused(made).code == "archive.foreign"


def test_a_file_that_is_no_zip_or_not_there_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("nothing of ours", encoding="utf-8")

    assert refused(tmp_path / "text").code == "archive.damaged"
    assert refused(tmp_path / "absent").code == "archive.unreadable"
