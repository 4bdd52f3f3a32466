"""Saved views of lists in the database."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Insert, Update, delete, or_, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from ieum_portal.domain.saved_view import SavedView, ViewRefused
from ieum_portal.storage.tables import OPENING_VIEW, SAVED_VIEW
from sqlstore.engine import reading

OFFICE = "office"


class StoredViews:
    """Keeps saved views; see `operations.ports.SavedViews`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self, account_id: UUID) -> Sequence[SavedView]:
        """Give an account's views and the office's, in the order in which they were kept."""
        its = or_(SAVED_VIEW.c.account_id == account_id, SAVED_VIEW.c.owner == OFFICE)
        question = select(SAVED_VIEW).where(its).order_by(SAVED_VIEW.c.made_at, SAVED_VIEW.c.id)
        with reading(self._engine) as connection:
            return [
                SavedView(each.id, each.account_id, each.of, each.name, each.query, each.made_at)
                for each in connection.execute(question)
            ]

    def add(self, view: SavedView) -> None:
        """Keep a new view."""
        row = {
            "id": view.id,
            "account_id": view.account_id,
            "owner": OFFICE if view.account_id is None else str(view.account_id),
            "of": view.of,
            "name": view.name,
            "query": view.query,
            "made_at": view.made_at,
        }
        self._write(SAVED_VIEW.insert().values(row))

    def rename(self, view: SavedView) -> None:
        """Keep a view under its name of now."""
        self._write(update(SAVED_VIEW).where(SAVED_VIEW.c.id == view.id).values(name=view.name))

    def drop(self, view_id: UUID) -> None:
        """Throw a view away; nobody opens with it any longer."""
        with self._engine.begin() as connection:
            connection.execute(delete(OPENING_VIEW).where(OPENING_VIEW.c.view_id == view_id))
            connection.execute(delete(SAVED_VIEW).where(SAVED_VIEW.c.id == view_id))

    def opening(self, account_id: UUID, of: str) -> UUID | None:
        """Give the view that an account opens a list with."""
        its = (OPENING_VIEW.c.account_id == account_id) & (OPENING_VIEW.c.of == of)
        with reading(self._engine) as connection:
            found = connection.execute(select(OPENING_VIEW.c.view_id).where(its)).first()
        return None if found is None else found.view_id

    def open_with(self, account_id: UUID, of: str, view_id: UUID | None) -> None:
        """Open a list with a view from now on; None with none."""
        its = (OPENING_VIEW.c.account_id == account_id) & (OPENING_VIEW.c.of == of)
        row = {"account_id": account_id, "of": of, "view_id": view_id}
        try:
            with self._engine.begin() as connection:
                connection.execute(delete(OPENING_VIEW).where(its))
                if view_id is not None:
                    connection.execute(OPENING_VIEW.insert().values(row))
        except IntegrityError:  # Chosen or thrown away in another window at the same moment.
            return

    def forget(self, account_id: UUID) -> int:
        """Throw away what an account kept for itself; gives how many views went."""
        with self._engine.begin() as connection:
            connection.execute(delete(OPENING_VIEW).where(OPENING_VIEW.c.account_id == account_id))
            return connection.execute(
                delete(SAVED_VIEW).where(SAVED_VIEW.c.account_id == account_id)
            ).rowcount

    def _write(self, statement: Insert | Update) -> None:
        try:
            with self._engine.begin() as connection:
                connection.execute(statement)
        except IntegrityError as error:
            raise ViewRefused("view.name_taken") from error
