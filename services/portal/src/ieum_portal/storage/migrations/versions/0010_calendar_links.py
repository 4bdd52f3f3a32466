"""Keep under which token an account's calendar is read: a hash of it."""

import sqlalchemy as sa
from alembic import op

from sqlstore.engine import Instant

revision = "0010_calendar_links"
down_revision = "0009_passkeys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_link",
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("account_id", name="pk_calendar_link"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_calendar_link_account_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_calendar_link_token_hash", "calendar_link", ["token_hash"], unique=True)


def downgrade() -> None:
    op.drop_table("calendar_link")
