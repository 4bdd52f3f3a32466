"""Whatever moment a process is killed at, no file that the log names is lost, and none stays."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from ieum_registry.commands.copying_documents import documents_in, documents_out
from ieum_registry.operations.document_sweep import Swept, sweep
from ieum_registry.operations.ports.document_files import FileMissing
from ieum_registry.storage.documents.arriving import arrived
from ieum_registry.storage.documents.bucket import BucketFiles
from ieum_registry.storage.documents.folder import FolderFiles

DATA = "협약서".encode() * 100_000
HASH = sha256(DATA).hexdigest()
SOON = datetime.now(UTC)
LATER = SOON + timedelta(hours=25)


def files(root: Path) -> list[str]:
    return sorted(each.name for each in root.rglob("*") if each.is_file())


def left(root: Path, name: str, data: bytes = DATA) -> None:
    """Leave a file as one that a killed process was taking in."""
    (root / "incoming").mkdir(parents=True, exist_ok=True)
    (root / "incoming" / name).write_bytes(data)


def test_a_kept_file_lies_under_its_hash_and_nothing_else_is_left(tmp_path: Path) -> None:
    kept = FolderFiles(tmp_path)

    with arrived(BytesIO(DATA), kept) as found:
        kept.keep(found)
        kept.keep(found)

    assert (tmp_path / HASH[:2] / HASH[2:]).read_bytes() == DATA
    assert files(tmp_path) == [HASH[2:]]
    assert b"".join(kept.read(HASH)) == DATA


def test_a_disk_that_fills_up_leaves_nothing(tmp_path: Path) -> None:
    class Full(BytesIO):
        def read(self, _: int | None = -1, /) -> bytes:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"), arrived(Full(), FolderFiles(tmp_path)):
        pass

    assert files(tmp_path) == []


def test_killed_while_it_arrives_the_rest_goes_after_a_day(tmp_path: Path) -> None:
    left(tmp_path, "5f.part", DATA[:1000])
    kept = FolderFiles(tmp_path)

    assert sweep(kept, frozenset, SOON) == Swept(0, 0)
    assert sweep(kept, frozenset, LATER) == Swept(0, 1)
    assert files(tmp_path) == []


def test_killed_between_file_and_entry_the_file_goes_after_a_day(tmp_path: Path) -> None:
    kept = FolderFiles(tmp_path)
    with arrived(BytesIO(DATA), kept) as found:
        kept.keep(found)

    assert sweep(kept, frozenset, SOON) == Swept(0, 0)
    assert sweep(kept, frozenset, LATER) == Swept(0, 1)
    with pytest.raises(FileMissing):
        list(kept.read(HASH))


def test_a_file_that_the_log_names_stays_however_old(tmp_path: Path) -> None:
    kept = FolderFiles(tmp_path)
    with arrived(BytesIO(DATA), kept) as found:
        kept.keep(found)
    os.utime(tmp_path / HASH[:2] / HASH[2:], (0, 0))

    assert sweep(kept, lambda: {HASH}, LATER) == Swept(0, 0)


def test_what_the_log_names_and_is_missing_is_put_back_from_what_arrived(tmp_path: Path) -> None:
    """An erasure took the same bytes away, and the process was killed before it looked again."""
    left(tmp_path, f"{HASH}.{'0' * 32}")
    kept = FolderFiles(tmp_path)

    assert sweep(kept, lambda: {HASH}, SOON) == Swept(1, 0)
    assert b"".join(kept.read(HASH)) == DATA


def test_what_is_put_on_record_while_the_sweep_runs_stays(tmp_path: Path) -> None:
    kept = FolderFiles(tmp_path)
    with arrived(BytesIO(DATA), kept) as found:
        kept.keep(found)
    asked: list[frozenset[str]] = [frozenset(), frozenset({HASH})]
    named: Callable[[], frozenset[str]] = lambda: asked.pop(0)  # noqa: E731  Two answers.

    assert sweep(kept, named, LATER) == Swept(0, 0)
    assert kept.is_kept(HASH)


def test_a_bucket_keeps_what_a_folder_keeps(tmp_path: Path) -> None:
    store = MemoryStore()
    kept = BucketFiles(store, tmp_path / "incoming")

    with arrived(BytesIO(DATA), kept) as found:
        kept.keep(found)
        kept.keep(found)

    assert files(tmp_path) == []
    assert b"".join(kept.read(HASH)) == DATA
    assert [name for name, _ in kept.kept()] == [HASH]
    with kept.on_disk(HASH) as path:
        assert path.read_bytes() == DATA
    assert sweep(kept, lambda: {HASH}, LATER) == Swept(0, 0)
    assert sweep(kept, frozenset, LATER) == Swept(0, 1)
    assert not kept.is_kept(HASH)
    with pytest.raises(FileMissing):
        list(kept.read(HASH))
    kept.forget(HASH)


def test_all_files_move_from_a_bucket_into_a_folder_and_back(tmp_path: Path) -> None:
    bucket, copy = BucketFiles(MemoryStore(), tmp_path / "incoming"), tmp_path / "copy"
    folder = FolderFiles(tmp_path / "folder")
    other = BucketFiles(MemoryStore(), tmp_path / "incoming")
    with arrived(BytesIO(DATA), bucket) as found:
        bucket.keep(found)
    copy.mkdir()

    for here, there in ((bucket, folder), (folder, other)):
        assert documents_out(here, copy) == 1
        assert documents_in(there, partial(arrived, files=there), copy) == 1
        assert list(copy.iterdir()) == []

    for place in (folder, other):
        assert b"".join(place.read(HASH)) == DATA


def test_a_document_that_is_erased_while_files_are_copied_is_left_out(tmp_path: Path) -> None:
    class Erasing(FolderFiles):
        def read(self, sha256: str) -> Iterator[bytes]:
            self.forget(sha256)
            return super().read(sha256)

    files_of, copy = Erasing(tmp_path / "folder"), tmp_path / "copy"
    with arrived(BytesIO(DATA), files_of) as found:
        files_of.keep(found)
    copy.mkdir()

    assert documents_out(files_of, copy) == 0
    assert list(copy.iterdir()) == []
