"""Small files of each format that may be put on record, made in memory."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO


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


def hwpx(paragraphs: Sequence[str]) -> bytes:
    """Make a hwpx of some paragraphs."""
    space = "http://www.hancom.co.kr/hwpml/2011/"
    runs = "".join(f"<hp:p><hp:run><hp:t>{each}</hp:t></hp:run></hp:p>" for each in paragraphs)
    section = f'<hs:sec xmlns:hs="{space}section" xmlns:hp="{space}paragraph">{runs}</hs:sec>'
    return packed(
        {
            "mimetype": b"application/hwp+zip",
            "Contents/header.xml": b"<head/>",
            "Contents/section0.xml": section.encode(),
        }
    )
