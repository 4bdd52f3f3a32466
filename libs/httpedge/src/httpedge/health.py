"""`/healthz` says that the process lives, `/readyz` whether what it stands on answers.

Anybody may ask, and a dependency that hangs may take seconds to be given up: so only one looks at a
time, and whoever asks meanwhile is told what was found last.
"""

import threading
import time
from collections.abc import Callable, Mapping

from flask import Flask, Response, jsonify

from httpedge.access import allow

Check = Callable[[], None]
"""Returns if the dependency answers, raises with a short reason if not."""


def install_health(app: Flask, checks: Mapping[str, Check]) -> None:
    """Add both routes.

    Args:
        checks: Each dependency by the name a person knows it by, as `database` or `neo4j`.
    """
    looks = _Looks(checks)

    @allow("public")
    def healthz() -> Response:
        return jsonify({"status": "ok"})

    @allow("public")
    def readyz() -> tuple[Response, int]:
        found = looks.now()
        ready = bool(found or not checks) and all(each["ok"] for each in found.values())
        body = {"status": "ready" if ready else "not ready", "checks": found}
        return jsonify(body), 200 if ready else 503

    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)


class _Looks:
    """What was found at the last look, and one look at a time."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks
        self._found: dict[str, dict[str, object]] = {}
        self._looking = threading.Lock()

    def now(self) -> dict[str, dict[str, object]]:
        """Look, or give what was found last while another looks; nothing before the first."""
        if self._looking.acquire(blocking=False):
            try:
                self._found = {name: _look(check) for name, check in self._checks.items()}
            finally:
                self._looking.release()
        return self._found


def _look(check: Check) -> dict[str, object]:
    began = time.monotonic()
    try:
        check()
    except Exception as error:  # noqa: BLE001  Whatever is wrong with a dependency is the answer.
        return {"ok": False, "reason": f"{type(error).__name__}: {error}"[:200]}
    return {"ok": True, "ms": round((time.monotonic() - began) * 1000, 1)}
