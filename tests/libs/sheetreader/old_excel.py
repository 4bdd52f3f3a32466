"""An xls of 1997 in the making: a workbook of one sheet of texts, in BIFF8 within an OLE file.

Source: MS-XLS 2.4 (BOF, BoundSheet8, Label, EOF) and MS-CFB 2 (header, FAT, directory).
"""

import struct
from collections.abc import Sequence

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls(rows: Sequence[Sequence[str]], name: str = "대장") -> bytes:
    return _ole(_workbook(rows, name))


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _workbook(rows: Sequence[Sequence[str]], name: str) -> bytes:
    title = name.encode("utf-16-le")
    named = struct.pack("<BB", len(name), 1) + title
    globals_length = (4 + 16) + (4 + 6 + len(named)) + 4
    begun = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0x06))
    begun += _record(0x0085, struct.pack("<IBB", globals_length, 0, 0) + named)
    begun += _record(0x000A)
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0x06))
    width = max(map(len, rows))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for line, row in enumerate(rows):
        for column, text in enumerate(row):
            said = text.encode("utf-16-le")
            head = struct.pack("<HHHHB", line, column, 0, len(text), 1)
            sheet += _record(0x0204, head + said)
    return begun + sheet + _record(0x000A)


def _ole(stream: bytes) -> bytes:
    """Put one stream into an OLE file: a FAT sector, a directory sector, then the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(stream) // _SECTOR
    fat = [_FAT, _END, *range(3, 2 + sectors), _END]
    fat += [_FREE] * (_SECTOR // 4 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    entries = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 2, len(stream))
    return header + struct.pack(f"<{len(fat)}I", *fat) + entries.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, first: int, size: int, child: int = _FREE) -> bytes:
    told = name.encode("utf-16-le")
    return (
        told.ljust(64, b"\0")
        + struct.pack("<HBB", len(told) + 2, kind, 1)
        + struct.pack("<III", _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )
