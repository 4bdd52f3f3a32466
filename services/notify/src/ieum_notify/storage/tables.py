"""The tables: the copy of facts, and the outbox of what is owed and what became of it."""

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from sqlstore.engine import Instant

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

FACTS = Table(
    "facts",
    METADATA,
    Column("subject_type", String(40), primary_key=True),
    Column("subject_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_facts_seq", "seq"),
)

BOOKMARK = Table(
    "bookmark",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),  # One row: 1.
    Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("head", Integer, nullable=False),
    Column("read_at", Instant),
    # Of the log that was copied; null on a copy that an earlier release began.
    Column("genesis", LargeBinary),
    Column("copy", Uuid),  # Drawn as the copy begins; null on one that an earlier release began.
)

RESTORED = Table(
    "restored",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),  # One row: 1.
    Column("at", Instant, nullable=False),
    Column("seq", Integer, nullable=False),
)

OCCURRENCES = Table(
    "occurrence",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("key", String(400), nullable=False, unique=True),
    Column("rule", String(80), nullable=False),
    Column("letter", String(80), nullable=False),
    Column("subject_type", String(40), nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("anchor_on", Date, nullable=False),
    Column("lead_days", Integer, nullable=False),
    Column("seat_id", Uuid, nullable=False),
    Column("seat_role", String(40), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("revision", Integer),
    Column("due_on", Date, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", String(200)),
    Column("tries", Integer, nullable=False),
    Column("next_try_at", Instant),
    Column("lease_until", Instant),
    Column("token", Uuid),
    Column("planned_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index("ix_occurrence_state_due_at", "state", "due_at"),
    Index("ix_occurrence_anchor_on", "anchor_on"),
    Index("ix_occurrence_due_at_id", "due_at", "id"),
    Index("ix_occurrence_subject", "subject_type", "subject_id"),
)

DELIVERIES = Table(
    "delivery",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("occurrence_id", Uuid, ForeignKey("occurrence.id"), nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("message_id", String(200), nullable=False),
    Column("state", String(20), nullable=False),  # started | sent | refused | put_off | in_doubt
    Column("sent_at", Instant),
    Column("contact_version", Integer),  # Of the reader's record when last tried, if known.
    UniqueConstraint("occurrence_id", "contact_id"),
    Index("ix_delivery_sent_at", "sent_at"),
)

ATTEMPTS = Table(
    "attempt",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("delivery_id", Uuid, ForeignKey("delivery.id"), nullable=False),
    Column("token", Uuid, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("outcome", String(20)),
    Column("smtp_code", Integer),
    Column("enhanced_code", String(20)),
    Column("fault", String(200)),
    Index("ix_attempt_delivery_id", "delivery_id"),
    Index("ix_attempt_outcome", "outcome"),
)

ALARMS = Table(
    "alarm",
    METADATA,
    Column("code", String(60), primary_key=True),
    Column("subject", String(100), primary_key=True),  # Empty where it is about no subject.
    Column("since", Instant, nullable=False),
    Column("facts", Text, nullable=False),
)

TICKS = Table(
    "tick",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("ticked_at", Instant, nullable=False),
)
