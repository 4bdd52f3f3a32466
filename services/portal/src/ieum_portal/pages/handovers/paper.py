"""인계인수서: what was handed over as a paper to print and sign, and as a workbook."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import typst
from flask_babel import gettext

from changefeed.subjects.handover import HANDED_TYPES, KEPT, Handover
from ieum_portal.operations.handover_page import (
    PaperLine,
    Receipt,
    giver_of,
    paper_lines,
    taker_of,
)
from ieum_portal.pages.labels import label, said
from ieum_portal.pages.listing.files import workbook_of
from ieum_portal.pages.typeset import plain
from ieum_portal.pages.wired import SEOUL, language, neighbours, now, today

HERE = Path(__file__).parent
PAPER, FONTS = HERE / "paper.typ", HERE / "fonts"

MOST_OWED = 3
"""So many open duties are named one by one; of more the paper says how many there are."""
LONGEST = 80
"""So many letters of what was last talked about."""


def pdf_of(found: Receipt) -> bytes:
    """Give the paper to print and sign, with our own fonts and nothing from elsewhere."""
    told = {"paper": json.dumps(_paper(found), ensure_ascii=False)}
    return typst.compile(
        PAPER, root=HERE, font_paths=[FONTS], ignore_system_fonts=True, sys_inputs=told
    )


def book_of(found: Receipt) -> bytes:
    """Give the same rows as a workbook."""
    return workbook_of(gettext("인계인수서"), _headings(), _rows(found))


def state_of(handover: Handover) -> str:
    """Say how far a handover has come, in the reader's language."""
    if handover.undone_on is not None:
        return str(gettext("되돌림"))
    return str(gettext("그날을 기다림") if handover.done_on is None else gettext("시행함"))


def _paper(found: Receipt) -> dict[str, Any]:
    handover = found.handover
    giver, taker = (_called(found, one) for _, one in (giver_of(handover), taker_of(handover)))
    day = handover.on.isoformat()
    printed = now().astimezone(SEOUL).strftime("%Y-%m-%d %H:%M")
    return {
        "language": language(),
        "title": gettext("인 계 인 수 서"),
        "facts": [
            [gettext("인계자"), giver],
            [gettext("인수자"), taker],
            [gettext("넘기는 날"), day],
            [gettext("상태"), state_of(handover)],
            [gettext("이유"), handover.reason],
            [gettext("넘긴 것 %(num)s건", num=len(handover.matters)), gettext("아래 목록과 같음")],
        ],
        "headings": _headings(),
        "rows": [[str(cell) for cell in row] for row in _rows(found)],
        "note": gettext("미결: 확인하거나 마쳐야 할 것. 최근 연락은 연락 기록의 마지막 줄입니다."),
        "sentence": gettext("위와 같이 업무를 인계하고 인수합니다."),
        "day": day,
        "signs": [
            [gettext("인계자"), giver],
            [gettext("인수자"), taker],
            [gettext("입회자"), ""],
        ],
        "sign": gettext("(서명 또는 인)"),
        "footer": gettext("이음에서 %(moment)s에 만듦", moment=printed),
    }


def _headings() -> list[str]:
    return [
        gettext("번호"),
        gettext("종류"),
        gettext("내용"),
        gettext("맡는 쪽"),
        gettext("상태와 다음 날"),
        gettext("미결"),
        gettext("최근 연락"),
    ]


def _rows(found: Receipt) -> list[list[str | int]]:
    lines = paper_lines(found, on=today(), registry=neighbours().registry)
    return [_row(number, each, found) for number, each in enumerate(lines, 1)]


def _row(number: int, line: PaperLine, found: Receipt) -> list[str | int]:
    kind = said(HANDED_TYPES[line.type])
    if line.is_with_seat:
        kind = gettext("%(kind)s (담당에 딸림)", kind=kind)
    return [
        number,
        kind,
        plain(line.name),
        _called(found, line.taker),
        " · ".join(filter(None, (_state(line), _next(line)))),
        _open(line),
        _last(line),
    ]


def _state(line: PaperLine) -> str:
    if line.kept is not None:
        return str(gettext("넘기지 못함: %(why)s", why=said(KEPT[line.kept])))
    if line.state is None:
        return ""
    return str(label(line.state, f"{line.type}_state"))


def _next(line: PaperLine) -> str:
    return "" if line.next_on is None else f"~{line.next_on.isoformat()}"


def _open(line: PaperLine) -> str:
    told = [str(label(each, "flag")) for each in line.flags]
    told += [f"{plain(name)} (~{due.isoformat()})" for due, name in line.owed[:MOST_OWED]]
    if len(line.owed) > MOST_OWED:
        told.append(gettext("외 %(num)s건", num=len(line.owed) - MOST_OWED))
    return "; ".join(told)


def _last(line: PaperLine) -> str:
    if line.last is None:
        return ""
    on, text = line.last
    short = " ".join(text.split())
    return f"{on.isoformat()} {short[:LONGEST]}{'…' if len(short) > LONGEST else ''}"


def _called(found: Receipt, one: UUID) -> str:
    return plain(found.names[one]) if one in found.names else gettext("이름 비공개")
