"""Where a person, a seat or a promise belongs: a partner or a department of the city."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self, cast, get_args
from uuid import UUID

from changefeed.change import Facts

PlaceType = Literal["partner", "department"]
PLACE_TYPES: tuple[PlaceType, ...] = get_args(PlaceType)


@dataclass(frozen=True, slots=True)
class Place:
    """One partner or one department."""

    type: PlaceType
    id: UUID

    def facts(self) -> Facts:
        """Give `{"type", "id"}`."""
        return {"type": self.type, "id": str(self.id)}

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read `{"type", "id"}`."""
        return cls(cast("PlaceType", facts["type"]), UUID(facts["id"]))
