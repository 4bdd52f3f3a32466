"""A backup, or an archive of the register, as one file: a zip with a manifest of all its parts.

The manifest names each part with its size and SHA-256; nothing is taken from a file whose parts are
not exactly those.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Literal

from ieum.say import OperatorError

MANIFEST = "manifest.json"
VERSIONS = {"ieum-backup": 1, "ieum-register": 1}
"""What this release writes and reads; an older version of a format would be listed here too."""

MOST_MANIFEST = 64_000_000
PIECE = 1 << 20

Format = Literal["ieum-backup", "ieum-register"]


@dataclass(frozen=True, slots=True)
class Archive:
    """A file whose every part was found to be what its manifest says.

    Attributes:
        said: The manifest: format, version, when it was made, and what is said of each store.
    """

    path: Path
    said: Mapping[str, Any]

    @property
    def parts(self) -> tuple[str, ...]:
        """Name the parts."""
        return tuple(self.said["parts"])

    def unpack(self, part: str, into: Path) -> None:
        """Write one part out, readable by its owner alone."""
        into.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(into, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with (
            os.fdopen(handle, "wb") as file,
            zipfile.ZipFile(self.path) as whole,
            whole.open(part) as stored,
        ):
            for piece in _pieces(stored):
                file.write(piece)


class Packing:
    """A file in the making: parts are added one after the other, the manifest last."""

    def __init__(self, whole: zipfile.ZipFile) -> None:
        self._whole = whole
        self._parts: dict[str, dict[str, object]] = {}

    def add(self, part: str, file: Path, *, is_packed: bool = False) -> None:
        """Add a file.

        Args:
            is_packed: It would not become smaller.
        """
        told = zipfile.ZipInfo(part, date_time=(1980, 1, 1, 0, 0, 0))
        told.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        told.external_attr = 0o600 << 16
        told.file_size = file.stat().st_size
        digest, size = hashlib.sha256(), 0
        with file.open("rb") as source, self._whole.open(told, "w", force_zip64=True) as target:
            for piece in _pieces(source):
                digest.update(piece)
                size += len(piece)
                target.write(piece)
        self._parts[part] = {"size": size, "sha256": digest.hexdigest()}

    def manifest(self, format_: Format, said: Mapping[str, object]) -> str:
        """Write the manifest's text."""
        whole = {"format": format_, "version": VERSIONS[format_], **said, "parts": self._parts}
        return json.dumps(whole, ensure_ascii=False, indent=1)


@contextmanager
def packing(path: Path, format_: Format, said: dict[str, object]) -> Iterator[Packing]:
    """Write a file whole or not at all, readable by its owner alone.

    Args:
        said: What the manifest says besides the parts; may grow until the block ends.

    Raises:
        OperatorError: `archive.exists`: what is there is never written over.
    """
    if path.exists():
        raise OperatorError(
            "archive.exists",
            f"{path} 파일이 이미 있습니다. 다른 이름을 쓰십시오. 폴더를 적으면 이름을 지어 "
            "넣습니다.",
            f"{path} exists already. Use another name; a folder gets a file with a name of its "
            "own.",
        )
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w+b") as file:
            with zipfile.ZipFile(file, "w", compresslevel=3) as whole:
                made = Packing(whole)
                yield made
                whole.writestr(MANIFEST, made.manifest(format_, said))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # Refuses a name that somebody took meanwhile.
    finally:
        draft.unlink(missing_ok=True)


def opened(path: Path) -> Archive:
    """Read a file's manifest and hold every part against it.

    Raises:
        OperatorError: `archive.unreadable`, `archive.foreign`, `archive.newer` or
            `archive.damaged`, naming the part.
    """
    try:
        with zipfile.ZipFile(path) as whole:
            said = _manifest(path, whole)
            _hold(path, whole, said["parts"])
    except OSError as error:
        raise OperatorError(
            "archive.unreadable",
            f"{path} 파일을 읽을 수 없습니다({error.strerror}). 이름과 권한을 확인하십시오.",
            f"Cannot read {path} ({error.strerror}). Check its name and permissions.",
        ) from error
    except (zipfile.BadZipFile, EOFError, RuntimeError, ValueError) as error:
        raise _damaged(path, MANIFEST) from error
    return Archive(path, said)


def _manifest(path: Path, whole: zipfile.ZipFile) -> dict[str, Any]:
    """Read what a file says of itself; raises OperatorError if it is none of ours, or too new."""
    if MANIFEST not in whole.namelist() or whole.getinfo(MANIFEST).file_size > MOST_MANIFEST:
        raise _foreign(path)
    try:
        said = json.loads(_read(path, whole, MANIFEST))
        format_, version = said["format"], said["version"]
        is_ours = format_ in VERSIONS and isinstance(version, int) and _are_parts(said["parts"])
    except (KeyError, TypeError, ValueError) as error:
        raise _foreign(path) from error
    if not is_ours:
        raise _foreign(path)
    if version > VERSIONS[format_]:
        raise OperatorError(
            "archive.newer",
            f"{path} 파일은 더 새로운 판의 이음이 만들었습니다({format_} {version}판, 여기는 "
            f"{VERSIONS[format_]}판까지). 이음을 갱신한 뒤 다시 하십시오.",
            f"{path} was made by a newer release of Ieum ({format_} {version}; this one reads up "
            f"to {VERSIONS[format_]}). Update Ieum, then try again.",
        )
    return dict(said)


def _are_parts(parts: object) -> bool:
    return isinstance(parts, dict) and all(
        isinstance(each, dict)
        and isinstance(each.get("size"), int)
        and isinstance(each.get("sha256"), str)
        and not PurePosixPath(name).is_absolute()
        and ".." not in PurePosixPath(name).parts
        for name, each in parts.items()
    )


def _hold(path: Path, whole: zipfile.ZipFile, parts: Mapping[str, Mapping[str, Any]]) -> None:
    """Hold every part against the manifest; one more or less is a fault as well."""
    names = sorted(each.filename for each in whole.infolist())
    if names != sorted([MANIFEST, *parts]):
        odd = sorted(set(names) ^ {MANIFEST, *parts}) or names
        raise _damaged(path, odd[0])
    for name, told in parts.items():
        if whole.getinfo(name).file_size != told["size"]:
            raise _damaged(path, name)
        digest = hashlib.sha256()
        try:
            with whole.open(name) as stored:
                for piece in _pieces(stored):
                    digest.update(piece)
        except Exception as error:  # What zip and zlib raise has no common base.
            raise _damaged(path, name) from error
        if digest.hexdigest() != told["sha256"]:
            raise _damaged(path, name)


def _read(path: Path, whole: zipfile.ZipFile, name: str) -> bytes:
    try:
        return whole.read(name)
    except Exception as error:  # As above.
        raise _damaged(path, name) from error


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(PIECE):
        yield piece


def _foreign(path: Path) -> OperatorError:
    return OperatorError(
        "archive.foreign",
        f"{path} 파일은 이음의 백업도 자료 묶음도 아닙니다. ieum backup 이나 ieum export 가 만든 "
        "파일을 적으십시오.",
        f"{path} is neither a backup nor an archive of Ieum. Name a file that ieum backup or ieum "
        "export made.",
    )


def _damaged(path: Path, part: str) -> OperatorError:
    return OperatorError(
        "archive.damaged",
        f"{path} 파일의 {part} 부분이 손상되었습니다. 바뀐 것은 없습니다. 다른 사본이나 그 전의 "
        "백업으로 하십시오.",
        f"In {path} the part {part} is damaged. Nothing was changed. Use another copy of the "
        "file, or the backup before it.",
    )
