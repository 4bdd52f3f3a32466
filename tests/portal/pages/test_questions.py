"""How often a page asks the registry: as often, however much is on record."""

from typing import Any

import pytest

from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.sample import AGREEMENT, AGREEMENTS, COLLABORATIONS, Facts, identity

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


def grow(said: dict[str, Any]) -> None:
    """Put a thousand partners before all others, and 30 of everything that pages show."""
    new_partners = [
        said["partners"][1] | {"id": identity(f"p{number}"), "key": None} for number in range(1000)
    ]
    said["partners"] = [*new_partners, *said["partners"]]
    said["departments"] = [
        *(said["departments"][0] | {"id": identity(f"d{number}")} for number in range(500)),
        *said["departments"],
    ]
    said["agreements"] = [
        *said["agreements"],
        *(AGREEMENTS[0] | {"id": identity(f"a{number}")} for number in range(MANY)),
    ]
    said["collaborations"] = [*said["collaborations"], *multiplied(COLLABORATIONS[0], "c")]
    milestones = said["milestones"]
    said["milestones"] = [*milestones, *multiplied(milestones[0], "m1-"), *milestones]
    for number, each in enumerate(multiplied(COLLABORATIONS[0], "c")):
        said["log"].write(
            "collaboration.started", each | {"partner_id": new_partners[number]["id"]}
        )


def multiplied(facts: Facts, key: str) -> list[Facts]:
    """Give one record many times over, each under an agreement of its own."""
    return [
        facts | {"id": identity(f"{key}{number}"), "agreement_id": identity(f"a{number}")}
        for number in range(MANY)
    ]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_as_often_however_much_is_on_record(
    enter: Enter, neighbours: Neighbours, path: str
) -> None:
    def asked() -> list[str]:
        neighbours.registry.asked.clear()
        assert client.get(path).status_code == 200
        return [each.partition("?")[0] for each in neighbours.registry.asked]

    client = enter()
    before = asked()
    grow(neighbours.said)

    assert asked() == before
