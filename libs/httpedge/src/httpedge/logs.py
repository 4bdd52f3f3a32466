"""Logs as one JSON object a line: what happened, ids, counts, milliseconds; never a person."""

import logging
import sys
from datetime import UTC, datetime
from json.encoder import encode_basestring as quoted
from types import TracebackType
from typing import TextIO

import structlog
from flask import Flask

from httpedge.answered import Answered, at_each_answer
from httpedge.requestid import trail, trail_of

_UNTOLD = frozenset({"/healthz", "/readyz", "/metrics"})


class Lines(logging.StreamHandler[TextIO]):
    """Standard error of one service, one JSON object a line."""

    def __init__(self, stream: TextIO, service: str) -> None:
        """Name the service as its lines do."""
        super().__init__(stream)
        self._service = quoted(service)

    def write_request(self, answered: Answered) -> None:
        """Write a line of an answered request; one that finds no room is left out."""
        found, route = trail_of(answered.environ), answered.route
        line = (
            '{"event": "request", "level": "info", "logger": "request",'
            f' "timestamp": "{datetime.now(UTC).isoformat()[:-6]}Z",'
            f' "method": {quoted(answered.method)},'
            f' "route": {"null" if route is None else quoted(route)},'
            f' "status": {answered.status}, "ms": {answered.took_s * 1000:.1f},'
            f' "request_id": {quoted(found.request_id)}, "trace_id": {quoted(found.trace_id)},'
            f' "service": {self._service}}}\n'
        )
        self.acquire()
        try:
            self.stream.write(line)
        except (OSError, ValueError):
            pass  # The answer is given all the same.
        finally:
            self.release()


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
    handler = Lines(sys.stderr, service)
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
    """Write one line for each answered request, health checks left out.

    In the form of all other lines, but not by their way: there a line costs as much as the answer.
    """
    root = logging.getLogger()

    def write(answered: Answered) -> None:
        if answered.environ["PATH_INFO"] not in _UNTOLD:
            for lines in root.handlers:
                if isinstance(lines, Lines):
                    lines.write_request(answered)

    at_each_answer(app, write)


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
