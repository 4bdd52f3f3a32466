"""Partners that may be the same organisation: named for a person to decide, never merged."""

import json
from collections.abc import Iterable
from typing import Any

from flask import Response

from changefeed.mapping import to_facts
from httpedge.access import allow
from ieum_registry.api.answers import Routes, json_answer
from ieum_registry.api.shapes.likeness import CandidatesAsked, CandidatesBody, CandidatesQuery
from ieum_registry.api.wired import records
from ieum_registry.domain.likeness import REASONS, Reason, score_of
from ieum_registry.operations.likeness import Candidate, candidates

routes = Routes("candidates", __name__, url_prefix="/v1/partners/candidates", description=__doc__)


@routes.route("", methods=["GET"])
@routes.arguments(CandidatesQuery, location="query")
@routes.response(200, CandidatesBody)
@allow("office", "auditor", "service")
def find(asked: CandidatesAsked) -> Response:
    """Find partners on record that look like an organisation, each with why."""
    found = candidates(asked.named, limit=asked.limit, records=records(), but=asked.but)
    return json_answer(json.dumps({"items": [_told(each) for each in found]}, ensure_ascii=False))


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
