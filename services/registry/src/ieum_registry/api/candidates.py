"""Partners that may be the same organisation: named for a person to decide, never merged."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import Response

from changefeed.mapping import to_facts
from httpedge.access import allow
from ieum_registry.api.answers import Routes, json_answer
from ieum_registry.api.shapes.likeness import (
    CandidatesAsked,
    CandidatesBody,
    CandidatesQuery,
    LookAlikesBody,
    LookAlikesQuery,
)
from ieum_registry.api.wired import records, wiring
from ieum_registry.domain.likeness import REASONS, Reason, score_of
from ieum_registry.operations.likeness import Candidate, candidates

routes = Routes("candidates", __name__, url_prefix="/v1/partners", description=__doc__)


@routes.route("/candidates", methods=["GET"])
@routes.arguments(CandidatesQuery, location="query")
@routes.response(200, CandidatesBody)
@allow("office", "auditor", "service")
def find(asked: CandidatesAsked) -> Response:
    """Find partners on record that look like an organisation, each with why."""
    found = candidates(asked.named, limit=asked.limit, records=records(), but=asked.but)
    return json_answer(json.dumps({"items": [_told(each) for each in found]}, ensure_ascii=False))


@routes.route("/look-alikes", methods=["GET"])
@routes.arguments(LookAlikesQuery, location="query")
@routes.response(200, LookAlikesBody)
@allow("office", "auditor", "service")
def list_look_alikes(asked: dict[str, Any]) -> Response:
    """List the pairs of partners that look like one organisation and that nobody has decided on."""
    after = None
    if asked["after"] is not None:
        score, one, other = asked["after"].split("_")
        after = (int(score), UUID(one), UUID(other))
    page = wiring().look_alikes.page(after=after, limit=asked["limit"])
    ids = dict.fromkeys(each for pair in page.items for each in (pair.one, pair.other))
    found = records().many("partner", list(ids))
    items = [
        {
            "partners": [json.loads(found[each].resource) for each in (pair.one, pair.other)],
            "score": score_of(pair.reasons),
            "reasons": reasons_told(pair.reasons),
        }
        for pair in page.items
        if pair.one in found and pair.other in found
    ]
    last = page.items[-1] if page.has_more else None
    further = None if last is None else f"{score_of(last.reasons)}_{last.one}_{last.other}"
    return json_answer(
        json.dumps({"items": items, "next": further, "pending": page.pending}, ensure_ascii=False)
    )


def _told(each: Candidate) -> dict[str, Any]:
    partner = {**to_facts(each.partner), "version": each.version}
    return {
        "partner": partner,
        "score": score_of(each.reasons),
        "reasons": reasons_told(each.reasons),
    }


def reasons_told(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """Give reasons with their words."""
    return [
        {
            "code": each.code,
            "label": {"ko": REASONS[each.code].ko, "en": REASONS[each.code].en},
            "text": each.text,
            "score": each.score,
        }
        for each in reasons
    ]
