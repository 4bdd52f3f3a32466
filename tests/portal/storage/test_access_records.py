"""Who is looked for in the record of access may be written in any way."""

from sqlalchemy.engine import Engine

from ieum_portal.storage.access_records import StoredAccess


def test_an_account_that_no_database_can_hold_did_nothing(engine: Engine) -> None:
    assert StoredAccess(engine).page(after=None, limit=1, account="a\0b") == []
