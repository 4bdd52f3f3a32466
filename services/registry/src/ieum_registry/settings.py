"""What this service must be told, read once at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from httpedge.environ import Environ, Listen

LOG_NAME = "city"
ACCESS_KEPT_DAYS = 400
"""A year and a month: the yearly check of the year before can still be made."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The answers of the environment.

    Attributes:
        listen: Where `serve` listens: host and port.
        processes: Worker processes; more than one needs PostgreSQL.
        database: `sqlite:////abs/registry.db` or `postgresql+psycopg://…`.
        keys: Folder of the public keys that tokens are checked with.
        access_kept_days: For how long it is kept who looked at people.
        log_name: What this city's log is called where several are read.
    """

    listen: Listen
    processes: int
    database: str
    keys: Path
    access_kept_days: int = ACCESS_KEPT_DAYS
    log_name: str = LOG_NAME


def read_settings(values: Mapping[str, str]) -> Settings:
    """Read the environment; raises SettingsMissing listing everything that is wrong with it."""
    environ = Environ(values)
    settings = Settings(
        listen=environ.listen("IEUM_REGISTRY_LISTEN"),
        processes=environ.number("IEUM_REGISTRY_PROCESSES", 1, least=1),
        database=environ.url("IEUM_REGISTRY_DATABASE"),
        keys=environ.path("IEUM_KEYS"),
        access_kept_days=environ.number("IEUM_ACCESS_KEPT_DAYS", ACCESS_KEPT_DAYS, least=365),
        log_name=environ.text("IEUM_LOG_NAME", LOG_NAME),
    )
    environ.check()
    return settings
