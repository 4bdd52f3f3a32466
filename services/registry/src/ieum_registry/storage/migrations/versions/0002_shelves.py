"""Make the shelves: spans of versions, searched texts with their pieces, and links."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0002_shelves"
down_revision = "0001_log"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# What the code called OPEN when this step was written.
IS_CURRENT = sa.text("seq_to = 9007199254740991")

TEXTS = (
    "partner",
    "department",
    "programme",
    "strategy",
    "task",
    "service_field",
    "technology",
    "agreement",
    "milestone",
    "calendar_day",
)
LINKS = ("seat_holder", "agreement_partner", "collaboration_technology")


def upgrade() -> None:
    _spans(
        "partner",
        ["key?", "kind", "own#", "business_number?", "name"],
        unique=["key", "business_number"],
        order="name",
        lists=[["own"], ["kind", "own"]],
    )
    _spans("department", ["key?", "office#", "name"], order="name")
    _spans("contact", ["key?", "at_type", "at_id@", "retain_until"], order="id", lists=[["at_id"]])
    _spans("seat", ["key?", "at_type", "at_id@", "role", "language"], order="id", lists=[["at_id"]])
    _spans("programme", ["key?", "announced_on", "name"], order="name")
    _spans(
        "strategy",
        ["key?", "programme_id@", "position#", "name"],
        order="position",
        lists=[["programme_id"]],
    )
    _spans(
        "task",
        ["key?", "strategy_id@", "position#", "name"],
        order="position",
        lists=[["strategy_id"]],
    )
    _spans(
        "service_field",
        ["key?", "programme_id@", "position#", "group", "name"],
        order="position",
        lists=[["programme_id"]],
    )
    _spans("technology", ["key?", "broader_id@?", "name"], order="name", lists=[["broader_id"]])
    _spans(
        "agreement",
        [
            "key?",
            "number?",
            "kind",
            "title",
            "programme_id@?",
            "lead_department_id@?",
            "signed_on",
            "disclosure",
            "signed_from",
            "in_force_from",
            "in_force_until",
        ],
        unique=["key", "number"],
        order="signed_on",
        lists=[["kind"], ["programme_id"]],
    )
    _spans(
        "collaboration",
        [
            "key?",
            "partner_id@",
            "agreement_id@",
            "task_id@",
            "service_field_id@?",
            "role",
            "disclosure",
            "starts_on",
            "holds_from",
            "holds_until",
        ],
        order="starts_on",
        lists=[["partner_id"], ["agreement_id"], ["task_id"]],
    )
    _spans(
        "milestone",
        [
            "key?",
            "title",
            "due_on",
            "done_on",
            "cancelled_on",
            "owner_type",
            "owner_id@",
            "agreement_id@?",
            "collaboration_id@?",
        ],
        order="due_on",
        lists=[["agreement_id"], ["owner_id"]],
    )
    _spans(
        "calendar_day",
        ["key?", "on", "working#", "name"],
        unique=["key", "on"],
        order="on",
    )
    _spans("load", ["key?", "anchor_on"], order="id")
    for name in TEXTS:
        _texts(name)
    for name in LINKS:
        _links(name)


def downgrade() -> None:
    for name in LINKS:
        op.drop_table(f"{name}_link")
    for name in TEXTS:
        op.drop_table(f"{name}_gram")
        op.drop_table(f"{name}_text")
    for name in ("load", "calendar_day", "milestone", "collaboration", "agreement", "technology"):
        op.drop_table(f"{name}_span")
    for name in ("service_field", "task", "strategy", "programme", "seat", "contact"):
        op.drop_table(f"{name}_span")
    for name in ("department", "partner"):
        op.drop_table(f"{name}_span")


def _spans(
    name: str,
    columns: Sequence[str],
    *,
    order: str,
    unique: Sequence[str] = ("key",),
    lists: Sequence[Sequence[str]] = (),
) -> None:
    """Make one table of spans. In a column's name `#` is a number, `@` an id, `?` nullable."""
    table = f"{name}_span"
    op.create_table(
        table,
        sa.Column("id", ID, primary_key=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_to", NUMBER, nullable=False),
        sa.Column("disclosed", NUMBER, nullable=False),
        *(_column(column) for column in columns),
    )
    _index(table, "one_current", ["id"], unique=True, now=True)
    for column in unique:
        _index(table, f"one_{column}", [column], unique=True, now=True)
    for filters in ([], *lists):
        tail = [*filters, *([] if order == "id" else [order]), "id"]
        suffix = "_".join(filters) or "all"
        if tail != ["id"]:
            _index(table, f"{suffix}_now", tail, now=True)
        _index(table, f"{suffix}_then", [*tail, "seq_from", "seq_to"])


def _column(name: str) -> "sa.Column[object]":
    kind = NUMBER if "#" in name else ID if "@" in name else TEXT
    return sa.Column(name.rstrip("#@?"), kind, nullable="?" in name)


def _index(
    table: str, suffix: str, columns: Sequence[str], *, unique: bool = False, now: bool = False
) -> None:
    where = IS_CURRENT if now else None
    op.create_index(
        f"{table}_{suffix}",
        table,
        list(columns),
        unique=unique,
        postgresql_where=where,
        sqlite_where=where,
    )


def _texts(name: str) -> None:
    op.create_table(
        f"{name}_text",
        sa.Column("sid", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("seq_to", NUMBER, nullable=False),
        sa.Column("norm", sa.Text, nullable=False),
        sa.Column("initials", sa.Text, nullable=False),
    )
    op.create_index(f"{name}_text_id", f"{name}_text", ["id", "seq_from"])
    op.create_table(
        f"{name}_gram",
        sa.Column("gram", TEXT, primary_key=True),
        sa.Column("sid", NUMBER, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


def _links(name: str) -> None:
    table = f"{name}_link"
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
