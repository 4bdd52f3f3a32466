"""What a file is: as its name claims, and as its first bytes and its table of contents say.

Only what costs no more than a look is asked here; whoever opens the file itself does so in a
process of its own (`storage/documents/`). Source: docs/rules/terms.md, T-49.
"""

import zipfile
from collections.abc import Mapping
from typing import IO

from changefeed.subjects.document import MediaType
from ieum_registry.domain.errors import RuleBroken

PDF: MediaType = "application/pdf"
HWP: MediaType = "application/x-hwp"
HWPX: MediaType = "application/hwp+zip"
DOCX: MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PNG: MediaType = "image/png"
JPEG: MediaType = "image/jpeg"
TIFF: MediaType = "image/tiff"

READ = (PDF, HWP, HWPX, DOCX)
"""Formats that have a text; pictures have none."""

ENDINGS: Mapping[str, MediaType] = {
    "pdf": PDF,
    "hwp": HWP,
    "hwpx": HWPX,
    "docx": DOCX,
    "png": PNG,
    "jpg": JPEG,
    "jpeg": JPEG,
    "tif": TIFF,
    "tiff": TIFF,
}
"""What may be put on record, by the endings of names."""

MADE_FOR_MACROS = ("docm", "dotm")

MOST_ENTRIES = 5_000
MOST_UNPACKED = 1_000 * 2**20
MOST_TIMES = 200
SMALL = 20 * 2**20
"""A packed file holds so many parts at most, so many bytes once unpacked, and above `SMALL` at most
so many times what it has packed: text packs to a hundredth, a bomb to a thousandth."""

_HEAD = 1024
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MAGIC: tuple[tuple[bytes, MediaType], ...] = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (_OLE, HWP),
)


def claimed(name: str) -> MediaType:
    """Give what a file's name says that it is.

    Raises:
        RuleBroken: `document.unknown_ending`; `document.macros`, of what is made for them.
    """
    ending = name.rpartition(".")[2].lower()
    if ending in MADE_FOR_MACROS:
        raise RuleBroken("document.macros", pointer="/file_name", part=f".{ending}")
    if "." not in name or ending not in ENDINGS:
        raise RuleBroken(
            "document.unknown_ending", pointer="/file_name", ending=ending[:20], taken=TAKEN
        )
    return ENDINGS[ending]


TAKEN = ", ".join(f".{each}" for each in ENDINGS)


def must_be(media_type: MediaType, file: IO[bytes]) -> None:
    """Make sure that a file begins, and is packed, as its name claims.

    Raises:
        RuleBroken: `document.empty`; `document.not_what_it_claims`; `document.locked`, of a docx
            whose container is encrypted whole; `document.macros`, naming the part that holds them;
            `document.bomb`.
    """
    head = file.read(_HEAD)
    if not head:
        raise RuleBroken("document.empty", pointer="/file_name")
    if media_type in (HWPX, DOCX):
        _must_be_packed(media_type, head, file)
        return
    found = PDF if b"%PDF-" in head else next((t for m, t in _MAGIC if head.startswith(m)), None)
    if found != media_type:
        raise not_what_it_claims(media_type)


def not_what_it_claims(media_type: MediaType) -> RuleBroken:
    """Say that a file is not what its name claims."""
    return RuleBroken("document.not_what_it_claims", pointer="/file_name", type=media_type)


def _must_be_packed(media_type: MediaType, head: bytes, file: IO[bytes]) -> None:
    if media_type == DOCX and head.startswith(_OLE):
        raise RuleBroken("document.locked", pointer="/file_name")
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError) as error:
        raise not_what_it_claims(media_type) from error
    _must_be_no_bomb(parts)
    names = {each.filename for each in parts}
    for each in sorted(names):
        if each.rpartition("/")[2].lower() in ("vbaproject.bin", "vbadata.xml"):
            raise RuleBroken("document.macros", pointer="/file_name", part=each[:100])
    needed = "word/document.xml" if media_type == DOCX else "Contents/header.xml"
    if needed not in names:
        raise not_what_it_claims(media_type)


def _must_be_no_bomb(parts: list[zipfile.ZipInfo]) -> None:
    packed = sum(each.compress_size for each in parts)
    unpacked = sum(each.file_size for each in parts)
    is_dense = unpacked > SMALL and unpacked > packed * MOST_TIMES
    if len(parts) > MOST_ENTRIES or unpacked > MOST_UNPACKED or is_dense:
        raise RuleBroken("document.bomb", pointer="/file_name")
