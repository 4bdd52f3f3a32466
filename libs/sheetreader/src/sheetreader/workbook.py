"""Which bytes are taken: a file is opened by what it holds, never by its name."""

from sheetreader.bounds import LARGEST_BYTES
from sheetreader.cells import Workbook
from sheetreader.delimited import read_delimited, read_pasted
from sheetreader.spreadsheet import read_xls, read_xlsx
from sheetreader.unreadable import Unreadable


def open_workbook(data: bytes, name: str, *, encoding: str | None = None) -> Workbook:
    """Open a file by what it holds, never by its name.

    Args:
        name: Of the file, as it is called in what is said of it.
        encoding: Chosen by a person, for a CSV whose encoding cannot be told.

    Raises:
        Unreadable: If it is not read; the code says why.
    """
    if len(data) > LARGEST_BYTES:
        raise Unreadable("file.too_large", most=LARGEST_BYTES // 2**20)
    if not data.strip(b"\r\n\t \x00"):
        raise Unreadable("file.empty")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return read_xlsx(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return read_xls(data, name)
    return read_delimited(data, name, encoding)


def pasted(text: str, name: str = "") -> Workbook:
    """Take cells copied out of a spreadsheet: tabs between cells, a line each.

    Raises:
        Unreadable: If it is not read; the code says why.
    """
    return read_pasted(text, name)
