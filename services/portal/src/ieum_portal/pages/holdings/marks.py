"""A record of any type in an address: `milestone:<id>`."""

from collections.abc import Collection
from uuid import UUID

from ieum_portal.domain.errors import NotFound


def record_at(mark: str, kinds: Collection[str]) -> tuple[str, UUID]:
    """Give the type and the id that stand in an address.

    Raises:
        NotFound: It names none, or one of another type.
    """
    kind, _, written = mark.partition(":")
    if kind not in kinds:
        raise NotFound
    try:
        return kind, UUID(written)
    except ValueError as error:
        raise NotFound from error
