"""`/metrics` in Prometheus' text form: requests by route, and what the service adds."""

import time

from flask import Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import generate_latest

from httpedge.access import allow


def install_metrics(app: Flask) -> CollectorRegistry:
    """Count and time requests by route template, method and status; serve them at `/metrics`.

    Returns:
        The registry to which the service adds its own figures.
    """
    figures = CollectorRegistry()
    requests = Counter(
        "ieum_requests_total", "Requests answered", ["route", "method", "status"], registry=figures
    )
    seconds = Histogram(
        "ieum_request_seconds", "Time to answer", ["route", "method"], registry=figures
    )

    def begin() -> None:
        g.metrics_started_at = time.monotonic()

    def finish(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        requests.labels(route, request.method, response.status_code).inc()
        took_s = time.monotonic() - g.get("metrics_started_at", time.monotonic())
        seconds.labels(route, request.method).observe(took_s)
        return response

    @allow("public")
    def metrics() -> Response:
        return Response(generate_latest(figures), content_type=CONTENT_TYPE_LATEST)

    app.before_request(begin)
    app.after_request(finish)
    app.add_url_rule("/metrics", "metrics", metrics)
    return figures
