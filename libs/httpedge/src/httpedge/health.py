"""`/healthz` says that the process lives, `/readyz` whether what it stands on answers."""

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

    @allow("public")
    def healthz() -> Response:
        return jsonify({"status": "ok"})

    @allow("public")
    def readyz() -> tuple[Response, int]:
        found = {name: _look(check) for name, check in checks.items()}
        ready = all(each["ok"] for each in found.values())
        body = {"status": "ready" if ready else "not ready", "checks": found}
        return jsonify(body), 200 if ready else 503

    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)


def _look(check: Check) -> dict[str, object]:
    began = time.monotonic()
    try:
        check()
    except Exception as error:  # noqa: BLE001  Whatever is wrong with a dependency is the answer.
        return {"ok": False, "reason": f"{type(error).__name__}: {error}"[:200]}
    return {"ok": True, "ms": round((time.monotonic() - began) * 1000, 1)}
