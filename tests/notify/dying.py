"""A dispatcher killed at one moment: `python -m tests.notify.dying DATABASE SMTP MOMENT`."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn
from uuid import UUID

from ieum_notify.domain.facts import Subject
from ieum_notify.domain.letter import Letter, Person
from ieum_notify.operations.ports import Mailing, MailServer, Resolution
from sqlstore.engine import open_engine
from tests.notify.makers import (
    LIAISON,
    LIAISON_SEAT,
    MONDAY,
    PARTNER,
    PostRoom,
    Registry,
    at,
    houses,
    milestone_in_five_days,
    seat,
)

SECOND = UUID("018f0000-0000-7000-8000-00000000000b")

MOMENTS = ("after claim", "before data", "after 250")
"""After the claim is committed; after the attempt is; after the server's 250.

Two more: "between readers", before the second reader's letter; "after record", once what became of
the letter is committed.
"""


def die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def two_readers(registry: Registry) -> None:
    """Let a second person sit at the partner's seat."""
    registry.people[SECOND] = Person(SECOND, "이예시", "ko", "second@naver.example")
    registry.record(seat(LIAISON_SEAT, PARTNER, "liaison", LIAISON, SECOND))


class DyingRegistry(Registry):
    def resolve(self, _subjects: Sequence[Subject], _seats: Sequence[UUID]) -> Resolution:
        die()


class DyingPostbox:
    """Dies before or after the letter is handed over."""

    def __init__(self, real: MailServer, moment: str) -> None:
        self._real = real
        self._moment = moment
        self.domain = real.domain
        self._line: Mailing | None = None
        self._letters = 0

    @contextmanager
    def open(self, meanwhile: Callable[[], None]) -> Iterator["DyingPostbox"]:
        with self._real.open(meanwhile) as self._line:
            yield self

    def send(self, letter: Letter, meanwhile: Callable[[], None]) -> None:
        self._letters += 1
        if self._moment == "before data" or self._letters == 2:
            die()
        assert self._line is not None
        self._line.send(letter, meanwhile)
        if self._moment == "after 250":
            die()


def main(database: str, smtp_url: str, moment: str) -> None:
    registry = DyingRegistry() if moment == "after claim" else Registry()
    registry.record(houses(), milestone_in_five_days())
    if moment == "between readers":
        two_readers(registry)
    room = PostRoom(open_engine(database), registry, smtp_url, at(MONDAY))
    assert room.mail_server is not None
    room.mail_server = DyingPostbox(room.mail_server, moment)
    room.follow()
    room.plan()
    if moment == "after record":
        real = room.outbox.settle

        def settle(*args: Any, **named: Any) -> NoReturn:  # noqa: ANN401  Whatever it takes.
            real(*args, **named)
            die()

        room.outbox.settle = settle  # type: ignore[method-assign]  # The kill is the point.
    room.send()


if __name__ == "__main__":
    main(*sys.argv[1:])
