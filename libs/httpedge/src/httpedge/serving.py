"""Serving one application with granian, so that nothing is left behind whatever is killed.

The process that listens makes no application: it is a small one, and its workers are the service.
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

if TYPE_CHECKING:  # The process that listens does without it.
    from flask import Flask

TARGET = "IEUM_SERVE_TARGET"
SERVER = "IEUM_SERVE_PID"
SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus_client keeps what several worker processes counted."""

WHEN_STOPPING = "ieum_when_stopping"
"""Where an application keeps what is told of the stop."""
THREADS = 32
"""Requests answered at the same time by one process; the long polls of the feed sit in some."""

CONNECTIONS = 1024
"""Connections held at the same time, idle ones included; more wait in the backlog of the socket.

Granian calls this backpressure. Few would do for the requests, but somebody who only opens
connections would take the places of everybody else.
"""

HEAD_WITHIN_MS = 10_000
"""How long the head of a request may take, and how long a connection may lie idle."""

HEAD_LIMIT = 32_768
"""The largest head of a request in bytes, else 431.

A header of many thousand parts costs seconds of a processor to read, whoever sends it.
"""

DRAIN_S = 10
"""How long requests under way may take after SIGTERM."""


def serve(target: str, listen: tuple[str, int], processes: int = 1) -> NoReturn:
    """Become the server: serve until SIGTERM; requests under way are finished first.

    What this process has imported until here is left behind, which is three quarters of its size;
    its pid stays. It ends with 0 after an orderly stop.

    Args:
        target: `module:factory`; the factory takes nothing and gives a Flask application.
        listen: Host and port.
        processes: Worker processes; more than one needs a database made for it. A lost one of
            several is made anew while the others answer; with one, its loss ends the server, and
            whoever watches over the server decides (ADR 0005, 0010).
    """
    host, port = listen
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(  # noqa: S606  ourselves
        sys.executable,
        [sys.executable, "-m", "httpedge.serving", target, host, str(port), str(processes)],
    )


def _listen(target: str, host: str, port: int, processes: int) -> None:
    os.environ[TARGET] = target
    os.environ[SERVER] = str(os.getpid())
    os.environ.pop(SHARED, None)
    if processes > 1:
        # What a lost worker counted stays counted; what an earlier server left behind does not.
        os.environ[SHARED] = _empty_folder(f"ieum-figures-{os.getuid()}-{port}")
    Server(
        "httpedge.serving:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=processes,
        blocking_threads=THREADS,
        backlog=256,
        log_level=LogLevels.warning,
        log_dictconfig=_log_lines(target.partition(":")[0].split(".")[0].removeprefix("ieum_")),
        backpressure=CONNECTIONS,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=HEAD_WITHIN_MS, max_buffer_size=HEAD_LIMIT
        ),
        workers_kill_timeout=DRAIN_S,
        # A worker that fails twice within seconds ends the server all the same.
        respawn_failed_workers=processes > 1,
    ).serve()


class JsonLine(logging.Formatter):
    """The server's own words in the form of all other lines; without structlog, to stay small."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        """Write one object on one line."""
        said = {
            "event": record.getMessage(),
            "level": record.levelname.lower(),
            "logger": "granian",
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "service": self._service,
        }
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def _log_lines(service: str) -> dict[str, object]:
    """Give granian's logging in JSON, on standard error as the application's."""
    return {
        "formatters": {"lines": {"()": "httpedge.serving.JsonLine", "service": service}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "lines",
                "stream": "ext://sys.stderr",
            }
        },
        "loggers": {"_granian": {"handlers": ["console"], "propagate": False}},
    }


def _empty_folder(name: str) -> str:
    """Make a folder that only we can read, under the same name each time so that none pile up."""
    folder = Path(tempfile.gettempdir()) / name
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:  # Somebody else's.
        return tempfile.mkdtemp(prefix=f"{name}-")
    return str(folder)


def when_stopping(app: Flask, tell: Callable[[], object]) -> None:
    """Have something told when the server is asked to stop, before requests under way are awaited.

    For what lets long polls go: nobody wants to wait for them.
    """
    app.extensions.setdefault(WHEN_STOPPING, []).append(tell)


def application() -> Flask:
    """Make the application inside a worker process, which ends when its server is gone.

    A server that was killed outright cannot take its workers along; an orphan would go on holding
    the port and answer with old code.
    """
    threading.Thread(target=_end_with, args=(int(os.environ[SERVER]),), daemon=True).start()
    module, _, factory = os.environ[TARGET].partition(":")
    app: Flask = getattr(importlib.import_module(module), factory)()
    # Granian sets its own handler for SIGTERM after this; Python writes the number here even so.
    told, telling = socket.socketpair()
    telling.setblocking(False)
    signal.set_wakeup_fd(telling.detach(), warn_on_full_buffer=False)
    threading.Thread(target=_tell_of_stop, args=(told, app), daemon=True).start()
    return app


def _tell_of_stop(told: socket.socket, app: Flask) -> None:
    while number := told.recv(1):
        if number[0] in {signal.SIGTERM, signal.SIGINT}:
            for tell in app.extensions.get(WHEN_STOPPING, ()):
                tell()


def _end_with(server_pid: int) -> None:
    while os.getppid() == server_pid:
        time.sleep(0.5)
    os._exit(1)


if __name__ == "__main__":
    _listen(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
