"""Logs as one JSON object a line: what happened, ids, counts, milliseconds; never a person."""

import logging
import sys
import time

import structlog
from flask import Flask, Response, g, has_request_context, request


def configure_logs(service: str) -> None:
    """Send the standard library's logging through structlog to standard error, as JSON."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
        _request_ids,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _of_service(service),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # These tell each request or statement again; the request line below already does.
    for noisy in ("urllib3", "neo4j", "apscheduler", "_granian", "werkzeug", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def install_request_log(app: Flask) -> None:
    """Write one line for each answered request, health checks left out."""
    log = logging.getLogger("request")

    def begin() -> None:
        g.started_at = time.monotonic()

    def finish(response: Response) -> Response:
        if request.path not in ("/healthz", "/readyz", "/metrics"):
            log.info(
                "request",
                extra={
                    "method": request.method,
                    "route": request.url_rule.rule if request.url_rule else None,
                    "status": response.status_code,
                    "ms": round(
                        (time.monotonic() - g.get("started_at", time.monotonic())) * 1000, 1
                    ),
                },
            )
        return response

    app.before_request(begin)
    app.after_request(finish)


def _request_ids(
    _logger: object, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    if has_request_context() and "request_id" in g:
        event["request_id"] = g.request_id
        event["trace_id"] = g.trace_id
    return event


def _of_service(service: str) -> structlog.typing.Processor:
    def add(
        _logger: object, _name: str, event: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        event["service"] = service
        return event

    return add
