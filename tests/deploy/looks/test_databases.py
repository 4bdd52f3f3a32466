"""A database that cannot be written is named."""

from ieum.home import Home
from ieum.looks.databases import databases
from tests.deploy.looks.makers import codes


def test_a_database_that_cannot_be_written_is_named(home: Home) -> None:
    path = home.databases / "registry.db"
    path.touch(mode=0o600)
    urls = {"registry": f"sqlite:///{path}", "notify": "postgresql+psycopg://db/n"}

    writable = list(databases(urls))
    refused = list(databases(urls, may_write=lambda each: each != path))

    assert writable == []
    assert codes(refused) == ["database.not_writable"]
