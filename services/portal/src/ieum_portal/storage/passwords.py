"""Argon2id for passwords, at the cost that RFC 9106 gives for small memory, second choice."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
"""Each hash takes 64 MiB; a crowd of attempts waits in line and does not fill the memory."""


class Argon2Passwords:
    """Hashes and checks; see `operations.ports.Passwords`.

    Args:
        hasher: Its cost; the library's default is 3 rounds over 64 MiB in 4 lanes.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turn = BoundedSemaphore(AT_ONCE)
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Make a salted hash."""
        with self._turn:
            return self._hasher.hash(password)

    def fits(self, password_hash: str | None, password: str) -> bool:
        """Say whether a password made a hash; None or an ended account's takes as long."""
        try:
            with self._turn:
                self._hasher.verify(password_hash or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return bool(password_hash)

    def is_outdated(self, password_hash: str) -> bool:
        """Say whether a hash was made at a lower cost than is asked for today."""
        return self._hasher.check_needs_rehash(password_hash)
