"""Web sessions: found with their account, touched, ended one by one or all at once, forgotten."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.engine import Engine

from ieum_portal.domain.websession import WebSession
from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.sessions import StoredSessions
from tests.portal.makers import NOW, an_account

LATER = NOW + timedelta(minutes=5)


def opened(engine: Engine, *tokens: str, account: int = 1) -> StoredSessions:
    StoredAccounts(engine).add(an_account(account))
    sessions = StoredSessions(engine)
    for token in tokens:
        sessions.add(WebSession(token, UUID(int=account), began_at=NOW, seen_at=NOW))
    return sessions


def found(sessions: StoredSessions, token: str) -> WebSession:
    pair = sessions.find(token)
    assert pair is not None
    return pair[0]


def test_a_session_is_found_with_its_account(engine: Engine) -> None:
    pair = opened(engine, "a").find("a")

    assert pair == (WebSession("a", UUID(int=1), began_at=NOW, seen_at=NOW), an_account(1))


def test_no_session_is_found_under_another_token(engine: Engine) -> None:
    assert opened(engine, "a").find("b") is None


def test_a_sign_of_life_is_kept(engine: Engine) -> None:
    sessions = opened(engine, "a")

    sessions.touch("a", LATER)

    assert found(sessions, "a").seen_at == LATER


def test_a_session_ends_once(engine: Engine) -> None:
    sessions = opened(engine, "a", "b")

    sessions.revoke("a", LATER)
    sessions.revoke("a", LATER + timedelta(minutes=5))

    assert found(sessions, "a").revoked_at == LATER
    assert found(sessions, "b").revoked_at is None


def test_an_ended_session_shows_no_sign_of_life(engine: Engine) -> None:
    sessions = opened(engine, "a")
    sessions.revoke("a", LATER)

    sessions.touch("a", LATER)

    assert found(sessions, "a").seen_at == NOW


def test_all_sessions_of_an_account_end_and_nobody_elses(engine: Engine) -> None:
    sessions = opened(engine, "a", "b")
    opened(engine, "c", account=2)
    sessions.revoke("b", LATER)

    assert sessions.revoke_all(UUID(int=1), LATER) == 1
    assert found(sessions, "a").revoked_at == LATER
    assert found(sessions, "c").revoked_at is None


def test_old_sessions_are_forgotten(engine: Engine) -> None:
    sessions = opened(engine, "a")

    sessions.sweep(NOW)
    assert sessions.find("a") is not None

    sessions.sweep(LATER)
    assert sessions.find("a") is None
