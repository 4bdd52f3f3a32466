"""Saved views: each account's own and the office's, one of a name, gone with the account."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import delete
from sqlalchemy.engine import Engine

from ieum_portal.domain.saved_view import SavedView, ViewRefused
from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.saved_views import StoredViews
from ieum_portal.storage.tables import ACCOUNT
from tests.portal.makers import NOW, an_account

ONE, TWO = UUID(int=1), UUID(int=2)


def a_view(number: int, owner: UUID | None = ONE, name: str = "가") -> SavedView:
    return SavedView(UUID(int=number), owner, "agreements", name, "state=in_force", NOW)


@pytest.fixture
def views(engine: Engine) -> StoredViews:
    for number in (1, 2):
        StoredAccounts(engine).add(an_account(number))
    return StoredViews(engine)


def test_a_view_is_read_as_it_was_kept_by_its_account_or_by_the_office(views: StoredViews) -> None:
    own, shared = a_view(11), a_view(12, None)
    views.add(own)
    views.add(shared)

    assert views.all(ONE) == [own, shared]
    assert views.all(TWO) == [shared]


def test_no_two_views_of_a_list_have_one_name_and_one_owner(views: StoredViews) -> None:
    views.add(a_view(11))
    for other in (a_view(12, TWO), a_view(13, None), replace(a_view(14), of="partners")):
        views.add(other)
    views.add(a_view(15, name="나"))

    for again in (a_view(16), a_view(17, None)):
        with pytest.raises(ViewRefused) as refused:
            views.add(again)
        assert refused.value.code == "view.name_taken"
    with pytest.raises(ViewRefused):
        views.rename(a_view(15, name="가"))
    views.rename(a_view(15, name="다"))
    assert {each.name for each in views.all(ONE)} == {"가", "다"}


def test_a_list_opens_with_the_view_chosen_last_until_it_is_gone(views: StoredViews) -> None:
    views.add(a_view(11))
    views.add(a_view(12, None))

    views.open_with(ONE, "agreements", UUID(int=11))
    views.open_with(ONE, "agreements", UUID(int=12))
    views.open_with(TWO, "agreements", UUID(int=12))
    assert views.opening(ONE, "agreements") == UUID(int=12)
    assert views.opening(ONE, "partners") is None
    views.open_with(ONE, "agreements", None)
    assert views.opening(ONE, "agreements") is None
    views.drop(UUID(int=12))
    assert views.opening(TWO, "agreements") is None
    views.open_with(TWO, "agreements", UUID(int=99))  # Thrown away meanwhile.
    assert views.opening(TWO, "agreements") is None


def test_views_go_with_their_account_and_the_offices_stay(
    views: StoredViews, engine: Engine
) -> None:
    views.add(a_view(11))
    views.add(a_view(12, None))
    views.open_with(ONE, "agreements", UUID(int=11))

    assert views.forget(ONE) == 1
    assert views.forget(ONE) == 0
    views.add(a_view(13))
    views.open_with(ONE, "agreements", UUID(int=13))
    with engine.begin() as connection:
        connection.execute(delete(ACCOUNT).where(ACCOUNT.c.id == ONE))

    assert [each.id for each in views.all(ONE)] == [UUID(int=12)]
    assert views.opening(ONE, "agreements") is None
