"""Signing in at a provider of OpenID Connect: whoever it knows becomes an account of ours.

Source: docs/rules/access.md, A-21.
"""

from collections.abc import Callable
from datetime import datetime

from ieum_portal.domain.account import Account
from ieum_portal.domain.oidc import LASTS, Identity, NotSignedIn, Started
from ieum_portal.operations.ports import Identities
from ieum_portal.operations.sign_in import Authentication


def start(next_: str, *, new_token: Callable[[], str], now: datetime) -> Started:
    """Begin, with secrets of this once."""
    ends_at = (now + LASTS).timestamp()
    return Started(new_token(), new_token(), new_token() + new_token(), next_, ends_at)


def account_behind(
    identity: Identity, *, identities: Identities, auth: Authentication, now: datetime
) -> Account:
    """Give the account of whom the provider knows; at first sight it is found by the address.

    The address must have been verified by the provider, and be the login of an account to which
    nobody else of this provider belongs. No account is made.

    Raises:
        NotSignedIn: `unknown`: there is none; `locked`.
    """
    account_id = identities.account_of(identity)
    if account_id is not None:
        account = auth.accounts.by_id(account_id)
    else:
        account = None if identity.email is None else auth.accounts.by_login(identity.email)
    if account is None:
        raise NotSignedIn("unknown")
    if account.closed_at is not None:
        raise NotSignedIn("locked", account=account)
    if account_id is None and not identities.bind(identity, account.id, now):
        raise NotSignedIn("unknown")
    return account
