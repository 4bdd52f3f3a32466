"""The two clocks of a question, and the far ends of both axes."""

from dataclasses import dataclass
from datetime import date

FIRST_DAY = date(1, 1, 1)
"""Where a tie begins that has no day: it held as long as anybody knows."""

OPEN_DAY = date(9999, 12, 31)
"""`valid_to` of what has no end."""

OPEN_SEQ = 2**53 - 1
"""`seq_to` of what is still held to be true."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """The day asked about, and the entry of the log up to which things are known."""

    on: date
    seq: int
