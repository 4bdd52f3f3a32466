"""Make the shelf of events: spans, searched titles, links with partners and tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0003_events"
down_revision = "0002_shelves"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# What the code called OPEN when this step was written.
IS_CURRENT = sa.text("seq_to = 9007199254740991")

LINKS = ("partner", "task")


def upgrade() -> None:
    op.create_table(
        "event_span",
        sa.Column("id", ID, primary_key=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_to", NUMBER, nullable=False),
        sa.Column("disclosed", NUMBER, nullable=False),
        sa.Column("key", TEXT, nullable=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("starts_on", TEXT, nullable=False),
        sa.Column("ends_on", TEXT, nullable=False),
        sa.Column("cancelled_on", TEXT, nullable=False),
    )
    _index("event_span_one_current", ["id"], unique=True, now=True)
    _index("event_span_one_key", ["key"], unique=True, now=True)
    _index("event_span_all_now", ["starts_on", "id"], now=True)
    _index("event_span_all_then", ["starts_on", "id", "seq_from", "seq_to"])
    _texts()
    for name in LINKS:
        _links(name)


def downgrade() -> None:
    for name in LINKS:
        op.drop_table(f"event_{name}_link")
    op.drop_table("event_gram")
    op.drop_table("event_text")
    op.drop_table("event_span")


def _index(name: str, columns: list[str], *, unique: bool = False, now: bool = False) -> None:
    where = IS_CURRENT if now else None
    op.create_index(
        name, "event_span", columns, unique=unique, postgresql_where=where, sqlite_where=where
    )


def _texts() -> None:
    op.create_table(
        "event_text",
        sa.Column("sid", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("seq_to", NUMBER, nullable=False),
        sa.Column("norm", sa.Text, nullable=False),
        sa.Column("initials", sa.Text, nullable=False),
    )
    op.create_index("event_text_id", "event_text", ["id", "seq_from"])
    op.create_table(
        "event_gram",
        sa.Column("gram", TEXT, primary_key=True),
        sa.Column("sid", NUMBER, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


def _links(name: str) -> None:
    table = f"event_{name}_link"
    op.create_table(
        table,
        sa.Column("id", ID, primary_key=True),
        sa.Column("other_id", ID, primary_key=True),
        sa.Column("from_on", TEXT, primary_key=True),
        sa.Column("to_on", TEXT, primary_key=True),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_to", NUMBER, nullable=False),
    )
    op.create_index(f"{table}_other", table, ["other_id", "id", "seq_from", "seq_to"])
