"""Which passwords may be chosen.

Source: docs/rules/access.md, A-13; NIST SP 800-63B, 5.1.1 (length before composition).
"""

from typing import Literal

SHORTEST, LONGEST = 10, 1024
"""In characters; Argon2 takes any length, a megabyte of it is an attack and no password."""

FEWEST_DIFFERENT = 5
"""So many different characters a password has at least: `aaaaaaaaaa` has one."""

COMMON = ("password", "qwerty", "1234567", "abcdefg", "ieum", "gwangju", "이음", "광주")
"""What is guessed first: a password is more than one of these with figures around it."""

Fault = Literal["short", "long", "plain", "login", "differs"]


def password_fault(password: str, again: str, login: str) -> Fault | None:
    """Say what is wrong with a chosen password; None if nothing is.

    Args:
        again: The same, typed once more.
        login: Whose it is: nobody's password holds their own login.
    """
    folded, name = password.casefold(), login.partition("@")[0]
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    if len(name) > 3 and name in folded:
        return "login"
    if len(set(folded)) < FEWEST_DIFFERENT or _is_common(folded):
        return "plain"
    return "differs" if password != again else None


def _is_common(folded: str) -> bool:
    rest = folded
    for each in COMMON:
        rest = rest.replace(each, "")
    return rest != folded and not any(each.isalpha() for each in rest)
