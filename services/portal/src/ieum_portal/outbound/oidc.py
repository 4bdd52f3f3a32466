"""Asking the provider of OpenID Connect: how it is asked, its keys, and a token for a code."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import NamedTuple
from urllib.parse import quote, urlencode

import requests
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from ieum_portal.domain.oidc import (
    ALGORITHMS,
    Identity,
    NotSignedIn,
    Provider,
    Started,
    identity_of,
    is_safe_address,
)

WITHIN_S = (2.0, 4.0)
"""To connect, and to answer."""

LARGEST = 262_144
PAIRS = ("RSA", "EC", "OKP")
"""Kinds of keys that come in pairs; of another kind would be a secret that is published."""

KEPT_FOR = timedelta(hours=1)
ANEW_AFTER = timedelta(minutes=1)
"""A key that is not known is looked for anew, no more often: providers change keys."""


class _Answer(NamedTuple):
    status: int
    body: bytes


class OidcOverHttp:
    """One provider; see `operations.ports.SignOn`.

    Args:
        come_back: Where the provider sends browsers back to: an address of the portal.
    """

    def __init__(
        self,
        provider: Provider,
        come_back: str,
        session: requests.Session,
        now: Callable[[], datetime],
    ) -> None:
        self.provider = provider
        self._come_back = come_back
        self._session = session
        self._now = now
        self._lock = Lock()
        self._about: tuple[datetime, Mapping[str, object]] | None = None
        self._keys: tuple[datetime, KeySet] | None = None

    def address(self, started: Started) -> str:
        """Give where the browser goes to sign in.

        Raises:
            NotSignedIn: `down`.
        """
        endpoint = self._endpoint("authorization_endpoint")
        asked = {
            "response_type": "code",
            "client_id": self.provider.client_id,
            "redirect_uri": self._come_back,
            "scope": "openid email",
            "state": started.state,
            "nonce": started.nonce,
            "code_challenge": started.challenge,
            "code_challenge_method": "S256",
        }
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"

    def redeem(self, code: str, started: Started) -> Identity:
        """Give who signed in, for the code that came back.

        Raises:
            NotSignedIn: `refused`: the provider does not take the code; `token`: what it gives is
                not to be believed; `down`: it gives no answer.
        """
        provider = self.provider
        client = (quote(provider.client_id, safe=""), quote(provider.client_secret, safe=""))
        answer = self._asked(
            "POST",
            self._endpoint("token_endpoint"),
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self._come_back,
                "code_verifier": started.verifier,
            },
            auth=client,
        )
        if answer.status in (400, 401, 403):
            raise NotSignedIn("refused", str(answer.status))
        token = _object(answer).get("id_token")
        if not isinstance(token, str):
            raise NotSignedIn("token", "none")
        claims = self._claims(token)
        return identity_of(claims, provider=provider, nonce=started.nonce, now=self._now())

    def _claims(self, token: str) -> Mapping[str, object]:
        """Read a token that one of the provider's keys signed."""
        try:
            return self._signed(token, self._key_set())
        except (JoseError, ValueError):
            fresh = self._key_set(anew=True)
        try:
            return self._signed(token, fresh)
        except (JoseError, ValueError) as error:
            raise NotSignedIn("token", type(error).__name__) from error

    @staticmethod
    def _signed(token: str, keys: KeySet) -> Mapping[str, object]:
        return jwt.decode(token, keys, algorithms=ALGORITHMS).claims

    def _key_set(self, *, anew: bool = False) -> KeySet:
        with self._lock:
            known, age = self._keys, KEPT_FOR
        if anew:
            age = ANEW_AFTER
        if known is not None and self._now() - known[0] < age:
            return known[1]
        found = _object(self._asked("GET", self._endpoint("jwks_uri")))
        public = [each for each in _dicts(found.get("keys")) if each.get("kty") in PAIRS]
        try:
            keys = KeySet.import_key_set({"keys": public})  # type: ignore[typeddict-item]
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise NotSignedIn("down", "keys") from error
        with self._lock:
            self._keys = (self._now(), keys)
        return keys

    def _endpoint(self, name: str) -> str:
        found = self._discovered().get(name)
        if not isinstance(found, str) or not is_safe_address(found):
            raise NotSignedIn("down", name)
        return found

    def _discovered(self) -> Mapping[str, object]:
        with self._lock:
            known = self._about
        if known is not None and self._now() - known[0] < KEPT_FOR:
            return known[1]
        issuer = self.provider.issuer
        address = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
        found = _object(self._asked("GET", address))
        if found.get("issuer") != issuer:
            raise NotSignedIn("down", "issuer")
        with self._lock:
            self._about = (self._now(), found)
        return found

    def _asked(
        self,
        method: str,
        address: str,
        *,
        data: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
    ) -> _Answer:
        try:
            answer = self._session.request(
                method,
                address,
                data=data,
                auth=auth,
                headers={"Accept": "application/json"},
                timeout=WITHIN_S,
                allow_redirects=False,
                stream=True,
            )
            with answer:
                body = answer.raw.read(LARGEST + 1, decode_content=True)
        except (requests.RequestException, OSError) as error:
            raise NotSignedIn("down", type(error).__name__) from error
        if len(body) > LARGEST or answer.status_code >= 500 or answer.status_code in (404, 429):
            raise NotSignedIn("down", str(answer.status_code))
        return _Answer(answer.status_code, body)


def _object(answer: _Answer) -> Mapping[str, object]:
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise NotSignedIn("down", "no JSON") from error
    if answer.status != 200 or not isinstance(found, dict):
        raise NotSignedIn("down", str(answer.status))
    return found


def _dicts(found: object) -> list[dict[str, object]]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
