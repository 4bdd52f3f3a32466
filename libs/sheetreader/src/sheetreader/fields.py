"""Which fields of an agreement a column may hold as they are: those of its declaration.

A field that is declared is read from then on, under its own heading at least; what is read together
with others (parties, days, the end, the department) is not among them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from types import MappingProxyType
from typing import Any
from unicodedata import normalize

from changefeed.declared import Label
from changefeed.sheet import Column, columns_of
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.parts import Words

_READ_TOGETHER = frozenset(
    {"title", "kind", "parties", "signed_on", "effective_on", "lead_department_id", "provenance"}
    | {"end.rule", "end.ends_on", "end.note"}
)


def _name_of(column: Column) -> str:
    return ".".join(column.path).removesuffix(".ko")


FIELDS: Mapping[str, Column] = MappingProxyType(
    {
        _name_of(each): each
        for each in columns_of(Agreement, lambda _: True)
        if _name_of(each) not in _READ_TOGETHER and each.path[0] != "provenance"
    }
)
"""By the path in the facts, with dots; of words the Korean has the field's own name."""

_YES = re.compile(
    r"[○OoＯ◯YyVv✓√]|yes|true|예|네|유|있음|수반|필요|해당(?:\s*있음)?|여|부담(?:함)?",
    re.IGNORECASE,
)
_NO = re.compile(
    r"[×xXＸNn\-–]|no|false|아니[오요]|무|없음|부|불필요|미해당|해당\s*없음|비해당|미수반|비예산"
    r"|수반\s*없음",
    re.IGNORECASE,
)
_SAID: Mapping[str, Mapping[str, str]] = {
    "disclosure": {
        "public": r"공개|전부공개|전체공개|○|o|y",
        "partly": r"부분공개|일부공개|제한공개",
        "closed": r"비공개|미공개|×|x|n",
    },
    "legal_force": {
        "no_force": r"없음|무|구속력없음|법적구속력없음|×|x|n|부",
        "some_clauses": r"있음|유|일부|일부조항|일부있음|구속력있음|○|o|y|여",
    },
}
"""How else offices write codes; `plain` texts."""

_UNITS = {"조": 10**12, "억": 10**8, "만": 10**4, "천": 1000, "백": 100, "십": 10}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_MONEY = re.compile(rf"(?P<number>{_NUMBER})(?P<small>[천백십]?)(?P<large>[조억만]?)")
_NO_MONEY = re.compile(r"0|비예산|없음|해당\s*없음|[-–]")
_IN_HEADING = re.compile(
    r"(?:[(\[]\s*(?:단위\s*[:：]?)?|단위\s*[:：]?)\s*"
    r"(?P<unit>[천백십]?[조억만]|천|(?=원))\s*원?\s*(?:[)\]]|$)"
    r"|\bin won\b"
)
_SMALL_SUM = 10_000
"""Won: a smaller number without a unit was hardly meant in won."""

_LENGTH = re.compile(
    r"(?:만료|종료)?\s*(?P<number>\d{1,4})\s*(?P<unit>일|개월|월|년)?\s*전?(?:까지)?"
)
_SEVERAL = re.compile(r"[,，、;\n]+")


@dataclass(frozen=True, slots=True)
class Unclear:
    """What a cell says that its field does not take: why, and what may be chosen instead."""

    code: str
    choices: tuple[tuple[str, Label], ...] = ()


def read_field(name: str, text: str, heading: str) -> Any | Unclear:  # noqa: ANN401  As declared.
    """Read a cell as a field is declared: a code, yes or no, a number, names, or text.

    Args:
        heading: May say the unit: 금액(백만원).

    Returns:
        Of what points at others their names, each once.
    """
    field = FIELDS[name].field
    if field.holds is Words:
        return text
    if field.fact.names is not None:
        names = (" ".join(each.split()) for each in _SEVERAL.split(text))
        return tuple(dict.fromkeys(each for each in names if each))
    if field.fact.codes is not None:
        return _code(name, text)
    if field.holds is bool:
        return _yes_no(text)
    if field.holds is int:
        return _amount(text, heading) if name == "amount_won" else _length(name, text)
    return text


def _code(name: str, text: str) -> str | Unclear:
    said = re.sub(r"\s+", "", normalize("NFKC", text)).casefold()
    codes = FIELDS[name].field.fact.codes or {}
    for code, label in codes.items():
        words = {re.sub(r"\s+", "", each).casefold() for each in (label.ko, label.en, code)}
        other = _SAID.get(name, {}).get(code)
        if said in words or (other is not None and re.fullmatch(other, said)):
            return str(code)
    return Unclear("field.code", tuple((str(code), label) for code, label in codes.items()))


def _yes_no(text: str) -> bool | Unclear:
    said = text.strip()
    if _YES.fullmatch(said):
        return True
    if _NO.fullmatch(said):
        return False
    return Unclear("field.yes_no", (("yes", Label("예", "yes")), ("no", Label("아니요", "no"))))


def _amount(text: str, heading: str) -> int | Unclear:
    """Read an amount in won: 1,000,000원, 1억 2천5백만원, 500백만원, or 500 under (백만원).

    A small number is asked about where neither the cell nor its heading says of what it is.
    """
    said = re.sub(r"\s+", "", normalize("NFKC", text)).removeprefix("금").removesuffix("정")
    if _NO_MONEY.fullmatch(said):
        return 0
    number = said.removesuffix("원").removeprefix("₩").removeprefix("\\")
    unit: re.Match[str] | None = None
    if re.fullmatch(_NUMBER, number):
        unit = _IN_HEADING.search(normalize("NFKC", heading))
        found = _whole(_decimal(number) * _times(unit["unit"] or "" if unit else ""))
    else:
        found = _in_units(number)
    is_small = not isinstance(found, Unclear) and 0 < found < _SMALL_SUM
    return Unclear("field.amount") if is_small and unit is None and number == said else found


def _in_units(said: str) -> int | Unclear:
    """Add up what is said in units, each part of which is below the unit before it.

    2천5백만 are 25,000,000. What is left below 10,000 after 억 may be meant of 만: 1억2천.
    """
    total, section = Decimal(0), Decimal(0)
    below, within = Decimal("inf"), Decimal("inf")
    at = 0
    for each in _MONEY.finditer(said):
        part = _decimal(each["number"]) * _times(each["small"])
        if each.start() != at or part >= within:
            return Unclear("field.amount")
        section, within = section + part, Decimal(_times(each["small"]))
        at = each.end()
        if each["large"]:
            unit = _times(each["large"])
            if section * unit >= below:
                return Unclear("field.amount")
            total, below = total + section * unit, Decimal(unit)
            section, within = Decimal(0), Decimal("inf")
    is_cut = total > 0 and 0 < section < (1000 if below == _UNITS["만"] else _SMALL_SUM)
    if at != len(said) or section >= below or is_cut or not total + section:
        return Unclear("field.amount")
    return _whole(total + section)


def _times(unit: str) -> int:
    return prod(_UNITS[each] for each in unit)


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))


def _whole(found: Decimal) -> int | Unclear:
    is_whole = found < 2**53 and found == found.to_integral_value()
    return int(found) if is_whole else Unclear("field.amount")


def _length(name: str, text: str) -> int | Unclear:
    """Read a number of days or months, as the field counts."""
    said = _LENGTH.fullmatch(" ".join(normalize("NFKC", text).split()).removesuffix(".0"))
    if said is None or not int(said["number"]):
        return Unclear("field.number")
    number, unit = int(said["number"]), (said["unit"] or "").replace("개월", "월")
    months = name == "end.term_months"
    if unit in {"", "월" if months else "일"}:
        return number
    return number * 12 if months and unit == "년" else Unclear("field.number")
