"""Make the shelf of replies: spans, and which records each is about."""

import sqlalchemy as sa
from alembic import op

revision = "0031_replies"
down_revision = "0030_links_with_their_days"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IS_CURRENT = sa.text("seq_to = 9007199254740991")


def upgrade() -> None:
    op.create_table(
        "reply_span",
        sa.Column("id", ID, primary_key=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_to", NUMBER, nullable=False),
        sa.Column("disclosed", NUMBER, nullable=False),
        sa.Column("partner_id", ID, nullable=False),
        sa.Column("on", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("ended_on", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=True),
    )
    _index("one_current", ["id"], unique=True, now=True)
    _index("one_key", ["key"], unique=True, now=True)
    for suffix, filters in (("all", []), ("partner_id", ["partner_id"]), ("state", ["state"])):
        _index(f"{suffix}_now", [*filters, "on", "id"], now=True)
        _index(f"{suffix}_then", [*filters, "on", "id", "seq_from", "seq_to"])
    op.create_table(
        "reply_record_link",
        sa.Column("id", ID, primary_key=True),
        sa.Column("other_id", ID, primary_key=True),
        sa.Column("from_on", TEXT, primary_key=True),
        sa.Column("to_on", TEXT, primary_key=True),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_to", NUMBER, nullable=False),
    )
    op.create_index(
        "reply_record_link_other",
        "reply_record_link",
        ["other_id", "id", "seq_from", "seq_to", "from_on", "to_on"],
    )


def downgrade() -> None:
    op.drop_table("reply_record_link")
    op.drop_table("reply_span")


def _index(suffix: str, columns: list[str], *, unique: bool = False, now: bool = False) -> None:
    where = IS_CURRENT if now else None
    op.create_index(
        f"reply_span_{suffix}",
        "reply_span",
        columns,
        unique=unique,
        postgresql_where=where,
        sqlite_where=where,
    )
