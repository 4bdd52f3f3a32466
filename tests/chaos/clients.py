"""Clients that work as an office does, and remember what they asked and what they heard.

Each client owns what it makes, so it knows the version of everything that it changes; one partner
belongs to all of them, so that they also get in each other's way. What is not answered is asked
again: by the same Idempotency-Key, or after a look at the subject.
"""

import random
import threading
import time
from datetime import date

import requests

from tests.chaos.acts import Desk
from tests.chaos.held import Held, Meant, Network
from tests.chaos.record import Ending, Facts, Write

TIMEOUT_S = (3, 20)
ECHO = 0.1
"""How often an answered write is sent once more, some time later."""


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
        self._draw = random.Random(f"{seed}/{number}")
        self._url = url
        self._desk = Desk(number, self._draw, network, shared, today, self._look)
        self._pending: list[Meant] = []
        self._echoes: list[Meant] = []
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
                meant = self._desk.next()
                if meant is not None:
                    self._go_on(meant)
            stopping.wait(self._draw.uniform(0, 0.6))
        until = time.monotonic() + drain_s
        while (self._pending or self._echoes) and time.monotonic() < until:
            self._go_on_with_one(is_last=True)
            time.sleep(0.1)
        self.unsure = len(self._pending)

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
            if self._is_settled_by(meant, known, unanswered=meant.tries):
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
        elif not self._is_settled_by(meant, known, unanswered=meant.tries - 1):
            self._later(meant)

    def _is_settled_by(self, meant: Meant, known: Facts, *, unanswered: int) -> bool:
        """Judge a change by the subject as it is now; False if it did not happen.

        Args:
            unanswered: How often it was sent without hearing what became of it; any of these may
                have been carried out.
        """
        held = meant.held
        assert held is not None
        seen = meant.body["_seen"] if meant.is_shared else held.version
        if known["version"] == seen:
            return False
        if meant.is_shared:
            self._end(meant, "unknown" if unanswered else "refused", "412 version.stale")
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


def _code(answer: requests.Response) -> str:
    try:
        return str(answer.json().get("code"))
    except ValueError:
        return answer.text[:80]
