"""Let documents be found by what they prove; those on record prove nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0032_proofs"
down_revision = "0031_replies"

ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
IS_CURRENT = sa.text("seq_to = 9007199254740991")
COLUMNS = ("collaboration_id", "milestone_id")


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column("document_span", sa.Column(column, ID, nullable=True))
        op.create_index(
            f"document_span_{column}_now",
            "document_span",
            [column, "title", "id"],
            postgresql_where=IS_CURRENT,
            sqlite_where=IS_CURRENT,
        )
        op.create_index(
            f"document_span_{column}_then",
            "document_span",
            [column, "title", "id", "seq_from", "seq_to"],
        )


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_index(f"document_span_{column}_then", "document_span")
        op.drop_index(f"document_span_{column}_now", "document_span")
        op.drop_column("document_span", column)
