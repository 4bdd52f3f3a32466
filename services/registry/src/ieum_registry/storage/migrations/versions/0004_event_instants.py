"""Let events be listed by the instant, and the history by kind and by type of subject."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0004_event_instants"
down_revision = "0003_events"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")

SPAN = sa.table(
    "event_span",
    sa.column("id", ID),
    sa.column("version", sa.BigInteger),
    sa.column("begins_at", TEXT),
    sa.column("is_over_at", TEXT),
)
LOG = sa.table(
    "change_log",
    sa.column("subject_id", ID),
    sa.column("version", sa.BigInteger),
    sa.column("body", sa.Text),
)


def upgrade() -> None:
    op.add_column("event_span", sa.Column("begins_at", TEXT, nullable=True))
    op.add_column("event_span", sa.Column("is_over_at", TEXT, nullable=True))
    _fill()
    op.create_index("change_log_kind", "change_log", ["kind", "seq"])
    op.create_index("change_log_type", "change_log", ["subject_type", "seq"])


def downgrade() -> None:
    op.drop_index("change_log_type", "change_log")
    op.drop_index("change_log_kind", "change_log")
    op.drop_column("event_span", "is_over_at")
    op.drop_column("event_span", "begins_at")


def _fill() -> None:
    store = op.get_bind()
    its_entry = (LOG.c.subject_id == SPAN.c.id) & (LOG.c.version == SPAN.c.version)
    found = store.execute(sa.select(SPAN.c.id, SPAN.c.version, LOG.c.body).join(LOG, its_entry))
    for subject_id, version, body in found.all():
        facts = json.loads(body)
        store.execute(
            SPAN.update()
            .where(SPAN.c.id == subject_id, SPAN.c.version == version)
            .values(
                begins_at=_instant(facts["starts_at"], facts["zone"]),
                is_over_at=_instant(facts["ends_at"], facts["zone"]),
            )
        )


def _instant(civil: str, zone: str) -> str:
    there = datetime.fromisoformat(civil).replace(tzinfo=ZoneInfo(zone), fold=0)
    return f"{there.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
