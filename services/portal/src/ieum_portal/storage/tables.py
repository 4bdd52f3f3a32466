"""The tables as this release knows them; migrations make them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
)

from sqlstore.engine import Instant

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

ACCOUNT = Table(
    "account",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("login", String(254), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("language", String(2), nullable=False),
    Column("password_hash", String(300), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("contact_id", Uuid),
    Column("department", Uuid),
    Column("closed_at", Instant),
    Column("ended_at", Instant),
    Column("is_administrator", Boolean, nullable=False),
)

ACCOUNT_LINK = Table(
    "account_link",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("account_id", Uuid, ForeignKey("account.id", ondelete="CASCADE")),
    Column("purpose", String(20), nullable=False),
    Column("account_seal", String(64), nullable=False),
    Column("inviter", String(200)),
    Column("made_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("sent_at", Instant),
    Column("refused_at", Instant),
    Index("ix_account_link_account_id", "account_id", "made_at"),
    Index("ix_account_link_made_at", "made_at"),
)

WEB_SESSION = Table(
    "web_session",
    METADATA,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", Uuid, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("account_seal", String(64)),  # Null opens nothing: begun under an earlier release.
    Column("address", String(60)),
    Column("browser", String(60)),
    Index("ix_web_session_account_id", "account_id"),
    Index("ix_web_session_began_at", "began_at"),
)

OIDC_IDENTITY = Table(
    "oidc_identity",
    METADATA,
    Column("issuer", String(300), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("account_id", Uuid, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("bound_at", Instant, nullable=False),
    Index("ix_oidc_identity_account_id", "account_id", "issuer", unique=True),
)

PASSKEY = Table(
    "passkey",
    METADATA,
    Column("id", String(1400), primary_key=True),
    Column("account_id", Uuid, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(60), nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("used_at", Instant),
    Index("ix_passkey_account_id", "account_id"),
)

USED_CHALLENGE = Table(
    "used_challenge",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
    Index("ix_used_challenge_at", "at"),
)

ACCESS_RECORD = Table(
    "access_record",
    METADATA,
    Column("key", String(40), primary_key=True),
    Column("first_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("times", Integer, nullable=False),
    Column("account", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("address", String(60), nullable=False),
    Column("act", String(200), nullable=False),
    Column("outcome", String(20), nullable=False),
    Index("ix_access_record_first_at", "first_at", "key"),
    Index("ix_access_record_account", "account", "first_at"),
)

DRAFT = Table(
    "drafts",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("account_id", Uuid, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("form", String(40), nullable=False),
    Column("path", String(300), nullable=False),
    Column("back", String(300), nullable=False),
    Column("subject_type", String(40)),
    Column("subject_id", Uuid),
    Column("topic", Text),
    Column("contents", Text, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("key", String(64), nullable=False),
    Column("step", String(10), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("led_to", String(300)),
    Index("ix_drafts_account_id", "account_id", "changed_at"),
    Index("ix_drafts_changed_at", "changed_at"),
)

SAVED_VIEW = Table(
    "saved_view",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("account_id", Uuid, ForeignKey("account.id", ondelete="CASCADE")),
    Column("owner", String(36), nullable=False),  # The account's id, or `office`.
    Column("of", String(40), nullable=False),
    Column("name", String(60), nullable=False),
    Column("query", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Index("ix_saved_view_owner", "owner", "of", "name", unique=True),
    Index("ix_saved_view_account_id", "account_id"),
)

OPENING_VIEW = Table(
    "opening_view",
    METADATA,
    Column("account_id", Uuid, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("of", String(40), primary_key=True),
    Column("view_id", Uuid, ForeignKey("saved_view.id", ondelete="CASCADE"), nullable=False),
    Index("ix_opening_view_view_id", "view_id"),
)

CALENDAR_LINK = Table(
    "calendar_link",
    METADATA,
    Column("account_id", Uuid, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("made_at", Instant, nullable=False),
    Index("ix_calendar_link_token_hash", "token_hash", unique=True),
)

OFFICE = Table(
    "office",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),  # One row: 1.
    Column("name", String(200), nullable=False),
    Column("name_en", String(200), nullable=False),
    Column("telephone", String(200), nullable=False),
)

FAILED_ATTEMPT = Table(
    "failed_attempt",
    METADATA,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("account", String(32), nullable=False),
    Column("address", String(32), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_failed_attempt_account", "account", "at"),
    Index("ix_failed_attempt_address", "address", "at"),
    Index("ix_failed_attempt_at", "at"),
)
