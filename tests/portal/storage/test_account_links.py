"""Links are used once, and the last administrator stays, whoever comes at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.engine import Engine

from ieum_portal.domain.account_link import AccountLink
from ieum_portal.domain.errors import LastAdministrator, LinkClosed
from ieum_portal.domain.websession import WebSession
from ieum_portal.storage.account_links import StoredAccountLinks
from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.sessions import StoredSessions
from tests.portal.makers import NOW, an_account


def a_link(number: int = 1, **more: object) -> AccountLink:
    facts: dict[str, object] = {
        "id": UUID(int=number),
        "account_id": UUID(int=1),
        "purpose": "reset",
        "account_seal": an_account(1).seal(),
        "inviter": None,
        "made_at": NOW + timedelta(seconds=number),
        "ends_at": NOW + timedelta(hours=1),
    }
    return AccountLink(**(facts | more))  # type: ignore[arg-type]  # A builder takes any part.


def test_links_come_back_as_they_were_kept(engine: Engine) -> None:
    StoredAccounts(engine).add(an_account(1))
    links = StoredAccountLinks(engine)
    first, nobodys = a_link(1, inviter="김담당"), a_link(2, account_id=None)

    links.add(first)
    links.add(nobodys)

    assert links.find(first.id) == first
    assert links.of(UUID(int=1)) == [first]
    assert links.unsent(NOW) == [first, nobodys]
    links.mark_sent(first.id, NOW)
    links.mark_refused(nobodys.id, NOW)
    assert links.unsent(NOW) == []
    assert links.forget_before(NOW + timedelta(seconds=2)) == 1


def test_the_newest_link_of_each_account_is_given(engine: Engine) -> None:
    for number in (1, 2):
        StoredAccounts(engine).add(an_account(number))
    links = StoredAccountLinks(engine)
    older, newer, others = a_link(1), a_link(2), a_link(3, account_id=UUID(int=2))
    for each in (newer, older, others, a_link(4, account_id=None)):
        links.add(each)

    assert links.newest() == {UUID(int=1): newer, UUID(int=2): others}


def test_a_link_is_used_once_however_many_come_at_once(engine: Engine) -> None:
    accounts, links, sessions = (
        StoredAccounts(engine),
        StoredAccountLinks(engine),
        StoredSessions(engine),
    )
    accounts.add(an_account(1))
    sessions.add(WebSession("t", UUID(int=1), NOW, NOW))
    links.add(a_link())

    def use(number: int) -> str:
        joined = replace(an_account(1), password_hash=f"hash {number}")
        try:
            links.use(UUID(int=1), joined, NOW, was=an_account(1))
        except LinkClosed:
            return "closed"
        return joined.password_hash

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(use, range(4)))

    [won] = [each for each in outcomes if each != "closed"]
    kept = accounts.by_id(UUID(int=1))
    assert kept is not None
    assert kept.password_hash == won
    assert sessions.of(UUID(int=1)) == []


def test_of_two_links_of_one_account_that_come_at_once_one_is_used(engine: Engine) -> None:
    accounts, links = StoredAccounts(engine), StoredAccountLinks(engine)
    accounts.add(an_account(1))

    def use(number: int) -> str:
        joined = replace(an_account(1), password_hash=f"hash {number}")
        try:
            links.use(UUID(int=number), joined, NOW, was=an_account(1))
        except LinkClosed:
            return "closed"
        return joined.password_hash

    for number in (1, 2):
        links.add(a_link(number))
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(use, (1, 2)))

    [won] = [each for each in outcomes if each != "closed"]
    kept = accounts.by_id(UUID(int=1))
    assert kept is not None
    assert kept.password_hash == won


@pytest.mark.parametrize(
    "after", [{"closed_at": NOW}, {"closed_at": NOW, "ended_at": NOW, "password_hash": ""}]
)
def test_an_account_that_is_closed_meanwhile_gets_no_password(
    engine: Engine, after: dict[str, object]
) -> None:
    accounts, links = StoredAccounts(engine), StoredAccountLinks(engine)
    was = an_account(1)
    accounts.add(was)
    links.add(a_link())
    closed = replace(was, **after)  # type: ignore[arg-type]  # Any part.
    accounts.keep(closed, was=was)

    with pytest.raises(LinkClosed):
        links.use(UUID(int=1), replace(was, password_hash="new"), NOW, was=was)

    assert accounts.by_id(was.id) == closed
    link = links.find(UUID(int=1))
    assert link is not None
    assert link.used_at is None


def test_two_administrators_who_dismiss_each_other_leave_one(engine: Engine) -> None:
    accounts = StoredAccounts(engine)
    both = [an_account(number, is_administrator=True) for number in (1, 2)]
    for each in both:
        accounts.add(each)

    def dismiss(number: int) -> bool:
        try:
            accounts.keep(replace(both[number], is_administrator=False), was=both[number])
        except LastAdministrator:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(dismiss, range(2)))

    assert sorted(done) == [False, True]
    assert [each.administers for each in accounts.all()] == [not each for each in done]


@pytest.mark.parametrize(
    "after",
    [
        {"closed_at": NOW},
        {"is_administrator": False},
        {"ended_at": NOW, "closed_at": NOW},
        {"password_hash": ""},
    ],
    ids=["locked", "dismissed", "ended", "without a password"],
)
def test_the_last_administrator_stays_as_it_is(engine: Engine, after: dict[str, object]) -> None:
    accounts = StoredAccounts(engine)
    last = an_account(1, is_administrator=True)
    accounts.add(last)
    accounts.add(an_account(2))
    accounts.add(an_account(3, is_administrator=True, closed_at=NOW))

    with pytest.raises(LastAdministrator):
        accounts.keep(replace(last, **after), was=last)  # type: ignore[arg-type]  # Any part.

    assert accounts.by_id(last.id) == last


def test_a_house_without_administrators_may_go_on_without(engine: Engine) -> None:
    accounts = StoredAccounts(engine)
    accounts.add(an_account(1))

    accounts.keep(an_account(1, closed_at=NOW), was=an_account(1))

    kept = accounts.by_id(UUID(int=1))
    assert kept is not None
    assert kept.closed_at == NOW


def test_what_two_people_change_of_an_account_is_both_kept(engine: Engine) -> None:
    accounts = StoredAccounts(engine)
    seen = an_account(1)
    accounts.add(seen)

    accounts.keep(replace(seen, closed_at=NOW), was=seen)
    accounts.keep(replace(seen, password_hash="new"), was=seen)

    kept = accounts.by_id(seen.id)
    assert kept is not None
    assert (kept.closed_at, kept.password_hash) == (NOW, "new")
