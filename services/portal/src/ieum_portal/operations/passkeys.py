"""Adding, using and removing passkeys.

The device proves that it was unlocked by its owner, for this site, over a challenge of this once.

Source: docs/rules/access.md, A-22.
"""

from datetime import datetime
from hashlib import sha256

from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ieum_portal.domain.account import Account
from ieum_portal.domain.passkey import (
    LASTS,
    LONGEST_NAME,
    MOST,
    Passkey,
    PasskeyRefused,
    RelyingParty,
)
from ieum_portal.domain.words import tidy
from ieum_portal.operations.ports import Passkeys
from ieum_portal.operations.sign_in import Authentication

LARGEST = 20_000
"""Characters of what a device says."""

UNREADABLE = (WebAuthnException, ValueError, KeyError, TypeError, RecursionError)
"""How it shows that this was no device: JSON as deep as it is long is none either."""


def options_to_add(
    account: Account, challenge: bytes, site: RelyingParty, passkeys: Passkeys
) -> str:
    """Give what a browser needs to make a passkey, as JSON."""
    known = [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.id))
        for each in passkeys.of(account.id)
    ]
    options = generate_registration_options(
        rp_id=site.id,
        rp_name="이음",
        user_name=account.login,
        user_display_name=account.name,
        user_id=account.id.bytes,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=known,
    )
    return options_to_json(options)


def options_to_sign_in(challenge: bytes, site: RelyingParty) -> str:
    """Give what a browser needs to let somebody choose a passkey, as JSON; it names nobody."""
    options = generate_authentication_options(
        rp_id=site.id,
        challenge=challenge,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def add_passkey(
    account: Account,
    said: str,
    name: str,
    challenge: bytes,
    *,
    site: RelyingParty,
    passkeys: Passkeys,
    now: datetime,
) -> Passkey:
    """Keep what a device made for an account.

    Raises:
        PasskeyRefused: `many`, `wrong`, or `stale`: the challenge was used already.
    """
    if len(passkeys.of(account.id)) >= MOST:
        raise PasskeyRefused("many")
    try:
        made = verify_registration_response(
            credential=said[:LARGEST],
            expected_challenge=challenge,
            expected_rp_id=site.id,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except UNREADABLE as error:
        raise PasskeyRefused("wrong") from error
    _take(challenge, passkeys, now)
    passkey = Passkey(
        bytes_to_base64url(made.credential_id),
        account.id,
        tidy(name)[:LONGEST_NAME] or f"{now:%Y-%m-%d}",
        made.credential_public_key,
        made.sign_count,
        now,
    )
    if not passkeys.add(passkey):
        raise PasskeyRefused("wrong")
    return passkey


def account_with_passkey(
    said: str,
    challenge: bytes,
    *,
    site: RelyingParty,
    passkeys: Passkeys,
    auth: Authentication,
    now: datetime,
) -> Account:
    """Give whose passkey a device used.

    Raises:
        PasskeyRefused: `wrong`: also for one that is nobody's, or a closed account's. `stale`: the
            challenge was used already.
    """
    account = None
    try:
        credential = parse_authentication_credential_json(said[:LARGEST])
        passkey = passkeys.by_id(bytes_to_base64url(credential.raw_id))
        if passkey is None:
            raise PasskeyRefused("wrong")
        account = auth.accounts.by_id(passkey.account_id)
        used = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.id,
            expected_origin=site.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except UNREADABLE as error:
        raise PasskeyRefused("wrong", account) from error
    if account is None or account.closed_at is not None:
        raise PasskeyRefused("wrong", account)
    _take(challenge, passkeys, now)
    passkeys.used(passkey, sign_count=used.new_sign_count, at=now)
    return account


def rename_passkey(account: Account, passkey_id: str, name: str, *, passkeys: Passkeys) -> None:
    """Call one of one's own otherwise; another's is left as it is.

    Raises:
        PasskeyRefused: `nameless`.
    """
    called = tidy(name)[:LONGEST_NAME]
    if not called:
        raise PasskeyRefused("nameless")
    passkeys.rename(passkey_id, account.id, called)


def remove_passkey(account: Account, passkey_id: str, *, passkeys: Passkeys) -> None:
    """Forget one of one's own; another's is left as it is.

    Raises:
        PasskeyRefused: `last`: nothing else would let the account in.
    """
    own = passkeys.of(account.id)
    if not account.password_hash and [each.id for each in own] == [passkey_id]:
        raise PasskeyRefused("last")
    passkeys.remove(passkey_id, account.id)


def _take(challenge: bytes, passkeys: Passkeys, now: datetime) -> None:
    digest = sha256(challenge).hexdigest()
    if not passkeys.take_challenge(digest, at=now, old=now - 2 * LASTS):
        raise PasskeyRefused("stale")
