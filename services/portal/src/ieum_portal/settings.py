"""What this service must be told, read once at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from httpedge.environ import Environ, Listen
from ieum_portal.domain.gateway import Gateway, header_fault
from ieum_portal.domain.office import NOBODY, Office
from ieum_portal.domain.oidc import Provider, is_safe_address

ACCESS_KEPT_DAYS = 400
"""A year and a month: the yearly check of the year before can still be made."""

OIDC_NAME = "통합로그인"

LARGEST_MB = 100
"""As the registry's, whose word counts."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The answers of the environment.

    Attributes:
        portal_url: As people reach it; cookies are `Secure` if it begins with https.
        secret: Signs forms and peppers fingerprints.
        access_kept_days: For how long it is kept who signed in and who was denied.
        office: Who answers for the portal, as its foot says: the department, in Korean and in
            English, and its telephone; what is empty is not shown.
        gateway: The city's sign-on gateway; None unless it is named.
        oidc: The city's provider of OpenID Connect; None unless it is named.
        samples: The folder of sample files that a new house may begin with; None offers none.
        document_largest_mb: The largest file of a document, in units of 2^20 bytes.
        proxies: How many own proxies stand before the portal; as many X-Forwarded-* are trusted.
    """

    listen: Listen
    processes: int
    database: str
    portal_url: str
    registry_url: str
    graph_url: str
    notify_url: str
    signing_key: Path
    secret: str
    first_accounts_file: Path
    proxies: int
    access_kept_days: int = ACCESS_KEPT_DAYS
    office: Office = NOBODY
    samples: Path | None = None
    document_largest_mb: int = LARGEST_MB
    gateway: Gateway | None = None
    oidc: Provider | None = None


def read_settings(values: Mapping[str, str]) -> Settings:
    """Read the environment; raises SettingsMissing listing everything that is wrong with it."""
    environ = Environ(values)
    settings = Settings(
        listen=environ.listen("IEUM_PORTAL_LISTEN"),
        processes=environ.number("IEUM_PORTAL_PROCESSES", 1, least=1),
        database=environ.url("IEUM_PORTAL_DATABASE"),
        portal_url=environ.url("IEUM_PORTAL_URL"),
        registry_url=environ.url("IEUM_REGISTRY_URL"),
        graph_url=environ.url("IEUM_GRAPH_URL"),
        notify_url=environ.url("IEUM_NOTIFY_URL"),
        signing_key=environ.path("IEUM_SIGNING_KEY"),
        secret=environ.secret_file("IEUM_PORTAL_SECRET_FILE"),
        first_accounts_file=environ.path("IEUM_FIRST_ACCOUNTS_FILE"),
        proxies=environ.number("IEUM_PORTAL_PROXIES", 0),
        office=Office(
            environ.text("IEUM_OFFICE_NAME", ""),
            environ.text("IEUM_OFFICE_NAME_EN", ""),
            environ.text("IEUM_OFFICE_TELEPHONE", ""),
        ),
        samples=Path(samples) if (samples := environ.text("IEUM_SAMPLES", "")) else None,
        document_largest_mb=environ.number("IEUM_DOCUMENT_LARGEST_MB", LARGEST_MB, least=1),
        gateway=_gateway(environ),
        oidc=_oidc(environ),
        access_kept_days=environ.number("IEUM_ACCESS_KEPT_DAYS", ACCESS_KEPT_DAYS, least=365),
    )
    environ.check()
    return settings


def _gateway(environ: Environ) -> Gateway | None:
    header = environ.text("IEUM_GATEWAY_HEADER", "")
    if not header:
        return None
    fault = header_fault(header)
    if fault is not None:
        environ.refuse("IEUM_GATEWAY_HEADER", header, fault)
    return Gateway(header, environ.networks("IEUM_GATEWAY_ADDRESSES"))


def _oidc(environ: Environ) -> Provider | None:
    issuer = environ.text("IEUM_OIDC_ISSUER", "")
    if not issuer:
        return None
    if not is_safe_address(issuer):
        environ.refuse("IEUM_OIDC_ISSUER", issuer, "is no address that begins with https://")
    return Provider(
        issuer,
        environ.text("IEUM_OIDC_CLIENT_ID"),
        environ.secret_file("IEUM_OIDC_CLIENT_SECRET_FILE"),
        environ.text("IEUM_OIDC_NAME", OIDC_NAME),
    )
