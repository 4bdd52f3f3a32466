"""`/metrics` in Prometheus' text form: requests by route, and what the service adds.

With several worker processes each writes what it counted into files of its own, and whichever is
asked adds them up; what the service adds is read where it stands, at the moment of asking.

Source: docs/observability.md.
"""

import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flask import Flask, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from werkzeug.exceptions import ServiceUnavailable

from httpedge.access import allow
from httpedge.answered import Answered, at_each_answer
from httpedge.serving import SHARED

log = logging.getLogger("metrics")

MOST_LOOKS = 2
"""How many are told the figures at the same time: anybody may ask, and a source may hang."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Told apart by name. Any other is the caller's own text, and each would be a series for ever."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as it stands now.

    Attributes:
        name: As `ieum_log_head`; one that ends in `_total` never falls.
        says: What it counts, and in what unit.
    """

    name: str
    says: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


Read = Callable[[], Iterable[Figure]]


class SourceFigures(Collector):
    """Figures of one source, read when they are asked for; a source that is down gives none.

    `ieum_source_…_up` says so, and all other figures are given all the same.

    Args:
        source: What they are read from, as `database` or `registry`.
        read: Must cost next to nothing: it is called for every look.
    """

    def __init__(self, source: str, read: Read) -> None:
        self._source = source
        self._read = read

    def describe(self) -> list[Metric]:
        """Claim no names beforehand: nothing is read before somebody asks."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Read them."""
        found: list[Figure] = []
        try:
            found.extend(self._read())
            is_up = True
        except Exception as error:  # noqa: BLE001  A look must not fail with what it looks at.
            fault = type(error).__name__
            log.warning("source down", extra={"source": self._source, "fault": fault})
            is_up = False
        name = f"ieum_source_{self._source}_up"
        yield GaugeMetricFamily(name, "Whether it could be read, 1 or 0", value=float(is_up))
        families: dict[str, Metric] = {}
        for each in found:
            family = families.get(each.name)
            if family is None:
                kind = CounterMetricFamily if each.name.endswith("_total") else GaugeMetricFamily
                family = families[each.name] = kind(each.name, each.says, labels=list(each.labels))
            family.add_metric(list(each.labels.values()), each.value)  # type: ignore[attr-defined]  # Both kinds have it.
        yield from families.values()


def install_metrics(app: Flask) -> CollectorRegistry:
    """Count and time requests by route template, method and status; serve them at `/metrics`.

    Returns:
        The registry to which the service adds its own figures, each as a `SourceFigures`.
    """
    figures = CollectorRegistry()
    counted: CollectorRegistry | None = figures
    if os.environ.get(SHARED):
        MultiProcessCollector(figures)  # type: ignore[no-untyped-call]  # Theirs is untyped.
        counted = None
    requests = Counter(
        "ieum_requests_total", "Requests answered", ["route", "method", "status"], registry=counted
    )
    seconds = Histogram(
        "ieum_request_seconds", "Time to answer", ["route", "method"], registry=counted
    )

    # One for each route, method and status; none of them is a caller's to make up.
    series: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def count(answered: Answered) -> None:
        route = answered.route or "none"
        method = answered.method if answered.method in METHODS else "other"
        asked = (route, method, answered.status)
        counter, histogram = series.get(asked) or (None, None)
        if counter is None or histogram is None:
            counter, histogram = requests.labels(*asked), seconds.labels(route, method)
            series[asked] = counter, histogram
        counter.inc()
        histogram.observe(answered.took_s)

    looking = threading.BoundedSemaphore(MOST_LOOKS)

    @allow("public")
    def metrics() -> Response:
        if not looking.acquire(blocking=False):
            raise ServiceUnavailable(retry_after=1)
        try:
            return Response(generate_latest(figures), content_type=CONTENT_TYPE_LATEST)
        finally:
            looking.release()

    at_each_answer(app, count)
    app.add_url_rule("/metrics", "metrics", metrics)
    return figures
