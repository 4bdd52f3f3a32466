"""Keep the forms that people have not finished."""

import sqlalchemy as sa
from alembic import op

from sqlstore.engine import Instant

revision = "0004_drafts"
down_revision = "0003_access_records"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("path", sa.String(300), nullable=False),
        sa.Column("back", sa.String(300), nullable=False),
        sa.Column("subject_type", sa.String(40)),
        sa.Column("subject_id", sa.Uuid),
        sa.Column("topic", sa.Text),
        sa.Column("contents", sa.Text, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("step", sa.String(10), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.Column("led_to", sa.String(300)),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_drafts_account_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_drafts_account_id", "drafts", ["account_id", "changed_at"])
    op.create_index("ix_drafts_changed_at", "drafts", ["changed_at"])


def downgrade() -> None:
    op.drop_table("drafts")
