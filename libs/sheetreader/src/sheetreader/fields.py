"""Which fields of an agreement a column may hold as they are: those of its declaration.

A field that is declared is read from then on, under its own heading at least; what is read together
with others (parties, days, the end, the department) is not among them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
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

_MONEY = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>조|억|천만|백만|만|천)?")
_UNITS = {
    "조": 10**12,
    "억": 10**8,
    "천만": 10**7,
    "백만": 10**6,
    "만": 10**4,
    "천": 10**3,
    "": 1,
}
_NO_MONEY = re.compile(r"0|비예산|없음|해당\s*없음|[-–]")
_IN_HEADING = re.compile(r"[(\[](?:단위\s*[:：]?\s*)?(조|억|천만|백만|만|천)?원[)\]]")
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
    """Read an amount in won: 1,000,000원, 3억 5천만원, 500백만원, or 500 under (백만원)."""
    said = re.sub(r"\s+", "", normalize("NFKC", text)).removeprefix("금").removesuffix("정")
    if _NO_MONEY.fullmatch(said):
        return 0
    said = said.removesuffix("원").removeprefix("₩").removeprefix("\\")
    if re.fullmatch(r"\d+\.0+", said):  # A number cell.
        said = said.partition(".")[0]
    unit = _IN_HEADING.search(normalize("NFKC", heading))
    if re.fullmatch(r"\d[\d,]*(?:\.\d+)?", said):
        return _whole(said, _UNITS[(unit[1] or "") if unit else ""])
    total, at = 0, 0
    for each in _MONEY.finditer(said):
        part = _whole(each["number"], _UNITS[each["unit"] or ""])
        # 3억 5 is five of what?
        is_cut = total > 0 and not each["unit"] and len(each["number"]) < 4
        if each.start() != at or isinstance(part, Unclear) or is_cut:
            return Unclear("field.amount")
        total, at = total + part, each.end()
    return total if total and at == len(said) else Unclear("field.amount")


def _whole(number: str, unit: int) -> int | Unclear:
    whole, _, rest = number.replace(",", "").partition(".")
    found = int(whole) * unit
    if rest.strip("0"):
        more = int(rest) * unit
        if more % 10 ** len(rest):
            return Unclear("field.amount")
        found += more // 10 ** len(rest)
    return found if found < 2**53 else Unclear("field.amount")


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
