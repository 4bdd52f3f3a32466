"""Keep what was found of each document's file, and why a text was not read."""

import sqlalchemy as sa
from alembic import op

revision = "0027_document_checks"
down_revision = "0026_access_reasons"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "document_check",
        sa.Column("sha256", TEXT, primary_key=True),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("fault", TEXT),
        sa.Column("whole_at", TEXT),
    )
    op.execute("UPDATE document_reading SET state = 'unreadable' WHERE state = 'failed'")


def downgrade() -> None:
    op.execute(
        "UPDATE document_reading SET state = 'failed'"
        " WHERE state IN ('unreadable', 'missing', 'altered')"
    )
    op.drop_table("document_check")
