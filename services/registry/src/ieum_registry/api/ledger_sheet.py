"""The ledger of agreements (협약관리대장) as a sheet: one line each, with names written out."""

import json
from collections.abc import Mapping, Sequence
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
from ieum_registry.api.sheets import Sheet, names_of
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


def _lines(found: Sequence[Reading], asked: Asked) -> list[Mapping[str, Any]]:
    """Give the lines of some agreements, with a few questions for all of them together."""
    known_at = seq_known(asked.known_at)
    agreements = [json.loads(each.resource) for each in found]
    standings = standings_of_agreements(
        found, on=asked.on or today(), known_at=known_at, scope=scope(), records=records()
    )
    parties = [party["partner_id"] for each in agreements for party in each["parties"]]
    partners = names_of("partner", parties, known_at)
    departments = names_of("department", _ids(agreements, "lead_department_id"), known_at)
    parents = names_of("agreement", _ids(agreements, "parent_id"), known_at)
    return [
        {
            **agreement,
            "on": standing.on.isoformat(),
            "state": _word(standing.state),
            "flags": [_word(each) for each in standing.flags],
            "last_on": day_text(standing.last_on),
            "own": _named(agreement, "own", partners),
            "partners": _named(agreement, "partner", partners),
            "numbers": [
                f"{partners.get(each['partner_id'], each['partner_id'])}: {each['number']}"
                for each in agreement["parties"]
                if each.get("number")
            ],
            "department": departments.get(agreement["lead_department_id"]),
            "parent": parents.get(agreement.get("parent_id", "")),
        }
        for agreement, standing in zip(agreements, standings, strict=True)
    ]


def _ids(agreements: Sequence[Mapping[str, Any]], key: str) -> list[str]:
    return [each[key] for each in agreements if each.get(key) is not None]


def _day(facts: Mapping[str, Any], name: str) -> str | None:
    """Give a day, or what is written of it."""
    return facts[f"{name}_on"] or _written(facts, name)


def _written(facts: Mapping[str, Any], name: str) -> str | None:
    return (facts.get(f"{name}_as") or {}).get("written")


def _named(agreement: Mapping[str, Any], side: str, names: Mapping[str, str]) -> list[str]:
    """Give the names of one side, each once however often it came back."""
    ids = dict.fromkeys(each["partner_id"] for each in agreement["parties"] if each["side"] == side)
    return [names.get(each, each) for each in ids]


LEDGER = Sheet(
    "agreements",
    {
        ("번호", "Number"): lambda each: each["number"],
        ("제목", "Title"): lambda each: each["title"]["ko"],
        ("English title", "English title"): lambda each: each["title"]["en"],
        ("구분", "Kind"): lambda each: _word(each["kind"]),
        ("시 측", "Own side"): lambda each: each["own"],
        ("협약기관", "Partners"): lambda each: each["partners"],
        ("기관별 번호", "Numbers of the sides"): lambda each: each["numbers"],
        ("총괄부서", "Lead department"): lambda each: each["department"],
        ("상위 협약", "Parent agreement"): lambda each: each["parent"],
        ("체결일", "Signed"): lambda each: _day(each, "signed"),
        ("효력발생일", "Effective"): lambda each: _day(each, "effective"),
        ("종료 방식", "Ends"): lambda each: _word(each["end"]["rule"]),
        ("만료일", "Last day"): lambda each: each["last_on"] or _written(each["end"], "ends"),
        ("상태", "State"): lambda each: each["state"],
        ("표시", "Flags"): lambda each: each["flags"],
        ("기준일", "As of"): lambda each: each["on"],
        ("공개", "Disclosure"): lambda each: _word(each["disclosure"]),
        ("목적", "Purpose"): lambda each: (each["purpose"] or {}).get("ko"),
        ("장소", "Venue"): lambda each: (each["venue"] or {}).get("ko"),
        ("비고", "Note"): lambda each: each["end"]["note"],
        ("illustrative", "illustrative"): lambda each: each["provenance"]["illustrative"],
        ("key", "key"): lambda each: each["key"],
        ("id", "id"): lambda each: each["id"],
    },
    _lines,
)
