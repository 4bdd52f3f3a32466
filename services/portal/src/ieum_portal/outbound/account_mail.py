"""Letters about accounts: notify sends them, in the portal's own name."""

import math
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from logging import getLogger

import requests

from ieum_portal.domain.account import Account
from ieum_portal.domain.account_link import AccountLink
from ieum_portal.operations.account_links import path_of
from ieum_portal.outbound.wire import Wire

log = getLogger(__name__)


class LetterRoundsInBackground:
    """One round after the other, in one thread of its own; see `operations.ports.LetterRounds`.

    What a round did not get sent waits in the database for the next: of the next that somebody
    asks for, or of the hourly one of `ieum-portal retain`.

    Args:
        send: Sends what waits.
    """

    def __init__(self, send: Callable[[], object]) -> None:
        self._send = send
        self._pool = ThreadPoolExecutor(1, "letters")
        self._last: Future[None] | None = None

    def begin(self) -> None:
        """Begin a round."""
        self._last = self._pool.submit(self._round)

    def wait(self) -> None:
        """Wait for the last round that was begun."""
        if self._last is not None:
            self._last.result()

    def _round(self) -> None:
        try:
            self._send()
        except Exception:
            log.exception("letters about accounts wait for the next round")


class AccountMailOverHttp:
    """Asks notify to send a letter at once; see `operations.ports.AccountMail`.

    Args:
        portal_url: As people reach the portal.
        secret: What links are made with.
        token: Gives the portal's own bearer token.
    """

    def __init__(
        self,
        notify_url: str,
        portal_url: str,
        secret: bytes,
        session: requests.Session,
        token: Callable[[], str],
        headers: Callable[[], dict[str, str]],
    ) -> None:
        self._wire = Wire(
            "notify",
            notify_url,
            session,
            token=token,
            language="ko",
            headers=headers,
            left_s=lambda: math.inf,
        )
        self._portal_url = portal_url.rstrip("/")
        self._secret = secret

    def send(self, link: AccountLink, account: Account) -> None:
        """Send the letter that carries a link."""
        self._wire.post(
            "account-letters",
            {
                "id": str(link.id),
                "purpose": link.purpose,
                "email": account.login,
                "name": account.name,
                "language": account.language,
                "login": account.login,
                "role": account.role,
                "inviter": link.inviter,
                "link": f"{self._portal_url}{path_of(link, self._secret)}",
                "until": link.ends_at.isoformat(),
            },
        )
