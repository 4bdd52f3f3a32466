"""A form as it comes in and the draft that keeps it."""

import secrets
from urllib.parse import urlencode
from uuid import UUID

from flask import request
from uuid_utils.compat import uuid7
from werkzeug.datastructures import MultiDict

from ieum_portal.domain.draft import Draft, Step, Values
from ieum_portal.operations.drafts import Folder, find_draft, keep_draft
from ieum_portal.pages.wired import desk, now

CONTROLS = frozenset(("csrf_token", "step", "seen", "revision"))
"""What a form sends beside what was typed."""

NOTICES = frozenset(("kept", "apart", "recorded_before", "changed", "follows", "next"))
"""What a draft's page may say of the last step, `?told=`."""


def folder_of(account_id: UUID) -> Folder:
    """Give an account's drafts at this moment."""
    return Folder(account_id, desk().drafts, now(), uuid7, lambda: secrets.token_urlsafe(32))


def asked_draft(folder: Folder) -> Draft | None:
    """Give the draft that the address names, `?draft=`; None if it names none.

    Raises:
        NoSuchDraft: It names none of this account's, or none of this form.
    """
    written = request.args.get("draft")
    return None if written is None else find_draft(written, request.path, folder)


def typed_values() -> Values:
    """Give what the form holds, field by field."""
    return {name: tuple(each) for name, each in request.form.lists() if name not in CONTROLS}


def keep_typed(draft: Draft, folder: Folder, values: Values | None = None) -> Draft:
    """Keep what the form holds; gives the draft that holds it now, perhaps another one.

    Args:
        values: What it holds, where that is not just what was typed.
    """
    step: Step = "preview" if request.form.get("step") in ("preview", "at_once") else "form"
    return keep_draft(
        draft,
        typed_values() if values is None else values,
        seen=number_in("seen"),
        step=step,
        revision=number_in("revision"),
        folder=folder,
    )


def number_in(name: str) -> int:
    """Give a number that the page sent along by itself; 0 if it is lost."""
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def address_of(draft: Draft, *, told: str | None = None, lang: str | None = None) -> str:
    """Give the address of a draft at the step at which it is."""
    asked = {"draft": str(draft.id)}
    if draft.step == "preview" or (draft.step == "record" and not draft.is_unsure(now())):
        asked["step"] = "preview"
    asked |= {name: each for name, each in (("told", told), ("lang", lang)) if each is not None}
    return f"{draft.path}?{urlencode(asked)}"


def as_form(draft: Draft) -> MultiDict[str, str]:
    """Give what a draft holds as a form."""
    found = MultiDict((name, each) for name, values in draft.values.items() for each in values)
    found["seen"] = str(draft.seen)
    return found
