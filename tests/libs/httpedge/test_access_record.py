"""What is collected of accesses: counted by the minute, bounded, and kept in the end."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from threading import enumerate as enumerate_threads

from httpedge.access_record import ANY, MOST_DENIED, STRANGER, Access, AccessLog, Counted

NOW = datetime(2026, 11, 23, 3, 0, 10, tzinfo=UTC)
LOOK = Access("portal:a", "office", "192.0.2.1", "GET /v1/contacts", "200", ("p1",))


class Book:
    """Keeps what it is handed, unless it is told to fail."""

    def __init__(self) -> None:
        self.kept: dict[str, int] = {}
        self.accesses: list[Access] = []
        self.fails = False

    def keep(self, records: Sequence[Counted]) -> None:
        if self.fails:
            raise OSError("disk full")
        for each in records:
            self.kept[each.key] = self.kept.get(each.key, 0) + each.times
            self.accesses.append(each.access)


def denial(account: str, act: str, address: str = "192.0.2.1") -> Access:
    return Access(account, "public", address, act, "401", is_denial=True)


def test_the_same_within_a_minute_is_one_record_with_a_count() -> None:
    book = Book()
    log = AccessLog(book.keep)

    for seconds in (0, 1, 2, 60):
        log.note(LOOK, NOW + timedelta(seconds=seconds))
        log.flush()

    assert sorted(book.kept.values()) == [1, 3]


def test_a_flood_of_denials_stays_small_whoever_sends_it() -> None:
    book = Book()
    log = AccessLog(book.keep)

    for number in range(10_000):
        log.note(denial(STRANGER, f"GET /{number}", f"192.0.2.{number % 250}"), NOW)
    log.flush()

    assert len(book.kept) == MOST_DENIED + 1
    assert sum(book.kept.values()) == 10_000
    assert book.accesses[-1].address == ANY


def test_a_flood_of_strangers_hides_no_account_s_denials() -> None:
    book = Book()
    log = AccessLog(book.keep)
    for number in range(100):
        log.note(denial(STRANGER, f"GET /{number}"), NOW)

    log.note(denial("portal:b", "GET /v1/contacts"), NOW)
    log.flush()

    assert [each.act for each in book.accesses if each.account == "portal:b"] == [
        "GET /v1/contacts"
    ]


def test_looks_at_people_are_never_counted_together() -> None:
    book = Book()
    log = AccessLog(book.keep)

    for number in range(200):
        log.note(
            Access("portal:a", "office", "::1", "GET /v1/contacts", "200", (str(number),)), NOW
        )
    log.flush()

    assert len(book.kept) == 200


def test_what_could_not_be_kept_is_kept_later() -> None:
    book = Book()
    log = AccessLog(book.keep)
    book.fails = True
    log.note(LOOK, NOW)
    log.flush()
    log.note(LOOK, NOW)
    book.fails = False

    log.flush()

    assert list(book.kept.values()) == [2]


def test_a_closed_log_takes_its_last_to_the_store_and_leaves_no_thread() -> None:
    book = Book()
    others = set(enumerate_threads())
    log = AccessLog(book.keep)
    log.note(LOOK, NOW)
    (thread,) = set(enumerate_threads()) - others

    log.close()
    thread.join()
    log.note(LOOK, NOW)

    assert list(book.kept.values()) == [1]
    assert set(enumerate_threads()) <= others


def test_a_closed_log_whose_store_is_gone_leaves_no_thread_either() -> None:
    book = Book()
    others = set(enumerate_threads())
    log = AccessLog(book.keep)
    book.fails = True
    log.note(LOOK, NOW)
    (thread,) = set(enumerate_threads()) - others

    log.close()
    thread.join()

    assert not book.kept
