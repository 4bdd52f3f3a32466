"""Carry a verb out anew when somebody else was faster, on what stands then."""

from collections.abc import Callable
from typing import TypeVar

from ieum_registry.domain.errors import Overtaken

Answer = TypeVar("Answer")

TRIES = 5
"""How often in all. Only who changes the very same records within each try is told of it."""


def until_it_stands(carry_out: Callable[[], Answer]) -> Answer:
    """Carry a verb out, and anew if what it read was changed meanwhile.

    Args:
        carry_out: The whole verb, beginning with the opening of a transaction: nothing of a try
            that was overtaken is known to the next.

    Raises:
        Overtaken: `change.overtaken`, of the last try.
    """
    for _ in range(TRIES - 1):
        try:
            return carry_out()
        except Overtaken:
            continue
    return carry_out()
