"""Keep a record of who signed in, who tried to, and who was denied a page."""

import sqlalchemy as sa
from alembic import op

from sqlstore.engine import Instant

revision = "0003_access_records"
down_revision = "0002_end_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_record",
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("first_at", Instant, nullable=False),
        sa.Column("last_at", Instant, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("account", sa.String(200), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("address", sa.String(60), nullable=False),
        sa.Column("act", sa.String(200), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_access_record"),
    )
    op.create_index("ix_access_record_first_at", "access_record", ["first_at", "key"])


def downgrade() -> None:
    op.drop_table("access_record")
