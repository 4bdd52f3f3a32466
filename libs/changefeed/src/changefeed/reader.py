"""Reading the registry's feed over the wire."""

from collections.abc import Callable, Mapping

import requests

from changefeed.cursor import Cursor, FeedForked
from changefeed.page import Page, page_from_wire
from changefeed.session import ask_signed

ANSWER_WITHIN_S = 10.0
"""How long the registry may take beyond the waiting that was asked for."""


class FeedUnavailable(Exception):
    """The registry did not give a page; trying again later is right."""


class FeedReader:
    """Pulls pages of the change log.

    Args:
        base_url: Where the registry is, without `/v1`.
        token: Gives a bearer token for each request; tokens live ten minutes.
        session: Shared connections, as `changefeed.session` makes them.
        headers: Gives more headers for each request, as X-Request-Id.
    """

    def __init__(
        self,
        base_url: str,
        token: Callable[[], str],
        session: requests.Session,
        headers: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self._url = f"{base_url.rstrip('/')}/v1/changes"
        self._token = token
        self._session = session
        self._headers = headers

    def read(self, cursor: Cursor, *, limit: int = 1000, wait_s: int = 0) -> Page:
        """Give the entries after the cursor.

        Args:
            limit: At most so many, 1 to 1,000.
            wait_s: How long to wait for a first entry, 0 to 25 seconds.

        Raises:
            FeedUnavailable: No answer, or one that is no page.
            OtherLog: It is another log than the one followed.
            FeedForked: The log is shorter than the cursor: it was restored from an older copy.
        """
        try:
            answer = ask_signed(
                lambda token: self._session.get(
                    self._url,
                    params={"after": cursor.seq, "limit": limit, "wait": wait_s},
                    headers={**self._headers(), "Authorization": f"Bearer {token}"},
                    timeout=wait_s + ANSWER_WITHIN_S,
                ),
                self._token,
            )
            answer.raise_for_status()
            page = page_from_wire(answer.json())
        except (requests.RequestException, KeyError, TypeError, ValueError) as error:
            raise FeedUnavailable(str(error)) from error
        cursor.within(page.log)
        if page.head < cursor.seq:
            raise FeedForked(page.head + 1)
        return page

    def newest(self, within_s: float = 1.0) -> int | None:
        """Give the number of the newest entry, 0 for an empty log; None without a usable answer.

        Args:
            within_s: How long to wait for it, in seconds.
        """
        url = self._url.removesuffix("/changes") + "/head"
        try:
            answer = self._session.get(url, headers=dict(self._headers()), timeout=within_s)
            answer.raise_for_status()
            return int(answer.json()["seq"])
        except (requests.RequestException, KeyError, TypeError, ValueError):
            return None
