"""The copy of facts and the book of letters: what is owed and what became of it."""

import sqlalchemy as sa
from alembic import op

from sqlstore.engine import Instant

revision = "0001_post_room"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_copy()
    _create_occurrence()
    _create_delivery()
    op.create_table(
        "alarm",
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("code", "subject", name="pk_alarm"),
    )
    op.create_table(
        "tick",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("ticked_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_tick"),
    )


def _create_copy() -> None:
    op.create_table(
        "facts",
        sa.Column("subject_type", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("subject_type", "subject_id", name="pk_facts"),
    )
    op.create_table(
        "bookmark",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("head", sa.Integer, nullable=False),
        sa.Column("read_at", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_bookmark"),
    )


def _create_occurrence() -> None:
    op.create_table(
        "occurrence",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("rule", sa.String(80), nullable=False),
        sa.Column("letter", sa.String(80), nullable=False),
        sa.Column("subject_type", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("anchor_on", sa.Date, nullable=False),
        sa.Column("lead_days", sa.Integer, nullable=False),
        sa.Column("seat_id", sa.Uuid, nullable=False),
        sa.Column("seat_role", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(200)),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_try_at", Instant),
        sa.Column("lease_until", Instant),
        sa.Column("token", sa.Uuid),
        sa.Column("planned_at", Instant, nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_occurrence"),
        sa.UniqueConstraint("key", name="uq_occurrence_key"),
    )
    op.create_index("ix_occurrence_state_due_at", "occurrence", ["state", "due_at"])
    op.create_index("ix_occurrence_anchor_on", "occurrence", ["anchor_on"])
    op.create_index("ix_occurrence_due_at_id", "occurrence", ["due_at", "id"])


def _create_delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("occurrence_id", sa.Uuid, nullable=False),
        sa.Column("contact_id", sa.Uuid, nullable=False),
        sa.Column("message_id", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("sent_at", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name="fk_delivery_occurrence_id"
        ),
        sa.UniqueConstraint("occurrence_id", "contact_id", name="uq_delivery_occurrence_id"),
    )
    op.create_index("ix_delivery_sent_at", "delivery", ["sent_at"])
    op.create_table(
        "attempt",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("delivery_id", sa.Uuid, nullable=False),
        sa.Column("token", sa.Uuid, nullable=False),
        sa.Column("started_at", Instant, nullable=False),
        sa.Column("finished_at", Instant),
        sa.Column("outcome", sa.String(20)),
        sa.Column("smtp_code", sa.Integer),
        sa.Column("enhanced_code", sa.String(20)),
        sa.Column("fault", sa.String(200)),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name="fk_attempt_delivery_id"),
    )
    op.create_index("ix_attempt_delivery_id", "attempt", ["delivery_id"])


def downgrade() -> None:
    for table in ("tick", "alarm", "attempt", "delivery", "occurrence", "bookmark", "facts"):
        op.drop_table(table)
