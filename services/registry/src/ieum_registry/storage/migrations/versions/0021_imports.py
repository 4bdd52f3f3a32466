"""Stage imports of spreadsheets beside the log, and remember what people decided about them."""

import sqlalchemy as sa
from alembic import op

revision = "0021_imports"
down_revision = "0020_find_people"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "import_sheet",
        sa.Column("id", ID, primary_key=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("maker_id", TEXT, nullable=False),
        sa.Column("maker_role", TEXT, nullable=False),
        sa.Column("mover_id", TEXT, nullable=False),
        sa.Column("mover_role", TEXT, nullable=False),
        sa.Column("made_at", TEXT, nullable=False),
        sa.Column("changed_at", TEXT, nullable=False),
        sa.Column("choices", sa.Text, nullable=False),
        sa.Column("found", sa.Text, nullable=False),
        sa.Column("receipt_id", ID),
        sa.Column("checked", NUMBER, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("token", ID),
        sa.Column("lease_until", TEXT),
    )
    op.create_index("import_sheet_changed_at", "import_sheet", ["changed_at"])
    op.create_table(
        "import_row",
        sa.Column("import_id", ID, primary_key=True),
        sa.Column("checked", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("place", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
    )
    op.create_index("import_row_state", "import_row", ["import_id", "checked", "state", "place"])
    op.create_table(
        "import_record",
        sa.Column("import_id", ID, primary_key=True),
        sa.Column("checked", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("position", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("line", NUMBER),
        sa.Column("subject_type", TEXT, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("seen", NUMBER, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("outcome", TEXT),
        sa.Column("version", NUMBER),
        sa.Column("why", sa.Text),
    )
    op.create_index(
        "import_record_outcome", "import_record", ["import_id", "checked", "outcome", "position"]
    )
    op.create_table(
        "import_decision",
        sa.Column("kind", TEXT, primary_key=True),
        sa.Column("said", TEXT, primary_key=True),
        sa.Column("meant", sa.Text, nullable=False),
        sa.Column("decided_at", TEXT, nullable=False),
    )


def downgrade() -> None:
    for table in ("import_decision", "import_record", "import_row", "import_sheet"):
        op.drop_table(table)
