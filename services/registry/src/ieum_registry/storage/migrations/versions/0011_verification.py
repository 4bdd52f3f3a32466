"""Keep what the last verification of the log found."""

import sqlalchemy as sa
from alembic import op

revision = "0011_verification"
down_revision = "0010_carry_days"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "verification",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("entries", NUMBER, nullable=False),
        sa.Column("head_hash", sa.LargeBinary, nullable=False),
        sa.Column("redacted", NUMBER, nullable=False),
        sa.Column("bad_seq", NUMBER),
        sa.Column("fault", TEXT),
        sa.Column("whole_seq", NUMBER, nullable=False),
        sa.Column("whole_hash", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("verification")
