"""What is not certain of a line, and what is told beside it: each under its code.

A *note* is told: the line is taken as it was read. A *question* is a person's to answer before the
line is taken. A *fault* wants another value, typed in or mended in the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from changefeed.declared import Label
from sheetreader.cells import At, letters

Weight = Literal["note", "question", "fault"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question: its value, and what a person reads."""

    value: str
    said: Label


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about one cell, or one line, that a person should know or decide.

    Attributes:
        read: What stands there.
        choices: Answers that are offered; a day or a text may always be typed instead where
            `typed` says so.
    """

    code: str
    weight: Weight
    at: At
    read: str
    said: Label
    choices: tuple[Choice, ...] = ()
    typed: bool = False

    @property
    def key(self) -> str:
        """Under which an answer to it is kept, with the sheet and the line."""
        return self.code if self.at.column is None else f"{self.code}@{letters(self.at.column)}"


Answers = Mapping[tuple[str, int, str], str]
"""What a person decided: by sheet, line and the doubt's key, the value of a choice or typed text.

Under `cell@C` stands what a person typed in the place of cell C; under `line` whether a line is
taken (`take`), left out (`skip`), or goes with the one before it (`join`).
"""

NO_ANSWERS: Answers = MappingProxyType({})

DOUBTS: Mapping[str, tuple[Weight, Label]] = MappingProxyType(
    {
        "line.hidden": (
            "note",
            Label(
                "숨긴 행입니다. 함께 읽었으니 빼려면 '제외'를 고르십시오.",
                "This line is hidden. It was read all the same; leave it out if it should be.",
            ),
        ),
        "line.parted": (
            "note",
            Label(
                "다른 행과 달리 '{sign}'로 나뉜 행입니다. 칸이 맞는지 확인하십시오.",
                "Unlike the other lines this one is parted by '{sign}'. Check its cells.",
            ),
        ),
        "line.struck": (
            "note",
            Label(
                "취소선이 그어진 행이라 끝난 협약으로 보고 종료 미상으로 두었습니다. 끝난 날을 알면"
                " 등록한 뒤 적으십시오.",
                "This line is struck through, so it was read as an agreement that has ended, nobody"
                " knows when. Enter the day afterwards if you know it.",
            ),
        ),
        "line.unclear": (
            "question",
            Label(
                "'{read}'만 있는 행입니다. 소제목인지, 윗줄에 이어지는지, 협약인지 고르십시오.",
                "This line says '{read}' alone. Choose whether it is a heading, goes with the line"
                " above, or is an agreement.",
            ),
        ),
        "line.outside": (
            "note",
            Label(
                "제목 없는 열에 '{read}'이(가) 있습니다. 필요하면 열을 맞추거나 비고로 옮기십시오.",
                "A column without a heading holds '{read}'. Match the column if it is needed.",
            ),
        ),
        "line.plan": (
            "note",
            Label(
                "'{read}': 아직 체결되지 않은 계획으로 보고 뺐습니다. 체결되었으면 날짜를"
                " 넣으십시오.",
                "'{read}': read as a plan that was not signed, and left out. Type the day if it"
                " was.",
            ),
        ),
        "duplicate.perhaps": (
            "question",
            Label(
                "{other}행 '{title}'와(과) 같은 협약으로 보입니다({why}). 같은지 고르십시오.",
                "This looks like the agreement of line {other}, '{title}' ({why}). Choose whether"
                " it is.",
            ),
        ),
        "cell.error": (
            "fault",
            Label(
                "{place} 칸에 엑셀 오류({read})가 있습니다. 값을 적거나 파일을 고쳐 올리십시오.",
                "Cell {place} holds an error of Excel ({read}). Type its value, or mend the file"
                " and send it again.",
            ),
        ),
        "cell.unworked": (
            "fault",
            Label(
                "{place} 칸은 수식인데 계산된 값이 없습니다. 엑셀에서 열어 저장하거나 값을"
                " 넣으십시오.",
                "Cell {place} is a formula without a value. Open and save the file in Excel, or"
                " type the value.",
            ),
        ),
        "cell.formula": (
            "note",
            Label(
                "{place} 칸은 수식이라 계산된 값 '{read}'을(를) 읽었습니다. 맞는지 확인하십시오.",
                "Cell {place} is a formula; its value '{read}' was read. Check it.",
            ),
        ),
        "cell.ditto": (
            "note",
            Label(
                "{place} 칸의 '{read}'은(는) 윗줄과 같은 '{meant}'(으)로 읽었습니다. 확인하십시오.",
                "'{read}' in cell {place} was read as above, '{meant}'. Check it.",
            ),
        ),
        "cell.ditto_of_nothing": (
            "fault",
            Label(
                "{place} 칸의 '{read}' 위에 가리킬 값이 없습니다. 값을 넣으십시오.",
                "'{read}' in cell {place} has nothing above it. Type the value.",
            ),
        ),
        "cell.struck": (
            "question",
            Label(
                "{place} 칸에서 '{read}'에 취소선이 있습니다. 그 부분을 뺄지 고르십시오.",
                "'{read}' in cell {place} is struck through. Choose whether to leave it out.",
            ),
        ),
        "cell.several": (
            "question",
            Label(
                "{place} 칸에 값이 여럿입니다: {read}. 하나를 고르거나 넣으십시오.",
                "Cell {place} says several things: {read}. Choose one, or type it.",
            ),
        ),
        "cell.no_text": (
            "fault",
            Label(
                "{place} 칸의 '{read}'은(는) 여기에 올 값이 아닙니다. 값을 넣으십시오.",
                "'{read}' in cell {place} is no value for this place. Type the value.",
            ),
        ),
        "cell.cleaned": (
            "note",
            Label(
                "{place} 칸의 보이지 않는 글자를 빼고 읽었습니다. 확인하십시오.",
                "Letters that show nothing were left out of cell {place}. Check it.",
            ),
        ),
        "title.missing": (
            "fault",
            Label(
                "협약명이 없습니다. 협약명을 넣거나 이 행을 빼십시오.",
                "There is no title. Type one, or leave this line out.",
            ),
        ),
        "text.too_long": (
            "fault",
            Label(
                "{place} 칸이 {length}자입니다(최대 {most}자). 줄여 넣으십시오.",
                "Cell {place} has {length} letters (at most {most}). Type a shorter text.",
            ),
        ),
        "kind.assumed": (
            "note",
            Label(
                "협약 구분이 적혀 있지 않아 업무협약(MOU)으로 읽었습니다. 아니면 바꾸십시오.",
                "No kind is said, so it was read as an MOU. Change it if it is another.",
            ),
        ),
        "kind.unknown": (
            "note",
            Label(
                "구분 '{read}'은(는) 협약의 종류가 아니라서 협약명으로 판단했습니다. 확인하십시오.",
                "'{read}' is no kind of agreement; it was told by the title. Check it.",
            ),
        ),
        "parties.missing": (
            "fault",
            Label(
                "협약기관이 없습니다. 기관명을 넣거나 이 행을 빼십시오.",
                "There is no partner. Type its name, or leave this line out.",
            ),
        ),
        "parties.not_named": (
            "note",
            Label(
                "이름이 적히지 않은 기관이 {count}곳 더 있습니다({read}). 아는 이름을 넣으십시오.",
                "{count} more partners are not named ({read}). Add the names that you know.",
            ),
        ),
        "parties.not_counted": (
            "note",
            Label(
                "이름이 적히지 않은 기관이 더 있으나 몇 곳인지 모릅니다({read}). 아는 이름을"
                " 넣으십시오.",
                "More partners are not named, nobody knows how many ({read}). Add the names that"
                " you know.",
            ),
        ),
        "parties.fewer": (
            "question",
            Label(
                "'{read}'라고 했으나 이름은 {count}곳입니다. 적힌 이름이 전부인지 고르십시오.",
                "It says '{read}' but names {count}. Choose whether those are all.",
            ),
        ),
        "parties.one_or_several": (
            "question",
            Label(
                "'{read}'이(가) 한 기관인지 여러 기관({parts})인지 고르십시오.",
                "Choose whether '{read}' is one partner or several ({parts}).",
            ),
        ),
        "parties.twice": (
            "note",
            Label(
                "'{read}'이(가) 두 번 적혀 한 번만 읽었습니다. 확인하십시오.",
                "'{read}' is written twice and was read once. Check it.",
            ),
        ),
        "party.remark": (
            "note",
            Label(
                "기관명 뒤의 '{read}'은(는) 이름이 아니라 빼고 읽었습니다. 확인하십시오.",
                "'{read}' after the name was left out, as it is no name. Check it.",
            ),
        ),
        "day.missing": (
            "note",
            Label(
                "체결일이 적혀 있지 않습니다. 알면 넣으십시오.",
                "The day of signing is not said. Type it if you know it.",
            ),
        ),
        "day.serial": (
            "note",
            Label(
                "숫자 {read}을(를) 엑셀 날짜 {meant}로 읽었습니다. 확인하십시오.",
                "The number {read} was read as Excel's {meant}. Check it.",
            ),
        ),
        "day.month_first": (
            "note",
            Label(
                "'{read}'을(를) {meant}로 읽었습니다(월/일/연). 확인하십시오.",
                "'{read}' was read as {meant} (month first). Check it.",
            ),
        ),
        "day.remark": (
            "note",
            Label(
                "날짜 옆의 '{read}'은(는) 빼고 읽었습니다. 확인하십시오.",
                "'{read}' beside the day was left out. Check it.",
            ),
        ),
        "day.year_from_elsewhere": (
            "note",
            Label(
                "'{read}'에 연도가 없어 {year}년으로 읽었습니다. 확인하십시오.",
                "'{read}' says no year and was read as of {year}. Check it.",
            ),
        ),
        "day.other_year": (
            "question",
            Label(
                "'{read}'의 연도가 {year}년과 다릅니다. 날짜를 고르거나 넣으십시오.",
                "The year of '{read}' is not {year}. Choose the day, or type it.",
            ),
        ),
        "day.order": (
            "question",
            Label(
                "'{read}'은(는) 여러 날로 읽힙니다. 맞는 날을 고르십시오.",
                "'{read}' may be one of several days. Choose which.",
            ),
        ),
        "day.several": (
            "question",
            Label(
                "'{read}'에 날짜가 여럿입니다. 체결일을 고르거나 넣으십시오.",
                "'{read}' holds several days. Choose the day of signing, or type it.",
            ),
        ),
        "day.weekday": (
            "question",
            Label(
                "'{read}'은(는) {meant}입니다. 날짜가 맞는지 고르거나 넣으십시오.",
                "'{read}' does not fall on that day of the week. Choose the day, or type it.",
            ),
        ),
        "day.far": (
            "question",
            Label(
                "'{read}'의 연도가 맞는지 확인하고 날짜를 고르거나 넣으십시오.",
                "Check the year of '{read}', and choose the day or type it.",
            ),
        ),
        "day.calendar": (
            "fault",
            Label(
                "'{read}'은(는) 달력에 없는 날입니다. 맞는 날을 넣으십시오.",
                "'{read}' is not in the calendar. Type the right day.",
            ),
        ),
        "day.unreadable": (
            "question",
            Label(
                "'{read}'을(를) 날짜로 읽을 수 없습니다. 날짜를 넣거나 적힌 그대로 두십시오.",
                "'{read}' is no day. Type one, or keep it as it is written.",
            ),
        ),
        "end.reckoned": (
            "note",
            Label(
                "'{read}': {begins}부터 {months}개월, 마지막 날을 {ends}로 계산했습니다."
                " 확인하십시오.",
                "'{read}': {months} months from {begins}, the last day was reckoned as {ends}."
                " Check it.",
            ),
        ),
        "end.not_reckoned": (
            "note",
            Label(
                "'{read}': 시작하는 날을 정확히 몰라 마지막 날을 계산하지 않고 적힌 그대로"
                " 두었습니다. 알면 넣으십시오.",
                "'{read}': as the first day is not known to the day, no last day was reckoned; the"
                " text is kept. Type it if you know it.",
            ),
        ),
        "end.as_written": (
            "note",
            Label(
                "'{read}'에서는 끝나는 날을 알 수 없어 종료 미상으로 두고 적힌 그대로 남겼습니다."
                " 알면 넣으십시오.",
                "'{read}' does not say when it ends: the end is not known, the text is kept. Type"
                " it if you know it.",
            ),
        ),
        "end.before_signing": (
            "question",
            Label(
                "마지막 날 {meant}이(가) 시작({begins})보다 앞섭니다. 마지막 날을 넣으십시오.",
                "The last day {meant} is before the first ({begins}). Type the last day.",
            ),
        ),
        "end.conflict": (
            "question",
            Label(
                "기간은 {first}, 종료일은 {second}(으)로 서로 다릅니다. 하나를 고르십시오.",
                "The term ends on {first}, the last day says {second}. Choose one.",
            ),
        ),
        "end.year_missing": (
            "question",
            Label(
                "'{read}'의 마지막 날에 연도가 없습니다. 날짜를 고르거나 넣으십시오.",
                "The last day of '{read}' says no year. Choose the day, or type it.",
            ),
        ),
        "field.code": (
            "question",
            Label(
                "{place} 칸의 '{read}'이(가) {name} 가운데 무엇인지 고르십시오.",
                "Choose what '{read}' in cell {place} is as {name}.",
            ),
        ),
        "field.yes_no": (
            "question",
            Label(
                "{place} 칸의 '{read}': {name}이(가) 있는지 고르십시오.",
                "'{read}' in cell {place}: choose whether there is any {name}.",
            ),
        ),
        "field.amount": (
            "question",
            Label(
                "{place} 칸의 '{read}'을(를) 금액으로 읽을 수 없습니다. 원 단위로 적거나 옮기지"
                " 마십시오.",
                "'{read}' in cell {place} is no amount. Type it in won, or leave it out.",
            ),
        ),
        "field.number": (
            "question",
            Label(
                "{place} 칸의 '{read}'을(를) {name}(으)로 읽을 수 없습니다. 숫자로 적거나 옮기지"
                " 마십시오.",
                "'{read}' in cell {place} is no {name}. Type a number, or leave it out.",
            ),
        ),
        "status.ended": (
            "question",
            Label(
                "'{read}': 끝난 날을 적거나, 모르면 종료 미상으로 두십시오.",
                "'{read}': type the day on which it ended, or leave the end as not known.",
            ),
        ),
        "status.end_read": (
            "note",
            Label(
                "'{read}': {ends}에 끝난 것으로 읽었습니다. 확인하십시오.",
                "'{read}': read as ended on {ends}. Check it.",
            ),
        ),
        "officer.unclear": (
            "note",
            Label(
                "담당자 칸의 '{read}'은(는) 이름으로 읽지 못해 옮기지 않았습니다. 확인하십시오.",
                "'{read}' beside the officer is no name and was not taken over. Check it.",
            ),
        ),
        "officer.several": (
            "note",
            Label(
                "담당자가 여럿이라 첫 사람만 담당자로 읽었습니다({read}). 확인하십시오.",
                "Several officers are named; the first was taken ({read}). Check it.",
            ),
        ),
    }
)

TOLD: Mapping[str, Label] = MappingProxyType(
    {
        "file.no_marks": Label(
            "이 형식에서는 취소선, 숨긴 행, 수식을 알 수 없습니다. 취소선 그은 협약이 있으면"
            " xlsx로 올리십시오.",
            "Nobody sees in this form what is struck through, hidden or a formula. If any"
            " agreement is struck through, send the table as xlsx.",
        ),
        "file.cp949": Label(
            "CP949(완성형)로 읽었습니다. 글자가 깨져 보이면 글자 방식을 고르십시오.",
            "This was read as CP949. If letters look wrong, choose the encoding.",
        ),
        "file.macros": Label(
            "매크로가 든 파일입니다. 매크로는 실행하지 않고 값만 읽었습니다. 확인하십시오.",
            "This file holds macros. They were not run, only values were read. Check them.",
        ),
    }
)
"""What is told of a whole file."""


def doubt(
    code: str,
    at: At,
    read: str = "",
    choices: tuple[Choice, ...] = (),
    facts: Mapping[str, str | int] = MappingProxyType({}),
    *,
    typed: bool = False,
) -> Doubt:
    """Make a doubt with its sentence."""
    weight, told = DOUBTS[code]
    said = {"read": _short(read), "place": at.address, **facts}
    return Doubt(
        code,
        weight,
        at,
        read,
        Label(told.ko.format(**said), told.en.format(**said)),
        choices,
        typed,
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"
