"""Why a file is not read at all: each reason under its code, with what to do next."""

from collections.abc import Mapping
from types import MappingProxyType

from changefeed.declared import Label

REASONS: Mapping[str, Label] = MappingProxyType(
    {
        "file.empty": Label(
            "파일에 내용이 없습니다. 자료가 든 파일을 올려 주십시오.",
            "This file holds nothing. Send one that holds your ledger.",
        ),
        "file.too_large": Label(
            "파일이 너무 큽니다(최대 {most} MB). 시트나 연도별로 나누어 올려 주십시오.",
            "This file is too large (at most {most} MB). Split it by sheets or years.",
        ),
        "file.bomb": Label(
            "압축을 풀면 지나치게 커지는 파일이라 열지 않았습니다. 표를 새 통합문서에 복사해 다시"
            " 저장한 뒤 올려 주십시오.",
            "This file would grow too large when it is unpacked, so it was not opened. Copy the"
            " table into a new workbook, save it and send that.",
        ),
        "file.encrypted": Label(
            "암호가 걸린 파일입니다. 암호를 풀어 다시 저장한 뒤 올려 주십시오.",
            "This file is protected by a password. Save it without one and send it again.",
        ),
        "file.not_a_sheet": Label(
            "엑셀(xlsx, xls)이나 CSV 파일이 아닙니다({found}). 표를 엑셀에서 xlsx로 저장해 올려"
            " 주십시오.",
            "This is neither Excel (xlsx, xls) nor CSV ({found}). Save the table as xlsx and send"
            " that.",
        ),
        "file.damaged": Label(
            "파일이 손상되어 읽을 수 없습니다. 엑셀에서 열어 xlsx로 다시 저장한 뒤 올려 주십시오.",
            "This file is damaged and cannot be read. Open it in Excel, save it as xlsx and send"
            " that.",
        ),
        "file.declares_entities": Label(
            "파일 안에 허용하지 않는 선언(DOCTYPE)이 있습니다. 엑셀에서 열어 xlsx로 다시 저장한 뒤"
            " 올려 주십시오.",
            "This file holds a declaration that is not allowed (DOCTYPE). Open it in Excel, save it"
            " as xlsx and send that.",
        ),
        "file.nul": Label(
            "{line}행에 글자가 아닌 값(NUL)이 있습니다. 엑셀에서 열어 'CSV UTF-8'이나 xlsx로 다시"
            " 저장한 뒤 올려 주십시오.",
            "Line {line} holds something that is no text (NUL). Open the file in Excel, save it as"
            " 'CSV UTF-8' or xlsx and send that.",
        ),
        "encoding.unknown": Label(
            "글자 방식을 알 수 없습니다(UTF-8도 CP949도 아님). 글자 방식을 고르거나 xlsx로 저장해"
            " 올려 주십시오.",
            "Nobody can tell how the letters are encoded (neither UTF-8 nor CP949). Choose an"
            " encoding, or save the table as xlsx and send that.",
        ),
        "encoding.wrong": Label(
            "고르신 글자 방식({encoding})으로는 {line}행을 읽을 수 없습니다. 다른 방식을 고르거나"
            " xlsx로 저장해 올려 주십시오.",
            "Line {line} cannot be read in the encoding chosen ({encoding}). Choose another, or"
            " save the table as xlsx and send that.",
        ),
        "quotes.open": Label(
            '{line}행에서 열린 큰따옴표(")가 제자리에서 닫히지 않았습니다. 따옴표를 고치거나'
            " xlsx로 저장해 올려 주십시오.",
            'The quote (") opened on line {line} is not closed where it should be. Mend it, or save'
            " the table as xlsx and send that.",
        ),
        "cell.too_long": Label(
            "{line}행에 한 칸이 {most}자를 넘습니다. 그 칸을 줄이거나 나누어 올려 주십시오.",
            "A cell on line {line} is longer than {most} letters. Shorten or split it and send the"
            " file again.",
        ),
        "sheet.too_many_columns": Label(
            "'{sheet}' 시트의 열이 너무 많습니다({found}열까지 씀, 최대 {most}열). {place} 칸을"
            " 지우거나 표만 새 시트에 복사해 올려 주십시오.",
            "Sheet '{sheet}' uses too many columns ({found}, at most {most}). Empty cell {place},"
            " or copy the table alone into a new sheet and send that.",
        ),
        "sheet.too_many_lines": Label(
            "'{sheet}' 시트의 행이 너무 많습니다({found}행까지 씀, 최대 {most}행). {place} 칸을"
            " 지우거나 나누어 올려 주십시오.",
            "Sheet '{sheet}' uses too many lines ({found}, at most {most}). Empty cell {place}, or"
            " split the file and send the parts.",
        ),
        "sheet.too_many_cells": Label(
            "'{sheet}' 시트가 너무 큽니다(최대 {most}칸). 표만 새 시트에 복사하거나 나누어 올려"
            " 주십시오.",
            "Sheet '{sheet}' is too large (at most {most} cells). Copy the table alone into a new"
            " sheet, or split it, and send that.",
        ),
        "file.too_many_sheets": Label(
            "시트가 너무 많습니다({found}개, 최대 {most}개). 올릴 시트만 남겨 저장한 뒤 올려"
            " 주십시오.",
            "This file has too many sheets ({found}, at most {most}). Save those that you mean and"
            " send that.",
        ),
    }
)

ENCODINGS = ("utf-8", "cp949", "utf-16", "utf-16-le", "utf-16-be", "shift_jis", "gb18030")
"""What a person may choose where the encoding cannot be told."""


class Unreadable(Exception):
    """A file that is not read; nothing of it was taken.

    Attributes:
        code: One of `REASONS`.
        facts: What its sentence names: a line, a number, a place.
        choices: What a person may choose between, where that helps: encodings.
    """

    def __init__(self, code: str, *, choices: tuple[str, ...] = (), **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, str | int] = facts
        self.choices = choices

    @property
    def said(self) -> Label:
        """The sentence, in both languages, ending with the next step."""
        told = REASONS[self.code]
        return Label(told.ko.format(**self.facts), told.en.format(**self.facts))
