"""A store remembers when it was put back from a backup, and how far the log then reached."""

import sqlalchemy as sa
from alembic import op

from sqlstore.engine import Instant

revision = "0008_restored"
down_revision = "0007_which_log"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "restored",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("restored")
