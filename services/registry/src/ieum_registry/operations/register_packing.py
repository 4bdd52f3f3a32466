"""The whole register as one file, given out piece by piece as it is packed.

It is what `ieum export` writes, and what `ieum load` and `ieum restore` take.

Source: docs/rules/terms.md, T-65.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from ieum_registry.operations.ports.document_files import DocumentFiles, FileMissing

FORMAT, VERSION = "ieum-register", 1
PIECE = 2**16


class _Outgoing:
    """What a zip writes to; holds it until it is taken, and cannot go back."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        self._held.append(bytes(data))
        return len(data)

    def close(self) -> None:
        """Do nothing: what is held can still be taken."""

    def flush(self) -> None:
        """Do nothing: it is taken after each piece."""

    def taken(self) -> bytes:
        held, self._held = b"".join(self._held), []
        return held


@dataclass(slots=True)
class _Packing:
    whole: zipfile.ZipFile
    parts: dict[str, dict[str, object]] = field(default_factory=dict)

    def add(self, part: str, pieces: Iterable[bytes], *, is_packed: bool) -> Iterator[None]:
        """Add a part; stops after each piece, so that it can be taken."""
        told = zipfile.ZipInfo(part, date_time=(1980, 1, 1, 0, 0, 0))
        told.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        told.external_attr = 0o600 << 16
        digest, size = sha256(), 0
        with self.whole.open(told, "w", force_zip64=True) as target:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                target.write(piece)
                yield
        self.parts[part] = {"size": size, "sha256": digest.hexdigest()}
        yield


def packed(
    said: Mapping[str, object], register: Path, files: DocumentFiles, names: Iterable[str]
) -> Iterator[bytes]:
    """Give the file in pieces; never more than one of them is held.

    Args:
        said: What its manifest says besides the parts.
        register: A folder of text files; see `write_register`.
        names: Hashes of the documents' files; what is missing is left out, as the checks tell it.
    """
    out, count = _Outgoing(), 0
    with zipfile.ZipFile(out, "w", compresslevel=3) as whole:
        packing = _Packing(whole)
        for each in sorted(register.iterdir()):
            for _ in packing.add(f"register/{each.name}", _pieces(each), is_packed=False):
                yield out.taken()
        for name in sorted(names):
            begun = _begun(files, name)
            if begun is None:
                continue
            count += 1
            for _ in packing.add(f"documents/{name[:2]}/{name[2:]}", begun, is_packed=True):
                yield out.taken()
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            **said,
            "documents": count,
            "parts": packing.parts,
        }
        whole.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
    yield out.taken()


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _begun(files: DocumentFiles, name: str) -> Iterator[bytes] | None:
    """Give the bytes of a file; None if it is not there."""
    pieces = files.read(name)
    try:
        first = next(pieces, b"")
    except FileMissing:
        return None
    return _with(first, pieces)


def _with(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
