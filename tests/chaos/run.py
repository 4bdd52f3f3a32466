"""One run: start an installation, load it, kill in it, wait until it is quiet, judge."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import requests

from ieum.say import OperatorError
from tests.chaos import judge
from tests.chaos.clients import Client
from tests.chaos.gathering import Browser, Office, book_of, due_by_preview, due_by_sender, sent_keys
from tests.chaos.held import Held
from tests.chaos.installation import Broken, Installation, installation, keep_logs, wait_until_empty
from tests.chaos.killing import drawn, kill_soon
from tests.chaos.owed import last_word_by_hand, owed_by_hand, times_joined
from tests.chaos.postbox import Postbox
from tests.chaos.record import Book, Kill, Mail, Write

SEOUL = ZoneInfo("Asia/Seoul")
CLIENTS = 4
PAUSE_S = (1.0, 4.5)
"""Between two kills; and at least one write is acknowledged in between, if that is possible."""

ACKNOWLEDGED_WITHIN_S = 25
DRAIN_S = 180
"""How long clients ask after unanswered writes; a key in a dead process's hands is let go by the
registry after a minute."""

QUIET_WITHIN_S = 480
"""How long all may take to be ready and to have sent everything: a letter in a dead sender's hands
is let go after two minutes, and held ones are tried again within five."""

PLANNED_WITHIN_S = 660
"""Who is taken off or put back, or takes a seat over, while a letter is on its way to that seat is
told so once it is planned again: with the next change or within ten minutes
(docs/rules/reminders.md, R-6 and R-26 to R-28)."""

MOST_S_PER_KILL = 40
"""A run that takes longer than this for each kill is given up as failed."""

Say = Callable[[str], None]


@dataclass(slots=True)
class Outcome:
    """What one run showed.

    Attributes:
        owed: Letters counted by hand from the last facts, by what they must say.
        surplus: Letters sent and not booked as sent, by what became of their debt.
        faults: Sentences, each a broken promise; none if all were kept.
    """

    on: str
    seed: int
    kills: list[Kill] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    lost: int = 0
    not_once: int = 0
    owed: Counter[str] = field(default_factory=Counter)
    untold: int = 0
    booked: int = 0
    sent: int = 0
    surplus: Counter[str] = field(default_factory=Counter)
    doubled: int = 0
    in_doubt: int = 0
    entries: int = 0
    is_rebuilt_equal: bool = False
    is_chain_whole: bool = False
    took_s: float = 0.0
    faults: list[str] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        """How many writes were answered 2xx."""
        return sum(1 for write in self.writes if write.ending == "acknowledged")

    @property
    def by_process(self) -> str:
        """Say how often each process was killed."""
        count = Counter(
            kill.name if kill.part == "itself" else f"{kill.name}'s worker" for kill in self.kills
        )
        return ", ".join(f"{name} {number}" for name, number in sorted(count.items()))


@dataclass(slots=True)
class Crowd:
    """The clients at work, each in its own thread, and the browser beside them."""

    clients: list[Client]
    browser: Browser
    stopping: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)
    sessions_lost: int = 0

    def start(self) -> None:
        """Begin."""
        works = [(client.work, (self.stopping, DRAIN_S)) for client in self.clients]
        self.threads = [threading.Thread(target=work, args=args) for work, args in works]
        self.threads.append(threading.Thread(target=self._browse))
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """Let every client ask until it knows how its writes ended."""
        self.stopping.set()
        for thread in self.threads:
            thread.join(DRAIN_S + 60)

    @property
    def acknowledged(self) -> int:
        """How many writes were answered so far."""
        return sum(client.acknowledged for client in self.clients)

    def _browse(self) -> None:
        while not self.stopping.wait(2):
            if self.browser.is_signed_in() is False:
                self.sessions_lost += 1


def run(
    on: str,
    kills: int,
    seed: int,
    base: int,
    *,
    moment_s: float,
    say: Say,
    interrupted: threading.Event,
) -> Outcome:
    """Run once on `sqlite` or `postgresql`.

    Args:
        base: First port.
        moment_s: The longest that the mail server takes to answer.
        interrupted: Once set, no more is killed: what there is is judged, and the run has failed.

    Returns:
        What it showed; what stopped it early is among its faults.
    """
    began = time.monotonic()
    outcome = Outcome(on, seed)
    cards, draw = random.Random(f"{seed}/{on}"), random.Random(f"{seed}/{on}/moments")
    delays = random.Random(f"{seed}/mail")
    with Postbox(lambda: delays.uniform(0, moment_s)) as postbox:
        try:
            with installation(on, base, postbox.url) as where:
                say(f"{on}: up after {time.monotonic() - began:.0f} s, {where.home.root}")
                _run(where, drawn(kills, cards, on), draw, postbox, outcome, say, interrupted)
                if outcome.faults:
                    keep_logs(where, on)
        except (Broken, OperatorError, requests.RequestException, AssertionError) as error:
            outcome.faults.append(f"the run stopped: {type(error).__name__}: {error}")
    outcome.took_s = time.monotonic() - began
    return outcome


def _run(
    where: Installation,
    victims: Sequence[tuple[str, str]],
    draw: random.Random,
    postbox: Postbox,
    outcome: Outcome,
    say: Say,
    interrupted: threading.Event,
) -> None:
    token = where.token("chaos")
    office = Office(where, token)
    network = office.network()
    first_seq = len(office.log()) + 1
    answer, shared = office.register("chaos-0-1")
    today = datetime.now(SEOUL).date()
    outcome.writes.append(
        Write(
            "chaos-0-1",
            "partner",
            "acknowledged",
            answers=((shared["id"], 1, int(answer.headers["X-Change-Seq"])),),
            facts=shared,
        )
    )
    everybodys = Held(shared["id"], f"/v1/partners/{shared['id']}", 1)
    clients = [
        Client(number, outcome.seed, office.url, token, network, everybodys, today)
        for number in range(1, CLIENTS + 1)
    ]
    crowd = Crowd(clients, Browser(where))
    crowd.start()
    try:
        _kill_all(where, victims, draw, crowd, outcome, say, interrupted)
    except Broken as error:  # What there is by now is judged even so.
        outcome.faults.append(str(error))
    finally:
        crowd.stop()
    outcome.writes += [write for client in clients for write in client.writes]
    outcome.faults += [
        f"client {number}: {client.unsure} writes never answered"
        for number, client in enumerate(clients, start=1)
        if client.unsure
    ]
    _wait_until_quiet(where, outcome, say)
    _judge(where, office, first_seq, postbox.mails, today, crowd, outcome)


def _kill_all(
    where: Installation,
    victims: Sequence[tuple[str, str]],
    draw: random.Random,
    crowd: Crowd,
    outcome: Outcome,
    say: Say,
    interrupted: threading.Event,
) -> None:
    """Kill as drawn, under load; bring the supervisor back as the operator would."""
    until = time.monotonic() + 300 + len(victims) * MOST_S_PER_KILL
    time.sleep(draw.uniform(3, 6))  # There is something to lose by then.
    for number, (name, part) in enumerate(victims, start=1):
        if time.monotonic() > until:
            outcome.faults.append(f"given up after {number - 1} kills: too slow")
            return
        if interrupted.is_set():
            outcome.faults.append(f"interrupted after {number - 1} kills")
            return
        done = kill_soon(name, part, where, draw)
        if done is None:
            outcome.faults.append(f"kill {number}: {name} ({part}) did not come back")
            continue
        outcome.kills.append(done)
        if number % 20 == 0:
            say(f"{outcome.on}: {number} kills, {crowd.acknowledged} writes acknowledged")
        if name == "supervisor":
            time.sleep(draw.uniform(0, 2))
            where.up()
        if number < len(victims):
            _let_them_work(crowd, draw)


def _let_them_work(crowd: Crowd, draw: random.Random) -> None:
    before = crowd.acknowledged
    time.sleep(draw.uniform(*PAUSE_S))
    until = time.monotonic() + ACKNOWLEDGED_WITHIN_S
    while crowd.acknowledged == before and time.monotonic() < until:
        time.sleep(0.05)


def _wait_until_quiet(where: Installation, outcome: Outcome, say: Say) -> None:
    """Wait, without a hand on anything, until all is ready and every due letter is out."""
    began = time.monotonic()
    lacks = wait_until_empty(where.missing, QUIET_WITHIN_S)
    if lacks:
        outcome.faults.append(f"not ready by itself within {QUIET_WITHIN_S} s: {lacks}")
    say(f"{outcome.on}: everything ready {time.monotonic() - began:.0f} s after the last write")
    wait_until_empty(lambda: due_by_sender(where), QUIET_WITHIN_S)
    later = wait_until_empty(lambda: _left_to_the_next_planning(where), 1)
    if later:
        say(f"{outcome.on}: {len(later)} letters wait for the next planning: {', '.join(later)}")
        wait_until_empty(lambda: _left_to_the_next_planning(where), PLANNED_WITHIN_S)
    left = wait_until_empty(lambda: due_by_sender(where), QUIET_WITHIN_S)
    if left:
        outcome.faults.append(f"{left} letters due and not sent within {QUIET_WITHIN_S} s")
    say(f"{outcome.on}: quiet {time.monotonic() - began:.0f} s after the last write")


def _left_to_the_next_planning(where: Installation) -> list[str]:
    """Give what the book's own letters owe: a last word, or what a seat's new holder never got."""
    due = due_by_preview(where, datetime.now(UTC))
    return judge.owed_by_letters_sent(due, sent_keys(where.databases["notify"]) if due else ())


def _judge(
    where: Installation,
    office: Office,
    first_seq: int,
    mails: Sequence[Mail],
    today: date,
    crowd: Crowd,
    outcome: Outcome,
) -> None:
    now = datetime.now(UTC)
    log, addresses = office.log(), office.addresses()
    book = book_of(where.databases["notify"], now)
    own = [entry for entry in log if entry.seq >= first_seq]
    losses = judge.lost(outcome.writes, log)
    twice = judge.not_once(outcome.writes, own)
    owed = owed_by_hand(log, today, addresses)
    owed += last_word_by_hand(log, addresses, mails, book.told)
    untold = judge.untold(owed, mails)
    outcome.faults += losses + twice + untold
    outcome.faults += judge.refused(outcome.writes) + judge.gaps(log)
    outcome.faults += judge.book_differs(book, mails) + judge.untraced(book, mails)
    outcome.faults += judge.unexcused_doubles(mails, book.attempts, times_joined(log))
    outcome.faults += [
        f"{key}: goes out now, says the preview" for key in due_by_preview(where, now)
    ]
    if (
        crowd.sessions_lost
        or not crowd.browser.is_signed_in()
        or not crowd.browser.sees_first_page()
    ):
        outcome.faults.append(f"the portal's session was lost {crowd.sessions_lost} times")
    _judge_derived(where, outcome)
    outcome.entries = len(own)
    outcome.lost, outcome.not_once = len(losses), len(twice)
    outcome.owed = Counter(" or ".join(sorted(each.says)) for each in owed)
    outcome.untold = len(untold)
    _count_letters(book, mails, outcome)


def _count_letters(book: Book, mails: Sequence[Mail], outcome: Outcome) -> None:
    outcome.booked = len(book.told)
    outcome.sent = len({mail.message_id for mail in mails})
    outcome.surplus = judge.surplus(book, mails)
    outcome.doubled = len(judge.doubles(mails))
    outcome.in_doubt = sum(1 for attempt in book.attempts if attempt.is_cut)


def _judge_derived(where: Installation, outcome: Outcome) -> None:
    """Hold the chain against itself, and what is derived against a rebuild from the log."""
    verified = where.ieum("registry", "verify", check=False)
    outcome.is_chain_whole = verified.returncode == 0
    if not outcome.is_chain_whole:
        outcome.faults.append(f"the chain is broken: {verified.stdout}{verified.stderr}")
    compared = where.ieum("registry", "reindex", "--compare", check=False)
    if compared.returncode:
        outcome.faults.append(f"the shelves are not the log's: {compared.stdout}{compared.stderr}")
    before = where.ieum("graph", "hash").stdout
    where.ieum("graph", "rebuild")
    after = where.ieum("graph", "hash").stdout
    outcome.is_rebuilt_equal = before == after
    if before != after:
        outcome.faults.append(f"the graph was {before.strip()}, rebuilt it is {after.strip()}")
