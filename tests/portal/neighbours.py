"""The portal's three neighbours: the registry itself, and graph and notify saying canned things.

The real graph would need Neo4j and the real notify a mail server; how their answers come about is
tested with them. What they say here is held against their documents like any other answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import requests
from flask import Flask, Response, jsonify, request
from werkzeug.serving import make_server

from registryclient.wire import new_session
from tests.portal import sample
from tests.portal.in_process import PROBLEM, Neighbour, problem
from tests.portal.registry import Registry
from tests.portal.sample import Facts, identity


@dataclass
class Neighbours:
    """The three, and what graph and notify say."""

    registry: Registry
    graph: Neighbour
    notify: Neighbour
    said: dict[str, Any] = field(default_factory=dict)

    def begin(self) -> None:
        """Begin anew."""
        self.registry.begin()
        self.graph.stand_open()
        self.notify.stand_open()
        self.said.clear()
        self.said.update(usual_answers())

    def set_all_down(self) -> None:
        """Let nobody answer."""
        for each in (self.registry, self.graph, self.notify):
            each.is_down = True

    def session(self) -> requests.Session:
        """Give a session of the portal's own kind, on which the three answer in this process."""
        session = new_session()
        for each in (self.registry, self.graph, self.notify):
            session.mount(each.url, each)
        return session


def usual_answers() -> dict[str, Any]:
    """Give what graph and notify say unless a test changes it."""
    return {
        "foreseen": [],
        "redrawn": {"edges": [], "coverage": []},
        "reposted": {
            "seq": 152,
            "days": 45,
            "added": [],
            "withdrawn": [],
            "readdressed": [],
            "moved": [],
            "kept": 2,
        },
        "network": {},
        "projection": {
            "applied_seq": 152,
            "applied_hash": "",
            "head_seq": 152,
            "lag_seconds": 0.2,
            "state": "following",
            "detail": "",
            "lost_seq": None,
            "lost_hash": None,
        },
        "sender": {
            "ticked_at": "2026-11-23T03:00:00Z",
            "seconds_ago": 12,
            "alive": True,
            "oldest_due_at": None,
            "due": 0,
            "sent_today": 3,
            "in_doubt": 0,
            "dead": 0,
            "feed": {"applied_seq": 152, "applied_hash": "", "head_seq": 152},
            "alarms": [],
        },
        "preview": [
            a_letter(),
            a_letter(
                letter="nobody_to_tell",
                subject={"type": "milestone", "id": identity("m5")},
                due_at="2026-12-16T00:00:00Z",
                seat_role="officer",
            ),
        ],
    }


def a_letter(**others: object) -> Facts:
    """Make a letter that notify plans: to NAVER's liaison, about the milestone m4."""
    letter: Facts = {
        "key": "a letter",
        "rule": "milestone_due",
        "rule_title": {"ko": "이행과제 기한 알림", "en": "Milestone due"},
        "letter": "milestone_due",
        "subject": {"type": "milestone", "id": identity("m4")},
        "title": {"ko": "디지털 트윈 시연", "en": "Digital twin demonstration"},
        "anchor_on": "2026-11-28",
        "lead_days": 1,
        "revision": None,
        "due_at": "2026-11-27T00:00:00Z",
        "seat_id": None,
        "seat_role": "liaison",
        "place": {"type": "partner", "id": identity("naver")},
        "why": [],
    }
    return letter | others


def a_cover(before: int, after: int, unknown: tuple[int, int] = (0, 0)) -> Facts:
    """Make how many work on T05, before and after what the graph foresees."""
    status = ("nobody", "one", "several")
    name = {"ko": "메타도시 플랫폼 개발 및 실증", "en": None}
    return {
        "task": {"id": identity("T05"), "kind": "task", "label": name},
        "before": before,
        "after": after,
        "unknown_before": unknown[0],
        "unknown_after": unknown[1],
        "status_before": status[min(before, 2)],
        "status_after": status[min(after, 2)],
    }


def a_tie(change: str, partner: str, task: str) -> Facts:
    """Make an edge as the graph foresees it."""
    return {
        "change": change,
        "type": "WORKS_ON",
        "means": {"ko": "과제 수행", "en": "works on"},
        "source": {
            "id": identity(partner),
            "kind": "partner",
            "label": {"ko": "네이버(주)", "en": "NAVER"},
        },
        "target": {
            "id": identity(task),
            "kind": "task",
            "label": {"ko": "메타도시 플랫폼", "en": "Meta-city platform"},
        },
        "valid_from": "2023-03-02",
        "valid_to": "2026-11-24" if change == "closes" else "9999-12-31",
    }


def neighbours_in(folder: Path) -> Neighbours:
    """Make the three; the registry's files lie in the folder."""
    said: dict[str, Any] = {}
    return Neighbours(
        Registry(folder),
        Neighbour("graph", _graph(said)),
        Neighbour("notify", _notify(said)),
        said,
    )


@contextmanager
def listening(neighbours: Neighbours) -> Iterator[Neighbours]:
    """Let the three be reached by another process; their addresses are real ones meanwhile."""
    ended: list[tuple[Neighbour, str, Any, Thread]] = []
    try:
        for each in (neighbours.registry, neighbours.graph, neighbours.notify):
            server = make_server("127.0.0.1", 0, each.app, threaded=True)
            thread = Thread(target=server.serve_forever, daemon=True)
            thread.start()
            ended.append((each, each.url, server, thread))
            each.url = f"http://127.0.0.1:{server.port}"
        yield neighbours
    finally:
        for each, url, server, thread in ended:
            each.url = url
            server.shutdown()
            server.server_close()
            thread.join()


def _graph(said: dict[str, Any]) -> Flask:
    app = Flask("ieum_graph")

    @app.get("/v1/projection")
    def projection() -> Response:
        return jsonify(said["projection"])

    @app.get("/v1/questions")
    def questions() -> Response:
        return jsonify({"items": sample.questions(_language()), "next": None})

    @app.get("/v1/questions/technology-use")
    def technology_use() -> Response:
        if request.args["technology"] != identity("xr"):
            return _refusal("subject.unknown", 404)
        answer = sample.network_of("naver", _language())
        return jsonify(answer | {"question": "technology-use"})

    @app.get("/v1/questions/partner-network")
    def network() -> Response:
        asked = request.args.get("partner", identity("naver"))
        key = next((each["key"] for each in sample.PARTNERS if each["id"] == asked), None)
        if key is None:
            return _refusal("subject.unknown", 404)
        answer = jsonify(said["network"] or sample.network_of(key, _language()))
        answer.headers["X-Graph-Seq"] = "152"
        answer.headers["X-Graph-Lag-Seconds"] = "0.2"
        return answer

    @app.get("/v1/questions/event-neighbours")
    def event_neighbours() -> Response:
        if request.args["event"] not in [each["id"] for each in sample.EVENTS]:
            return _refusal("subject.unknown", 404)
        return jsonify(sample.neighbours_of(request.args["event"], _language()))

    @app.post("/v1/consequences")
    def redrawn() -> Response:
        said["foreseen"].append(("graph", request.get_json()))
        on = date.fromisoformat(request.get_json()["on"])
        return jsonify({"seq": 152, "on": on.isoformat(), **said["redrawn"]})

    return app


def _notify(said: dict[str, Any]) -> Flask:
    app = Flask("ieum_notify")

    @app.get("/v1/sender")
    def sender() -> Response:
        return jsonify(said["sender"])

    @app.post("/v1/resends")
    def resend() -> Response:
        said.setdefault("resent", []).append(request.get_json())
        if said.get("nothing_waits"):
            return _refusal("resend.nothing_waits", 409)
        return jsonify({"items": [], "next": None})

    @app.post("/v1/account-letters")
    def account_letter() -> Response:
        said.setdefault("account_letters", []).append(request.get_json())
        if said.get("mail") == "away":
            return _refusal("mail.away", 503)
        if said.get("mail") == "refuses":
            return _refusal("mail.refused", 422)
        return jsonify({"message_id": "<letter@ieum.example>"})

    @app.get("/v1/preview")
    def preview() -> Response:
        return jsonify({"from": "2026-11-23", "to": "2026-12-23", "items": said["preview"]})

    @app.post("/v1/consequences")
    def reposted() -> Response:
        said["foreseen"].append(("notify", request.get_json()))
        return jsonify(said["reposted"])

    return app


def _refusal(code: str, status: int) -> Response:
    return Response(problem(code, status), status, content_type=PROBLEM)


def _language() -> str:
    return request.accept_languages.best_match(["ko", "en"], default="ko")
