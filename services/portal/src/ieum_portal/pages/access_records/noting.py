"""Noting signings in and denials of the request under way."""

from flask import current_app, request

from httpedge.access import ACCESS_LOG
from httpedge.access_record import STRANGER, Access, AccessLog
from ieum_portal.domain.account import Account
from ieum_portal.pages.wired import now

SIGN_IN, SIGN_OUT = "sign_in", "sign_out"


def note_access(account: Account | None, act: str, outcome: str, *, is_denial: bool) -> None:
    """Note what an account did, or somebody whose login is none; never what was typed."""
    log: AccessLog = current_app.extensions[ACCESS_LOG]
    who = STRANGER if account is None else f"portal:{account.id}"
    role = "public" if account is None else account.role
    address = request.remote_addr or "unknown"
    log.note(Access(who, role, address, act, outcome, is_denial=is_denial), now())
