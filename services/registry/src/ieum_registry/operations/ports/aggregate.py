"""What a subject is to the store: an id, a type, and its facts."""

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol, Self, TypeVar
from uuid import UUID

from changefeed.change import Facts


class Aggregate(Protocol):
    """A subject with its facts: the only mapping between the domain and the log."""

    subject_type: ClassVar[str]

    @property
    def id(self) -> UUID:
        """UUIDv7, drawn by whoever made the subject."""
        ...

    def facts(self) -> Facts:
        """Give everything that is true of it whatever the day (docs/changes.md)."""
        ...

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        ...


Subject = TypeVar("Subject", bound=Aggregate)
