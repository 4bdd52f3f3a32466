"""Logs as one JSON object a line: what happened, ids, counts, milliseconds; never a person."""

import logging
import sys
import time
from types import TracebackType

import structlog
from flask import Flask, Response, g, request

from httpedge.requestid import trail


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
    # What nobody catches ends the process; its line says so in the same form as all others.
    sys.excepthook = _log_fault
    # These tell each request or statement again; the request line below already does.
    for noisy in ("urllib3", "neo4j", "apscheduler", "_granian", "werkzeug", "alembic", "mail.log"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _log_fault(
    kind: type[BaseException], fault: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, fault, trace)
        return
    logging.getLogger("process").critical("ended by a fault", exc_info=(kind, fault, trace))


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
    found = trail()
    if found is not None:
        event["request_id"] = found.request_id
        event["trace_id"] = found.trace_id
    return event


def _of_service(service: str) -> structlog.typing.Processor:
    def add(
        _logger: object, _name: str, event: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        event["service"] = service
        return event

    return add
