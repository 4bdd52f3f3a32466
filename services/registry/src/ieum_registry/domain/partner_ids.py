"""Other ids of an organisation: which of them look wrong.

Nothing is refused for it: registers give out ids that break their own rules, and what stands on a
paper stands there. Source: docs/rules/terms.md, T-32.
"""

import re
from collections.abc import Callable, Mapping

from changefeed.subjects.partner import Partner

_ROR = re.compile(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})", re.IGNORECASE)
_ROR_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_LEI = re.compile(r"[0-9A-Z]{18}\d{2}", re.IGNORECASE)
_CORPORATE = re.compile(r"\d{13}")


def is_ror(written: str) -> bool:
    """Check the form of a ROR id and its two check digits.

    Source: ISO 7064 mod 97-10 over the six letters, as Crockford's base 32 has them.
    """
    found = _ROR.fullmatch(written.strip())
    if found is None:
        return False
    drawn, number = found[1].lower(), 0
    for each in drawn[1:7]:
        number = number * 32 + _ROR_DIGITS.index(each)
    return 98 - number * 100 % 97 == int(drawn[7:])


def is_lei(written: str) -> bool:
    """Check the form of a legal entity identifier and its two check digits.

    Source: ISO 17442; ISO 7064 mod 97-10, letters as 10 to 35.
    """
    drawn = re.sub(r"[\s-]", "", written)
    if _LEI.fullmatch(drawn) is None or not drawn.isascii():
        return False
    return int("".join(str(int(each, 36)) for each in drawn)) % 97 == 1


def is_corporate_number(written: str) -> bool:
    """Check the thirteen digits of a 법인등록번호, weights 1 and 2 in turn.

    Newer ones may carry no check digit.
    """
    drawn = re.sub(r"[\s-]", "", written)
    if _CORPORATE.fullmatch(drawn) is None or not drawn.isascii():
        return False
    total = sum(int(each) * (1 + place % 2) for place, each in enumerate(drawn[:12]))
    return (10 - total % 10) % 10 == int(drawn[12])


_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "ror": is_ror,
    "lei": is_lei,
    "corporate_number": is_corporate_number,
}


def doubtful(partner: Partner) -> tuple[str, ...]:
    """Give the fields whose id looks wrong; none if all that there are look right."""
    return tuple(
        name
        for name, is_right in _CHECKS.items()
        if (value := getattr(partner, name)) is not None and not is_right(value)
    )
