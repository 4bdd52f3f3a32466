"""What a subject is to the store: an id, a type, and the facts that its declaration gives."""

from typing import ClassVar, Protocol, TypeVar
from uuid import UUID


class Aggregate(Protocol):
    """A declared subject (changefeed.mapping gives its facts, and reads them)."""

    subject_type: ClassVar[str]

    @property
    def id(self) -> UUID:
        """UUIDv7, drawn by whoever made the subject."""
        ...


Subject = TypeVar("Subject", bound=Aggregate)
