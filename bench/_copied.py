"""Notify's copy of a city of some size, filled without a log."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.engine import Engine
from uuid_utils.compat import uuid7

from changefeed.chain import GENESIS
from changefeed.change import Facts
from ieum_notify.app import stored_copy
from ieum_notify.domain.facts import Record, Subject
from ieum_notify.domain.letter import Person
from ieum_notify.domain.rules.register import RULES
from ieum_notify.domain.seat import Seat
from ieum_notify.storage.copy import StoredCopy
from ieum_notify.storage.migrate import STEPS
from ieum_notify.storage.tables import BOOKMARK, FACTS
from sqlstore.engine import open_engine
from tests.notify.makers import MONDAY, agreement, houses, milestone, party, place, seat


@dataclass(frozen=True, slots=True)
class Copied:
    """A notify of some size, and what the registry would answer it."""

    engine: Engine
    copy: StoredCopy
    records: Mapping[Subject, Record]
    seats: Mapping[UUID, Seat]
    people: Mapping[UUID, tuple[Person, ...]]


def copied_city(folder: Path, size: int, *, due: int) -> Copied:
    """Copy so many agreements: two to a partner with a seat, each with a milestone far ahead.

    Args:
        due: How many more milestones are due in a week, a letter each.
    """
    partners = [Subject("partner", uuid7()) for _ in range(size // 2)]
    agreements = [Subject("agreement", uuid7()) for _ in range(size)]
    facts: dict[Subject, Facts] = houses()
    people = {}
    for number, partner in enumerate(partners):
        person = Person(uuid7(), f"담당 {number}", "ko", f"p{number}@partner.example")
        seat_id = uuid7()
        name: Facts = {"ko": f"주식회사 협약기관 {number}", "en": f"Partner {number}"}
        facts[partner] = {"id": str(partner.id), "key": None, "name": name}
        facts |= seat(seat_id, partner, "liaison", person.contact_id)
        people[seat_id] = (person,)
    for number, each in enumerate(agreements):
        facts |= agreement(each, party(partners[number // 2]))
    for number in range(size + due):
        due_on = MONDAY + timedelta(days=7 if number < due else 400)
        facts |= milestone(
            due_on,
            Subject("milestone", uuid7()),
            owner=place(partners[number % len(partners)]),
            agreement_id=str(agreements[number % len(agreements)].id),
        )
    records = {about: Record(1, each) for about, each in facts.items()}
    seats = [Seat.from_facts(each) for about, each in facts.items() if about.type == "seat"]
    engine = _stored(f"sqlite:///{folder}/notify-{size}.db", records)
    copy = stored_copy(engine, RULES)
    return Copied(engine, copy, records, {each.id: each for each in seats}, people)


def _stored(url: str, records: Mapping[Subject, Record]) -> Engine:
    STEPS.migrate(url)
    engine = open_engine(url)
    rows = [
        {
            "subject_type": about.type,
            "subject_id": about.id,
            "version": each.version,
            "seq": seq,
            "body": json.dumps(each.facts, ensure_ascii=False),
        }
        for seq, (about, each) in enumerate(records.items(), 1)
    ]
    head = {"id": 1, "seq": len(rows), "hash": GENESIS, "head": len(rows), "copy": uuid7()}
    with engine.begin() as connection:
        connection.execute(insert(FACTS), rows)
        connection.execute(insert(BOOKMARK), head)
    return engine
