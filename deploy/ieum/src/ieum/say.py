"""What the operator is told: Korean first, English beside it, columns that line up.

Every sentence exists twice, because the person at the keyboard and the person on the phone may
not read the same language. An `OperatorError` is a failure with its remedy; it replaces a
traceback.
"""

import sys
import unicodedata
from collections.abc import Sequence
from typing import TextIO


class OperatorError(Exception):
    """Something that the operator can mend, said in both languages with the next step.

    Attributes:
        code: Dotted and stable, to be searched for in deploy/RUNBOOK.md.
        ko: What is wrong and what to do, in Korean.
        en: The same in English.
    """

    def __init__(self, code: str, ko: str, en: str) -> None:
        """Hold both texts; the English one is the exception's own text."""
        super().__init__(en)
        self.code = code
        self.ko = ko
        self.en = en

    def told(self) -> str:
        """Give the text as printed: code, Korean, English."""
        return f"[{self.code}]\n{_indented(self.ko)}\n{_indented(self.en)}"


def both(ko: str, en: str) -> str:
    """Set a short Korean and English text side by side."""
    return f"{ko} · {en}"


def line(text: str = "", *, to: TextIO | None = None) -> None:
    """Print one line at once, so that progress is seen through pipes too."""
    print(text, file=to or sys.stdout, flush=True)


def width(text: str) -> int:
    """Count the columns that a text takes on a terminal: Hangul syllables take two."""
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )


def padded(text: str, columns: int) -> str:
    """Fill up with blanks to a number of terminal columns."""
    return text + " " * max(0, columns - width(text))


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out rows under heads, each column as wide as its widest cell."""
    columns = [max(width(cell) for cell in column) for column in zip(heads, *rows, strict=True)]
    return "\n".join(
        "  ".join(padded(cell, columns[place]) for place, cell in enumerate(cells)).rstrip()
        for cells in (heads, *rows)
    )


def _indented(text: str) -> str:
    return "\n".join(f"  {each}" for each in text.splitlines())
