"""An import is written in pages: killed anywhere and gone on with, nothing is lost or doubled."""

import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from changefeed.subjects.department import Department
from changefeed.subjects.load import Load
from changefeed.subjects.parts import Words
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.errors import NotFound, Stale
from ieum_registry.operations.importing.commit import commit_page
from ieum_registry.operations.importing.undo import undo_page
from ieum_registry.operations.ports.imports import Checked, Found, LeaseLost
from ieum_registry.operations.reindex import reindex
from ieum_registry.operations.verify import verify
from ieum_registry.storage.store import Store

from .staged import (
    approved,
    brought,
    carry_on,
    city,
    claimed,
    new_records,
    planned,
    signed,
    turn,
)
from .subjects import NOON, OFFICE, event, how_many, partner, record

LATER = NOON + timedelta(minutes=2)

# Works on the import that waits, in pages of three, and dies: on the second page after its
# entries are in the transaction and before COMMIT, or between the first page and the second.
WORKER = """
import os
import signal
import sys
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.operations.importing import commit
from ieum_registry.storage.log import staging
from ieum_registry.storage.store import Store
from tests.registry.storage.staged import claimed, turn

commit.AT_ONCE = 3
settle, pages = staging.settle, 0

def settle_or_die(writing, page):
    global pages
    settle(writing, page)
    pages += 1
    if sys.argv[2] == "within" and pages == 2:
        os.kill(os.getpid(), signal.SIGKILL)

staging.settle = settle_or_die
store = Store(sys.argv[1], disclose=disclosed)
claim = claimed(store)
while commit.commit_page(turn(store, claim)):
    if sys.argv[2] == "between":
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.usefixtures("other_processes")
@pytest.mark.parametrize("where", ["within", "between"])
def test_a_worker_that_is_killed_is_gone_on_from_exactly(
    store: Store, store_url: str, where: str
) -> None:
    import_id = approved(store, new_records(city(store), 8))

    killed = subprocess.run([sys.executable, "-c", WORKER, store_url, where], check=False)
    halfway = store.imports.one(import_id)
    carry_on(store, LATER)

    assert killed.returncode == -signal.SIGKILL
    assert (halfway.state, halfway.done, halfway.total) == ("committing", 3, 9)
    done = store.imports.one(import_id)
    assert (done.state, done.done, done.receipt_id) == ("done", 9, import_id)
    assert (how_many(store, "agreement"), how_many(store, "partner")) == (8, 2)
    assert kinds(store) == {
        "partner.registered": 2,
        "agreement.recorded": 8,
        "load.recorded": 1,
    }
    assert verify(store.stored_changes()).is_whole
    with store.new_shelves() as shelves:
        assert reindex(shelves, compare_only=True).differences == ()


def test_who_was_taken_for_dead_writes_nothing_any_more(store: Store) -> None:
    approved(store, new_records(city(store), 2))
    slow = claimed(store)

    carry_on(store, LATER)

    head = store.records.head()
    with pytest.raises(LeaseLost):
        commit_page(replace(turn(store, slow), this=store.imports.one(slow.id)))
    assert store.records.head() == head


def test_no_worker_takes_what_its_sender_checks_at_once(store: Store) -> None:
    import_id, _ = brought(store)

    assert store.imports.claim(token=UUID(int=2), now=NOON, lease_until=LATER) is None
    assert claimed(store, LATER).id == import_id


def test_a_check_that_was_overtaken_leaves_what_stands(store: Store) -> None:
    own = city(store)
    import_id, slow = brought(store)
    fast, found = claimed(store, LATER), Checked(Found(), (), new_records(own, 2))
    store.imports.stage(fast, 1, found, LATER)

    def late() -> None:
        with pytest.raises(LeaseLost):
            store.imports.stage(slow, 1, Checked(Found(), (), new_records(own, 9)), LATER)

    late()
    assert store.imports.one(import_id).total == 3
    store.imports.move(import_id, 1, "committing", choices=None, by=OFFICE, at=LATER)
    late()
    carry_on(store, LATER)
    late()

    done = store.imports.one(import_id)
    assert (done.state, done.done, done.total) == ("done", 3, 3)
    assert how_many(store, "agreement") == 2


def test_a_check_of_what_was_erased_leaves_nothing(store: Store) -> None:
    import_id, slow = brought(store)
    store.imports.erase(import_id, 1)

    with pytest.raises(LeaseLost):
        store.imports.stage(slow, 1, Checked(Found(), (), new_records(city(store), 2)), NOON)

    assert staged_records(store) == 0


def test_nobody_takes_what_somebody_holds(store: Store) -> None:
    approved(store, new_records(city(store), 2))
    held = claimed(store)

    assert store.imports.claim(token=UUID(int=1), now=NOON, lease_until=LATER) is None
    store.imports.release(held)
    assert claimed(store).id == held.id


def test_what_somebody_changed_meanwhile_is_left_and_told(store: Store) -> None:
    own, other = city(store), partner("네이버")
    known = [signed(own, other, f"2021-{number}") for number in (1, 2)]
    record(store, other, *known)
    better = [replace(each, purpose=Words("함께 만든다")) for each in known]
    both = enumerate(zip(better, known, strict=True))
    import_id = approved(store, [planned(place, new, old) for place, (new, old) in both])
    by_hand = replace(known[0], purpose=Words("손으로 고침"))
    record(store, by_hand)

    carry_on(store)

    assert agreement_of(store, known[0].id) == by_hand
    assert agreement_of(store, known[1].id) == better[1]
    receipt = receipt_of(store, import_id)
    assert receipt.counts == {"agreement": 1}
    assert receipt.left_in_all == 1
    assert [(each.line, each.why) for each in receipt.left] == [(2, "import.changed_meanwhile")]


def test_a_number_that_somebody_took_meanwhile_is_left_and_told(store: Store) -> None:
    own = city(store)
    import_id = approved(store, new_records(own, 2))
    other = partner("다른 기관")
    record(store, other, signed(own, other, "2026-001"))

    carry_on(store)

    receipt = receipt_of(store, import_id)
    assert receipt.counts == {"agreement": 1, "partner": 1}
    assert [(each.line, each.why) for each in receipt.left] == [(3, "value.taken")]


def test_an_import_is_taken_back_as_a_whole(store: Store) -> None:
    own, other = city(store), partner("네이버")
    known = signed(own, other, "2021-1")
    record(store, other, known)
    better = replace(known, purpose=Words("함께 만든다"))
    import_id = approved(store, [*new_records(own, 2), planned(3, better, known)])
    carry_on(store)
    before = store.imports.one(import_id)

    store.imports.move(import_id, before.version, "undoing", choices=None, by=OFFICE, at=NOON)
    carry_on(store, page=undo_page)

    assert store.imports.one(import_id).state == "undone"
    assert agreement_of(store, known.id) == known
    assert (how_many(store, "agreement"), how_many(store, "partner")) == (1, 2)
    assert how_many(store, "partner", q="새 기관") == 0
    receipt = receipt_of(store, import_id)
    assert (receipt.undone_on, receipt.kept_in_all) == (NOON.date(), None)
    assert verify(store.stored_changes()).is_whole
    with store.new_shelves() as shelves:
        assert reindex(shelves, compare_only=True).differences == ()
    # The number is free again.
    record(store, signed(own, other, "2026-001"))


def test_what_was_touched_or_is_named_by_now_stays_and_is_told(store: Store) -> None:
    own = city(store)
    records = new_records(own, 2)
    import_id = approved(store, records)
    carry_on(store)
    touched = replace(agreement_of(store, records[1].subject_id), purpose=Words("손으로"))
    record(store, touched)

    store.imports.move(import_id, 2, "undoing", choices=None, by=OFFICE, at=NOON)
    carry_on(store, page=undo_page)

    assert agreement_of(store, touched.id) == touched
    with pytest.raises(NotFound):
        store.records.one("agreement", records[2].subject_id)
    kept = store.imports.settled(import_id, states=["kept"], after=-1, limit=9)
    assert [(each.planned.subject_type, each.outcome.why) for each in kept] == [
        ("partner", "import.named"),
        ("agreement", "import.touched"),
    ]
    assert receipt_of(store, import_id).kept_in_all == 2


def test_a_department_that_an_event_names_by_now_stays(store: Store) -> None:
    desk = Department(uuid4(), Words("국제협력과"))
    import_id = approved(store, [planned(0, desk)])
    carry_on(store)
    record(store, replace(event(), department_id=desk.id))

    store.imports.move(import_id, 2, "undoing", choices=None, by=OFFICE, at=NOON)
    carry_on(store, page=undo_page)

    [kept] = store.imports.settled(import_id, states=["kept"], after=-1, limit=9)
    assert kept.outcome.why == "import.named"
    assert kept.outcome.facts == {"type": "event", "name": "세계 전시회"}


def test_what_was_retracted_is_still_known_as_it_was(store: Store) -> None:
    records = new_records(city(store), 1)
    import_id = approved(store, records)
    carry_on(store)
    then = store.records.head().seq

    store.imports.move(import_id, 2, "undoing", choices=None, by=OFFICE, at=NOON)
    carry_on(store, page=undo_page)

    assert store.records.one("agreement", records[1].subject_id, known_at=then).version == 1
    assert how_many(store, "agreement", known_at=then) == 1
    assert how_many(store, "agreement") == 0


def test_a_decision_of_who_has_not_seen_the_last_one_is_refused(store: Store) -> None:
    import_id = approved(store, [], state="open")

    with pytest.raises(Stale):
        store.imports.move(import_id, 1, "checking", choices=None, by=OFFICE, at=NOON)


def test_an_old_import_is_erased_with_its_lines(store: Store) -> None:
    import_id = approved(store, new_records(city(store), 2))

    assert store.imports.forget_before(NOON) == 0
    assert store.imports.forget_before(LATER) == 1

    with pytest.raises(NotFound):
        store.imports.one(import_id)
    assert staged_records(store) == 0


def test_lines_that_a_killed_erasure_left_are_erased(store: Store) -> None:
    import_id = approved(store, new_records(city(store), 2))
    with store.database.writing() as writing:
        writing.run("DELETE FROM import_sheet WHERE id = ?", [str(import_id)])

    store.imports.forget_before(NOON)

    assert staged_records(store) == 0


def staged_records(store: Store) -> int:
    return int(store.database.rows("SELECT count(*) FROM import_record")[0][0])


def agreement_of(store: Store, agreement_id: UUID) -> Agreement:
    with store.ledger.in_name_of(OFFICE, at=NOON).open() as transaction:
        return transaction.take(Agreement, agreement_id)


def receipt_of(store: Store, import_id: UUID) -> Load:
    with store.ledger.in_name_of(OFFICE, at=NOON).open() as transaction:
        return transaction.take(Load, import_id)


def kinds(store: Store) -> dict[str, int]:
    """Count the entries of the log by kind."""
    found: dict[str, int] = {}
    for each in store.stored_changes():
        kind = getattr(each, "kind", "unreadable")
        found[kind] = found.get(kind, 0) + 1
    return found
