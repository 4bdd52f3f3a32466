"""Lists are read as far as they are wanted, whole or not at all, or by id."""

from collections.abc import Sequence
from uuid import UUID

from registryclient.answers import Listed
from registryclient.pages import FULL_PAGE, MOST_IDS, all_pages, by_ids, whole


class Numbers:
    """A list of numbers, one on a page; keeps the cursors that it was asked with."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.cursors: list[str | None] = []

    def page(self, *, limit: int, after: str | None) -> Listed[int]:
        assert limit == FULL_PAGE
        self.cursors.append(after)
        number = int(after or 0) + 1
        return Listed([number], None if number == self.last else str(number))


def test_a_list_is_walked_only_as_far_as_it_is_wanted() -> None:
    numbers = Numbers(last=9)

    walk = all_pages(numbers.page)

    assert [next(walk), next(walk)] == [1, 2]
    assert numbers.cursors == [None, "1"]


def test_a_list_without_end_is_left_after_so_many_pages() -> None:
    assert list(all_pages(Numbers(last=9).page, at_most=3)) == [1, 2, 3]


def test_a_list_is_had_whole_or_not_at_all() -> None:
    assert whole(Numbers(last=3).page, at_most=3) == [1, 2, 3]
    assert whole(Numbers(last=4).page, at_most=3) is None


def test_ids_are_asked_for_a_hundred_at_once() -> None:
    asked: list[int] = []

    def page(*, ids: Sequence[UUID], limit: int) -> Listed[UUID]:
        assert len(ids) <= MOST_IDS <= limit
        asked.append(len(ids))
        return Listed(list(ids), None)

    ids = {UUID(int=number) for number in range(201)}
    found = list(by_ids(page, ids))

    assert asked == [100, 100, 1]
    assert set(found) == ids
    assert len(found) == len(ids)
    assert list(by_ids(page, ())) == []
