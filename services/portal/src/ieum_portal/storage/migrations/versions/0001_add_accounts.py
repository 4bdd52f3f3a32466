"""Accounts, web sessions, and failed attempts to sign in."""

import sqlalchemy as sa
from alembic import op

from sqlstore.engine import Instant

revision = "0001_add_accounts"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("login", sa.String(254), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("password_hash", sa.String(300), nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("contact_id", sa.Uuid),
        sa.Column("department", sa.Uuid),
        sa.Column("closed_at", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("login", name="uq_account_login"),
    )
    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("began_at", Instant, nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
        sa.Column("revoked_at", Instant),
        sa.PrimaryKeyConstraint("token_hash", name="pk_web_session"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_web_session_account_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_web_session_account_id", "web_session", ["account_id"])
    op.create_index("ix_web_session_began_at", "web_session", ["began_at"])
    op.create_table(
        "failed_attempt",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("address", sa.String(32), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_failed_attempt"),
    )
    op.create_index("ix_failed_attempt_account", "failed_attempt", ["account", "at"])
    op.create_index("ix_failed_attempt_address", "failed_attempt", ["address", "at"])
    op.create_index("ix_failed_attempt_at", "failed_attempt", ["at"])


def downgrade() -> None:
    op.drop_table("failed_attempt")
    op.drop_table("web_session")
    op.drop_table("account")
