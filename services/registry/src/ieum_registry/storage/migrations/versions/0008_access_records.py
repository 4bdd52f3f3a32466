"""Keep a record of who looked at people, and whose call was denied."""

import sqlalchemy as sa
from alembic import op

revision = "0008_access_records"
down_revision = "0007_redactions"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "access_record",
        sa.Column("key", TEXT, primary_key=True),
        sa.Column("first_at", TEXT, nullable=False),
        sa.Column("last_at", TEXT, nullable=False),
        sa.Column("times", NUMBER, nullable=False),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("act", TEXT, nullable=False),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("subjects", sa.Text, nullable=False),
    )
    op.create_index("access_record_first_at", "access_record", ["first_at", "key"])


def downgrade() -> None:
    op.drop_table("access_record")
