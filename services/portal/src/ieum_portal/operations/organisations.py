"""For which organisations the viewer is signed in, as the head of each page says."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from changefeed.subjects.parts import Words
from ieum_portal.domain.errors import NeighbourDown, NeighbourRefused, NoPartnerToday
from ieum_portal.domain.viewer import Viewer
from ieum_portal.operations.gathering import Gathering
from ieum_portal.operations.ports import Neighbours


def organisations_of(viewer: Viewer, *, neighbours: Neighbours) -> Sequence[Words]:
    """Give a liaison's partners or a member's department, by name.

    Returns:
        None at all for who is of no department, and if the registry cannot say just now: the head
        of a page keeps no page from being read.
    """
    gathering = Gathering(neighbours.left_s)
    try:
        partners = frozenset(neighbours.own_partners())
    except (NeighbourDown, NeighbourRefused, NoPartnerToday):
        return ()
    departments = frozenset({viewer.department} if viewer.department else ())
    if not partners and not departments:
        return ()
    names: Mapping[UUID, Words] = gathering.ask(
        "registry",
        "names",
        lambda: neighbours.registry.names_of(partners, departments),
        otherwise={},
    )
    return sorted(names.values(), key=lambda each: each.ko)
