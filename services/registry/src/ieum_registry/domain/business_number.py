"""사업자등록번호: whether ten digits can be a Korean business registration number."""

import re

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_WRITTEN = re.compile(r"[\s-]")


def digits_of(written: str) -> str:
    """Take out the hyphens and blanks that people write: `124-81-00998` is `1248100998`."""
    return _WRITTEN.sub("", written)


def is_business_number(digits: str) -> bool:
    """Check the length and the check digit.

    The outer remainder is what people forget: numbers that end in 0 are real.

    Source: docs/rules/terms.md, T-15.
    """
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        return False
    drawn = [int(digit) for digit in digits]
    total = sum(digit * weight for digit, weight in zip(drawn, _WEIGHTS, strict=False))
    total += 5 * drawn[8] // 10
    return (10 - total % 10) % 10 == drawn[9]
