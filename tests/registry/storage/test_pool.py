"""What is shared is lent to one at a time, in the order of asking, and no place is ever lost."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from ieum_registry.storage.database.pool import Pool


def counting() -> Callable[[], int]:
    made: list[int] = []

    def make() -> int:
        made.append(len(made) + 1)
        return made[-1]

    return make


def never(_: int) -> bool:
    return False


def test_what_was_made_is_lent_again_and_no_more_is_made_than_is_needed() -> None:
    pool = Pool(counting(), 3, is_lost=never)

    for _ in range(5):
        with pool.lent() as one:
            assert one == 1
    with pool.lent() as one, pool.lent() as other:
        assert {one, other} == {1, 2}


def test_never_more_are_out_than_there_are_and_everybody_gets_one() -> None:
    pool, out, most = Pool(counting(), 3, is_lost=never), set[int](), []

    def use(_: int) -> int:
        with pool.lent() as thing:
            assert thing not in out
            out.add(thing)
            most.append(len(out))
            time.sleep(0.001)
            out.remove(thing)
            return thing

    with ThreadPoolExecutor(24) as threads:
        used = list(threads.map(use, range(200)))

    assert set(used) == {1, 2, 3}
    assert max(most) == 3


def test_those_who_wait_are_served_in_the_order_of_coming() -> None:
    pool, served = Pool(counting(), 1, is_lost=never), list[int]()

    def use(number: int) -> None:
        with pool.lent():
            served.append(number)

    threads = [threading.Thread(target=use, args=(number,)) for number in range(10)]
    with pool.lent():
        for thread in threads:
            thread.start()
            time.sleep(0.02)
    for thread in threads:
        thread.join()

    assert served == list(range(10))


def test_what_came_back_lost_is_made_anew() -> None:
    pool = Pool(counting(), 1, is_lost=lambda thing: thing < 3)

    lent = []
    for _ in range(4):
        with pool.lent() as thing:
            lent.append(thing)

    assert lent == [1, 2, 3, 3]


def test_a_place_is_not_lost_if_nothing_could_be_made_or_the_user_failed() -> None:
    broken = [True]

    def make() -> int:
        if broken:
            raise OSError("no more files")
        return 1

    pool = Pool(make, 1, is_lost=never)
    for _ in range(3):
        with pytest.raises(OSError, match="no more files"), pool.lent():
            pass
    broken.clear()
    with pytest.raises(ValueError, match="mine"), pool.lent():
        raise ValueError("mine")

    with pool.lent() as thing:
        assert thing == 1


def test_who_waits_makes_what_another_could_not() -> None:
    first, waits, told = threading.Event(), threading.Event(), list[int]()

    def make() -> int:
        if first.is_set():
            return 7
        first.set()
        waits.wait(10)
        time.sleep(0.05)
        raise OSError("no more files")

    pool = Pool(make, 1, is_lost=never)

    def fail() -> None:
        with pytest.raises(OSError, match="no more files"), pool.lent():
            pass

    def wait() -> None:
        with pool.lent() as thing:
            told.append(thing)

    failing, waiting = threading.Thread(target=fail), threading.Thread(target=wait)
    failing.start()
    first.wait(10)
    waiting.start()
    waits.set()
    failing.join()
    waiting.join()

    assert told == [7]
