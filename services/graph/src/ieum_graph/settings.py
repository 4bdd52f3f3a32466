"""What this service must be told, read once at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from httpedge.environ import Environ, Listen


@dataclass(frozen=True, slots=True)
class Settings:
    """The answers of the environment.

    Attributes:
        signing_key: The private key for this service's own calls; only the follower reads it.
    """

    listen: Listen
    processes: int
    keys: Path
    signing_key: Path
    registry_url: str
    neo4j_url: str
    neo4j_user: str
    neo4j_password: str


def read_settings(values: Mapping[str, str]) -> Settings:
    """Read the environment; raises SettingsMissing listing everything that is wrong with it."""
    environ = Environ(values)
    settings = Settings(
        listen=environ.listen("IEUM_GRAPH_LISTEN"),
        processes=environ.number("IEUM_GRAPH_PROCESSES", 1, least=1),
        keys=environ.path("IEUM_KEYS"),
        signing_key=environ.path("IEUM_SIGNING_KEY"),
        registry_url=environ.url("IEUM_REGISTRY_URL"),
        neo4j_url=environ.url("IEUM_NEO4J_URL"),
        neo4j_user=environ.text("IEUM_NEO4J_USER", "neo4j"),
        neo4j_password=environ.secret_file("IEUM_NEO4J_PASSWORD_FILE"),
    )
    environ.check()
    return settings
