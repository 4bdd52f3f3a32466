"""The ledger of agreements (협약관리대장) as a sheet: one line each, with names written out.

What people look for first is written by hand; every other fact follows from its declaration.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from changefeed.declared import Label
from changefeed.subjects.agreement import (
    AGREEMENT_FLAGS,
    AGREEMENT_KINDS,
    AGREEMENT_STATES,
    DISCLOSURES,
    END_RULES,
)
from httpedge.language import language
from ieum_registry.api.asked import Asked
from ieum_registry.api.sheets import Sheet, declared_cell, names_in, told_columns
from ieum_registry.api.wired import records, scope, seq_known, today
from ieum_registry.domain.term import day_text
from ieum_registry.operations.ports.records import Reading
from ieum_registry.operations.standing import standings_of_agreements

_CODES: Sequence[Mapping[Any, Label]] = (
    AGREEMENT_KINDS,
    END_RULES,
    DISCLOSURES,
    AGREEMENT_STATES,
    AGREEMENT_FLAGS,
)
WORDS: Mapping[str, Label] = {code: label for some in _CODES for code, label in some.items()}
"""Every code of the sheet; no two of these lists share one."""


def _word(code: str) -> str:
    label = WORDS.get(code, Label(code, code))
    return label.ko if language() == "ko" else label.en[:1].upper() + label.en[1:]


@dataclass(frozen=True, slots=True)
class _Line:
    """One agreement.

    Attributes:
        facts: As the caller may see them.
        told: What is written out by hand, by name.
        names: What ids in it are called.
    """

    facts: Mapping[str, Any]
    told: Mapping[str, Any]
    names: Mapping[str, str]


def _lines(found: Sequence[Reading], asked: Asked) -> list[_Line]:
    """Give the lines of some agreements, with a few questions for all of them together."""
    known_at = seq_known(asked.known_at)
    agreements = [json.loads(each.resource) for each in found]
    standings = standings_of_agreements(
        found, on=asked.on or today(), known_at=known_at, scope=scope(), records=records()
    )
    names = names_in("agreement", agreements, known_at)
    return [
        _Line(
            agreement,
            {
                "on": standing.on.isoformat(),
                "state": _word(standing.state),
                "flags": [_word(each) for each in standing.flags],
                "last_on": day_text(standing.last_on),
                "numbers": [
                    f"{names.get(each['partner_id'], each['partner_id'])}: {each['number']}"
                    for each in agreement["parties"]
                    if each.get("number")
                ],
            },
            names,
        )
        for agreement, standing in zip(agreements, standings, strict=True)
    ]


def _day(facts: Mapping[str, Any], name: str) -> str | None:
    """Give a day, or what is written of it."""
    return facts[f"{name}_on"] or _written(facts, name)


def _written(facts: Mapping[str, Any], name: str) -> str | None:
    return (facts.get(f"{name}_as") or {}).get("written")


def _named(line: _Line, side: str) -> list[str]:
    """Give the names of one side, each once however often it came back."""
    parties = line.facts["parties"]
    ids = dict.fromkeys(each["partner_id"] for each in parties if each["side"] == side)
    return [line.names.get(each, each) for each in ids]


def _name(line: _Line, key: str) -> str | None:
    """Give the name of what an id points at; what the caller may not read is empty."""
    named = line.facts.get(key)
    return None if named is None else line.names.get(named)


_Columns = Mapping[tuple[str, str], Callable[[_Line], object]]

_FIRST: _Columns = {
    ("번호", "Number"): lambda line: line.facts["number"],
    ("제목", "Title"): lambda line: line.facts["title"]["ko"],
    ("English title", "English title"): lambda line: line.facts["title"]["en"],
    ("구분", "Kind"): lambda line: _word(line.facts["kind"]),
    ("시 측", "Own side"): lambda line: _named(line, "own"),
    ("협약기관", "Partners"): lambda line: _named(line, "partner"),
    ("기관별 번호", "Numbers of the sides"): lambda line: line.told["numbers"],
    ("총괄부서", "Lead department"): lambda line: _name(line, "lead_department_id"),
    ("상위 협약", "Parent agreement"): lambda line: _name(line, "parent_id"),
    ("체결일", "Signed"): lambda line: _day(line.facts, "signed"),
    ("효력발생일", "Effective"): lambda line: _day(line.facts, "effective"),
    ("종료 방식", "Ends"): lambda line: _word(line.facts["end"]["rule"]),
    ("만료일", "Last day"): lambda line: (
        line.told["last_on"] or _written(line.facts["end"], "ends")
    ),
    ("상태", "State"): lambda line: line.told["state"],
    ("표시", "Flags"): lambda line: line.told["flags"],
    ("기준일", "As of"): lambda line: line.told["on"],
    ("공개", "Disclosure"): lambda line: _word(line.facts["disclosure"]),
    ("목적", "Purpose"): lambda line: (line.facts["purpose"] or {}).get("ko"),
    ("장소", "Venue"): lambda line: (line.facts["venue"] or {}).get("ko"),
    ("비고", "Note"): lambda line: line.facts["end"]["note"],
}
_LAST: _Columns = {
    ("illustrative", "illustrative"): lambda line: line.facts["provenance"]["illustrative"],
    ("key", "key"): lambda line: line.facts["key"],
    ("id", "id"): lambda line: line.facts["id"],
}
_BY_HAND = frozenset(
    {
        *("id", "key", "number", "title", "kind", "parties", "lead_department_id", "parent_id"),
        *("signed_on", "effective_on", "disclosure", "purpose", "venue", "provenance"),
        *("end/rule", "end/ends_on", "end/note"),
    }
)
"""The facts that the columns above write; every other one has a column as it is declared."""


def ledger_sheet() -> Sheet:
    """Give the ledger with the facts that the caller may ever read."""
    declared = {
        (each.heading.ko, each.heading.en): partial(declared_cell, each)
        for each in told_columns("agreement")
        if "/".join(each.path) not in _BY_HAND and each.path[0] not in _BY_HAND
    }
    return Sheet("agreements", {**_FIRST, **declared, **_LAST}, _lines)
