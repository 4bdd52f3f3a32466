"""Opens one document, in a process of its own: what comes from outside may be made to do harm.

Run as `python -I -m ieum_registry.storage.documents.reader VERB MEDIA_TYPE FILE [PAGE]`, it bounds
itself in time, memory and what it may write, before it opens anything. It says what it found on its
output: JSON, of a page a PNG. Whatever goes wrong in it is its caller's to tell.

Source: docs/adr/0036.
"""

import json
import re
import resource
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from defusedxml import ElementTree

PDF, HWP, HWPX, DOCX = (
    "application/pdf",
    "application/x-hwp",
    "application/hwp+zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
MEMORY = 1024 * 2**20
SECONDS = {"look": 10, "text": 60, "page": 15}
MOST_LETTERS = 1_000_000
PART = 64 * 2**20
"""So much of one part of a packed file is unpacked at most, whatever its table says."""
WIDE = 1200
TALL = 4000
"""In pixels: as wide a page is drawn, and no taller."""


def main(verb: str, media_type: str, path: Path, page: int = 0) -> None:
    """Do what is asked and write what was found."""
    _bound(SECONDS[verb])
    if verb == "page":
        sys.stdout.buffer.write(_drawn(path, page))
        return
    found = _look(media_type, path) if verb == "look" else {"passages": _passages(media_type, path)}
    sys.stdout.write(json.dumps(found))


def _bound(seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(what, (most, most))


def _look(media_type: str, path: Path) -> dict[str, object]:
    """Say how many pages there are, whether it is locked, and whether it is what it claims."""
    if media_type == PDF:
        try:
            with pypdfium2.PdfDocument(path) as document:
                return {"pages": len(document), "locked": False, "is": True}
        except pypdfium2.PdfiumError as error:
            is_locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
            return {"pages": None, "locked": is_locked, "is": is_locked}
    if media_type in (HWPX, DOCX):
        macros = _macros(media_type, path)
        return {"pages": None, "locked": False, "is": True, "macros": macros}
    flags = _hwp_flags(path)
    locked = bool(flags and flags & 2)
    macros = None if locked or flags is None else _macros(media_type, path)
    return {"pages": None, "locked": locked, "is": flags is not None, "macros": macros}


_MACROS = re.compile("vbaproject|vbadata|macroenabled", re.IGNORECASE)
_TYPES = "[Content_Types].xml"
_SCRIPT = 2**20
_IDLE = (
    re.compile(r"/\*.*?\*/", re.DOTALL),
    re.compile("//[^\n\r\u2028\u2029]*"),
    re.compile(r"var\s+\w+\s*=\s*[\w.]+\s*;"),
    re.compile(r"function\s+\w+\s*\(\s*\)\s*\{\s*\}"),
)
"""What the script that Hangul puts into each new file is made of; it does nothing."""


def _macros(media_type: str, path: Path) -> str | None:
    """Give the part of a file that holds macros, or names them; None if there is none."""
    if media_type == HWP:
        return _hwp_script(path)
    with zipfile.ZipFile(path) as packed:
        names = sorted(packed.namelist())
        if media_type == DOCX and _TYPES in names:
            with packed.open(_TYPES) as part:
                types = ElementTree.parse(BytesIO(part.read(_SCRIPT))).getroot()
            return next(
                (_place(of) for of in types if _MACROS.search(of.get("ContentType", ""))), None
            )
        for name in names:
            if media_type == HWPX and name.lower().startswith("scripts/"):
                with packed.open(name) as part:
                    data = part.read(_SCRIPT)
                coding = "utf-16-le" if b"\0" in data[:4] else "utf-8"
                if _does_something(data.decode(coding, "replace")):
                    return name
    return None


def _place(of: Any) -> str:  # noqa: ANN401  ElementTree's own.
    """Give which part a type is said of: one by its name, or all with an ending."""
    return str(of.get("PartName", f"*.{of.get('Extension')}")).lstrip("/")


def _hwp_script(path: Path) -> str | None:
    """Give the name of a HWP file's script if that does something; a locked one is not read."""
    import olefile  # noqa: PLC0415  As below.

    name = "Scripts/DefaultJScript"
    with olefile.OleFileIO(path) as ole:
        if not ole.exists(name):
            return None
        data = ole.openstream(name).read()
    with suppress(zlib.error):
        data = zlib.decompressobj(-15).decompress(data, _SCRIPT)
    return name if _does_something("".join(_strings(data))) else None


def _strings(data: bytes) -> Iterator[str]:
    """Give the four strings of a script's stream: head, source, what runs before and after."""
    at = 0
    for _ in range(4):
        (count,) = struct.unpack_from("<I", data, at)
        yield data[at + 4 : at + 4 + 2 * count].decode("utf-16-le", "replace")
        at += 4 + 2 * count


def _does_something(script: str) -> bool:
    for each in _IDLE:
        script = each.sub("", script)
    return bool(script.strip(" \t\r\n\0\ufeff;"))


def _hwp_flags(path: Path) -> int | None:
    """Give the properties in the header of a HWP file, None if it is none."""
    import olefile  # noqa: PLC0415  Only where it is needed: each start counts.

    try:
        with olefile.OleFileIO(path) as ole:
            head = ole.openstream("FileHeader").read(40)
    except Exception:  # noqa: BLE001  Whatever a damaged container makes of its parser.
        return None
    if len(head) < 40 or not head.startswith(b"HWP Document File"):
        return None
    return int(struct.unpack("<I", head[36:40])[0])


def _passages(media_type: str, path: Path) -> list[list[object]]:
    """Give pieces of the text, each with the number of its page where there are pages."""
    found: list[list[object]] = []
    left = MOST_LETTERS
    for page, text in _texts(media_type, path):
        kept = text[:left]
        left -= len(kept)
        if kept.strip():
            found.append([page, kept])
        if left <= 0:
            break
    return found


def _texts(media_type: str, path: Path) -> Iterator[tuple[int | None, str]]:
    if media_type == PDF:
        with pypdfium2.PdfDocument(path) as document:
            for number in range(len(document)):
                yield number + 1, document[number].get_textpage().get_text_bounded()
    elif media_type == DOCX:
        yield None, "\n".join(_paragraphs(path))
    elif media_type in (HWP, HWPX):
        from hwp_hwpx_parser import HWP5Reader, HWPXReader  # noqa: PLC0415  As above.

        opened = HWP5Reader(str(path)) if media_type == HWP else HWPXReader(str(path))
        yield None, opened.extract_text()


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _paragraphs(path: Path) -> Iterator[str]:
    """Give the paragraphs of a docx with its headers, footers and notes."""
    with zipfile.ZipFile(path) as packed:
        names = ["word/document.xml"]
        also = ("word/header", "word/footer", "word/footnotes", "word/endnotes")
        names += sorted(each for each in packed.namelist() if each.startswith(also))
        for name in names:
            with packed.open(name) as part:
                text = part.read(PART)
            for paragraph in ElementTree.parse(BytesIO(text)).iter(f"{_W}p"):
                yield "".join(map(_run, paragraph.iter()))


def _run(element: Any) -> str:  # noqa: ANN401  ElementTree's own.
    if element.tag == f"{_W}t":
        return element.text or ""
    return " " if element.tag in (f"{_W}tab", f"{_W}br") else ""


def _drawn(path: Path, number: int) -> bytes:
    """Draw one page of a PDF, on white, as a PNG."""
    with pypdfium2.PdfDocument(path) as document:
        page = document[number - 1]
        wide, tall = page.get_size()
        scale = min(WIDE / max(wide, 1), TALL / max(tall, 1))
        drawn = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
        stride, width, height = drawn.stride, drawn.width, drawn.height
        data, each = bytes(drawn.buffer), drawn.n_channels
    lines = (data[at : at + width * each] for at in range(0, stride * height, stride))
    return _png(width, height, each, b"".join(b"\0" + line for line in lines))


def _png(width: int, height: int, channels: int, lines: bytes) -> bytes:
    """Write a PNG of so many bytes a pixel: 1 is grey, 3 are red, green and blue, 4 with alpha."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    colours = {1: 0, 3: 2, 4: 6}[channels]
    head = struct.pack(">IIBBBBB", width, height, 8, colours, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines, 3)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]) if sys.argv[4:] else 0)
