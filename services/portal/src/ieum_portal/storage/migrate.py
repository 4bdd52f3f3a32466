"""Bringing the database to the newest form, step by step."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy.engine import Engine

from ieum_portal.storage.engine import open_engine

FOLDER = Path(__file__).parent / "migrations"


def migrate(database: str, revision: str = "head") -> None:
    """Upgrade to the newest revision, or go to the one named (`base` is an empty database)."""
    settings = alembic_settings(database)
    if revision == "head":
        command.upgrade(settings, revision)
    else:
        command.downgrade(settings, revision)


def alembic_settings(database: str) -> Config:
    """Give what Alembic needs; there is no ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    settings.attributes["engine"] = open_engine(database)
    return settings


def newest() -> str:
    """Give the revision that this code needs, as the head file names it."""
    return (FOLDER / "head").read_text(encoding="utf-8").strip()


def check_form(engine: Engine) -> None:
    """Make sure that the database answers and was migrated.

    Raises:
        RuntimeError: Another revision than the code needs, with the remedy.
    """
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found != newest():
        raise RuntimeError(
            f"the database is at {found or 'nothing'}, this program needs {newest()}: "
            "run `ieum-portal migrate`"
        )
