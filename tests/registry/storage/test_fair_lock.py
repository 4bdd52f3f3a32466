"""Nobody who waits is overtaken."""

import threading
import time

from ieum_registry.storage.database.fair_lock import FairLock


def test_writers_are_served_in_the_order_of_coming() -> None:
    lock, served = FairLock(), []

    def write(number: int) -> None:
        with lock:
            served.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(10)]
    with lock:
        for thread in threads:
            thread.start()
            time.sleep(0.02)
    for thread in threads:
        thread.join()

    assert served == list(range(10))
