"""One search over everything that words find, as far as the caller may read it."""

import json
from collections.abc import Iterator
from typing import Any

from flask import Response

from changefeed.declared import readers_of
from changefeed.subjects.all import DECLARED
from httpedge.access import allow, caller, record_access
from ieum_registry.api.answers import Routes, json_answer
from ieum_registry.api.contacts import SEES_NAMES
from ieum_registry.api.shapes.search import SearchAsked, SearchBody, SearchQuery
from ieum_registry.api.wired import records, scope, today
from ieum_registry.operations.search import Group, Hit, Why, names_beside, search

routes = Routes("search", __name__, url_prefix="/v1/search", description=__doc__)

_OF_THE_OFFICE = frozenset({"office", "auditor", "service"})


@routes.route("", methods=["GET"])
@routes.arguments(SearchQuery, location="query")
@routes.response(200, SearchBody)
@allow("public")
def find(asked: SearchAsked) -> Response:
    """Find by words, by type, the best first, each with why it was found; as things stand now."""
    shown = scope()
    groups = search(
        asked.q,
        list(_types(caller().role)),
        limit=asked.limit,
        on=today(),
        records=records(),
        scope=shown,
    )
    people = [
        each.facts["id"] for one in groups if one.subject_type == "contact" for each in one.hits
    ]
    if people:
        record_access(people)
    hits = [(one.subject_type, each) for one in groups for each in one.hits]
    named = names_beside(hits, records=records(), scope=shown)
    body = {
        "groups": [_group(each) for each in groups],
        "names": {str(each): name for each, name in named.items()},
    }
    return json_answer(json.dumps(body, ensure_ascii=False))


def _types(role: str) -> Iterator[str]:
    """Give the types that a role may search: those that have words, and people by their names."""
    for subject_type, kind_of in DECLARED.items():
        if subject_type == "contact":
            if role in SEES_NAMES:
                yield subject_type
        elif records().is_searched(subject_type) and (
            readers_of(kind_of) != "office" or role in _OF_THE_OFFICE
        ):
            yield subject_type


def _group(group: Group) -> dict[str, Any]:
    total = group.total
    return {
        "type": group.subject_type,
        "total": {"count": total.count, "exact": total.is_exact},
        "items": [_hit(each) for each in group.hits],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "subject": hit.facts,
        "how": hit.how,
        "ended": hit.has_ended,
        "why": [_why(each) for each in hit.why],
    }


def _why(why: Why) -> dict[str, Any]:
    label = why.field.fact.label
    told: dict[str, Any] = {
        "field": why.field.key,
        "label": {"ko": label.ko, "en": label.en},
        "text": why.text,
        "first": why.first,
        "last": why.last,
        "former": why.is_former,
        "of": None,
    }
    if why.of is not None:
        of_type, of_id, facts = why.of
        told["of"] = {"type": of_type, "id": str(of_id), "name": facts["name"]}
    return told
