"""The tables as the declarations want them: what migrations must have made, and reindex makes."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from .part import OPEN
from .shelf import Link, Shelf
from .shelves import SHELVES

METADATA = sa.MetaData()

# Hangul sorts by code point, on every server alike.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
# SQLite's row number is an alias of INTEGER PRIMARY KEY alone.
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "text": TEXT,
    "day": TEXT,
    "integer": NUMBER,
    "uuid": ID,
    "bytes": sa.LargeBinary(),
}

CHANGE_LOG = sa.Table(
    "change_log",
    METADATA,
    sa.Column("seq", NUMBER, primary_key=True, autoincrement=False),
    sa.Column("at", TEXT, nullable=False),
    sa.Column("actor_id", TEXT, nullable=False),
    sa.Column("actor_role", TEXT, nullable=False),
    sa.Column("actor_on_behalf_of", TEXT),
    sa.Column("kind", TEXT, nullable=False),
    sa.Column("schema", NUMBER, nullable=False),
    sa.Column("subject_type", TEXT, nullable=False),
    sa.Column("subject_id", ID, nullable=False),
    sa.Column("version", NUMBER, nullable=False),
    sa.Column("body", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("salt", sa.LargeBinary),
    sa.Column("disclosed", sa.Text),
    sa.Column("disclosed_salt", sa.LargeBinary),
    sa.Column("body_hash", sa.LargeBinary, nullable=False),
    sa.Column("disclosed_hash", sa.LargeBinary),
    sa.Column("prev_hash", sa.LargeBinary, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("subject_id", "version", name="change_log_one_version"),
    sa.Index("change_log_at", "at", "seq"),
    sa.Index("change_log_kind", "kind", "seq"),
    sa.Index("change_log_type", "subject_type", "seq"),
)

PERSON = sa.Table(
    "person",
    METADATA,
    sa.Column("contact_id", ID, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("phone", sa.Text),
    sa.Column("norm", sa.Text, nullable=False, server_default=""),
    sa.Column("initials", sa.Text, nullable=False, server_default=""),
)

DOCUMENT_READING = sa.Table(
    "document_reading",
    METADATA,
    sa.Column("document_id", ID, primary_key=True),
    sa.Column("state", TEXT, nullable=False),
    sa.Column("at", TEXT, nullable=False),
    sa.Column("tries", NUMBER, nullable=False),
    sa.Column("number", NUMBER),
    sa.Index("document_reading_number", "number"),
)

# Which pieces of two letters stand in which document's text, by its number.
PASSAGE_GRAM = sa.Table(
    "passage_gram",
    METADATA,
    sa.Column("gram", TEXT, primary_key=True),
    sa.Column("number", NUMBER, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
sa.Index("passage_gram_number", PASSAGE_GRAM.c.number)

DOCUMENT_PASSAGE = sa.Table(
    "document_passage",
    METADATA,
    sa.Column("document_id", ID, primary_key=True),
    sa.Column("place", NUMBER, primary_key=True, autoincrement=False),
    sa.Column("page", NUMBER),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("norm", sa.Text, nullable=False),
)

DOCUMENT_CHECK = sa.Table(
    "document_check",
    METADATA,
    sa.Column("sha256", TEXT, primary_key=True),
    sa.Column("at", TEXT, nullable=False),
    sa.Column("fault", TEXT),
    sa.Column("whole_at", TEXT),
)

IDEMPOTENCY = sa.Table(
    "idempotency",
    METADATA,
    sa.Column("issuer", TEXT, primary_key=True),
    sa.Column("subject", TEXT, primary_key=True),
    sa.Column("route", TEXT, primary_key=True),
    sa.Column("idempotency_key", TEXT, primary_key=True),
    sa.Column("fingerprint", TEXT, nullable=False),
    sa.Column("claimed_at", TEXT, nullable=False),
    sa.Column("subject_type", TEXT),
    sa.Column("subject_id", ID),
    sa.Column("version", NUMBER),
    sa.Column("seq", NUMBER),
    sa.Index("idempotency_claimed_at", "claimed_at"),
)

ACCESS_RECORD = sa.Table(
    "access_record",
    METADATA,
    sa.Column("key", TEXT, primary_key=True),
    sa.Column("first_at", TEXT, nullable=False),
    sa.Column("last_at", TEXT, nullable=False),
    sa.Column("times", NUMBER, nullable=False),
    sa.Column("account", TEXT, nullable=False),
    sa.Column("role", TEXT, nullable=False),
    sa.Column("address", TEXT, nullable=False),
    sa.Column("act", TEXT, nullable=False),
    sa.Column("outcome", TEXT, nullable=False),
    sa.Column("subjects", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    sa.Index("access_record_first_at", "first_at", "key"),
)


IMPORT_SHEET = sa.Table(
    "import_sheet",
    METADATA,
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
    # The version that the rows and records were staged for.
    sa.Column("checked", NUMBER, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("token", ID),
    sa.Column("lease_until", TEXT),
    sa.Index("import_sheet_changed_at", "changed_at"),
)

IMPORT_ROW = sa.Table(
    "import_row",
    METADATA,
    sa.Column("import_id", ID, primary_key=True),
    sa.Column("checked", NUMBER, primary_key=True, autoincrement=False),
    sa.Column("place", NUMBER, primary_key=True, autoincrement=False),
    sa.Column("state", TEXT, nullable=False),
    sa.Column("said", sa.Text, nullable=False),
    sa.Index("import_row_state", "import_id", "checked", "state", "place"),
)

IMPORT_RECORD = sa.Table(
    "import_record",
    METADATA,
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
    sa.Index("import_record_outcome", "import_id", "checked", "outcome", "position"),
)

IMPORT_DECISION = sa.Table(
    "import_decision",
    METADATA,
    sa.Column("kind", TEXT, primary_key=True),
    sa.Column("said", TEXT, primary_key=True),
    sa.Column("meant", sa.Text, nullable=False),
    sa.Column("decided_at", TEXT, nullable=False),
)


VERIFICATION = sa.Table(
    "verification",
    METADATA,
    sa.Column("id", NUMBER, primary_key=True, autoincrement=False),  # One row: 1.
    sa.Column("at", TEXT, nullable=False),
    sa.Column("entries", NUMBER, nullable=False),
    sa.Column("head_hash", sa.LargeBinary, nullable=False),
    sa.Column("redacted", NUMBER, nullable=False),
    sa.Column("bad_seq", NUMBER),
    sa.Column("fault", TEXT),
    # How far the log was whole at last; a later fault leaves it.
    sa.Column("whole_seq", NUMBER, nullable=False),
    sa.Column("whole_hash", sa.LargeBinary, nullable=False),
)


LOOK_ALIKE = sa.Table(
    "look_alike",
    METADATA,
    sa.Column("id", ID, primary_key=True),
    sa.Column("other_id", ID, primary_key=True),
    sa.Column("score", NUMBER, nullable=False),
    sa.Column("reasons", sa.Text, nullable=False),
    sa.Index("look_alike_score", "score", "id", "other_id"),
    sa.Index("look_alike_other", "other_id"),
)

LOOK_ALIKE_REACHED = sa.Table(
    "look_alike_reached",
    METADATA,
    sa.Column("id", NUMBER, primary_key=True, autoincrement=False),  # One row: 1.
    sa.Column("seq", NUMBER, nullable=False),
)


def _span_table(shelf: Shelf) -> sa.Table:
    name = shelf.span_table
    is_current = sa.text(f"seq_to = {OPEN}")
    table = sa.Table(
        name,
        METADATA,
        sa.Column("id", ID, primary_key=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_to", NUMBER, nullable=False),
        sa.Column("disclosed", NUMBER, nullable=False),
        *(
            sa.Column(column.name, _TYPES[column.type], nullable=column.is_nullable)
            for column in shelf.columns
        ),
    )

    def index(suffix: str, columns: Sequence[str], *, unique: bool = False, now: bool) -> None:
        sa.Index(
            f"{name}_{suffix}",
            *(table.c[column] for column in columns),
            unique=unique,
            postgresql_where=is_current if now else None,
            sqlite_where=is_current if now else None,
        )

    index("one_current", ["id"], unique=True, now=True)
    for column in shelf.unique:
        index(f"one_{column}", [column], unique=True, now=True)
    # Never one on (seq_from, seq_to) alone: SQLite would take it for every list as known then.
    for filters in ((), *shelf.lists):
        tail = [*filters, *(each for each in (shelf.sorted_by,) if each != "id"), "id"]
        suffix = "_".join(filters) or "all"
        if tail != ["id"]:
            # With seq_to, which is the same in all its rows: SQLite passes a row by its index only
            # if each condition can be read there, and takes another index if it cannot.
            days = ["seq_to", *shelf.carried] if shelf.carried else []
            index(f"{suffix}_now", [*tail, *days], now=True)
        index(f"{suffix}_then", [*tail, "seq_from", "seq_to", *shelf.carried], now=False)
    for column in (*shelf.ranges, *shelf.sorts):
        days = [each for each in shelf.carried if each != column]
        more = shelf.narrowed if column in shelf.ranges else ()
        index(
            f"{column}_now", [column, "id", *(["seq_to", *days, *more] if days else [])], now=True
        )
    if shelf.counts:
        # Who sees a row must stand there, too.
        seen_by = [each.column for each in shelf.under]
        index("counts_now", [*shelf.counts, "disclosed", *seen_by], now=True)
    for column in shelf.ranges:
        index(f"{column}_then", [column, "id", "seq_from", "seq_to"], now=False)
    return table


def _text_tables(shelf: Shelf) -> None:
    table = sa.Table(
        shelf.text_table,
        METADATA,
        sa.Column("sid", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("seq_to", NUMBER, nullable=False),
        sa.Column("norm", sa.Text, nullable=False),
        sa.Column("initials", sa.Text, nullable=False),
    )
    sa.Index(f"{shelf.text_table}_id", table.c.id, table.c.seq_from)
    sa.Table(
        shelf.gram_table,
        METADATA,
        sa.Column("gram", TEXT, primary_key=True),
        sa.Column("sid", NUMBER, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


def _link_table(shelf: Shelf, link: Link) -> None:
    name = shelf.link_table(link)
    table = sa.Table(
        name,
        METADATA,
        sa.Column("id", ID, primary_key=True),
        sa.Column("other_id", ID, primary_key=True),
        sa.Column("from_on", TEXT, primary_key=True),
        sa.Column("to_on", TEXT, primary_key=True),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_to", NUMBER, nullable=False),
    )
    # With its days, so that who is linked on one is read off the index alone.
    sa.Index(
        f"{name}_other",
        table.c.other_id,
        table.c.id,
        table.c.seq_from,
        table.c.seq_to,
        table.c.from_on,
        table.c.to_on,
    )


def _declare_shelves() -> tuple[sa.Table, ...]:
    before = set(METADATA.tables)
    for shelf in SHELVES.values():
        _span_table(shelf)
        if shelf.texts is not None:
            _text_tables(shelf)
        for link in shelf.links:
            _link_table(shelf, link)
    return tuple(table for name, table in METADATA.tables.items() if name not in before)


SHELF_TABLES = _declare_shelves()
"""Every table that `reindex` makes anew."""
