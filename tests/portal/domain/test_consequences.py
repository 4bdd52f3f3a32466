"""What would change in the network, told as people read it."""

from dataclasses import replace
from datetime import date

from changefeed.subjects.parts import Words
from ieum_portal.domain.consequences import Cover, End, Redrawn, Tie

MEANS = Words("과제 담당 기관이다")
HONAM = End("h", "partner", Words("호남대"))
TASK = End("t", "task", Words("인재양성"))
COMMITMENT = End("c", "collaboration", Words("honam-t16"))
SINCE, LAST = date(2023, 9, 23), date(2026, 11, 23)
CLOSED = Tie("closes", "WORKS_ON", MEANS, HONAM, TASK, SINCE, None)
OPENED = Tie("opens", "WORKS_ON", MEANS, HONAM, TASK, SINCE, LAST)


def told(*ties: Tie) -> tuple[Tie, ...]:
    return Redrawn(LAST, ties, ()).told


def test_what_is_closed_and_opened_again_moves_its_last_day() -> None:
    assert told(CLOSED, OPENED) == (
        Tie("moves", "WORKS_ON", MEANS, HONAM, TASK, SINCE, LAST, was_until=None),
    )


def test_what_is_opened_again_as_it_was_is_no_change() -> None:
    assert told(CLOSED, replace(CLOSED, change="opens")) == ()


def test_of_two_alike_that_close_none_is_lost() -> None:
    other = replace(CLOSED, until=date(2028, 1, 1))

    assert told(CLOSED, other) == (CLOSED, other)
    assert told(CLOSED, other, OPENED) == (
        replace(OPENED, change="moves", was_until=None),
        other,
    )
    assert told(CLOSED, other, replace(other, change="opens")) == (CLOSED,)


def test_what_only_opens_or_closes_is_told_so() -> None:
    assert told(CLOSED) == (CLOSED,)
    assert told(OPENED) == (OPENED,)


def test_ties_from_other_days_are_other_ties() -> None:
    later = Tie("opens", "WORKS_ON", MEANS, HONAM, TASK, date(2027, 1, 1), None)

    assert told(CLOSED, later) == (CLOSED, later)


def test_a_commitments_own_ties_are_not_told() -> None:
    inner = Tie("closes", "TAKES_PART", MEANS, HONAM, COMMITMENT, SINCE, None)

    assert told(inner, CLOSED) == (CLOSED,)


def test_a_task_is_lost_when_its_last_partner_goes() -> None:
    task = Words("인재양성")

    lost = [Cover(task, before, after).is_lost for before, after in ((1, 0), (2, 1), (0, 0))]
    assert lost == [True, False, False]
