"""Pages of changes drawn at random, of everything that planning reads."""

from datetime import date
from uuid import UUID

from hypothesis import strategies as st

from changefeed.change import Facts
from ieum_notify.domain.facts import Record, Subject
from tests.notify.makers import LIAISON, day_off, seat

IDS = [UUID(int=(0x018F << 112) + n) for n in range(2)]
TYPES = ("seat", "contact", "department", "partner", "calendar_day", "milestone")
PLACES = [Subject("partner", IDS[0]), Subject("department", IDS[1])]


@st.composite
def changes(draw: st.DrawFn) -> dict[Subject, Record | None]:
    """One page of changes: few subjects of each type, so that they meet again; some unreadable."""
    found: dict[Subject, Record | None] = {}
    for kind, identity in draw(st.sets(st.tuples(st.sampled_from(TYPES), st.sampled_from(IDS)))):
        subject = Subject(kind, identity)
        found[subject] = draw(st.none() | st.builds(Record, st.integers(1, 9), facts_of(subject)))
    return found


def facts_of(subject: Subject) -> st.SearchStrategy[Facts]:
    days = st.sampled_from([date(2026, 11, 23), date(2026, 11, 24)])
    match subject.type:
        case "seat":
            read = st.builds(
                lambda place, role: next(iter(seat(subject.id, place, role, LIAISON).values())),
                st.sampled_from(PLACES),
                st.sampled_from(["liaison", "officer"]),
            )
        case "contact":
            read = days.map(lambda on: {"consented_on": on.isoformat()})
        case "calendar_day":
            read = st.builds(
                lambda on, working: next(iter(day_off(on, working=working).values())),
                days,
                st.booleans(),
            )
        case _:
            read = st.booleans().map(lambda is_it: {"own": is_it, "office": is_it})
    return st.just({}) | read
