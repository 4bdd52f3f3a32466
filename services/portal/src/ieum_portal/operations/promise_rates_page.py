"""How much of what was promised has come by a day: in all, in groups, and quarter by quarter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from changefeed.subjects.parts import Words
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.names import names_behind
from ieum_portal.operations.ports import Neighbours
from registryclient.promised import PromiseGroup, PromiseQuarter, PromiseRates

WAYS = ("partner", "agreement", "kind", "department", "year", "task")
NAMED = frozenset({"partner", "agreement", "department", "task"})
"""Ways of which the keys are ids."""

QUARTERS = 8
MOST_GROUPS = 100
"""So many groups stand on the page, those of the largest targets not first but in their order."""


@dataclass(frozen=True, slots=True)
class RatesPage(Gathered):
    """Everything that the page shows; None where the record could not be read.

    Attributes:
        by: In which groups.
        names: Of what the groups are about, by id.
        groups_total: How many groups there are in all.
    """

    by: str
    rates: PromiseRates | None
    quarters: Sequence[PromiseQuarter]
    groups: Sequence[PromiseGroup]
    groups_total: int
    names: Mapping[UUID, Words]


def rates_page(by: str, *, on: date, neighbours: Neighbours) -> RatesPage:
    """Gather the rates, their trend and the names of what they are about: three requests."""
    gathering, registry = Gathering(neighbours.left_s), neighbours.registry
    trend: Callable[[], Sequence[PromiseQuarter]] = gathering.begin(
        "registry",
        "trend",
        partial(registry.promise_trend, on=on, quarters=QUARTERS),
        otherwise=(),
    )
    rates = gathering.ask(
        "registry", "rates", lambda: registry.promise_rates(by=by, on=on), otherwise=None
    )
    groups = () if rates is None else rates.groups[:MOST_GROUPS]
    names: Mapping[UUID, Words] = {}
    ids = frozenset(UUID(each.key) for each in groups if each.key is not None and by in NAMED)
    if ids:
        names = gathering.ask(
            "registry", "names", lambda: names_behind({by: ids}, registry), otherwise={}
        )
    return RatesPage(
        by,
        rates,
        trend(),
        groups,
        0 if rates is None else len(rates.groups),
        names,
        missing=tuple(gathering.missing),
    )
