"""What can be wrong in a loaded file: code → the sentence with its remedy, in two languages.

Where a code is followed by a reason (`field.day.form`), the reason picks the sentence alone; the
code that is answered stays without it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from httpedge.language import language
from httpedge.problem import Problem
from ieum_registry.api.problems import PROBLEMS, sentence
from ieum_registry.operations.loading.faults import Fault, LoadRefused

SENTENCES: Mapping[str, tuple[str, str]] = {
    "yaml.too_large": (
        "파일이 {megabytes} MB를 넘습니다. 나누어 불러오십시오.",
        "The file is larger than {megabytes} MB. Load it in parts.",
    ),
    "yaml.malformed": (
        "YAML로 읽을 수 없습니다({problem}). 들여쓰기와 따옴표를 확인하십시오.",
        "This is not well-formed YAML ({problem}). Check indentation and quotes.",
    ),
    "yaml.empty": (
        "내용이 없습니다. `format: 1`로 시작하는 파일을 보내십시오.",
        "There is nothing in it. Send a file that begins with `format: 1`.",
    ),
    "yaml.second_document": (
        "한 파일에 문서가 둘 이상입니다. `---` 아래를 다른 파일로 나누십시오.",
        "There is a second document in the file. Put what follows `---` into a file of its own.",
    ),
    "yaml.too_many": (
        "항목이 {most}개를 넘습니다. 파일을 나누십시오.",
        "There are more than {most} items. Part the file.",
    ),
    "yaml.too_deep": (
        "{most}단보다 깊이 겹쳐 있습니다. 형식을 확인하십시오.",
        "This is nested more than {most} deep. Check the format.",
    ),
    "yaml.alias": (
        "앵커(&)와 별칭(*)은 받지 않습니다. 내용을 그대로 적으십시오.",
        "Anchors (&) and aliases (*) are not taken. Write the content out.",
    ),
    "yaml.name_not_text": (
        "항목 이름은 글자여야 합니다. 이름을 고치십시오.",
        "A field's name is text. Mend the name.",
    ),
    "yaml.name_twice": (
        "'{name}'이(가) {first}줄에 이미 있습니다. 하나만 남기십시오.",
        "'{name}' stands on line {first} already. Keep one of the two.",
    ),
    "text.unwritable": (
        "{position}번째 글자가 제어 문자이거나 보이지 않는 문자입니다. 지우십시오.",
        "Character {position} is a control or hidden character. Remove it.",
    ),
    "document.not_map": (
        "파일의 맨 위는 `format: 1` 같은 항목들이어야 합니다.",
        "The top of the file is a map that begins with `format: 1`.",
    ),
    "document.format": (
        "format {given}은(는) 모르는 형식입니다. `format: 1`로 적으십시오.",
        "Format {given} is not known. Write `format: 1`.",
    ),
    "source.unknown": (
        "출처 '{key}'이(가) sources에 없습니다. 있는 것: {near}. 이름을 고치거나 추가하십시오.",
        "There is no source '{key}' under sources; there are: {near}. Mend the name or add it.",
    ),
    "field.missing": (
        "'{name}'이(가) 없습니다. 값을 넣으십시오.",
        "'{name}' is missing. Write a value.",
    ),
    "field.unknown": (
        "'{name}'은(는) 모르는 항목입니다. 쓸 수 있는 것: {known}. 고치거나 빼십시오.",
        "'{name}' is not known here; known are: {known}. Mend it or take it out.",
    ),
    "field.blank": (
        "'{name}'이(가) 비어 있습니다. 값을 넣으십시오.",
        "'{name}' is blank. Write a value.",
    ),
    "field.too_long": (
        "{name}: {length}자, {longest}자까지입니다. 줄이십시오.",
        "{name}: {length} characters, {longest} at most. Shorten it.",
    ),
    "field.too_many": (
        "{name}: {count}개, {most}개까지입니다. 줄이십시오.",
        "{name}: {count} of them, {most} at most. Take some out.",
    ),
    "field.which": (
        "{name}: 시 측이 여럿입니다. true 대신 [키, …]로 적으십시오(이 파일의 시 측: {found}).",
        "{name}: there are several. Write [key, …] instead of true (of this file: {found}).",
    ),
    "field.line_break": (
        "'{name}'은(는) 한 줄로 적습니다. 줄바꿈을 빼십시오.",
        "'{name}' is one line. Take the line breaks out.",
    ),
    "field.key": (
        "키 '{key}'은(는) 쓸 수 없습니다. 영문자, 숫자, 점, 밑줄, 붙임표로 64자까지 적으십시오.",
        "'{key}' is no key. Use up to 64 letters, digits, dots, underscores and hyphens.",
    ),
    "field.choice": (
        "'{name}'의 값 '{given}'은(는) 쓸 수 없습니다. 다음 가운데 하나로 적으십시오: {choices}.",
        "'{given}' is no value of '{name}'. Write one of: {choices}.",
    ),
    "field.number": (
        "'{name}'의 값 '{given}'은(는) {least}~{most}의 정수로, 쉼표와 단위 없이 적으십시오.",
        "Write digits for '{name}' instead of '{given}': a whole number from {least} to {most}.",
    ),
    "field.flag": (
        "'{name}'의 값 '{given}'을(를) true 또는 false로 적으십시오.",
        "Write true or false for '{name}' instead of '{given}'.",
    ),
    "field.day": (
        "'{name}'의 '{given}'은(는) 날짜로 읽을 수 없습니다. 2021-11-16처럼 적으십시오.",
        "'{given}' is no day for '{name}'. Write it like 2021-11-16.",
    ),
    "field.day.form": (
        "'{name}'의 '{given}'은(는) 다른 형식으로 적은 날짜입니다. 이렇게 적으십시오: {meant}.",
        "'{given}' is a day in another form. Write {meant} for '{name}'.",
    ),
    "field.day.order": (
        "'{name}'의 '{given}'은(는) 두 날로 읽힙니다. 하나로 적으십시오: {meant}.",
        "'{given}' may be either of two days. Write one of these for '{name}': {meant}.",
    ),
    "field.day.day_missing": (
        (
            "{name}: '{given}'에는 며칠인지 없습니다. 2021-11-16처럼 적으십시오. 적힌 그대로 받는 "
            "곳은 협약의 signed_on, effective_on, end.ends_on과 당사자의 날입니다."
        ),
        (
            "'{given}' lacks the day for '{name}'. Write it like 2021-11-16. An agreement takes "
            "it as it stands in signed_on, effective_on, end.ends_on and its parties' days."
        ),
    ),
    "field.day.calendar": (
        "'{name}'의 날짜 '{given}'은(는) 달력에 없습니다. 원본을 보고 2021-11-16처럼 고치십시오.",
        "There is no day '{given}' in the calendar. Look '{name}' up; write it like 2021-11-16.",
    ),
    "field.relative_day": (
        "'{given}'은(는) 기간이 아닙니다. {{in: P5D}} 또는 {{ago: P2M}}처럼 적으십시오.",
        "'{given}' is no duration. Write it like {{in: P5D}} or {{ago: P2M}}.",
    ),
    "field.civil": (
        "'{given}'은(는) 현지 시각이 아닙니다. 2027-01-06T09:00처럼, 또는 in과 at으로 적으십시오.",
        "'{given}' is no local time for '{name}'. Write 2027-01-06T09:00, or in and at.",
    ),
    "field.clock": (
        "'{name}'의 시각 '{given}'을(를) \"17:30\"처럼 적으십시오.",
        "Write the time of day '{name}' ('{given}') as \"17:30\".",
    ),
    "field.email": (
        "'{name}'의 전자우편 주소가 맞지 않습니다. name@host.example처럼 적으십시오.",
        "'{name}' holds no e-mail address. Write it like name@host.example.",
    ),
    "field.phone": (
        "'{name}'에는 전화번호를 숫자, 빈칸, +, -, 괄호로 적으십시오.",
        "Write '{name}' with digits, blanks, +, - and brackets.",
    ),
    "field.link": (
        "'{name}'에는 https://로 시작하는 주소를 적으십시오.",
        "Write an address that begins with https:// for '{name}'.",
    ),
    "field.place": (
        "'{name}'에는 {{partner: 키}} 또는 {{department: 키}} 하나를 적으십시오.",
        "Write either {{partner: key}} or {{department: key}} for '{name}'.",
    ),
    "field.not_text": (
        "'{name}'에는 글자를 적습니다. 묶음이나 목록을 빼십시오.",
        "'{name}' is text, not a map or a list.",
    ),
    "field.not_map": (
        "'{name}'에는 {{항목: 값}} 묶음을 적습니다.",
        "'{name}' is a map of fields and values.",
    ),
    "field.not_list": (
        "'{name}'에는 목록(- 또는 […])을 적습니다.",
        "'{name}' is a list (lines with - or […]).",
    ),
    "key.unknown": (
        "{type} '{key}'이(가) 없습니다. 비슷한 키: {near}. 키를 고치거나 먼저 등록하십시오.",
        "There is no {type} '{key}'. Near it: {near}. Mend the key, or add the record.",
    ),
    "key.twice": (
        "{type} '{key}'이(가) {first}에 이미 있습니다. 하나만 남기거나 키를 바꾸십시오.",
        "{type} '{key}' stands at {first} already. Keep one, or give it another key.",
    ),
    "value.taken": (
        "'{name}'의 값 {value}이(가) 다른 자료에 있습니다. 값을 고치십시오.",
        "Another record has {value} as its '{name}'. Mend the value.",
    ),
    "partner.doubtful": (
        "'{name}'의 {value}은(는) 형식이나 확인 숫자가 맞지 않으니 원본과 비교하십시오.",
        "'{value}' looks wrong for '{name}'. It was taken; compare it with the paper.",
    ),
    "record.real": (
        "'{key}'은(는) 실제 자료입니다. 예시 파일이 바꿀 수 없으니 이 항목을 빼십시오.",
        "'{key}' is a real record, which an example may not change. Take it out of this file.",
    ),
}


_GUESSED = frozenset({"field.choice", "field.unknown"})
"""Faults whose sentence ends with a word that may have been meant."""


def fault_sentence(fault: Fault) -> str:
    """Say what is wrong and how to mend it, in the reader's language."""
    facts = {**fault.facts, "file": fault.file, "line": fault.line}
    code = f"{fault.code}.{fault.facts.get('why')}"
    code = code if code in SENTENCES else fault.code
    if code not in SENTENCES:
        return sentence(fault.code, facts) if fault.code in PROBLEMS else fault.code
    korean, english = SENTENCES[code]
    said = (korean if language() == "ko" else english).format(**facts)
    if fault.code in _GUESSED and fault.facts.get("meant"):
        perhaps = " 혹시 '{meant}'?" if language() == "ko" else " Perhaps '{meant}'?"
        said += perhaps.format(**facts)
    return said


def problem_of_load(refused: LoadRefused) -> Problem:
    """Translate refused files into one answer that lists every fault with file and line."""
    return Problem("load.refused", {"count": refused.count}, errors=told_faults(refused.faults))


def told_faults(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    """Give faults, or doubts, as they travel."""
    return [
        {
            "pointer": each.pointer,
            "file": each.file,
            "line": each.line,
            "code": each.code,
            "detail": fault_sentence(each),
        }
        for each in faults
    ]
