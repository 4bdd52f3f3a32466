"""Make the shelf of handovers."""

import sqlalchemy as sa
from alembic import op

revision = "0025_handovers"
down_revision = "0024_merged_partners"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# What the code called OPEN when this step was written.
IS_CURRENT = sa.text("seq_to = 9007199254740991")


def upgrade() -> None:
    op.create_table(
        "handover_span",
        sa.Column("id", ID, primary_key=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_to", NUMBER, nullable=False),
        sa.Column("disclosed", NUMBER, nullable=False),
        sa.Column("key", TEXT, nullable=True),
        sa.Column("on", TEXT, nullable=False),
        sa.Column("done_on", TEXT, nullable=False),
    )
    _index("one_current", ["id"], unique=True, now=True)
    _index("one_key", ["key"], unique=True, now=True)
    _index("all_now", ["on", "id"], now=True)
    _index("all_then", ["on", "id", "seq_from", "seq_to"])


def downgrade() -> None:
    op.drop_table("handover_span")


def _index(suffix: str, columns: list[str], *, unique: bool = False, now: bool = False) -> None:
    where = IS_CURRENT if now else None
    op.create_index(
        f"handover_span_{suffix}",
        "handover_span",
        columns,
        unique=unique,
        postgresql_where=where,
        sqlite_where=where,
    )
