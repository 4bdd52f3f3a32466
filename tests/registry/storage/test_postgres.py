"""A server that is not fit is refused, and a connection that it closed is replaced."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
import sqlalchemy as sa

from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.database.database import DatabaseUnfit
from ieum_registry.storage.database.opening import open_database
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from tests.postgres import Databases

from .subjects import partner, record


@pytest.fixture
def ascii_database(postgres_url: str) -> Iterator[str]:
    name = f"ieum_test_{uuid4().hex}"
    admin = sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as connection:
        connection.exec_driver_sql(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
        )
        yield sa.make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_database_that_knows_ascii_letters_alone_is_refused(ascii_database: str) -> None:
    database = open_database(ascii_database)

    with pytest.raises(DatabaseUnfit, match=r"C\.UTF-8"):
        database.check()
    database.close()


def test_a_lost_connection_is_replaced_for_the_next_read(postgres_databases: Databases) -> None:
    url = postgres_databases(STEPS.migrate)
    store = Store(url, disclose=disclosed)
    record(store, partner())
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as other:
        other.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    assert store.records.head().seq == 1
    record(store, partner())
    store.close()
