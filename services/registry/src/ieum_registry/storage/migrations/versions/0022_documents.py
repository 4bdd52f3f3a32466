"""Make the shelf of documents: spans and searched titles."""

import sqlalchemy as sa
from alembic import op

revision = "0022_documents"
down_revision = "0021_imports"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IS_CURRENT = sa.text("seq_to = 9007199254740991")


def upgrade() -> None:
    op.create_table(
        "document_span",
        sa.Column("id", ID, primary_key=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_to", NUMBER, nullable=False),
        sa.Column("disclosed", NUMBER, nullable=False),
        sa.Column("agreement_id", ID, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("media_type", TEXT, nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=True),
        sa.Column("language", TEXT, nullable=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("replaces_id", ID, nullable=True),
        sa.Column("disclosure", TEXT, nullable=False),
        sa.Column("erased_on", TEXT, nullable=False),
        sa.Column("told_agreement_id", ID, nullable=True),
    )
    _index("one_current", ["id"], unique=True, now=True)
    _index("one_key", ["key"], unique=True, now=True)
    _index("one_replaces_id", ["replaces_id"], unique=True, now=True)
    for suffix, filters in (
        ("all", []),
        ("agreement_id", ["agreement_id"]),
        ("sha256", ["sha256"]),
    ):
        _index(f"{suffix}_now", [*filters, "title", "id"], now=True)
        _index(f"{suffix}_then", [*filters, "title", "id", "seq_from", "seq_to"])
    op.create_table(
        "document_text",
        sa.Column("sid", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("seq_to", NUMBER, nullable=False),
        sa.Column("norm", sa.Text, nullable=False),
        sa.Column("initials", sa.Text, nullable=False),
    )
    op.create_index("document_text_id", "document_text", ["id", "seq_from"])
    op.create_table(
        "document_gram",
        sa.Column("gram", TEXT, primary_key=True),
        sa.Column("sid", NUMBER, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("document_gram")
    op.drop_table("document_text")
    op.drop_table("document_span")


def _index(suffix: str, columns: list[str], *, unique: bool = False, now: bool = False) -> None:
    where = IS_CURRENT if now else None
    op.create_index(
        f"document_span_{suffix}",
        "document_span",
        columns,
        unique=unique,
        postgresql_where=where,
        sqlite_where=where,
    )
