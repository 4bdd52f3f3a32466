"""Clients that work as an office does, and remember what they asked and what they heard.

Each client owns what it makes, so it knows the version of everything that it changes; one partner
belongs to all of them, so that they also get in each other's way. What is not answered is asked
again: by the same Idempotency-Key, or after a look at the subject.
"""

import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import requests

from tests.chaos.record import Ending, Facts, Write

TIMEOUT_S = (3, 20)
HOUSES = 8
"""How many partners a client has of its own."""
MOST_OPEN = 25
"""Open milestones and commitments of a client, each: a planner reads all of them at each change."""
STEPS = range(1, 8)
"""How many days ahead milestones are due: each owes a letter at once."""
KINDS = ("company", "university", "institute", "agency")
ROLES = ("lead", "develop", "supply", "demonstrate", "research", "train")
ECHO = 0.1
"""How often an answered write is sent once more, some time later."""


@dataclass(frozen=True, slots=True)
class Network:
    """What the sample files brought: ids that new records may name."""

    agreement: str
    partners: tuple[str, ...]
    tasks: tuple[str, ...]
    departments: tuple[str, ...]
    has_events: bool


@dataclass(slots=True)
class Held:
    """A subject that a client has, with the version it knows.

    Attributes:
        is_busy: A write of it is unanswered; nobody else may change it meanwhile.
        days: Of a milestone the days it was ever due on; a day used again owes no new letter.
        people: Of a partner its contacts; of a seat who was ever put into it.
    """

    id: str
    path: str
    version: int
    is_busy: bool = False
    is_open: bool = True
    days: set[int] = field(default_factory=set)
    people: list[str] = field(default_factory=list)
    seat: "Held | None" = None


@dataclass(slots=True)
class Meant:
    """One write that a client means, until it is known how it ended."""

    mark: str
    what: str
    method: str
    path: str
    body: Mapping[str, Any]
    held: Held | None = None
    then: Callable[[Facts], None] | None = None
    has_key: bool = True
    entries: int = 1
    is_shared: bool = False
    tries: int = 0
    next_at: float = 0.0
    answers: list[tuple[str, int, int]] = field(default_factory=list)
    facts: Facts | None = None


class Client:
    """One member of the office.

    Args:
        number: Names its marks; with the seed it decides what it asks.
        shared: The partner that all clients change.
    """

    def __init__(
        self,
        number: int,
        seed: int,
        url: str,
        token: str,
        network: Network,
        shared: Held | None,
        today: date,
    ) -> None:
        self.writes: list[Write] = []
        self.unsure = 0
        self._number = number
        self._draw = random.Random(f"{seed}/{number}")
        self._url = url
        self._network = network
        self._shared = shared
        self._today = today
        self._count = 0
        self._houses: list[Held] = []
        self._milestones: list[Held] = []
        self._works: list[Held] = []
        self._events: list[Held] = []
        self._pending: list[Meant] = []
        self._echoes: list[Meant] = []
        # So that letters are owed from the beginning, however short the run.
        self._opening: list[Callable[[str], Meant | None]] = [
            *(self._register_house, self._register_person, self._fill_seat),
            *(self._promise, self._promise, self._commit),
        ]
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Authorization"] = f"Bearer {token}"

    @property
    def acknowledged(self) -> int:
        """How many writes were answered 2xx so far."""
        return sum(1 for write in self.writes if write.ending == "acknowledged")

    def work(self, stopping: threading.Event, drain_s: float) -> None:
        """Write until told to stop, then ask until every write's end is known."""
        while not stopping.is_set():
            if not self._go_on_with_one():
                meant = self._next()
                if meant is not None:
                    self._go_on(meant)
            stopping.wait(self._draw.uniform(0, 0.6))
        until = time.monotonic() + drain_s
        while (self._pending or self._echoes) and time.monotonic() < until:
            self._go_on_with_one(is_last=True)
            time.sleep(0.1)
        self.unsure = len(self._pending)

    # ---- asking ---------------------------------------------------------------------------------
    def _go_on_with_one(self, *, is_last: bool = False) -> bool:
        """Ask again what was not answered, or echo what was; False if nothing is ripe."""
        now = time.monotonic()
        for waiting in (self._pending, self._echoes):
            for meant in waiting:
                if meant.next_at <= now or (is_last and waiting is self._echoes):
                    waiting.remove(meant)
                    if waiting is self._pending:
                        self._go_on(meant)
                    else:
                        self._echo(meant)
                    return True
        return False

    def _go_on(self, meant: Meant) -> None:
        """Send a write, for the first time or again, and see what became of it."""
        held = meant.held
        if held is not None and not meant.is_shared:
            held.is_busy = True
        if meant.tries and held is not None and not meant.has_key:
            known = self._look(held)
            if known is None:
                self._later(meant)
                return
            if self._is_settled_by(meant, known):
                return
        meant.tries += 1
        self._hear(meant, self._send(meant))

    def _hear(self, meant: Meant, answer: requests.Response | None) -> None:
        if answer is None or answer.status_code >= 500 or answer.status_code == 429:
            self._later(meant)
        elif answer.ok:
            self._acknowledge(meant, answer)
        else:
            code = _code(answer)
            if code == "idempotency.in_flight":
                self._later(meant, 4.0)
            elif answer.status_code == 412:
                self._hear_stale(meant)
            else:
                self._end(meant, "refused", f"{answer.status_code} {code}")

    def _hear_stale(self, meant: Meant) -> None:
        """Look at what changed: a subject of ours did not, what it names may have."""
        if meant.held is None:
            self._later(meant)
            return
        known = self._look(meant.held)
        if known is None:
            meant.has_key = False  # Look again before it is sent again.
            self._later(meant)
        elif not self._is_settled_by(meant, known):
            self._later(meant)

    def _is_settled_by(self, meant: Meant, known: Facts) -> bool:
        """Judge an unanswered change by the subject as it is now; False if it did not happen."""
        held = meant.held
        assert held is not None
        seen = meant.body["_seen"] if meant.is_shared else held.version
        if known["version"] == seen:
            return False
        if meant.is_shared:
            self._end(meant, "unknown" if meant.tries > 1 else "refused", "412 version.stale")
            return True
        held.version = known["version"]
        self._end(meant, "found")
        if meant.then is not None:
            meant.then(known)
        return True

    def _acknowledge(self, meant: Meant, answer: requests.Response) -> None:
        body = answer.json()
        if meant.what != "load":
            self._note_answer(meant, answer, body)
            meant.facts = body
        if meant.held is not None and not meant.is_shared:
            meant.held.version = body["version"]
        self._end(meant, "acknowledged")
        if meant.then is not None:
            meant.then(body)
        if meant.method == "POST" and meant.has_key and self._draw.random() < ECHO:
            meant.next_at = time.monotonic() + self._draw.uniform(0, 30)
            self._echoes.append(meant)

    def _echo(self, meant: Meant) -> None:
        """Send an answered write once more: it must be answered as it was, and write nothing."""
        answer = self._send(meant)
        if answer is None or answer.status_code >= 500:
            return
        place = next(i for i, write in enumerate(self.writes) if write.mark == meant.mark)
        before = self.writes[place]
        if answer.ok and meant.what != "load":
            self._note_answer(meant, answer, answer.json())
        elif not answer.ok:
            meant.answers.append(("", answer.status_code, 0))  # Answered in two ways.
        self.writes[place] = Write(
            before.mark,
            before.what,
            before.ending,
            before.entries,
            tuple(meant.answers),
            before.facts,
            before.refusal,
            before.tries + 1,
        )

    def _note_answer(self, meant: Meant, answer: requests.Response, body: Facts) -> None:
        version = int(answer.headers["ETag"].strip('W/"'))
        meant.answers.append((body["id"], version, int(answer.headers["X-Change-Seq"])))

    def _later(self, meant: Meant, most_s: float = 1.5) -> None:
        meant.next_at = time.monotonic() + self._draw.uniform(0.2, most_s)
        self._pending.append(meant)

    def _end(self, meant: Meant, ending: Ending, refusal: str = "") -> None:
        if meant.held is not None:
            meant.held.is_busy = False
        self.writes.append(
            Write(
                meant.mark,
                meant.what,
                ending,
                meant.entries,
                tuple(meant.answers),
                meant.facts,
                refusal,
                meant.tries,
            )
        )

    def _send(self, meant: Meant) -> requests.Response | None:
        headers = {"Idempotency-Key": meant.mark} if meant.has_key else {}
        if meant.held is not None:
            seen = meant.body.get("_seen", meant.held.version)
            # A repeated key is looked up before the version, which has moved on since.
            headers["If-Match"] = f'"{seen}"'
        body = {name: value for name, value in meant.body.items() if name != "_seen"}
        try:
            return self._session.request(
                meant.method, self._url + meant.path, json=body, headers=headers, timeout=TIMEOUT_S
            )
        except requests.RequestException:
            return None

    def _look(self, held: Held) -> Facts | None:
        try:
            answer = self._session.get(self._url + held.path, timeout=TIMEOUT_S)
            found: Facts | None = answer.json() if answer.ok else None
        except requests.RequestException:
            return None
        return found

    # ---- what an office does --------------------------------------------------------------------
    def _next(self) -> Meant | None:
        """Draw what to do next; None if nothing of that sort can be done now."""
        self._count += 1
        mark = f"chaos-{self._number}-{self._count}"
        if self._opening:
            return self._opening.pop(0)(mark)
        acts: dict[Callable[[str], Meant | None], int] = {
            self._register_house: 5 if len(self._houses) < HOUSES else 0,
            self._rename_house: 3,
            self._register_person: 4,
            self._fill_seat: 8,
            self._hand_over: 3,
            self._promise: 12,
            self._move: 5,
            self._keep: 3 if len(self._milestones) < MOST_OPEN else 12,
            self._drop: 2 if len(self._milestones) < MOST_OPEN else 8,
            self._commit: 4 if len(self._works) < MOST_OPEN else 0,
            self._change_role: 3,
            self._end_work: 2,
            self._load_file: 1,
            self._change_shared: 2,
            self._announce: 2 if self._network.has_events and len(self._events) < 5 else 0,
            self._move_event: 2,
            self._call_off: 1,
        }
        [act] = self._draw.choices(list(acts), list(acts.values()))
        return act(mark)

    def _free(self, held: list[Held]) -> Held | None:
        free = [each for each in held if not each.is_busy and each.is_open]
        return self._draw.choice(free) if free else None

    def _day(self, days: int) -> str:
        return (self._today + timedelta(days=days)).isoformat()

    def _register_house(self, mark: str) -> Meant:
        body = {"kind": self._draw.choice(KINDS), "name": {"ko": f"시험기관 {mark}"}}

        def keep(facts: Facts) -> None:
            self._houses.append(Held(facts["id"], f"/v1/partners/{facts['id']}", 1))

        return Meant(mark, "partner", "POST", "/v1/partners", body, then=keep)

    def _rename_house(self, mark: str) -> Meant | None:
        house = self._free(self._houses)
        if house is None:
            return None
        body = {"name": {"ko": f"시험기관 {mark}"}, "website": f"https://{mark}.example"}
        return self._change(mark, "partner renamed", house, body)

    def _register_person(self, mark: str) -> Meant | None:
        house = self._free(self._houses)
        if house is None:
            return None
        body = {
            "at": {"type": "partner", "id": house.id},
            "name": f"사람 {mark}",
            "email": f"{mark}@chaos.example",
            "language": self._draw.choice(("ko", "en")),
            "purpose": f"연락 {mark}",
            "consented_on": self._day(-90),
        }

        def keep(facts: Facts) -> None:
            house.people.append(facts["id"])

        return Meant(mark, "contact", "POST", "/v1/contacts", body, then=keep)

    def _fill_seat(self, mark: str) -> Meant | None:
        empty = [each for each in self._houses if each.people and each.seat is None]
        house = self._free(empty)
        if house is None:
            return None
        person = house.people[0]
        house.seat = Held("", "", 0, is_busy=True, people=[person])
        seat = house.seat
        body = {
            "key": mark,
            "at": {"type": "partner", "id": house.id},
            "role": "liaison",
            "language": "ko",
            "holders": [{"contact_id": person, "from": self._day(-40)}],
        }

        def keep(facts: Facts) -> None:
            seat.id, seat.path = facts["id"], f"/v1/seats/{facts['id']}"
            seat.version, seat.is_busy = facts["version"], False

        return Meant(mark, "seat", "POST", "/v1/seats", body, then=keep)

    def _hand_over(self, mark: str) -> Meant | None:
        able = [
            house
            for house in self._houses
            if house.seat is not None
            and not house.seat.is_busy
            and len(house.seat.people) <= 10
            and set(house.people) - set(house.seat.people)
        ]
        house = self._free(able)
        if house is None or house.seat is None:
            return None
        seat = house.seat
        person = self._draw.choice(sorted(set(house.people) - set(seat.people)))
        seat.people.append(person)
        # Each handover four days after the one before it, the last possible one today.
        taken_on = self._day(-40 + 4 * (len(seat.people) - 1))
        body = {"contact_id": person, "from": taken_on, "reason": mark}
        return Meant(mark, "handover", "POST", f"{seat.path}/handovers", body, held=seat)

    def _promise(self, mark: str) -> Meant | None:
        ready = [each for each in self._houses if each.seat is not None and each.seat.id]
        house = self._free(ready)
        if house is None:
            return None
        owner = {"type": "partner", "id": house.id}
        if self._draw.random() < 0.1:
            owner = {"type": "department", "id": self._draw.choice(self._network.departments)}
        days = self._draw.choice(STEPS)
        body = {"title": {"ko": f"약속 {mark}"}, "due_on": self._day(days), "owner": owner}

        def keep(facts: Facts) -> None:
            path = f"/v1/milestones/{facts['id']}"
            self._milestones.append(Held(facts["id"], path, 1, days={days}))

        return Meant(mark, "milestone", "POST", "/v1/milestones", body, then=keep)

    def _move(self, mark: str) -> Meant | None:
        able = [each for each in self._milestones if len(each.days) < len(STEPS)]
        milestone = self._free(able)
        if milestone is None:
            return None
        days = self._draw.choice([each for each in STEPS if each not in milestone.days])
        milestone.days.add(days)
        body = {"title": {"ko": f"약속 {mark}"}, "due_on": self._day(days)}
        return self._change(mark, "milestone moved", milestone, body)

    def _keep(self, mark: str) -> Meant | None:
        milestone = self._free(self._milestones)
        if milestone is None:
            return None
        proof = {"on": self._day(0), "text": f"증빙 {mark}"}
        body = {"done_on": self._day(0), "evidence": [proof]}
        return self._close(mark, "milestone done", milestone, "completions", body)

    def _drop(self, mark: str) -> Meant | None:
        milestone = self._free(self._milestones)
        if milestone is None:
            return None
        body = {"cancelled_on": self._day(0), "reason": mark}
        return self._close(mark, "milestone cancelled", milestone, "cancellations", body)

    def _commit(self, mark: str) -> Meant:
        body = {
            "key": mark,
            "partner_id": self._draw.choice(self._network.partners),
            "agreement_id": self._network.agreement,
            "task_id": self._draw.choice(self._network.tasks),
            "role": self._draw.choice(ROLES),
            "starts_on": self._day(-self._draw.randrange(1000)),
            "disclosure": self._draw.choice(("public", "closed")),
        }

        def keep(facts: Facts) -> None:
            self._works.append(Held(facts["id"], f"/v1/collaborations/{facts['id']}", 1))

        return Meant(mark, "collaboration", "POST", "/v1/collaborations", body, then=keep)

    def _change_role(self, mark: str) -> Meant | None:
        work = self._free(self._works)
        if work is None:
            return None
        proof = {"on": self._day(-1), "text": f"증빙 {mark}"}
        body = {"role": self._draw.choice(ROLES), "evidence": [proof]}
        return self._change(mark, "collaboration changed", work, body)

    def _end_work(self, mark: str) -> Meant | None:
        work = self._free(self._works)
        if work is None:
            return None
        body = {"ends_on": self._day(self._draw.randrange(60)), "reason": mark}
        return self._close(mark, "collaboration ended", work, "endings", body)

    def _load_file(self, mark: str) -> Meant:
        count = self._draw.randrange(1, 6)
        lines = ["format: 1", "technologies:"]
        lines += [
            f'  - {{key: {mark}.{each}, name: {{ko: "시험 기술 {mark} {each}"}}}}'
            for each in range(count)
        ]
        body = {"documents": [{"name": f"{mark}.yaml", "text": "\n".join(lines) + "\n"}]}
        return Meant(mark, "load", "POST", "/v1/loads", body, entries=count + 1)

    def _change_shared(self, mark: str) -> Meant | None:
        if self._shared is None:
            return None
        known = self._look(self._shared)
        if known is None:
            return None
        body = {"name": {"ko": f"공동 기관 {mark}"}, "_seen": known["version"]}
        return Meant(
            mark,
            "shared partner",
            "PATCH",
            self._shared.path,
            body,
            held=self._shared,
            has_key=False,
            is_shared=True,
        )

    def _announce(self, mark: str) -> Meant | None:
        houses = [each.id for each in self._houses if each.seat is not None]
        if not houses:
            return None
        day = self._day(self._draw.randrange(2, 13))
        body = {
            "title": {"ko": f"행사 {mark}"},
            "kind": "conference",
            "zone": self._draw.choice(("America/Los_Angeles", "Asia/Seoul", "Europe/Berlin")),
            "starts_at": f"{day}T09:00",
            "ends_at": f"{day}T18:00",
            "country": "US",
            "city": {"ko": "시험 도시", "en": "Trial City"},
            "partner_ids": [self._draw.choice(houses)],
            "task_ids": [self._draw.choice(self._network.tasks)],
        }

        def keep(facts: Facts) -> None:
            self._events.append(Held(facts["id"], f"/v1/events/{facts['id']}", 1))

        return Meant(mark, "event", "POST", "/v1/events", body, then=keep)

    def _move_event(self, mark: str) -> Meant | None:
        event = self._free(self._events)
        if event is None:
            return None
        day = self._day(self._draw.randrange(2, 13))
        body = {"title": {"ko": f"행사 {mark}"}, "starts_at": f"{day}T09:00"}
        return self._change(
            mark, "event moved", event, {**body, "ends_at": f"{day}T18:00", "reason": mark}
        )

    def _call_off(self, mark: str) -> Meant | None:
        event = self._free(self._events)
        if event is None:
            return None
        body = {"cancelled_on": self._day(0), "reason": mark}
        return self._close(mark, "event cancelled", event, "cancellations", body)

    def _change(self, mark: str, what: str, held: Held, body: Mapping[str, Any]) -> Meant:
        """Mean a PATCH, now and then one that is repeated by its key."""
        has_key = self._draw.random() < 0.3
        return Meant(mark, what, "PATCH", held.path, body, held=held, has_key=has_key)

    def _close(self, mark: str, what: str, held: Held, move: str, body: Mapping[str, Any]) -> Meant:
        """Mean a move after which nothing is changed any more."""
        held.is_open = False
        for mine in (self._milestones, self._works, self._events):
            if held in mine:
                mine.remove(held)
        return Meant(mark, what, "POST", f"{held.path}/{move}", body, held=held)


def _code(answer: requests.Response) -> str:
    try:
        return str(answer.json().get("code"))
    except ValueError:
        return answer.text[:80]
