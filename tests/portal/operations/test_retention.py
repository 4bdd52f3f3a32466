"""Accounts end with the people whom they were for."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from httpedge.access_record import Access, Counted
from ieum_portal.operations.account_links import Invitations
from ieum_portal.operations.retention import Retained, retain
from ieum_portal.operations.session import recognise
from ieum_portal.operations.sign_in import Authentication, sign_in
from ieum_portal.storage.access_records import StoredAccess
from ieum_portal.storage.account_links import StoredAccountLinks
from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.attempts import StoredAttempts
from ieum_portal.storage.drafts import StoredDrafts
from ieum_portal.storage.saved_views import StoredViews
from ieum_portal.storage.sessions import StoredSessions
from sqlstore.engine import open_engine
from tests.portal.desk import QUICK
from tests.portal.makers import NOW, a_draft, an_account

GONE, HERE = UUID(int=7), UUID(int=8)


@pytest.fixture
def auth(database: str) -> Authentication:
    engine = open_engine(database)
    accounts = StoredAccounts(engine)
    digest = QUICK.hash("이음")
    for number, contact in ((1, GONE), (2, HERE), (3, None)):
        accounts.add(
            an_account(number, name=f"이름{number}", password_hash=digest, contact_id=contact)
        )
    return Authentication(
        accounts, StoredSessions(engine), StoredAttempts(engine), QUICK, b"pepper"
    )


def run(auth: Authentication, database: str) -> Retained:
    return retain(
        auth=auth,
        erased_of=lambda asked: {GONE} & set(asked),
        access=StoredAccess(open_engine(database)),
        drafts=StoredDrafts(open_engine(database)),
        invitations=Invitations(auth, StoredAccountLinks(open_engine(database)), uuid4),
        views=StoredViews(open_engine(database)),
        access_kept_days=400,
        now=NOW,
    )


def test_the_account_of_a_person_erased_ends_with_its_sessions(
    auth: Authentication, database: str
) -> None:
    for number in (1, 2, 3):
        sign_in(
            an_account(number).login,
            "이음",
            address="192.0.2.1",
            token=str(number),
            now=NOW,
            auth=auth,
        )

    assert run(auth, database).accounts == 1
    assert run(auth, database).accounts == 0

    is_in = [recognise(str(each), now=NOW, sessions=auth.sessions) for each in (1, 2, 3)]
    assert [each is not None for each in is_in] == [False, True, True]
    with open_engine(database).connect() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM account").all())
    assert "이름1" not in kept
    assert an_account(1).login not in kept
    assert "이름2" in kept


def test_records_of_access_are_kept_for_their_time(auth: Authentication, database: str) -> None:
    kept = StoredAccess(open_engine(database))
    for days in (399, 401):
        at = NOW - timedelta(days=days)
        look = Access("portal:a", "office", "::1", "sign_in", "ok")
        kept.keep([Counted(look, at, at, 1)])

    assert run(auth, database).access_records == 1
    assert [each.first_at for each in kept.page(after=None, limit=10)] == [
        NOW - timedelta(days=399)
    ]


def test_drafts_go_with_their_account_with_the_person_and_with_time(
    auth: Authentication, database: str
) -> None:
    drafts = StoredDrafts(open_engine(database))
    drafts.add(a_draft(1, account=1))
    drafts.add(a_draft(2, account=3, values={"contact_id": (str(GONE),)}))
    drafts.add(a_draft(3, account=3, changed_at=NOW - timedelta(days=14)))
    drafts.add(a_draft(4, account=3))

    assert run(auth, database).drafts == 3
    assert [each.id for each in drafts.all()] == [UUID(int=4)]
