"""One question to the graph or to notify; the registry has a client of its own."""

from collections.abc import Callable, Mapping

import requests

from ieum_portal.domain.errors import (
    Neighbour,
    NeighbourDown,
    NeighbourRefused,
    NeighbourSlow,
    NotFound,
)

PASSING = frozenset({429, 500, 502, 503, 504})
CONNECT_WITHIN_S = 2.0
ANSWER_WITHIN_S = 8.0


class Wire:
    """Reads one neighbour.

    Args:
        token: Gives the viewer's bearer token.
        headers: Gives the headers that let the neighbour speak of the same request.
        left_s: Gives how long the page may still wait.
    """

    def __init__(
        self,
        neighbour: Neighbour,
        base_url: str,
        session: requests.Session,
        *,
        token: Callable[[], str],
        language: str,
        headers: Callable[[], Mapping[str, str]],
        left_s: Callable[[], float],
    ) -> None:
        self._neighbour = neighbour
        self._base_url = base_url
        self._session = session
        self._token = token
        self._language = language
        self._headers = headers
        self._left_s = left_s

    def get(
        self, path: str, asked: Mapping[str, str] | None = None
    ) -> tuple[dict[str, object], Mapping[str, str]]:
        """Read one address; gives the JSON object and the answer's headers.

        Raises:
            NotFound, NeighbourRefused, NeighbourDown: A 404; any other no; no usable answer.
            NeighbourSlow: No answer in the time that was left, or no time left to ask in.
        """
        return self._exchange("GET", path, asked, None)

    def post(self, path: str, body: Mapping[str, object]) -> dict[str, object]:
        """Ask with a body; for what does no harm when it is asked twice.

        Raises:
            NotFound, NeighbourRefused, NeighbourDown: As for `get`.
        """
        return self._exchange("POST", path, None, body)[0]

    def _exchange(
        self,
        method: str,
        path: str,
        asked: Mapping[str, str] | None,
        body: Mapping[str, object] | None,
    ) -> tuple[dict[str, object], Mapping[str, str]]:
        within_s = min(ANSWER_WITHIN_S, self._left_s())
        if within_s <= 0:
            raise NeighbourSlow(self._neighbour, f"{path}: no time left")
        headers = {
            **self._headers(),
            "Accept": "application/json",
            "Accept-Language": self._language,
            "Authorization": f"Bearer {self._token()}",
        }
        try:
            answer = self._session.request(
                method,
                f"{self._base_url}/v1/{path}",
                params=asked,
                json=body,
                headers=headers,
                timeout=(min(CONNECT_WITHIN_S, within_s), within_s),
                allow_redirects=False,
            )
            content = answer.json()
        except requests.ReadTimeout as error:
            raise NeighbourSlow(self._neighbour, f"{path}: {type(error).__name__}") from error
        except (requests.RequestException, ValueError) as error:
            raise NeighbourDown(self._neighbour, f"{path}: {type(error).__name__}") from error
        said = content if isinstance(content, dict) else {}
        if answer.status_code in PASSING:
            raise NeighbourDown(self._neighbour, f"{path}: {answer.status_code}")
        if answer.status_code == 404:
            raise NotFound
        if answer.status_code != 200:
            code = str(said.get("code") or f"http.{answer.status_code}")
            raise NeighbourRefused(self._neighbour, code, str(said.get("detail") or ""))
        return said, answer.headers
