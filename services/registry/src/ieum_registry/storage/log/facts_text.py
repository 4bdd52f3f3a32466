"""The one text that facts have."""

import unicodedata
from collections.abc import Mapping

from changefeed.chain import canonical
from changefeed.change import Fact, Facts

LARGEST = 2**53 - 1


def checked_text(facts: Facts) -> str:
    """Write facts as canonical text.

    Raises:
        ValueError: They hold what has no one text: a float, a number of 2^53 or more, a key
            outside ASCII, text that is not NFC. The edge refuses all of these first.
    """
    _check(facts)
    text = canonical(facts)
    if not unicodedata.is_normalized("NFC", text):
        raise ValueError("facts hold text that is not NFC")
    return text


def _check(value: Fact | Mapping[str, Fact]) -> None:
    if isinstance(value, str):  # Most are; to ask for the abstract type first takes far longer.
        return
    if isinstance(value, dict | Mapping):
        for key, inner in value.items():
            if not key.isascii():
                raise ValueError(f"facts hold the key {key!r}, which is not ASCII")
            _check(inner)
    elif isinstance(value, list):
        for inner in value:
            _check(inner)
    elif isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError("facts hold a number of 2^53 or more")
    elif value is not None:
        raise ValueError(f"facts hold a {type(value).__name__}")
