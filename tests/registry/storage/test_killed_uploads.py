"""A process that dies in the middle of an upload leaves all of it or none, and it goes in again."""

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from ieum_registry.domain.disclosure import disclosed
from ieum_registry.operations.document_sweep import sweep
from ieum_registry.operations.verify import verify
from ieum_registry.storage.documents.arriving import arrived
from ieum_registry.storage.documents.folder import FolderFiles
from ieum_registry.storage.store import Store

from .uploading import DATA, put_on_record

# Stops at one place of an upload, says so, and waits to be killed there.
UPLOADER = """
import os
import sys
import time
from io import BytesIO
from pathlib import Path
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.documents.folder import FolderFiles
from ieum_registry.storage.store import Store
from tests.registry.storage.uploading import DATA, put_on_record

url, folder, place = sys.argv[1:]

def stop(at):
    if at == place:
        os.write(1, b"here\\n")
        time.sleep(600)

class Source(BytesIO):
    def read(self, size=-1, /):
        if self.tell() > len(DATA) // 2:
            stop("arriving")
        return super().read(size)

class Files(FolderFiles):
    def keep(self, arrived):
        stop("arrived")
        super().keep(arrived)
        stop("kept")
    def is_kept(self, sha256):
        stop("recorded")
        return super().is_kept(sha256)

store = Store(url, disclose=disclosed)
put_on_record(store, Files(Path(folder)), Source(DATA))
"""
HASH = sha256(DATA).hexdigest()


@pytest.mark.usefixtures("other_processes")
@pytest.mark.parametrize("place", ["arriving", "arrived", "kept", "recorded"])
def test_killed_anywhere_all_of_it_is_there_or_none(
    store_url: str, tmp_path: Path, place: str
) -> None:
    folder = tmp_path / "documents"
    with subprocess.Popen(
        [sys.executable, "-c", UPLOADER, store_url, str(folder), place], stdout=subprocess.PIPE
    ) as uploader:
        assert uploader.stdout is not None
        assert uploader.stdout.readline() == b"here\n"
        uploader.send_signal(signal.SIGKILL)

    files, store = FolderFiles(folder), Store(store_url, disclose=disclosed)
    try:
        is_recorded = place == "recorded"
        assert store.named_files() == ({HASH} if is_recorded else set())
        if is_recorded:
            assert b"".join(files.read(HASH)) == DATA
        else:
            put_on_record(store, files, BytesIO(DATA))
        sweep(files, store.named_files, datetime.now(UTC) + timedelta(hours=25))
        assert b"".join(files.read(HASH)) == DATA
        assert sum(path.is_file() for path in folder.rglob("*")) == 1
        assert verify(store.stored_changes()).is_whole
        with arrived(BytesIO(b"another"), files) as after:
            files.keep(after)
    finally:
        store.close()
