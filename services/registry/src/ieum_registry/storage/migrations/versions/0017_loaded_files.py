"""Keep by which load each file was loaded, so that the last one of a name is found at once."""

import json
from uuid import UUID, uuid5

import sqlalchemy as sa
from alembic import op

revision = "0017_loaded_files"
down_revision = "0016_sorted_lists"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NEVER, ALWAYS = "9999-12-31", "0001-01-01"
FILES = UUID("0b9c3a52-7d1e-5c7e-9d43-52a4f2a9c6d8")

SPAN = sa.table(
    "load_span",
    sa.column("id", ID),
    sa.column("seq_from", sa.BigInteger),
    sa.column("seq_to", sa.BigInteger),
)
LOG = sa.table("change_log", sa.column("seq", sa.BigInteger), sa.column("body", sa.Text))
FILE = sa.table(
    "load_file_link",
    sa.column("id", ID),
    sa.column("other_id", ID),
    sa.column("from_on", TEXT),
    sa.column("to_on", TEXT),
    sa.column("seq_from", sa.BigInteger),
    sa.column("seq_to", sa.BigInteger),
)


def upgrade() -> None:
    op.create_table(
        "load_file_link",
        sa.Column("id", ID, primary_key=True),
        sa.Column("other_id", ID, primary_key=True),
        sa.Column("from_on", TEXT, primary_key=True),
        sa.Column("to_on", TEXT, primary_key=True),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_to", NUMBER, nullable=False),
    )
    op.create_index(
        "load_file_link_other", "load_file_link", ["other_id", "id", "seq_from", "seq_to"]
    )
    _fill()


def downgrade() -> None:
    op.drop_table("load_file_link")


def _fill() -> None:
    store = op.get_bind()
    told = sa.select(SPAN, LOG.c.body).join(LOG, LOG.c.seq == SPAN.c.seq_from)
    rows = [
        {
            "id": each.id,
            "other_id": other,
            "from_on": ALWAYS,
            "to_on": NEVER,
            "seq_from": each.seq_from,
            "seq_to": each.seq_to,
        }
        for each in store.execute(told).all()
        if each.body is not None
        for other in {str(uuid5(FILES, it["name"])) for it in json.loads(each.body)["documents"]}
    ]
    if rows:
        store.execute(FILE.insert(), rows)
