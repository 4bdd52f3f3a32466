"""The three neighbours, asked in the name of one viewer for the length of one page."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import requests

from ieum_portal.domain.errors import Neighbour
from ieum_portal.domain.viewer import Viewer
from ieum_portal.domain.words import Language
from ieum_portal.outbound.graph import GraphOverHttp
from ieum_portal.outbound.imports import ImportsOverHttp
from ieum_portal.outbound.log import LogOverHttp
from ieum_portal.outbound.notify import NotifyOverHttp
from ieum_portal.outbound.registry import RegistryOverHttp
from ieum_portal.outbound.token_issuer import TokenIssuer
from ieum_portal.outbound.wire import Wire
from registryclient.client import RegistryClient

REGISTRY_ANSWERS_WITHIN_S = 8.0


@dataclass(frozen=True, slots=True)
class NeighboursOverHttp:
    """See `operations.ports.Neighbours`."""

    registry: RegistryOverHttp
    log: LogOverHttp
    imports: ImportsOverHttp
    graph: GraphOverHttp
    notify: NotifyOverHttp
    own_partners: Callable[[], tuple[UUID, ...]]
    left_s: Callable[[], float]


@dataclass(frozen=True, slots=True)
class NeighbourAddresses:
    """Where the neighbours are, and how to speak to them.

    Attributes:
        headers: Gives the headers that let a neighbour speak of the same request.
        left_s: Gives how long the page under way may still wait for all of them.
    """

    registry_url: str
    graph_url: str
    notify_url: str
    tokens: TokenIssuer
    session: requests.Session
    headers: Callable[[], dict[str, str]]
    left_s: Callable[[], float] = lambda: math.inf

    def connect(self, viewer: Viewer, language: Language) -> NeighboursOverHttp:
        """Give the neighbours as this viewer may ask them, answering in this language.

        Nothing is asked yet: whatever is wrong shows with the first question.
        """

        def token() -> str:
            return self.tokens.token_for(viewer)

        def wire(neighbour: Neighbour, url: str) -> Wire:
            return Wire(
                neighbour,
                url,
                self.session,
                token=token,
                language=language,
                headers=self.headers,
                left_s=self.left_s,
            )

        client = RegistryClient(
            self.registry_url,
            token,
            session=self.session,
            language=language,
            headers=self.headers,
            answer_within_s=REGISTRY_ANSWERS_WITHIN_S,
            left_s=self.left_s,
        )
        return NeighboursOverHttp(
            RegistryOverHttp(client),
            LogOverHttp(client),
            ImportsOverHttp(client),
            GraphOverHttp(wire("graph", self.graph_url)),
            NotifyOverHttp(wire("notify", self.notify_url)),
            lambda: self.tokens.partners_of(viewer),
            self.left_s,
        )
