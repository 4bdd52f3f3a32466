"""Keep which pieces of two letters stand in which document's text, so that words find it quickly.

By the program's own functions, as in 0018.
"""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

from changefeed.finding import grams_of
from ieum_registry.storage.documents.texts import number_of

revision = "0028_passage_grams"
down_revision = "0027_document_checks"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
READING = sa.table("document_reading", sa.column("document_id", ID), sa.column("number", NUMBER))
PASSAGE = sa.table("document_passage", sa.column("document_id", ID), sa.column("norm", sa.Text))


def upgrade() -> None:
    op.add_column("document_reading", sa.Column("number", NUMBER))
    op.create_index("document_reading_number", "document_reading", ["number"])
    grams = op.create_table(
        "passage_gram",
        sa.Column("gram", TEXT, primary_key=True),
        sa.Column("number", NUMBER, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_index("passage_gram_number", "passage_gram", ["number"])
    store = op.get_bind()
    for (each,) in store.execute(sa.select(READING.c.document_id)).all():
        number = number_of(UUID(str(each)))
        store.execute(READING.update().where(READING.c.document_id == each).values(number=number))
        of_this = sa.select(PASSAGE.c.norm).where(PASSAGE.c.document_id == each)
        found = {gram for (norm,) in store.execute(of_this) for gram in grams_of(norm, 2)}
        if found:
            rows = [{"gram": gram, "number": number} for gram in sorted(found)]
            store.execute(grams.insert(), rows)


def downgrade() -> None:
    op.drop_table("passage_gram")
    op.drop_index("document_reading_number", "document_reading")
    op.drop_column("document_reading", "number")
