"""How well is a task covered: by nobody, by one partner alone, by several?"""

from collections.abc import Mapping
from typing import Literal

from ieum_graph.domain.words import Words

Status = Literal["nobody", "one", "several"]

STATUS: Mapping[str, Words] = {
    "nobody": Words("맡은 기관 없음", "nobody"),
    "one": Words("한 기관뿐", "one partner alone"),
    "several": Words("여러 기관", "several partners"),
}
"""What each status says to a reader."""


def status_of(partners: int) -> Status:
    """Name how well so many partners, counted once each, cover a task."""
    return "nobody" if partners == 0 else "one" if partners == 1 else "several"
