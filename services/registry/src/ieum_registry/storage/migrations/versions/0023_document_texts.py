"""Keep what is read in documents, in pieces that are searched, and how each reading ended."""

import sqlalchemy as sa
from alembic import op

revision = "0023_document_texts"
down_revision = "0022_documents"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "document_reading",
        sa.Column("document_id", ID, primary_key=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("tries", NUMBER, nullable=False),
    )
    op.create_table(
        "document_passage",
        sa.Column("document_id", ID, primary_key=True),
        sa.Column("place", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("page", NUMBER),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("norm", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("document_passage")
    op.drop_table("document_reading")
