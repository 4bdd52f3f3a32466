"""A link names its id and proves that we made it; whoever changes a character holds none."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from ieum_portal.domain.account_link import AccountLink, link_text, read_link
from tests.portal.makers import NOW

SECRET = b"secret"


def link(**more: object) -> AccountLink:
    facts: dict[str, object] = {
        "id": UUID(int=1),
        "account_id": UUID(int=2),
        "purpose": "reset",
        "account_seal": "seal",
        "inviter": None,
        "made_at": NOW,
        "ends_at": NOW + timedelta(hours=1),
    }
    return AccountLink(**(facts | more))  # type: ignore[arg-type]  # A builder takes any part.


def test_a_link_reads_back_as_its_id() -> None:
    link_id = uuid4()

    assert read_link(link_text(link_id, SECRET), SECRET) == link_id


@pytest.mark.parametrize("text", ["", ".", "x", "00", "가" * 32, "a" * 5000])
def test_what_is_no_link_is_none(text: str) -> None:
    assert read_link(text, SECRET) is None


def test_a_link_of_another_secret_or_another_id_is_none() -> None:
    text = link_text(UUID(int=1), SECRET)
    moved = link_text(UUID(int=2), SECRET).partition(".")[0] + "." + text.partition(".")[2]

    assert read_link(text, b"another") is None
    assert read_link(moved, SECRET) is None
    assert read_link(text.upper(), SECRET) is None


@pytest.mark.parametrize(
    ("made", "seal", "later", "opens"),
    [
        (link(), "seal", timedelta(minutes=59), True),
        (link(), "seal", timedelta(hours=1), False),
        (link(), "another", timedelta(0), False),
        (link(used_at=NOW), "seal", timedelta(0), False),
    ],
    ids=["in time", "over", "account changed", "used"],
)
def test_a_link_opens_once_in_its_time_for_the_account_as_it_was(
    made: AccountLink, seal: str, later: timedelta, *, opens: bool
) -> None:
    assert made.opens(seal, NOW + later) is opens
