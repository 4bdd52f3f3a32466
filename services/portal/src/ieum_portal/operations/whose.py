"""Which places the viewer answers for today."""

from changefeed.subjects.department import Department
from ieum_portal.domain.viewer import Viewer
from ieum_portal.domain.whose import Places
from ieum_portal.operations.ports import Neighbours


def places_of(viewer: Viewer, *, neighbours: Neighbours) -> Places:
    """Give a liaison's partners, a member's department, of the office the coordinating ones.

    Raises:
        NeighbourDown, NeighbourRefused: The registry could not say.
    """
    match viewer.role:
        case "liaison":
            return Places(partners=frozenset(neighbours.own_partners()))
        case "department" if viewer.department is not None:
            return Places(frozenset({viewer.department}))
        case "office":
            own = {viewer.department} if viewer.department is not None else set()
            offices = neighbours.registry.all(Department, office=True)
            return Places(frozenset(own | {each.id for each in offices}), takes_rest=True)
        case _:
            return Places()
