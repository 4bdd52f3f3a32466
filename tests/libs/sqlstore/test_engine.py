"""Writers queue, readers wait for nobody, and an instant comes back as it went in."""

from datetime import UTC, datetime, timedelta, timezone

from sqlalchemy import Column, Integer, MetaData, Table, func, insert, select

from sqlstore.engine import Instant, open_engine, reading
from tests.postgres import Databases

THINGS = Table("things", MetaData(), Column("id", Integer, primary_key=True), Column("at", Instant))
SEOUL_NINE = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=9)))


def test_an_instant_is_kept_in_utc_sorts_as_time_does_and_may_be_missing(
    database_urls: Databases,
) -> None:
    engine = open_engine(database_urls(lambda _url: None))
    moments = [SEOUL_NINE, SEOUL_NINE - timedelta(microseconds=1), None]
    with engine.begin() as connection:
        THINGS.create(connection)
        connection.execute(insert(THINGS), [{"at": each} for each in moments])

    with reading(engine) as connection:
        found = list(connection.scalars(select(THINGS.c.at).order_by(THINGS.c.at)))
    engine.dispose()

    assert [each for each in found if each] == [moments[1], moments[0]]
    assert {each.tzinfo for each in found if each} == {UTC}
    assert None in found


def test_a_reader_waits_for_no_writer(database_urls: Databases) -> None:
    engine = open_engine(database_urls(lambda _url: None))
    with engine.begin() as connection:
        THINGS.create(connection)

    with engine.begin() as writer:
        writer.execute(insert(THINGS), {"at": SEOUL_NINE})
        with reading(engine) as reader:
            seen = reader.scalar(select(func.count()).select_from(THINGS))
    engine.dispose()

    assert seen == 0
