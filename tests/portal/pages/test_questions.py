"""How often a page asks the registry: no more often, however much is on record."""

from collections import Counter

import pytest

from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.registry import Registry
from tests.portal.sample import (
    AGREEMENT,
    AGREEMENTS,
    COLLABORATIONS,
    DEPARTMENTS,
    MILESTONES,
    PARTNERS,
    Facts,
    identity,
)

NAVER, MOU, EXPO = (identity(each) for each in ("naver", AGREEMENT, "expo"))
MANY = 30

PAGES = [
    "/",
    "/partners",
    f"/partners/{NAVER}",
    "/agreements",
    f"/agreements/{MOU}",
    "/coverage",
    "/coverage?task=T05",
    "/events",
    f"/events/{EXPO}",
    "/history",
]


def grow(registry: Registry) -> None:
    """Put a thousand partners before all others, and 30 of everything that pages show."""
    naver = PARTNERS[1]
    first = {"name": {"ko": "가", "en": None}}
    registry.hold(
        partner=[*PARTNERS, *(naver | first | new(f"p{number}") for number in range(1000))],
        department=[
            *DEPARTMENTS,
            *(DEPARTMENTS[0] | {"office": False} | new(f"d{number}") for number in range(500)),
        ],
        agreement=[
            *AGREEMENTS,
            *(AGREEMENTS[0] | {"number": None} | new(f"a{number}") for number in range(MANY)),
        ],
        collaboration=[*COLLABORATIONS, *multiplied(COLLABORATIONS[0], "c")],
        milestone=[*MILESTONES, *multiplied(MILESTONES[0], "m1-")],
    )
    for number, each in enumerate(multiplied(COLLABORATIONS[0], "c")):
        registry.change("collaboration", each, partner_id=identity(f"p{number}"))


def new(key: str) -> Facts:
    """Make one record another one."""
    return {"id": identity(key), "key": None}


def multiplied(facts: Facts, key: str) -> list[Facts]:
    """Give one record many times over, each under an agreement of its own."""
    return [
        facts | new(f"{key}{number}") | {"agreement_id": identity(f"a{number}")}
        for number in range(MANY)
    ]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_no_more_often_however_much_is_on_record(
    enter: Enter, neighbours: Neighbours, path: str
) -> None:
    def asked() -> Counter[str]:
        neighbours.registry.asked.clear()
        assert client.get(path).status_code == 200
        return Counter(each.partition("?")[0] for each in neighbours.registry.asked)

    client = enter()
    before = asked()
    grow(neighbours.registry)

    assert asked() <= before
