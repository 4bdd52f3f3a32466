"""Keep which partners are one organisation, and which were told apart."""

import sqlalchemy as sa
from alembic import op

revision = "0024_merged_partners"
down_revision = "0023_document_texts"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LINKS = ("partner_merged_link", "partner_distinct_link")


def upgrade() -> None:
    for name in LINKS:
        op.create_table(
            name,
            sa.Column("id", ID, primary_key=True),
            sa.Column("other_id", ID, primary_key=True),
            sa.Column("from_on", TEXT, primary_key=True),
            sa.Column("to_on", TEXT, primary_key=True),
            sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
            sa.Column("seq_to", NUMBER, nullable=False),
        )
        op.create_index(f"{name}_other", name, ["other_id", "id", "seq_from", "seq_to"])
    op.create_table(
        "look_alike",
        sa.Column("id", ID, primary_key=True),
        sa.Column("other_id", ID, primary_key=True),
        sa.Column("score", NUMBER, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
    )
    op.create_index("look_alike_score", "look_alike", ["score", "id", "other_id"])
    op.create_index("look_alike_other", "look_alike", ["other_id"])
    op.create_table(
        "look_alike_reached",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq", NUMBER, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("look_alike_reached")
    op.drop_table("look_alike")
    for name in LINKS:
        op.drop_table(name)
