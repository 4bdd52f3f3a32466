"""Notify reads an agreement's last day out of its facts as the registry derives it."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from changefeed.bounds import in_force, last_day
from changefeed.mapping import to_facts
from changefeed.subjects.agreement import END_RULES, End, Party
from ieum_notify.domain.agreement import Agreement as SeatNotices
from ieum_registry.domain.agreement import Agreement
from tests.registry.makers import CITY, GIST, NAVER, SIGNED_ON, agreement, party

DAYS = st.integers(0, 8).map(lambda n: SIGNED_ON + timedelta(days=n))
MAYBE = st.none() | DAYS


@st.composite
def sides(draw: st.DrawFn, partner_id: UUID) -> Party:
    joined_on = draw(MAYBE)
    left_on = draw(st.none() | DAYS.filter(lambda day: day >= (joined_on or SIGNED_ON)))
    return party(partner_id, signed_on=draw(MAYBE), joined_on=joined_on, left_on=left_on)


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    rule = draw(st.sampled_from(list(END_RULES)))
    days = {"fixed": DAYS, "unknown": st.none()}.get(rule, MAYBE)
    ends_on: date | None = draw(days)
    parties = [draw(sides(each)) for each in (CITY, NAVER, GIST)]
    return agreement(*parties, end=End(rule, ends_on))


@given(agreements())
def test_both_find_the_same_last_day_and_say_the_same_of_how_it_ends(found: Agreement) -> None:
    told = SeatNotices.from_facts(to_facts(found)).last_day()

    assert (told.on if told else None) == last_day(found)
    if told is not None and told.how == "ends":
        assert in_force(found)[-1].last_on == told.on
    if told is not None and told.how == "left":
        assert found.end.ends_on is not None
        assert told.on < found.end.ends_on
