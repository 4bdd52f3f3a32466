"""Rates of promises: how much of what was promised has come, with the rows behind each figure."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, cast

from flask import Response
from marshmallow import fields, post_load, validate

from httpedge.access import allow
from ieum_registry.api.answers import Routes, json_answer
from ieum_registry.api.asked import Asked, query_of
from ieum_registry.api.promises import READERS, PromisesQuery
from ieum_registry.api.shapes.promise_rates import PromiseRatesBody, PromiseTrendBody
from ieum_registry.api.wired import records, scope, seq_known, today
from ieum_registry.domain.promise import Promise
from ieum_registry.domain.promise_rates import Group, Sum
from ieum_registry.operations.promise_rates import WAYS, By, rates_of, trend_of

routes = Routes("promise-rates", __name__, url_prefix="/v1/promises", description=__doc__)

MOST_QUARTERS = 40


@dataclass(frozen=True, slots=True)
class AskedRates:
    """Which promises are added up, and how."""

    asked: Asked
    by: By | None
    quarters: int


class RatesQuery(PromisesQuery):
    """Promises as lists are asked for them, and in which groups."""

    by = fields.String(
        load_default=None,
        validate=validate.OneOf(WAYS),
        metadata={
            "description": "In which groups; all together in any case. A year is the by-day's"
        },
    )
    quarters = fields.Integer(
        load_default=8,
        validate=validate.Range(1, MOST_QUARTERS),
        metadata={"description": "Of a trend: so many, the last one up to the day"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> AskedRates:
        """Give the value."""
        by, quarters = cast("By | None", data.pop("by")), data.pop("quarters")
        asked: Asked = super().make(data)
        return AskedRates(asked, by, quarters)


@routes.route("/rates", methods=["GET"])
@routes.arguments(query_of(Promise, RatesQuery), location="query")
@routes.response(200, PromiseRatesBody)
@allow(*READERS)
def show_rates(wanted: AskedRates) -> Response:
    """Say how much of what was promised has come by a day, with the rows behind each figure."""
    on = wanted.asked.on or today()
    found = rates_of(
        wanted.asked.conditions,
        by=wanted.by,
        on=on,
        known_at=seq_known(wanted.asked.known_at),
        scope=scope(),
        records=records(),
        q=wanted.asked.q,
    )
    told = {
        "on": on.isoformat(),
        "known_at": found.known_at,
        "by": wanted.by,
        "groups": [_group(each) for each in found.groups],
        "total": _group(found.total),
    }
    return json_answer(json.dumps(told, ensure_ascii=False))


@routes.route("/trend", methods=["GET"])
@routes.arguments(query_of(Promise, RatesQuery), location="query")
@routes.response(200, PromiseTrendBody)
@allow(*READERS)
def show_trend(wanted: AskedRates) -> Response:
    """Say the same in all at the end of each of some quarters."""
    found = trend_of(
        wanted.asked.conditions,
        on=wanted.asked.on or today(),
        quarters=wanted.quarters,
        known_at=seq_known(wanted.asked.known_at),
        scope=scope(),
        records=records(),
        q=wanted.asked.q,
    )
    quarters = [_quarter(day, group) for day, group in found]
    return json_answer(json.dumps({"quarters": quarters}, ensure_ascii=False))


def _quarter(day: date, group: Group) -> Mapping[str, Any]:
    return {"on": day.isoformat(), "total": _group(group)}


def _group(group: Group) -> Mapping[str, Any]:
    return {
        "key": group.key,
        "figures": [
            {
                "indicator": each.measure.indicator,
                "unit": each.measure.unit,
                "name": None if each.measure.name is None else asdict(each.measure.name),
                "due": _sum(each.due),
                "not_due": _sum(each.not_due),
            }
            for each in group.figures
        ],
        "agreements": {
            "due": [str(each) for each in group.agreements.due],
            "delivered": [str(each) for each in group.agreements.delivered],
            "not_due": [str(each) for each in group.agreements.not_due],
        },
    }


def _sum(added: Sum) -> Mapping[str, Any]:
    return {
        "promises": len(added.ids),
        "delivered": len(added.delivered_ids),
        "target": added.target,
        "reached": added.reached,
        "ids": [str(each) for each in added.ids],
        "delivered_ids": [str(each) for each in added.delivered_ids],
    }
