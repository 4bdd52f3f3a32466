"""Let accounts be made by letter, by an administrator, and show each its sessions.

The oldest open account of the office becomes the first administrator: somebody must be one.
"""

import sqlalchemy as sa
from alembic import op

from sqlstore.engine import Instant

revision = "0005_invitations"
down_revision = "0004_drafts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "account",
        sa.Column("is_administrator", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.execute(
        sa.text(
            "UPDATE account SET is_administrator = true WHERE id = ("
            "SELECT id FROM account WHERE role = 'office' AND closed_at IS NULL "
            "AND ended_at IS NULL ORDER BY made_at, id LIMIT 1)"
        )
    )
    op.add_column("web_session", sa.Column("address", sa.String(60)))
    op.add_column("web_session", sa.Column("browser", sa.String(60)))
    op.create_index("ix_access_record_account", "access_record", ["account", "first_at"])
    op.create_table(
        "account_link",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("account_id", sa.Uuid),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("account_seal", sa.String(64), nullable=False),
        sa.Column("inviter", sa.String(200)),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("ends_at", Instant, nullable=False),
        sa.Column("used_at", Instant),
        sa.Column("sent_at", Instant),
        sa.Column("refused_at", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_account_link"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_account_link_account_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_account_link_account_id", "account_link", ["account_id", "made_at"])
    op.create_index("ix_account_link_made_at", "account_link", ["made_at"])


def downgrade() -> None:
    op.drop_table("account_link")
    op.drop_index("ix_access_record_account", "access_record")
    op.drop_column("web_session", "browser")
    op.drop_column("web_session", "address")
    op.drop_column("account", "is_administrator")
