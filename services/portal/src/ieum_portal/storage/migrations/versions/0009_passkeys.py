"""Keep passkeys, and which challenges were used."""

import sqlalchemy as sa
from alembic import op

from sqlstore.engine import Instant

revision = "0009_passkeys"
down_revision = "0008_oidc_identities"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(1400), nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("sign_count", sa.BigInteger, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("used_at", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_passkey"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_passkey_account_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_passkey_account_id", "passkey", ["account_id"])
    op.create_table(
        "used_challenge",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_used_challenge"),
    )
    op.create_index("ix_used_challenge_at", "used_challenge", ["at"])


def downgrade() -> None:
    op.drop_table("used_challenge")
    op.drop_table("passkey")
