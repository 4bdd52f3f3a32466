"""The worker: carries imports through, handovers out, and records which terms have renewed.

A process of its own, so that others are served meanwhile. Any number may run beside one another:
an import is claimed under a lease, and what is written without it is refused.
"""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from changefeed.change import Actor
from httpedge.heartbeat import Beat
from ieum_registry.domain.errors import Refused
from ieum_registry.operations.handover import carry_out_handover, due_on
from ieum_registry.operations.importing.check import check
from ieum_registry.operations.importing.commit import Turn, commit_page
from ieum_registry.operations.importing.reading import open_sheet
from ieum_registry.operations.importing.steps import LEASE
from ieum_registry.operations.importing.undo import undo_page
from ieum_registry.operations.ports.imports import Claim, Import, Imports, LeaseLost
from ieum_registry.operations.ports.ledger import Ledger
from ieum_registry.operations.ports.records import Records
from ieum_registry.operations.roll import record_renewals, renewed_by_rule

SEOUL = ZoneInfo("Asia/Seoul")
SELDOM = (50_000, 50, 50)
"""After so many new objects the youngest are looked through, and the older ones that many less."""
LOOKS_EVERY_S = 1.0
AFTER_A_FAILURE_S = 10.0

HANDOVER_RULE = Actor("rule:handover", "rule")
"""In whose name a handover is carried out when its day has come."""

RENEWAL_RULE = Actor("rule:auto-renewal", "rule")
"""In whose name a term is recorded that began because nobody objected."""

log = logging.getLogger("imports")


class Ledgers(Protocol):
    """Gives the ledger in somebody's name."""

    def in_name_of(self, actor: Actor, *, at: datetime) -> Ledger:
        """Give it."""


class Workable(Protocol):
    """What the worker needs of a store."""

    @property
    def imports(self) -> Imports:
        """Imports that wait."""

    @property
    def ledger(self) -> Ledgers:
        """Where they are written."""

    @property
    def records(self) -> Records:
        """What is on record."""


def work(
    store: Workable,
    *,
    now: Callable[[], datetime],
    new_id: Callable[[], UUID],
    stopping: Event,
    beat: Beat = lambda: None,
) -> None:
    """Work whatever waits, until the process is to stop; the page under way is finished first."""
    log.info("worker started")
    wait_s, rolled_on = 0.0, None
    while not stopping.wait(wait_s):
        beat()
        try:
            done = work_once(store, now=now, new_id=new_id, go_on=_until(stopping, beat))
            done = hand_over_what_is_due(store, at=now()) > 0 or done
            today = now().astimezone(SEOUL).date()
            if today != rolled_on:
                roll(store, at=now())
                rolled_on = today
            wait_s = 0.0 if done else LOOKS_EVERY_S
        except Exception:  # The store may be away; a claim comes back when its lease ends.
            log.exception("what waits could not be worked on")
            wait_s = AFTER_A_FAILURE_S


def hand_over_what_is_due(store: Workable, *, at: datetime) -> int:
    """Carry out the handovers whose day has come in Seoul; give how many there were.

    Raises:
        Exception: Of the last that could not be carried out, once the others are.
    """
    today = at.astimezone(SEOUL).date()
    ledger = store.ledger.in_name_of(HANDOVER_RULE, at=at)
    done, failed = 0, None
    for each in due_on(today, store.records):
        try:
            done += carry_out_handover(each, today=today, ledger=ledger)
        except Exception as error:
            log.exception("a handover waits on", extra={"handover": str(each)})
            failed = error
    if done:
        log.info("handovers were carried out", extra={"count": done})
    if failed is not None:
        raise failed
    return done


def roll(store: Workable, *, at: datetime) -> int:
    """Record which terms have renewed by themselves by the day in Seoul; give how many.

    What cannot be recorded keeps no other from it: it stays in force, and overdue (L-6).

    Raises:
        Exception: Of the last that could not be recorded, once the others are.
    """
    ledger = store.ledger.in_name_of(RENEWAL_RULE, at=at)
    today, renewed, failed = at.astimezone(SEOUL).date(), 0, None
    for each in list(renewed_by_rule(today, store.records)):
        try:
            renewed += record_renewals(each, today=today, ledger=ledger)
        except Refused:
            log.exception("a rule forbids a renewal", extra={"agreement": str(each)})
        except Exception as error:
            log.exception("a renewal waits on", extra={"agreement": str(each)})
            failed = error
    if renewed:
        log.info("terms have renewed by themselves", extra={"count": renewed})
    if failed is not None:
        raise failed
    return renewed


def _until(stopping: Event, beat: Beat) -> Callable[[], bool]:
    def go_on() -> bool:
        beat()
        return not stopping.is_set()

    return go_on


def work_once(
    store: Workable,
    *,
    now: Callable[[], datetime],
    new_id: Callable[[], UUID],
    go_on: Callable[[], bool] = lambda: True,
) -> bool:
    """Take one import that waits, if there is any, and carry it through.

    Args:
        go_on: Asked after each page; if not, the import is given back.

    Returns:
        Whether there was one.
    """
    at = now()
    claim = store.imports.claim(token=new_id(), now=at, lease_until=at + LEASE)
    if claim is None:
        return False
    this = store.imports.one(claim.id)
    try:
        _carry_through(store, claim, this, now=now, new_id=new_id, go_on=go_on)
    except LeaseLost:
        log.warning("another worker took the import", extra={"import": str(claim.id)})
    return True


def _carry_through(
    store: Workable,
    claim: Claim,
    this: Import,
    *,
    now: Callable[[], datetime],
    new_id: Callable[[], UUID],
    go_on: Callable[[], bool],
) -> None:
    said = {"import": str(this.id), "state": this.state}
    if this.state == "checking":
        imports = store.imports

        def keep() -> None:
            imports.keep(claim, now() + LEASE)
            go_on()

        book = open_sheet(imports.data(this.id), this.name, this.choices)
        keep()
        with _few_collections():
            check(
                claim,
                this,
                book,
                now=now(),
                new_id=new_id,
                imports=imports,
                records=store.records,
                keep=keep,
            )
        log.info("an import was checked", extra=said)
        return
    page = commit_page if this.state == "committing" else undo_page
    while page(_turn(store, claim, this, now())):
        if not go_on():
            store.imports.release(claim)
            log.info("an import was given back", extra=said)
            return
    log.info("an import was worked through", extra=said)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for circles of objects seldom: thousands of lines held at once have none.

    Looking through all of them again and again takes a sixth of the time.
    """
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _turn(store: Workable, claim: Claim, this: Import, at: datetime) -> Turn:
    ledger = store.ledger.in_name_of(this.moved_by, at=at)
    today = at.astimezone(SEOUL).date()
    return Turn(claim, this, at, today, at + LEASE, ledger, store.imports)
