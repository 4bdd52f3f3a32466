"""Small files of each format that may be put on record, made in memory."""

import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import pairwise


def pdf(*pages: str) -> bytes:
    """Make a PDF with a line of Latin text on each page."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, text in enumerate(pages):
        drawn = f"BT /F1 18 Tf 20 300 Td ({text}) Tj ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400]"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * at} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{each}\nendobj\n".encode()
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    table += "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + (table + end).encode()


def png(text: str) -> bytes:
    """Make the beginning of a PNG with something of its own behind it."""
    return b"\x89PNG\r\n\x1a\n" + text.encode()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts as docx and hwpx are."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        for name, data in parts.items():
            into.writestr(name, data)
    return made.getvalue()


def docx(*paragraphs: str, also: Mapping[str, bytes] | None = None) -> bytes:
    """Make a docx of some paragraphs, perhaps with further parts."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs)
    document = f'<w:document xmlns:w="{space}"><w:body>{text}</w:body></w:document>'
    return packed({"word/document.xml": document.encode(), **(also or {})})


def hwpx(paragraphs: Sequence[str], also: Mapping[str, bytes] | None = None) -> bytes:
    """Make a hwpx of some paragraphs, perhaps with further parts."""
    space = "http://www.hancom.co.kr/hwpml/2011/"
    runs = "".join(f"<hp:p><hp:run><hp:t>{each}</hp:t></hp:run></hp:p>" for each in paragraphs)
    section = f'<hs:sec xmlns:hs="{space}section" xmlns:hp="{space}paragraph">{runs}</hs:sec>'
    return packed(
        {
            "mimetype": b"application/hwp+zip",
            "Contents/header.xml": b"<head/>",
            "Contents/section0.xml": section.encode(),
            **(also or {}),
        }
    )


def hwp(*paragraphs: str, script: str | None = None, flags: int = 1) -> bytes:
    """Make a HWP 5 file of some paragraphs, as Hangul writes one, perhaps with a script.

    Args:
        flags: The properties in its header: 1 packed, 2 locked.
    """
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05000300, flags)
    body = b""
    for each in paragraphs:
        text = f"{each}\r".encode("utf-16-le")
        said = struct.pack("<IIHBBHHHI", len(text) // 2, 0, 0, 0, 0, 1, 0, 0, 0)
        body += _record(66, 0, said) + _record(67, 1, text)
    streams = {
        "FileHeader": header.ljust(256, b"\0"),
        "DocInfo": _deflated(_record(16, 0, b"\x01\0".ljust(26, b"\0"))),
        "BodyText/Section0": _deflated(body),
    }
    if script is not None:
        parts = (OF_DOCUMENTS, script, "", "")
        said = b"".join(struct.pack("<I", len(p)) + p.encode("utf-16-le") for p in parts)
        streams["Scripts/DefaultJScript"] = _deflated(said + b"\xff\xff\xff\xff")
        streams["Scripts/JScriptVersion"] = _deflated(struct.pack("<II", 1, 0))
    return compound(streams)


OF_DOCUMENTS = "var Documents = XHwpDocuments;\r\nvar Document = Documents.Active_XHwpDocument;\r\n"
IDLE = (
    "function OnDocument_New()\r\n{\r\n\t//todo : \r\n}\r\n\r\n"
    "function OnDocument_Open()\r\n{\r\n}\r\n"
)
"""The script that Hangul puts into each file, which does nothing."""


def _record(tag: int, level: int, data: bytes) -> bytes:
    if len(data) < 0xFFF:
        return struct.pack("<I", tag | level << 10 | len(data) << 20) + data
    return struct.pack("<II", tag | level << 10 | 0xFFF << 20, len(data)) + data


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


SECTOR, SMALL_SECTOR, SMALL = 512, 64, 4096
FREE, END, OF_TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Make a compound file (OLE, MS-CFB) of streams; `A/b` is `b` in the storage `A`.

    What is shorter than 4096 bytes lies in the small sectors of the root, as the format wants.
    """
    entries: list[tuple[str, int, bytes]] = [("Root Entry", 5, b"")]
    children: dict[int, list[int]] = {0: []}
    storages: dict[str, int] = {}
    for path, data in streams.items():
        folder, _, name = path.rpartition("/")
        at = 0
        if folder:
            at = storages.setdefault(folder, len(entries))
            if at == len(entries):
                entries.append((folder, 1, b""))
                children[0].append(at)
        children.setdefault(at, []).append(len(entries))
        entries.append((name, 2, data))
    small, small_table, sectors, table = b"", list[int](), b"", list[int]()

    def chain(data: bytes, size: int, table: list[int]) -> tuple[int, bytes]:
        count, first = -(-len(data) // size), len(table)
        table += [*range(first + 1, first + count), END] if count else []
        return (first if count else END), data.ljust(count * size, b"\0")

    places: dict[int, tuple[int, int]] = {}
    for number, (_, kind, data) in enumerate(entries):
        if kind == 2 and len(data) < SMALL:
            first, laid = chain(data, SMALL_SECTOR, small_table)
            small += laid
        elif kind == 2:
            first, laid = chain(data, SECTOR, table)
            sectors += laid
        else:
            first = 0
        places[number] = (first, len(data))
    first, laid = chain(small, SECTOR, table)
    sectors += laid
    places[0] = (first, len(small))
    listed = b"".join(struct.pack("<I", each) for each in small_table)
    listed_at, laid = chain(
        listed.ljust(-(-len(listed) // SECTOR) * SECTOR, b"\xff"), SECTOR, table
    )
    sectors += laid
    beside = dict.fromkeys(range(len(entries)), FREE)
    below = dict.fromkeys(range(len(entries)), FREE)
    for parent, ids in children.items():
        ordered = sorted(ids, key=lambda each: (len(entries[each][0]), entries[each][0].upper()))
        below[parent] = ordered[0] if ordered else FREE
        beside |= dict(pairwise(ordered))
    directory = b""
    for number, (name, kind, _) in enumerate(entries):
        first, size = places[number]
        title = f"{name}\0".encode("utf-16-le")
        directory += title.ljust(64, b"\0") + struct.pack("<HBB", len(title), kind, 1)
        directory += struct.pack("<III", FREE, beside[number], below[number]) + b"\0" * 36
        directory += struct.pack("<IQ", first, size)
    directory_at, laid = chain(directory, SECTOR, table)
    sectors += laid
    tables = 1
    while len(table) + tables > tables * (SECTOR // 4):
        tables += 1
    at = len(table)
    table += [OF_TABLE] * tables
    laid = b"".join(struct.pack("<I", each) for each in table).ljust(tables * SECTOR, b"\xff")
    head = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIII", 0, tables, directory_at, 0, SMALL)
    head += struct.pack("<IIII", listed_at, -(-len(listed) // SECTOR), END, 0)
    head += b"".join(struct.pack("<I", each) for each in range(at, at + tables))
    return head.ljust(SECTOR, b"\xff") + sectors + laid
