"""Make the shelf of the journal: spans and searched texts."""

import sqlalchemy as sa
from alembic import op

revision = "0015_journal"
down_revision = "0014_parent_agreements"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IS_CURRENT = sa.text("seq_to = 9007199254740991")


def upgrade() -> None:
    op.create_table(
        "journal_span",
        sa.Column("id", ID, primary_key=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_to", NUMBER, nullable=False),
        sa.Column("disclosed", NUMBER, nullable=False),
        sa.Column("key", TEXT, nullable=True),
        sa.Column("on", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("partner_id", ID, nullable=False),
        sa.Column("department_id", ID, nullable=False),
        sa.Column("agreement_id", ID, nullable=True),
    )
    _index("one_current", ["id"], unique=True, now=True)
    _index("one_key", ["key"], unique=True, now=True)
    for suffix, filters in (
        ("all", []),
        ("partner_id", ["partner_id"]),
        ("agreement_id", ["agreement_id"]),
    ):
        _index(f"{suffix}_now", [*filters, "on", "id"], now=True)
        _index(f"{suffix}_then", [*filters, "on", "id", "seq_from", "seq_to"])
    op.create_table(
        "journal_text",
        sa.Column("sid", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("seq_to", NUMBER, nullable=False),
        sa.Column("norm", sa.Text, nullable=False),
        sa.Column("initials", sa.Text, nullable=False),
    )
    op.create_index("journal_text_id", "journal_text", ["id", "seq_from"])
    op.create_table(
        "journal_gram",
        sa.Column("gram", TEXT, primary_key=True),
        sa.Column("sid", NUMBER, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("journal_gram")
    op.drop_table("journal_text")
    op.drop_table("journal_span")


def _index(suffix: str, columns: list[str], *, unique: bool = False, now: bool = False) -> None:
    where = IS_CURRENT if now else None
    op.create_index(
        f"journal_span_{suffix}",
        "journal_span",
        columns,
        unique=unique,
        postgresql_where=where,
        sqlite_where=where,
    )
