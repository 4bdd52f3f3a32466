"""Count commitments by an index alone, and know of each whether it was made up."""

import sqlalchemy as sa
from alembic import op

revision = "0029_counted_commitments"
down_revision = "0028_passage_grams"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IS_CURRENT = sa.text("seq_to = 9007199254740991")
MADE_UP = '%"illustrative":true%'
"""As canonical text has it; within a text of the record its quotes would be escaped."""
COUNTED = (
    "task_id",
    "service_field_id",
    "partner_id",
    "seq_to",
    "holds_from",
    "holds_until",
    "unknown_from",
    "unknown_until",
    "illustrative",
    "disclosed",
    "agreement_id",
)


def upgrade() -> None:
    op.add_column("collaboration_span", sa.Column("illustrative", NUMBER, nullable=True))
    filled = sa.text(
        "UPDATE collaboration_span SET illustrative = CASE WHEN (SELECT l.body FROM change_log l"
        " WHERE l.seq = collaboration_span.seq_from) LIKE :mark THEN 1 ELSE 0 END"
    )
    op.execute(filled.bindparams(mark=MADE_UP))
    op.create_index(
        "collaboration_span_counts_now",
        "collaboration_span",
        list(COUNTED),
        postgresql_where=IS_CURRENT,
        sqlite_where=IS_CURRENT,
    )


def downgrade() -> None:
    op.drop_index("collaboration_span_counts_now", "collaboration_span")
    op.drop_column("collaboration_span", "illustrative")
