"""Whoever asks whether a service is ready holds nothing up, even while a dependency hangs."""

import threading

from flask import Flask
from werkzeug.test import TestResponse

from httpedge.health import install_health


def test_while_one_look_hangs_others_are_told_what_was_found_last() -> None:
    hangs, goes_on, began = threading.Event(), threading.Event(), threading.Event()

    def check() -> None:
        if hangs.is_set():
            began.set()
            goes_on.wait(60)
            raise TimeoutError("gave up")

    app = Flask(__name__)
    install_health(app, {"neo4j": check})

    def ask() -> TestResponse:
        return app.test_client().get("/readyz")

    first = ask()
    hangs.set()
    found: list[TestResponse] = []
    hanging = threading.Thread(target=lambda: found.append(ask()))
    hanging.start()
    began.wait(60)

    meanwhile = [ask().status_code for _ in range(40)]
    goes_on.set()
    hanging.join()

    assert first.status_code == 200
    assert meanwhile == [200] * 40
    assert found[0].status_code == 503
    assert "gave up" in found[0].text


def test_before_the_first_look_has_ended_nothing_is_ready() -> None:
    goes_on, began = threading.Event(), threading.Event()

    def check() -> None:
        began.set()
        goes_on.wait(60)

    app = Flask(__name__)
    install_health(app, {"neo4j": check})
    first = threading.Thread(target=app.test_client().get, args=("/readyz",))
    first.start()
    began.wait(60)

    meanwhile = app.test_client().get("/readyz")
    goes_on.set()
    first.join()

    assert meanwhile.status_code == 503
    assert app.test_client().get("/readyz").status_code == 200
