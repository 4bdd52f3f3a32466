"""The record of access of the portal itself, as data: its page comes with the office's own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from httpedge.access import ACCESS_LOG, allow
from httpedge.access_record import AccessLog, Counted
from ieum_portal.domain.errors import NoSuchPlace
from ieum_portal.operations.ports import AccessRecords

routes = Blueprint("access_records", __name__)

AT_ONCE = 100
EXTENSION = "ieum_access_records"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of records ended."""

    at: datetime
    key: str

    @classmethod
    def read(cls, text: str) -> "Place":
        """Read a cursor.

        Raises:
            NoSuchPlace: It was never given.
        """
        at, _, key = text.partition("_")
        try:
            moment = datetime.fromisoformat(at)
        except ValueError as error:
            raise NoSuchPlace from error
        if moment.tzinfo is None or not key.isalnum():
            raise NoSuchPlace
        return cls(moment, key)


@routes.get("/access-records")
@allow("office", "auditor")
def show() -> Response:
    """Give who signed in, tried to, or was denied a page, the newest first."""
    log: AccessLog = current_app.extensions[ACCESS_LOG]
    log.flush()
    kept: AccessRecords = current_app.extensions[EXTENSION]
    after = request.args.get("after")
    place = None if after is None else Place.read(after)
    found = kept.page(after=None if place is None else (place.at, place.key), limit=AT_ONCE)
    last = found[-1] if len(found) == AT_ONCE else None
    following = None if last is None else f"{_instant(last.first_at)}_{last.key}"
    return jsonify({"items": [_said(each) for each in found], "next": following})


def _said(each: Counted) -> dict[str, Any]:
    access = each.access
    return {
        "at": _instant(each.first_at),
        "last_at": _instant(each.last_at),
        "times": each.times,
        "account": access.account,
        "role": access.role,
        "address": access.address,
        "act": access.act,
        "outcome": access.outcome,
    }


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
