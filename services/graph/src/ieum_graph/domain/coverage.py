"""How well is a task covered: by nobody, by one partner alone, by several, or does nobody know?"""

from collections.abc import Mapping
from typing import Literal

from ieum_graph.domain.words import Words

Status = Literal["nobody", "unknown", "one", "several"]

STATUS: Mapping[str, Words] = {
    "nobody": Words("맡은 기관 없음", "nobody"),
    "unknown": Words("종료 미상뿐", "not known"),
    "one": Words("한 기관뿐", "one partner alone"),
    "several": Words("여러 기관", "several partners"),
}
"""What each status says to a reader."""


def status_of(partners: int, perhaps: int = 0) -> Status:
    """Name how well so many partners, counted once each, cover a task.

    Args:
        perhaps: Others of whom nobody knows whether they still do; they cover nothing.

    Source: docs/rules/lifecycle.md, L-28.
    """
    if partners == 0:
        return "unknown" if perhaps else "nobody"
    return "one" if partners == 1 else "several"
