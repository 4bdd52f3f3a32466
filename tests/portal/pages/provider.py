"""A small provider of OpenID Connect for tests: real keys, real tokens, on the loopback address."""

import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

CLIENT, SECRET = "ieum", "the provider knows it"

Sign = Callable[[dict[str, Any]], str]


@dataclass
class TestProvider:
    """The provider; what it says can be changed.

    Attributes:
        sign: Makes a token of claims; None signs with the newest key.
        over: Claims in place of the right ones; None leaves one out.
        codes: Those that were given out and not taken yet, with what they were asked with.
    """

    __test__ = False

    issuer: str
    now: datetime
    keys: list[RSAKey | ECKey] = field(default_factory=list)
    sign: Sign | None = None
    over: dict[str, Any] = field(default_factory=dict)
    is_down: bool = False
    codes: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def sign_in(self, address: str) -> str:
        """Do what a browser does that is led here: gives where it is led back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = uuid4().hex
        self.codes[code] = asked
        back = urlsplit(asked["redirect_uri"]).path
        return f"{back}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.issuer})}"

    def signed(self, claims: dict[str, Any]) -> str:
        key = self.keys[-1]
        header = {"alg": "RS256" if isinstance(key, RSAKey) else "ES256", "kid": key.kid}
        return jwt.encode(header, claims, key, algorithms=["RS256", "ES256"])

    def answer(self, request: Request) -> Response:
        if self.is_down:
            return Response("away", 503)
        match request.path:
            case "/.well-known/openid-configuration":
                return _json(
                    {
                        "issuer": self.issuer,
                        "authorization_endpoint": f"{self.issuer}/authorize",
                        "token_endpoint": f"{self.issuer}/token",
                        "jwks_uri": f"{self.issuer}/keys",
                    }
                )
            case "/keys":
                return _json({"keys": [each.as_dict(private=False) for each in self.keys]})
            case "/token":
                return self._token(request)
        return Response("", 404)

    def _token(self, request: Request) -> Response:
        form = request.form
        asked = self.codes.pop(form["code"], None)
        known = b64decode(request.headers["Authorization"].removeprefix("Basic ")).decode()
        digest = sha256(form["code_verifier"].encode()).digest()
        challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or challenge != asked["code_challenge"]:
            return _json({"error": "invalid_grant"}, 400)
        if known != f"{CLIENT}:{SECRET.replace(' ', '%20')}":
            return _json({"error": "invalid_client"}, 401)
        at = int(self.now.timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "officer-1",
            "email": "office@ieum.example",
            "email_verified": True,
            "nonce": asked["nonce"],
            "iat": at,
            "exp": at + 300,
        }
        said = {name: value for name, value in (claims | self.over).items() if value is not None}
        return _json({"token_type": "Bearer", "id_token": (self.sign or self.signed)(said)})


@contextmanager
def providing(now: datetime) -> Iterator[TestProvider]:
    """Run a provider."""
    provider = TestProvider("", now, [RSAKey.generate_key(2048, {"kid": "first"})])

    def application(environ: Any, start: Any) -> Any:  # noqa: ANN401  WSGI's own.
        return provider.answer(Request(environ))(environ, start)

    server = make_server("127.0.0.1", 0, application, threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _json(told: object, status: int = 200) -> Response:
    return Response(json.dumps(told), status, content_type="application/json")
