"""What the small registry does with the writes that the desk makes; the graph and notify foresee.

It holds to the real one's manners (docs/api/registry.json): a version must be named and be the
newest, a dry run answers with entries and writes none, a key is answered as before. Of the rules
it knows one each, enough to be refused; those of events are the registry's own.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import NotFound

from changefeed.mapping import from_facts, to_facts
from ieum_registry.api.problems import PROBLEMS
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.event import Event
from tests.portal import sample
from tests.portal.logbook import Logbook
from tests.portal.sample import TODAY, Facts, identity

Move = Callable[[Facts, Facts], Facts]


class Refused(Exception):
    """A write against a rule."""

    def __init__(self, code: str, pointer: str, detail: str, status: int = 409) -> None:
        super().__init__(code)
        self.status = status
        errors = [{"pointer": pointer, "detail": detail}]
        self.body = {"code": code, "detail": detail, "errors": errors}


def install_writes(app: Flask, said: dict[str, Any]) -> None:
    """Let the small registry take the writes of the desk."""

    @app.post("/v1/collaborations")
    def start() -> tuple[Response, int]:
        facts = dict(request.get_json())
        reason = facts.pop("reason")
        bounds = {"holds_from": facts["starts_on"], "holds_until": facts["ends_on"]}
        started = sample.resource(uuid4().hex, **facts, **bounds, evidence=[])
        return _answer("collaborations", "collaboration.started", started, reason, said, new=True)

    @app.post("/v1/<collection>/<subject_id>/<move>")
    def move(collection: str, subject_id: str, move: str) -> tuple[Response, int]:
        kind, done = MOVES[move]
        return _change(collection, subject_id, kind, done, said)

    @app.patch("/v1/contacts/<subject_id>")
    def change(subject_id: str) -> tuple[Response, int]:
        return _change("contacts", subject_id, "contact.changed", lambda was, to: was | to, said)

    @app.post("/v1/events")
    def register() -> tuple[Response, int]:
        unset: Facts = {"revision": 0, "revised_on": None, "cancelled_on": None}
        facts = sample.resource(uuid4().hex, **request.get_json(), **unset)
        _possible(facts)
        return _answer("events", "event.registered", facts, None, said, new=True)

    @app.patch("/v1/events/<subject_id>")
    def change_event(subject_id: str) -> tuple[Response, int]:
        return _change("events", subject_id, "event.changed", _move, said)

    @app.errorhandler(Refused)
    def refused(fault: Refused) -> tuple[Response, int]:
        return jsonify(fault.body), fault.status

    @app.errorhandler(RuleBroken)
    def broken(fault: RuleBroken) -> tuple[Response, int]:
        text = PROBLEMS[fault.code]
        language = request.accept_languages.best_match(["ko", "en"], default="ko")
        detail = {"ko": text.ko_detail, "en": text.en_detail}[language].format(**fault.facts)
        return refused(Refused(fault.code, fault.pointer or "", detail, text.status))


def install_foresight(graph: Flask, notify: Flask, said: dict[str, Any]) -> None:
    """Let the small graph and the small post room say what a test has them say of entries."""

    @graph.post("/v1/consequences")
    def redrawn() -> Response:
        said["foreseen"].append(("graph", request.get_json()))
        return jsonify({"seq": 152, "on": request.get_json()["on"], **said["redrawn"]})

    @notify.post("/v1/consequences")
    def reposted() -> Response:
        said["foreseen"].append(("notify", request.get_json()))
        return jsonify(said["reposted"])


def usual_foresight() -> dict[str, Any]:
    """Give what graph and notify foresee unless a test changes it: nothing."""
    return {
        "foreseen": [],
        "keys": {},
        "redrawn": {"edges": [], "coverage": []},
        "reposted": {"days": 45, "added": [], "withdrawn": [], "kept": 2},
    }


def _complete(was: Facts, sent: Facts) -> Facts:
    if was["done_on"]:
        raise Refused("milestone.closed", "", "이미 완료되었습니다. 새 마일스톤을 정하십시오.")
    if any("거짓" in each["text"] for each in sent["evidence"]):
        raise Refused("request.invalid", "/evidence/0/text", "쓸 수 없는 글입니다.", 422)
    return was | {"done_on": sent["done_on"], "evidence": was["evidence"] + sent["evidence"]}


def _end(was: Facts, sent: Facts) -> Facts:
    if was["ends_on"] and was["ends_on"] <= sent["ends_on"]:
        detail = f"{was['ends_on']}에 끝나는 것으로 적혀 있습니다."
        raise Refused("collaboration.already_ended", "/ends_on", detail)
    return was | {"ends_on": sent["ends_on"], "holds_until": sent["ends_on"]}


def _hand_over(was: Facts, sent: Facts) -> Facts:
    if sent["contact_id"] in [each["contact_id"] for each in was["holders"]]:
        raise Refused("seat.handed_to_holder", "/contact_id", "이미 맡고 있는 사람입니다.")
    before = str(TODAY - timedelta(days=1))
    left = [each | {"to": before} for each in was["holders"]]
    new = {"contact_id": sent["contact_id"], "from": sent["from"], "to": None}
    return was | {"holders": [*left, new]}


def _possible(facts: Facts) -> Event:
    """Make an event of the facts, by the registry's own rules."""
    event = from_facts(Event, facts)
    event.must_be_possible()
    return event


def _move(was: Facts, sent: Facts) -> Facts:
    return was | to_facts(_possible(was | sent).moved_from(from_facts(Event, was), TODAY))


def _cancel(was: Facts, sent: Facts) -> Facts:
    from_facts(Event, was).must_stand()
    revision = {"revision": was["revision"] + 1, "revised_on": str(TODAY)}
    return (
        was
        | revision
        | {"cancelled_on": sent["cancelled_on"], "cancelled_for": sent["cancelled_for"]}
    )


MOVES: dict[str, tuple[str, Move]] = {
    "completions": ("milestone.done", _complete),
    "endings": ("collaboration.ended", _end),
    "handovers": ("seat.changed", _hand_over),
    "cancellations": ("event.cancelled", _cancel),
}


def _change(
    collection: str, subject_id: str, kind: str, move: Move, said: dict[str, Any]
) -> tuple[Response, int]:
    was = next((each for each in said[collection] if each["id"] == subject_id), None)
    if was is None:
        raise NotFound
    before = _answered_before(said)
    if before is not None:
        return before
    if request.headers["If-Match"] != f'"{was["version"]}"':
        return jsonify({"code": "version.stale", "detail": "그사이 바뀌었습니다."}), 412
    sent = dict(request.get_json())
    reason = sent.pop("reason")
    return _answer(collection, kind, move(was, sent), reason, said)


def _answered_before(said: dict[str, Any]) -> tuple[Response, int] | None:
    key = request.headers.get("Idempotency-Key")
    if key not in said["keys"]:
        return None
    body, seq, sent = said["keys"][key]
    if sent != request.get_data():
        return jsonify({"code": "idempotency.reused", "detail": "다른 내용입니다."}), 422
    return _written(body, seq)


def _answer(
    collection: str,
    kind: str,
    facts: Facts,
    reason: str | None,
    said: dict[str, Any],
    *,
    new: bool = False,
) -> tuple[Response, int]:
    log: Logbook = said["log"]
    told = {name: value for name, value in facts.items() if name not in ("name", "email", "phone")}
    if request.args.get("dry_run") == "true":
        tried = Logbook()
        tried.write(kind, told, reason=reason)
        return jsonify({"dry_run": True, "entries": tried.feed()}), 200
    before = _answered_before(said)
    if before is not None:
        return before
    written = facts if new else facts | {"version": facts["version"] + 1}
    others = [each for each in said[collection] if each["id"] != facts["id"]]
    said[collection] = [*others, written]
    seq = log.write(kind, told, reason=reason).seq
    said["keys"][request.headers["Idempotency-Key"]] = (written, seq, request.get_data())
    return _written(written, seq)


def _written(body: Facts, seq: int) -> tuple[Response, int]:
    answer = jsonify(body)
    answer.headers["X-Change-Seq"] = str(seq)
    return answer, 201


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
