"""A store is opened by its address; what is neither SQLite nor PostgreSQL is refused at once."""

import pytest

from ieum_registry.storage.database.database import DatabaseUnfit
from ieum_registry.storage.database.opening import open_database


@pytest.mark.parametrize("url", ["mysql://somewhere/else", "sqlite://", "postgresql://old/driver"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(DatabaseUnfit, match=r"use sqlite:////file or postgresql\+psycopg"):
        open_database(url)
