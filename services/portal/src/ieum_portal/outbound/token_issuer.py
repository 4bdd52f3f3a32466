"""The tokens with which the portal speaks for the people who are signed in to it.

A token is made for each viewer and page. A liaison's carries the partners whose liaison seats its
contact holds today; they are read from the registry again after at most a minute, so that a seat
given up stops opening doors within that minute.

Source: DESIGN section 4.
"""

import math
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from functools import partial
from threading import Lock
from time import monotonic
from uuid import UUID
from zoneinfo import ZoneInfo

import requests

from changefeed.subjects.contact import Contact
from changefeed.subjects.department import Department
from changefeed.subjects.seat import Seat
from httpedge.caller import Signer
from ieum_portal.domain.errors import NoPartnerToday
from ieum_portal.domain.viewer import Viewer
from ieum_portal.outbound.translated_errors import translated_errors
from registryclient.client import RegistryClient
from registryclient.pages import all_pages, by_ids

AUDIENCE = ("registry", "graph", "notify")
REMEMBERED_S = 60.0
READER = "portal"
"""As whom the portal itself reads seats: a service, by its name."""


class TokenIssuer:
    """Makes tokens.

    Args:
        session: Connections shared by all calls to the registry.
        headers: Gives the headers that let the registry speak of the same request.
        left_s: Gives how long whoever asks may still wait.
    """

    def __init__(
        self,
        signer: Signer,
        registry_url: str,
        session: requests.Session,
        headers: Callable[[], dict[str, str]],
        left_s: Callable[[], float] = lambda: math.inf,
    ) -> None:
        self._signer = signer
        self._registry = RegistryClient(
            registry_url,
            partial(self.own_token, "registry"),
            session=session,
            headers=headers,
            left_s=left_s,
        )
        self._partners: dict[UUID, tuple[float, tuple[UUID, ...]]] = {}
        self._lock = Lock()

    def token_for(self, viewer: Viewer) -> str:
        """Sign a token in a viewer's name.

        Raises:
            NoPartnerToday: A liaison that holds no liaison seat today.
            NeighbourDown, NeighbourRefused: The registry could not say which seats it holds.
        """
        partners = self.partners_of(viewer)
        return self._signer.token(
            viewer.role,
            AUDIENCE,
            now=datetime.now(UTC),
            subject=str(viewer.account_id),
            partners=partners,
            department=viewer.department,
            contact_id=viewer.contact_id,
        )

    def partners_of(self, viewer: Viewer) -> tuple[UUID, ...]:
        """Give the partners in whose name a liaison looks, in order; none for other roles.

        Raises:
            NoPartnerToday, NeighbourDown, NeighbourRefused: As `token_for`.
        """
        if viewer.role != "liaison":
            return ()
        partners = self._partners_of(viewer.contact_id)
        if not partners:
            raise NoPartnerToday
        return partners

    def contact_by_key(self, key: str) -> UUID | None:
        """Find a contact by its key; None if there is none.

        Raises:
            NeighbourDown, NeighbourRefused: The registry could not say.
        """
        with translated_errors():
            found = self._registry.page(Contact, key=key).items
            return found[0].id if found else None

    def erased_of(self, contact_ids: Collection[UUID]) -> frozenset[UUID]:
        """Give those of the contacts that the registry says were erased.

        Raises:
            NeighbourDown, NeighbourRefused: The registry could not say.
        """
        with translated_errors():
            found = by_ids(partial(self._registry.page, Contact), contact_ids)
            return frozenset(each.id for each in found if each.erased_on)

    def department_by_key(self, key: str) -> UUID | None:
        """Find a department of the city by its key; None if there is none.

        Raises:
            NeighbourDown, NeighbourRefused: The registry could not say.
        """
        with translated_errors():
            found = self._registry.page(Department, key=key).items
            return found[0].id if found else None

    def _partners_of(self, contact_id: UUID | None) -> tuple[UUID, ...]:
        if contact_id is None:
            return ()
        with self._lock:
            known = self._partners.get(contact_id)
        if known is not None and monotonic() < known[0]:
            return known[1]
        partners = self._read_partners(contact_id)
        with self._lock:
            self._partners[contact_id] = (monotonic() + REMEMBERED_S, partners)
        return partners

    def _read_partners(self, contact_id: UUID) -> tuple[UUID, ...]:
        today = datetime.now(ZoneInfo("Asia/Seoul")).date()
        with translated_errors():
            seats = all_pages(
                partial(self._registry.page, Seat, holder=contact_id, role="liaison", on=today)
            )
            return tuple(sorted({each.at.id for each in seats if each.at.type == "partner"}))

    def own_token(self, audience: str) -> str:
        """Sign a token in the portal's own name, for one neighbour and a minute."""
        return self._signer.token(
            "service", (audience,), now=datetime.now(UTC), subject=READER, lifetime_s=60
        )
