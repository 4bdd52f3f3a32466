"""People are let in by letter, once, in time, and nobody learns who has an account."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from ieum_portal.domain.account import Account
from ieum_portal.domain.account_link import AccountLink, link_text
from ieum_portal.domain.errors import (
    AccountUnfit,
    LinkClosed,
    LoginTaken,
    NeighbourDown,
    NeighbourRefused,
    PasswordUnfit,
    TooManyAttempts,
    WrongCredentials,
)
from ieum_portal.operations.account_links import (
    Invitations,
    account_behind,
    ask_reset,
    choose_password,
    forget_links,
    invite,
    invite_again,
    send_letters,
)
from ieum_portal.operations.accounts import (
    NewAccount,
    appoint,
    change_account,
    end_account,
    lock_account,
)
from ieum_portal.operations.sign_in import Authentication, sign_in
from ieum_portal.storage.account_links import StoredAccountLinks
from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.attempts import StoredAttempts
from ieum_portal.storage.sessions import StoredSessions
from sqlstore.engine import open_engine
from tests.portal.desk import QUICK
from tests.portal.makers import NOW, an_account

LOGIN, PASSWORD = "hong@partner.test", "물결 우산 감자 2026"
BY = an_account(9, name="김담당", is_administrator=True)


@dataclass
class Mail:
    """What was sent, and what the mail server says to it."""

    sent: list[AccountLink] = field(default_factory=list)
    fault: Exception | None = None

    def send(self, link: AccountLink, account: Account) -> None:
        """Take the letter unless there is a fault; as notify does, refuse nobody's invitation."""
        assert link.account_id == account.id
        if link.purpose == "invitation" and link.inviter is None:
            raise NeighbourRefused("notify", "request.invalid")
        if self.fault is not None:
            raise self.fault
        self.sent.append(link)


@pytest.fixture
def means(database: str) -> Invitations:
    engine = open_engine(database)
    auth = Authentication(
        StoredAccounts(engine), StoredSessions(engine), StoredAttempts(engine), QUICK, b"pepper"
    )
    return Invitations(auth, StoredAccountLinks(engine), uuid4)


@pytest.fixture
def invited(means: Invitations) -> Account:
    wanted = NewAccount(f" {LOGIN.upper()}", "홍길동", "liaison", contact_id=UUID(int=7))
    return invite(wanted, BY, means=means, now=NOW)


def newest(means: Invitations, account: Account) -> str:
    """Give the link of the last letter about an account."""
    return link_text(means.links.of(account.id)[0].id, means.auth.pepper)


def enter(means: Invitations, password: str) -> Account:
    return sign_in(
        LOGIN, password, address="192.0.2.1", token="t", now=NOW, auth=means.auth, browser=None
    )


def test_who_is_invited_chooses_a_password_once_and_signs_in(
    means: Invitations, invited: Account
) -> None:
    text = newest(means, invited)
    with pytest.raises(WrongCredentials):
        enter(means, "")

    assert account_behind(text, means=means, now=NOW)[1] == invited
    choose_password(text, PASSWORD, PASSWORD, means=means, now=NOW)

    assert enter(means, PASSWORD).id == invited.id
    with pytest.raises(LinkClosed):
        choose_password(text, PASSWORD, PASSWORD, means=means, now=NOW)


def test_a_password_that_does_not_do_leaves_the_link_open(
    means: Invitations, invited: Account
) -> None:
    text = newest(means, invited)
    with pytest.raises(PasswordUnfit, match="short"):
        choose_password(text, "x", "x", means=means, now=NOW)

    assert account_behind(text, means=means, now=NOW)[1] == invited


def lock(means: Invitations) -> None:
    lock_account(LOGIN, auth=means.auth, now=NOW)


def end(means: Invitations) -> None:
    found = means.auth.accounts.by_login(LOGIN)
    assert found is not None
    end_account(found, auth=means.auth, now=NOW)


def change(means: Invitations) -> None:
    change_account(
        LOGIN, role="liaison", contact_id=UUID(int=8), department=None, auth=means.auth, now=NOW
    )


@pytest.mark.parametrize("act", [lock, end, change])
def test_a_link_opens_no_more_once_its_account_is_another(
    means: Invitations, invited: Account, act: Callable[[Invitations], None]
) -> None:
    text = newest(means, invited)

    act(means)

    with pytest.raises(LinkClosed):
        account_behind(text, means=means, now=NOW)


def test_an_invitation_lasts_a_week_and_is_sent_again(means: Invitations, invited: Account) -> None:
    old, later = newest(means, invited), NOW + timedelta(days=7)
    with pytest.raises(LinkClosed):
        account_behind(old, means=means, now=later)

    invite_again(LOGIN, BY, means=means, now=later)

    assert account_behind(newest(means, invited), means=means, now=later)[1] == invited


@pytest.mark.parametrize("login", ["", " ", "hong", "hong@", "@partner.test", "a b@partner.test"])
def test_an_invitation_needs_an_address_to_go_to(means: Invitations, login: str) -> None:
    with pytest.raises(AccountUnfit):
        invite(NewAccount(login, "홍길동", "auditor"), BY, means=means, now=NOW)

    assert means.auth.accounts.all() == []


def test_nobody_is_invited_twice(means: Invitations, invited: Account) -> None:
    with pytest.raises(LoginTaken):
        invite(NewAccount(LOGIN, "다른 사람", "auditor"), BY, means=means, now=NOW)

    assert means.auth.accounts.all() == [invited]


def test_only_the_citys_own_administer(means: Invitations, invited: Account) -> None:
    with pytest.raises(AccountUnfit):
        appoint(LOGIN, is_administrator=True, auth=means.auth)
    wanted = NewAccount("a@b.test", "나", "auditor", is_administrator=True)
    with pytest.raises(AccountUnfit):
        invite(wanted, BY, means=means, now=NOW)

    assert means.auth.accounts.by_login(LOGIN) == invited


def test_whoever_forgot_a_password_gets_a_letter_and_a_stranger_none(
    means: Invitations, invited: Account
) -> None:
    choose_password(newest(means, invited), PASSWORD, PASSWORD, means=means, now=NOW)
    mail = Mail()
    for login in (LOGIN, "nobody@partner.test"):
        ask_reset(login, address="192.0.2.1", means=means, now=NOW)

    assert send_letters(means, mail, NOW) == 1
    assert send_letters(means, mail, NOW) == 0

    [link] = mail.sent
    assert (link.purpose, link.inviter) == ("reset", None)
    text = link_text(link.id, means.auth.pepper)
    choose_password(text, PASSWORD + "!", PASSWORD + "!", means=means, now=NOW)
    assert enter(means, PASSWORD + "!").id == invited.id


def test_whoever_never_chose_one_gets_the_invitation_again(
    means: Invitations, invited: Account
) -> None:
    ask_reset(LOGIN, address="192.0.2.1", means=means, now=NOW)

    mail = Mail()
    assert send_letters(means, mail, NOW) == 2
    assert [(each.purpose, each.inviter) for each in mail.sent] == [("invitation", "김담당")] * 2


def test_whoever_was_invited_long_ago_gets_a_link_all_the_same(
    means: Invitations, invited: Account
) -> None:
    later = NOW + timedelta(days=31)
    forget_links(means, later)
    ask_reset(LOGIN, address="192.0.2.1", means=means, now=later)

    mail = Mail()
    assert send_letters(means, mail, later) == 1

    assert [each.purpose for each in mail.sent] == ["reset"]
    text = link_text(mail.sent[0].id, means.auth.pepper)
    assert choose_password(text, PASSWORD, PASSWORD, means=means, now=later).id == invited.id


@pytest.mark.parametrize("has_joined", [True, False])
def test_a_mailbox_is_not_flooded(
    means: Invitations, invited: Account, *, has_joined: bool
) -> None:
    if has_joined:
        choose_password(newest(means, invited), PASSWORD, PASSWORD, means=means, now=NOW)
    for number in range(10):
        ask_reset(LOGIN, address=f"192.0.2.{number}", means=means, now=NOW)

    mail = Mail()
    assert send_letters(means, mail, NOW) == 3


def test_who_asks_again_and_again_has_to_wait(means: Invitations) -> None:
    for _ in range(5):
        ask_reset("nobody@partner.test", address="192.0.2.1", means=means, now=NOW)

    with pytest.raises(TooManyAttempts):
        ask_reset("nobody@partner.test", address="192.0.2.1", means=means, now=NOW)


def test_a_letter_that_could_not_go_out_waits_for_the_next_round(
    means: Invitations, invited: Account
) -> None:
    mail = Mail(fault=NeighbourDown("notify"))
    assert send_letters(means, mail, NOW) == 0

    mail.fault = None

    assert send_letters(means, mail, NOW) == 1
    assert mail.sent == [replace(each, sent_at=None) for each in means.links.of(invited.id)]


def test_an_address_that_takes_no_letters_is_not_asked_again(
    means: Invitations, invited: Account
) -> None:
    mail = Mail(fault=NeighbourRefused("notify", "mail.refused"))
    assert send_letters(means, mail, NOW) == 0

    mail.fault = None

    assert send_letters(means, mail, NOW) == 0
    assert [each.refused_at for each in means.links.of(invited.id)] == [NOW]


def test_old_links_are_forgotten(means: Invitations, invited: Account) -> None:
    assert forget_links(means, NOW + timedelta(days=29)) == 0
    assert forget_links(means, NOW + timedelta(days=31)) == 1
    assert means.links.of(invited.id) == []
