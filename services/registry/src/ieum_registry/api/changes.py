"""The change log as a feed, and how far it reaches."""

import json

from flask import Response

from changefeed.chain import wire_instant
from httpedge.access import allow, caller
from ieum_registry.api.answers import Routes, json_answer
from ieum_registry.api.shapes.change import (
    FeedAsked,
    FeedBody,
    FeedQuery,
    HeadBody,
    VerificationBody,
)
from ieum_registry.api.wired import log_id, records, scope

routes = Routes("changes", __name__, url_prefix="/v1", description=__doc__)


WAITING = frozenset({"service", "office", "auditor", "department"})
"""Who may wait for news. Waiting places are few: strangers could take them from the followers."""


@routes.route("/changes", methods=["GET"])
@routes.arguments(FeedQuery, location="query")
@routes.response(200, FeedBody)
@allow("public")
def list_changes(asked: FeedAsked) -> Response:
    """Give the entries after a number; what the caller may not see travels without its body."""
    page = records().feed(asked.after, limit=asked.limit, scope=scope())
    may_wait = asked.wait_s > 0 and caller().role in WAITING
    if not page.items and may_wait and records().wait_beyond(asked.after, asked.wait_s):
        page = records().feed(asked.after, limit=asked.limit, scope=scope())
    items = ",".join(page.items)
    log = json.dumps(log_id().to_wire())
    return json_answer(f'{{"items":[{items}],"next":{page.next},"head":{page.head},"log":{log}}}')


@routes.route("/verification", methods=["GET"])
@routes.response(200, VerificationBody)
@allow("office", "auditor", "service")
def show_verification() -> Response:
    """Say when the whole log was last verified by its operator, and what was found."""
    last = records().verified()
    if last is None:
        return json_answer(json.dumps(dict.fromkeys(VerificationBody().fields)))
    found = last.found
    body = {
        "verified_at": wire_instant(last.at),
        "whole": found.is_whole,
        "entries": found.entries,
        "hash": found.head_hash.hex(),
        "redacted": found.redacted,
        "bad_seq": found.bad_seq,
        "fault": found.fault,
    }
    return json_answer(json.dumps(body))


@routes.route("/head", methods=["GET"])
@routes.response(200, HeadBody)
@allow("public")
def show_head() -> Response:
    """Give the number and hash of the newest entry: the log's witness."""
    head = records().head()
    return json_answer(json.dumps({"seq": head.seq, "hash": head.hash, "log": log_id().to_wire()}))
