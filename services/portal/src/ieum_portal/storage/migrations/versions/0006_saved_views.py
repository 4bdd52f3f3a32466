"""Keep views of lists under names, and which one an account opens a list with."""

import sqlalchemy as sa
from alembic import op

from sqlstore.engine import Instant

revision = "0006_saved_views"
down_revision = "0005_invitations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid),
        sa.Column("owner", sa.String(36), nullable=False),
        sa.Column("of", sa.String(40), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_saved_view_account_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_saved_view_owner", "saved_view", ["owner", "of", "name"], unique=True)
    op.create_index("ix_saved_view_account_id", "saved_view", ["account_id"])
    op.create_table(
        "opening_view",
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("of", sa.String(40), nullable=False),
        sa.Column("view_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "of", name="pk_opening_view"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_opening_view_account_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["view_id"], ["saved_view.id"], name="fk_opening_view_view_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_opening_view_view_id", "opening_view", ["view_id"])


def downgrade() -> None:
    op.drop_table("opening_view")
    op.drop_table("saved_view")
