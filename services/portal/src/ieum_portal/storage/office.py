"""Who answers for the portal, as the first run said."""

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from ieum_portal.domain.office import NOBODY, Office
from ieum_portal.storage.tables import OFFICE
from sqlstore.engine import reading


class StoredOffice:
    """Gives it, and remembers it once there is one: it is never changed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._found = NOBODY

    def __call__(self) -> Office:
        """Give it; nobody before the first run, and while the database is away.

        The page that says so has a foot, too.
        """
        if self._found == NOBODY:
            try:
                with reading(self._engine) as connection:
                    row = connection.execute(select(OFFICE)).first()
            except DBAPIError:
                return NOBODY
            if row is not None:
                self._found = Office(row.name, row.name_en, row.telephone)
        return self._found

    def keep(self, office: Office) -> None:
        """Keep what the first run said, in place of what an earlier try said."""
        with self._engine.begin() as connection:
            connection.execute(delete(OFFICE))
            values = {
                "id": 1,
                "name": office.name,
                "name_en": office.name_en,
                "telephone": office.telephone,
            }
            connection.execute(insert(OFFICE).values(values))
