"""A device that keeps passkeys, for tests: its own keys, and what it says can be forged."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from os import urandom
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


@dataclass
class Device:
    """One with one passkey.

    Attributes:
        origin, site: What it believes that it is asked by.
        flags: Whether somebody was there, and was the owner.
        counter: How often it was used.
    """

    origin: str
    site: str
    flags: int = PRESENT | VERIFIED
    counter: int = 0
    id: bytes = field(default_factory=lambda: urandom(32))

    def __post_init__(self) -> None:
        """Draw its key."""
        self._key = generate_private_key(SECP256R1())

    def made(self, options: dict[str, Any]) -> str:
        """Make a passkey as the page's options ask."""
        public = self._key.public_key().public_numbers()
        x, y = (each.to_bytes(32, "big") for each in (public.x, public.y))
        key = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        about = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + key
        said = self._about(self.flags | WITH_KEY) + about
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": said})
        client = self._client("webauthn.create", options["challenge"])
        return self._told({"attestationObject": _text(statement), "clientDataJSON": _text(client)})

    def used(self, options: dict[str, Any], challenge: str | None = None) -> str:
        """Sign what the page's options ask, or another challenge."""
        self.counter += 1
        said = self._about(self.flags)
        client = self._client("webauthn.get", challenge or options["challenge"])
        signed = self._key.sign(said + sha256(client).digest(), ECDSA(SHA256()))
        return self._told(
            {
                "authenticatorData": _text(said),
                "clientDataJSON": _text(client),
                "signature": _text(signed),
            }
        )

    def _about(self, flags: int) -> bytes:
        return (
            sha256(self.site.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4, "big")
        )

    def _client(self, type_: str, challenge: str) -> bytes:
        urlsafe_b64decode(challenge + "==")
        told = {"type": type_, "challenge": challenge, "origin": self.origin}
        return json.dumps(told).encode()

    def _told(self, response: dict[str, str]) -> str:
        known = _text(self.id)
        return json.dumps({"id": known, "rawId": known, "type": "public-key", "response": response})


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
