"""Let agreements be listed by what they hang under."""

import sqlalchemy as sa
from alembic import op

revision = "0014_parent_agreements"
down_revision = "0013_unknown_ends"

ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
IS_CURRENT = sa.text("seq_to = 9007199254740991")
COLUMNS = ["parent_id", "signed_on", "id"]
DAYS = ["signed_from", "in_force_until", "lasts_until"]


def upgrade() -> None:
    # Before this step nothing hung under anything.
    op.add_column("agreement_span", sa.Column("parent_id", ID, nullable=True))
    op.create_index(
        "agreement_span_parent_id_now",
        "agreement_span",
        [*COLUMNS, "seq_to", *DAYS],
        postgresql_where=IS_CURRENT,
        sqlite_where=IS_CURRENT,
    )
    op.create_index(
        "agreement_span_parent_id_then", "agreement_span", [*COLUMNS, "seq_from", "seq_to", *DAYS]
    )


def downgrade() -> None:
    op.drop_index("agreement_span_parent_id_then", "agreement_span")
    op.drop_index("agreement_span_parent_id_now", "agreement_span")
    op.drop_column("agreement_span", "parent_id")
