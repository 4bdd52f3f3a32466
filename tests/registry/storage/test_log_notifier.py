"""Waiting for news ends at once when there is some, and holds no connection."""

import threading
import time

import pytest

from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.log.log_notifier import LogNotifier
from ieum_registry.storage.store import Store

from .subjects import partner, record


def test_what_is_there_already_is_not_waited_for(store: Store) -> None:
    record(store, partner())

    assert store.records.wait_beyond(0, 10)


def test_without_news_the_wait_ends_in_time(store: Store) -> None:
    began = time.monotonic()

    assert not store.records.wait_beyond(0, 0.3)
    assert 0.3 <= time.monotonic() - began < 5


def test_a_commit_wakes_all_who_wait(store: Store) -> None:
    found: list[bool] = []
    threads = [
        threading.Thread(target=lambda: found.append(store.records.wait_beyond(0, 20)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.1)

    began = time.monotonic()
    record(store, partner())
    for thread in threads:
        thread.join()

    assert found == [True] * 8
    assert time.monotonic() - began < 5


def test_a_commit_of_another_process_is_noticed(store: Store, store_url: str) -> None:
    elsewhere = Store(store_url, disclose=disclosed)
    timer = threading.Timer(0.1, record, [elsewhere, partner()])
    timer.start()

    assert store.records.wait_beyond(0, 20)
    timer.join()
    elsewhere.close()


def test_one_waiter_too_many_is_answered_at_once() -> None:
    log_notifier = LogNotifier(lambda: 0, most_waiters=1)
    waiting = threading.Thread(target=log_notifier.wait_beyond, args=(0, 20))
    waiting.start()
    time.sleep(0.1)

    began = time.monotonic()
    assert not log_notifier.wait_beyond(0, 20)
    assert time.monotonic() - began < 5

    log_notifier.close()
    waiting.join()


def test_waiters_ask_the_database_one_for_all() -> None:
    asked = 0

    def ask() -> int:
        nonlocal asked
        asked += 1
        return 0

    log_notifier = LogNotifier(ask)
    threads = [threading.Thread(target=log_notifier.wait_beyond, args=(0, 1.1)) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # Each once on coming, then one for all about five times a second.
    assert asked <= 10 + 12


def test_a_database_that_fails_is_told_to_the_waiter() -> None:
    def ask() -> int:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        LogNotifier(ask).wait_beyond(0, 1)
