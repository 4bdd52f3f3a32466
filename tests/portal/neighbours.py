"""Registry, graph and notify as small servers on the loopback, saying what a test has them say.

They hold to the routes and answers of docs/api, ask for a token, and keep what they were asked;
who may see what is theirs to decide and tested with them, so here only the roles that change what
the portal asks for are told apart.
"""

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from threading import Thread
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException, NotFound, ServiceUnavailable
from werkzeug.serving import BaseWSGIServer, make_server

from changefeed.mapping import from_facts
from ieum_registry.domain.civil_time import civil_text, clock_text
from ieum_registry.domain.event import Event
from ieum_registry.domain.event_standing import (
    BothClocks,
    EventStanding,
    event_standing,
    event_state,
)
from tests.portal import sample
from tests.portal.logbook import Logbook, usual_log
from tests.portal.sample import TODAY, Facts
from tests.portal.writes import install_foresight, install_writes, usual_foresight

Asked = Mapping[str, str]

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


@dataclass
class Neighbour:
    """One server.

    Attributes:
        app: Its routes.
        asked: Every path with its query, in order.
        claims: What the last token claimed.
        is_down: Whether it answers 503 to everything.
        refuses: A code with which it refuses everything, if any.
        fails_on: A part of an address at which it answers 503, if any.
    """

    name: str
    app: Flask
    asked: list[str] = field(default_factory=list)
    claims: Facts = field(default_factory=dict)
    is_down: bool = False
    refuses: str | None = None
    fails_on: str | None = None
    server: BaseWSGIServer | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        assert self.server is not None
        return f"http://127.0.0.1:{self.server.port}"

    def reset(self) -> None:
        """Answer again, and forget what was asked."""
        self.asked.clear()
        self.claims = {}
        self.is_down = False
        self.refuses = self.fails_on = None


@dataclass
class Neighbours:
    """The three, and what the changeable answers are."""

    registry: Neighbour
    graph: Neighbour
    notify: Neighbour
    said: dict[str, Any] = field(default_factory=dict)

    def reset(self) -> None:
        """Begin anew."""
        for each in (self.registry, self.graph, self.notify):
            each.reset()
        self.said.clear()
        self.said.update(usual_answers())

    def set_all_down(self) -> None:
        """Let nobody answer."""
        for each in (self.registry, self.graph, self.notify):
            each.is_down = True


def usual_answers() -> dict[str, Any]:
    """Give what the neighbours say unless a test changes it."""
    return {
        "partners": sample.PARTNERS,
        "departments": sample.DEPARTMENTS,
        "programmes": sample.PROGRAMMES,
        "strategies": sample.STRATEGIES,
        "tasks": sample.TASKS,
        "service-fields": sample.FIELDS,
        "technologies": sample.TECHNOLOGIES,
        "agreements": sample.AGREEMENTS,
        "collaborations": sample.COLLABORATIONS,
        "milestones": sample.MILESTONES,
        "contacts": sample.CONTACTS,
        "seats": sample.SEATS,
        "events": sample.EVENTS,
        "log": usual_log(),
        "withheld": (),
        **usual_foresight(),
        "network": {},
        "projection": {
            "applied_seq": 152,
            "head_seq": 152,
            "lag_seconds": 0.2,
            "state": "following",
            "detail": "",
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
            "feed": {"applied_seq": 152, "head_seq": 152},
            "alarms": [],
        },
        "preview": [
            _letter("m4", "milestone_due", "2026-11-27T00:00:00Z", "liaison"),
            _letter("m5", "nobody_to_tell", "2026-12-16T00:00:00Z", "officer"),
        ],
    }


def _letter(milestone: str, letter: str, due_at: str, seat_role: str) -> Facts:
    return {
        "key": f"milestone:{milestone}",
        "rule": "milestones",
        "letter": letter,
        "subject": {"type": "milestone", "id": sample.identity(milestone)},
        "title": {"ko": "마일스톤", "en": "Milestone"},
        "anchor_on": "2026-11-28",
        "due_at": due_at,
        "seat_id": None,
        "seat_role": seat_role,
        "why": [],
    }


@contextmanager
def run_neighbours() -> Iterator[Neighbours]:
    """Run the three on free ports."""
    said: dict[str, Any] = {}
    trio = Neighbours(
        Neighbour("registry", _registry(said)),
        Neighbour("graph", _graph(said)),
        Neighbour("notify", _notify(said)),
        said,
    )
    install_foresight(trio.graph.app, trio.notify.app, said)
    trio.reset()
    threads = []
    for each in (trio.registry, trio.graph, trio.notify):
        _watch(each)
        each.server = make_server("127.0.0.1", 0, each.app, threaded=True)
        threads.append(Thread(target=each.server.serve_forever, daemon=True))
        threads[-1].start()
    try:
        yield trio
    finally:
        for each in (trio.registry, trio.graph, trio.notify):
            assert each.server is not None
            each.server.shutdown()
            each.server.server_close()
        for thread in threads:
            thread.join()


def _watch(neighbour: Neighbour) -> None:
    """Note what is asked, and stand in for failures."""

    def watch() -> tuple[Response, int] | None:
        neighbour.asked.append(request.full_path.rstrip("?"))
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer":
            return jsonify({"code": "token.required"}), 401
        payload = token.split(".")[1]
        neighbour.claims = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        if neighbour.is_down or (neighbour.fails_on and neighbour.fails_on in request.path):
            return jsonify({"code": "service.unavailable"}), 503
        if neighbour.refuses:
            return jsonify({"code": neighbour.refuses, "detail": "no"}), 403
        return None

    def problem(error: HTTPException) -> tuple[Response, int]:
        return jsonify({"code": "request.not_found"}), error.code or 500

    neighbour.app.before_request(watch)
    neighbour.app.register_error_handler(HTTPException, problem)


def _registry(said: dict[str, Any]) -> Flask:
    app = Flask("registry")

    @app.get("/v1/events/<subject_id>/standing")
    def event_standing_of(subject_id: str) -> Response:
        if said.get("standing_is_down"):
            raise ServiceUnavailable
        (facts,) = (each for each in said["events"] if each["id"] == subject_id)
        return jsonify(event_stands(facts))

    def event_stands(facts: Facts) -> Facts:
        found = event_standing(from_facts(Event, facts), NOW, on=_chosen(request.args))
        return _event_standing(found)

    install_writes(app, said)

    @app.get("/v1/history")
    def history() -> Response:
        log: Logbook = said["log"]
        before, limit = int(request.args.get("before", 2**53)), int(request.args["limit"])
        fitting = [
            each
            for each in log.history(withheld=said["withheld"])
            if each["entry"]["seq"] < before and _is_sought(each["entry"], request.args)
        ]
        following = fitting[limit - 1]["entry"]["seq"] if len(fitting) > limit else None
        head = len(log.changes)
        return jsonify({"items": fitting[:limit], "next": following, "head": head})

    @app.get("/v1/changes")
    def changes() -> Response:
        items = said["log"].feed(withheld=said["withheld"])
        after, limit = int(request.args["after"]), int(request.args["limit"])
        page = items[after : after + limit]
        last = page[-1]["seq"] if page else after
        return jsonify({"items": page, "next": last, "head": len(items)})

    @app.get("/v1/<collection>")
    def listed(collection: str) -> Response:
        if collection not in said:
            raise NotFound
        fits = FILTERS.get(collection)
        ids = request.args["ids"].split(",") if "ids" in request.args else None
        found = [
            each
            for each in said[collection]
            if (ids is None or each["id"] in ids) and (fits is None or fits(each, request.args))
        ]
        if request.accept_mimetypes.best == "text/csv":
            titles = "".join(f"{each['title']['ko']}\r\n" for each in found)
            return Response(f"\ufeff제목\r\n{titles}", content_type="text/csv; charset=utf-8")
        limit, after = int(request.args.get("limit", 50)), request.args.get("after", "0")
        if not after.isdecimal():
            errors = [{"in": "query", "pointer": "/after", "detail": after}]
            refusal = jsonify({"code": "cursor.refused", "status": 422, "errors": errors})
            refusal.status_code = 422
            return refusal
        begin = int(after)
        end = begin + limit
        more = str(end) if end < len(found) else None
        page = found[begin:end]
        if request.args.get("standing") == "true":
            stands = agreement_standing if collection == "agreements" else event_stands
            page = [each | {"standing": stands(each)} for each in page]
        return jsonify({"items": page, "next": more})

    @app.get("/v1/<collection>/<subject_id>")
    def one(collection: str, subject_id: str) -> Response:
        for each in said.get(collection, ()):
            if each["id"] == subject_id:
                return jsonify(each)
        raise NotFound

    @app.get("/v1/agreements/<subject_id>/standing")
    def standing(subject_id: str) -> Response:
        agreement = next(each for each in said["agreements"] if each["id"] == subject_id)
        return jsonify(agreement_standing(agreement))

    def agreement_standing(agreement: Facts) -> Facts:
        parties = [
            {"partner_id": party["partner_id"], "state": "in_force"}
            for party in agreement["parties"]
        ]
        return {
            "on": request.args["on"],
            "known_at": 152,
            "state": "in_force",
            "flags": said.get("flags", []),
            "signed_from": "2021-11-16",
            "in_force_from": "2021-11-16",
            "in_force_until": None,
            "last_on": _last_on(agreement),
            "parties": parties,
        }

    return app


def _graph(said: dict[str, Any]) -> Flask:
    app = Flask("graph")

    @app.get("/v1/projection")
    def projection() -> Response:
        return jsonify(said["projection"])

    @app.get("/v1/questions/partner-network")
    def network() -> Response:
        asked = request.args["partner"]
        key = next((each["key"] for each in said["partners"] if each["id"] == asked), None)
        if key is None:
            raise NotFound
        language = request.accept_languages.best_match(["ko", "en"], default="ko")
        answer = jsonify(said["network"] or sample.network_of(key, language))
        answer.headers["X-Graph-Seq"] = "152"
        answer.headers["X-Graph-Lag-Seconds"] = "0.2"
        return answer

    @app.get("/v1/questions/event-neighbours")
    def event_neighbours() -> Response:
        language = request.accept_languages.best_match(["ko", "en"], default="ko")
        return jsonify(sample.neighbours_of(request.args["event"], language))

    return app


def _notify(said: dict[str, Any]) -> Flask:
    app = Flask("notify")

    @app.get("/v1/sender")
    def sender() -> Response:
        return jsonify(said["sender"])

    @app.post("/v1/resends")
    def resend() -> Response:
        said.setdefault("resent", []).append(request.get_json())
        if said.get("nothing_waits"):
            problem = jsonify({"code": "resend.nothing_waits"})
            problem.status_code = 409
            return problem
        return jsonify({"items": [], "next": None})

    @app.get("/v1/preview")
    def preview() -> Response:
        return jsonify({"from": "2026-11-23", "to": "2026-12-23", "items": said["preview"]})

    return app


def _chosen(asked: Asked) -> date | None:
    return date.fromisoformat(asked["on"]) if "on" in asked else None


def _event_standing(standing: EventStanding) -> Facts:
    def both(clocks: BothClocks) -> Facts:
        return {
            "civil": civil_text(clocks.civil),
            "zone": clocks.zone,
            "seoul": civil_text(clocks.seoul.replace(tzinfo=None)),
            "utc": clocks.utc.isoformat(),
        }

    return {
        "on": standing.on.isoformat(),
        "state": standing.state,
        "days_left": standing.days_left,
        "starts_at": both(standing.starts_at),
        "ends_at": both(standing.ends_at),
        "deadlines": [
            {
                "kind": each.deadline.kind,
                "on": each.deadline.on.isoformat(),
                "at": each.deadline.at and clock_text(each.deadline.at),
                "seoul": civil_text(each.seoul.replace(tzinfo=None)),
                "days_left": each.days_left,
                "passed": each.passed,
            }
            for each in standing.deadlines
        ],
    }


def _fits_event(each: Facts, asked: Asked) -> bool:
    state = event_state(from_facts(Event, each), NOW, on=_chosen(asked))
    told = {state, "ahead"} if state in ("upcoming", "under_way") else {state}
    return bool(
        asked.get("state", state) in told
        and ("partner" not in asked or asked["partner"] in each["partner_ids"])
        and asked.get("kind", each["kind"]) == each["kind"]
        and asked.get("q", "") in each["title"]["ko"]
    )


def _is_sought(entry: Facts, asked: Asked) -> bool:
    subjects = asked.get("subject", entry["subject_id"]).split(",")
    return (
        entry["subject_id"] in subjects
        and asked.get("subject_type", entry["subject_type"]) == entry["subject_type"]
        and asked.get("kind", entry["kind"]) == entry["kind"]
        and asked.get("role", entry["actor"]["role"]) == entry["actor"]["role"]
        and asked.get("recorded_from", "") <= entry["at"][:10]
        and entry["at"][:10] <= asked.get("recorded_to", "9")
    )


def _fits_partner(each: Facts, asked: Asked) -> bool:
    own = asked.get("own", "false")
    texts = [each["name"]["ko"], each["name"]["en"] or "", *each["aliases"]]
    text = " ".join([*texts, *map(initials, texts)]).casefold()
    return (
        (own == "any" or each["own"] == (own == "true"))
        and asked.get("kind", each["kind"]) == each["kind"]
        and asked.get("q", "").casefold() in text
    )


def initials(text: str) -> str:
    """Give the initial consonants, as the registry's search knows them."""
    jamo = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
    return "".join(jamo[(ord(each) - 0xAC00) // 588] for each in text if "가" <= each <= "힣")


def _fits_milestone(each: Facts, asked: Asked) -> bool:
    on = date.fromisoformat(asked.get("on", TODAY.isoformat()))
    state = "overdue" if date.fromisoformat(each["due_on"]) < on else "due"
    return bool(
        asked.get("state", state) == state
        and asked.get("agreement", each["agreement_id"]) == each["agreement_id"]
        and each["due_on"] <= asked.get("due_to", "9999-12-31")
        and asked.get("owner", each["owner"]["id"]) == each["owner"]["id"]
    )


def _fits_collaboration(each: Facts, asked: Asked) -> bool:
    on = asked.get("on", TODAY.isoformat())
    holds = each["holds_from"] <= on <= (each["holds_until"] or "9999-12-31")
    partner = asked.get("partner", each["partner_id"])
    return bool(
        partner == each["partner_id"]
        and asked.get("agreement", each["agreement_id"]) == each["agreement_id"]
        and (asked.get("in_force") != "true" or holds)
    )


def _fits_agreement(each: Facts, asked: Asked) -> bool:
    partner, text = asked.get("partner"), f"{each['title']['ko']} {each['number']}"
    last_on = _last_on(each)
    is_asked_by_day = "ends_from" in asked
    return (
        (not is_asked_by_day or asked["ends_from"] <= (last_on or "") <= asked["ends_to"])
        and (partner is None or any(party["partner_id"] == partner for party in each["parties"]))
        and asked.get("state", "in_force") == "in_force"
        and asked.get("q", "") in text
    )


def _last_on(agreement: Facts) -> str | None:
    """Give the last day, where one was agreed; the record's own rule is told by its tests."""
    end = agreement["end"]
    return end["ends_on"] if end["rule"] in ("fixed", "auto_renews") else None


def _fits_seat(each: Facts, asked: Asked) -> bool:
    holders = [holder["contact_id"] for holder in each["holders"]]
    return (
        asked.get("at", each["at"]["id"]) == each["at"]["id"]
        and asked.get("role", each["role"]) == each["role"]
        and ("holder" not in asked or asked["holder"] in holders)
    )


def _fits_contact(each: Facts, asked: Asked) -> bool:
    at, key = asked.get("at", each["at"]["id"]), asked.get("key", each["key"])
    return bool(at == each["at"]["id"] and key == each["key"])


FILTERS: dict[str, Callable[[Facts, Asked], bool]] = {
    "partners": _fits_partner,
    "milestones": _fits_milestone,
    "collaborations": _fits_collaboration,
    "agreements": _fits_agreement,
    "seats": _fits_seat,
    "contacts": _fits_contact,
    "events": _fits_event,
}
