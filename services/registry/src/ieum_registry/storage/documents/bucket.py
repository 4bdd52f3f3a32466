"""Files of documents in an S3-compatible store: `ab/cdef…` by their SHA-256, as in a folder.

What arrives waits on this machine's disk all the same: it is looked at before it is kept.

Source: docs/adr/0036.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING

import obstore
from obstore.store import ObjectStore, S3Store

from ieum_registry.operations.ports.document_files import Arrived, FileMissing

from .folder import NAME, PIECE, Incoming

if TYPE_CHECKING:  # There is no such name at run time.
    from obstore.store import S3Config


@dataclass(frozen=True, slots=True)
class Bucket:
    """How an S3-compatible store is reached.

    Attributes:
        address: `s3://bucket/folder`, the folder left out if there is none.
        endpoint: Where it is, if that is not Amazon: `https://objects.city.example`.
        key: The access key's id and its secret.
    """

    address: str
    endpoint: str
    region: str
    key: tuple[str, str]

    def open(self) -> ObjectStore:
        """Give the store; nothing is asked of it yet."""
        access, secret = self.key
        config: S3Config = {
            "region": self.region,
            "access_key_id": access,
            "secret_access_key": secret,
            "virtual_hosted_style_request": False,
        }
        if self.endpoint:
            config["endpoint"] = self.endpoint
        return S3Store.from_url(
            self.address,
            config=config,
            client_options={"allow_http": self.endpoint.startswith("http://"), "timeout": "60s"},
        )


class BucketFiles:
    """The files of one bucket; satisfies `DocumentFiles`."""

    def __init__(self, store: ObjectStore, incoming: Path) -> None:
        self._store = store
        self._incoming = Incoming(incoming)

    @contextmanager
    def arriving(self) -> Iterator[IO[bytes]]:
        """Open a new file in the place for what arrives."""
        with self._incoming.open() as file:
            yield file

    def keep(self, arrived: Arrived) -> None:
        """Keep a file for good; the store takes it whole or not at all."""
        with arrived.path.open("rb") as file:
            obstore.put(self._store, _place(arrived.sha256), file)

    def is_kept(self, sha256: str) -> bool:
        """Say whether something lies there under that name."""
        try:
            obstore.head(self._store, _place(sha256))
        except FileNotFoundError:
            return False
        return True

    def read(self, sha256: str) -> Iterator[bytes]:
        """Give its bytes in pieces."""
        try:
            found = obstore.get(self._store, _place(sha256))
        except FileNotFoundError as error:
            raise FileMissing(sha256) from error
        for piece in found.stream(min_chunk_size=PIECE):
            yield bytes(piece)

    @contextmanager
    def on_disk(self, sha256: str) -> Iterator[Path]:
        """Give it as a file on this machine."""
        with NamedTemporaryFile() as file:
            for piece in self.read(sha256):
                file.write(piece)
            file.flush()
            yield Path(file.name)

    def forget(self, sha256: str) -> None:
        """Remove a file."""
        obstore.delete(self._store, _place(sha256))

    def kept(self) -> Iterator[tuple[str, datetime]]:
        """Give the name of each file and since when it lies there."""
        for page in obstore.list(self._store):
            for each in page:
                if NAME.fullmatch(name := each["path"].replace("/", "")):
                    yield name, each["last_modified"]

    def left_over(self) -> Iterator[tuple[Arrived | None, Path, datetime]]:
        """Give what arrived and was neither kept to its end nor given up."""
        return self._incoming.left_over()


def _place(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:]}"
