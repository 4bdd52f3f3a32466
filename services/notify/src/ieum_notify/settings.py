"""What this service must be told, read once at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from httpedge.environ import Environ, Listen
from ieum_notify.domain.hours import ANY_HOUR, OFFICE_HOURS, Hours

LETTER_HOURS = {"working": OFFICE_HOURS, "any": ANY_HOUR}


@dataclass(frozen=True, slots=True)
class Settings:
    """The answers of the environment.

    Attributes:
        mail_from: From and Reply-To of every letter; its domain ends every Message-ID.
        portal_url: Where the links in letters lead.
        letter_hours: When letters may go out.
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
    letter_hours: Hours = OFFICE_HOURS


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
        letter_hours=LETTER_HOURS[
            environ.choice("IEUM_LETTER_HOURS", tuple(LETTER_HOURS), "working")
        ],
    )
    environ.check()
    return settings
