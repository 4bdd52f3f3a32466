"""What this service must be told, read once at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from httpedge.environ import Environ, Listen


@dataclass(frozen=True, slots=True)
class Settings:
    """The answers of the environment.

    Attributes:
        mail_from: From and Reply-To of every letter; its domain ends every Message-ID.
        portal_url: Where the links in letters lead.
    """

    listen: Listen
    processes: int
    database: str
    keys: Path
    signing_key: Path
    registry_url: str
    smtp_url: str
    mail_from: str
    portal_url: str


def read_settings(values: Mapping[str, str]) -> Settings:
    """Read the environment; raises SettingsMissing listing everything that is wrong with it."""
    environ = Environ(values)
    settings = Settings(
        listen=environ.listen("IEUM_NOTIFY_LISTEN"),
        processes=environ.number("IEUM_NOTIFY_PROCESSES", 1, least=1),
        database=environ.url("IEUM_NOTIFY_DATABASE"),
        keys=environ.path("IEUM_KEYS"),
        signing_key=environ.path("IEUM_SIGNING_KEY"),
        registry_url=environ.url("IEUM_REGISTRY_URL"),
        smtp_url=environ.url("IEUM_SMTP_URL"),
        mail_from=environ.text("IEUM_MAIL_FROM"),
        portal_url=environ.url("IEUM_PORTAL_URL"),
    )
    environ.check()
    return settings
