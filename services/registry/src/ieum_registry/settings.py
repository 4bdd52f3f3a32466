"""What this service must be told, read once at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from httpedge.environ import Environ, Listen

LOG_NAME = "city"
ACCESS_KEPT_DAYS = 400
"""A year and a month: the yearly check of the year before can still be made."""

LARGEST_MB = 100
"""A scan of two hundred pages in colour."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The answers of the environment.

    Attributes:
        listen: Where `serve` listens: host and port.
        processes: Worker processes; more than one needs PostgreSQL.
        database: `sqlite:////abs/registry.db` or `postgresql+psycopg://…`.
        keys: Folder of the public keys that tokens are checked with.
        documents: Where the files of documents are kept: a folder, or `s3://bucket/folder`.
        access_kept_days: For how long it is kept who looked at people.
        s3_endpoint: Where the bucket's store is; empty is Amazon's.
        s3_credentials: The id of its access key and, after a blank, its secret.
        document_largest_mb: The largest file of a document, in units of 2^20 bytes.
        log_name: What this city's log is called where several are read.
    """

    listen: Listen
    processes: int
    database: str
    keys: Path
    documents: str
    access_kept_days: int = ACCESS_KEPT_DAYS
    document_largest_mb: int = LARGEST_MB
    s3_endpoint: str = ""
    s3_region: str = "us-east-1"
    s3_credentials: str = ""
    log_name: str = LOG_NAME


def read_settings(values: Mapping[str, str]) -> Settings:
    """Read the environment; raises SettingsMissing listing everything that is wrong with it."""
    environ = Environ(values)
    documents = environ.text("IEUM_REGISTRY_DOCUMENTS")
    is_bucket = documents.startswith("s3://")
    settings = Settings(
        listen=environ.listen("IEUM_REGISTRY_LISTEN"),
        processes=environ.number("IEUM_REGISTRY_PROCESSES", 1, least=1),
        database=environ.url("IEUM_REGISTRY_DATABASE"),
        keys=environ.path("IEUM_KEYS"),
        access_kept_days=environ.number("IEUM_ACCESS_KEPT_DAYS", ACCESS_KEPT_DAYS, least=365),
        documents=documents,
        s3_endpoint=environ.text("IEUM_S3_ENDPOINT", "") if is_bucket else "",
        s3_region=environ.text("IEUM_S3_REGION", "us-east-1"),
        s3_credentials=environ.secret_file("IEUM_S3_CREDENTIALS_FILE") if is_bucket else "",
        document_largest_mb=environ.number("IEUM_DOCUMENT_LARGEST_MB", LARGEST_MB, least=1),
        log_name=environ.text("IEUM_LOG_NAME", LOG_NAME),
    )
    environ.check()
    return settings
