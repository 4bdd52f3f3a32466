"""Make the shelves of promises and of reports of them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0034_promises"
down_revision = "0033_lives_of_agreements"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IS_CURRENT = sa.text("seq_to = 9007199254740991")


def upgrade() -> None:
    op.create_table(
        "promise_span",
        *_span(),
        sa.Column("agreement_id", ID, nullable=False),
        sa.Column("partner_id", ID, nullable=False),
        sa.Column("indicator", TEXT, nullable=False),
        sa.Column("target", NUMBER, nullable=False),
        sa.Column("base_on", TEXT, nullable=False),
        sa.Column("due_on", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=True),
        sa.Column("task_id", ID, nullable=True),
        sa.Column("outcome", TEXT, nullable=True),
        sa.Column("settled_on", TEXT, nullable=False),
    )
    _list("promise", "due_on", ("agreement_id", "partner_id", "task_id"))
    _texts("promise")
    _link("promise", "state")
    op.create_table(
        "promise_report_span",
        *_span(),
        sa.Column("promise_id", ID, nullable=False),
        sa.Column("on", TEXT, nullable=False),
        sa.Column("reached", NUMBER, nullable=False),
        sa.Column("key", TEXT, nullable=True),
        sa.Column("agreement_id", ID, nullable=True),
        sa.Column("partner_id", ID, nullable=True),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("plan_changed", NUMBER, nullable=False),
        sa.Column("document_id", ID, nullable=True),
        sa.Column("ended_on", TEXT, nullable=False),
    )
    _list("promise_report", "on", ("promise_id", "agreement_id", "partner_id", "state"))
    _link("promise_report", "sign")


def downgrade() -> None:
    op.drop_table("promise_report_sign_link")
    op.drop_table("promise_report_span")
    op.drop_table("promise_state_link")
    op.drop_table("promise_gram")
    op.drop_table("promise_text")
    op.drop_table("promise_span")


def _span() -> Sequence["sa.Column[object]"]:
    return (
        sa.Column("id", ID, primary_key=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_to", NUMBER, nullable=False),
        sa.Column("disclosed", NUMBER, nullable=False),
    )


def _list(subject_type: str, order: str, filters: Sequence[str]) -> None:
    _index(subject_type, "one_current", ["id"], unique=True, now=True)
    _index(subject_type, "one_key", ["key"], unique=True, now=True)
    for suffix, columns in (("all", []), *((each, [each]) for each in filters)):
        _index(subject_type, f"{suffix}_now", [*columns, order, "id"], now=True)
        _index(subject_type, f"{suffix}_then", [*columns, order, "id", "seq_from", "seq_to"])


def _texts(subject_type: str) -> None:
    op.create_table(
        f"{subject_type}_text",
        sa.Column("sid", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("seq_to", NUMBER, nullable=False),
        sa.Column("norm", sa.Text, nullable=False),
        sa.Column("initials", sa.Text, nullable=False),
    )
    op.create_index(f"{subject_type}_text_id", f"{subject_type}_text", ["id", "seq_from"])
    op.create_table(
        f"{subject_type}_gram",
        sa.Column("gram", TEXT, primary_key=True),
        sa.Column("sid", NUMBER, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


def _link(subject_type: str, name: str) -> None:
    table = f"{subject_type}_{name}_link"
    op.create_table(
        table,
        sa.Column("id", ID, primary_key=True),
        sa.Column("other_id", ID, primary_key=True),
        sa.Column("from_on", TEXT, primary_key=True),
        sa.Column("to_on", TEXT, primary_key=True),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_to", NUMBER, nullable=False),
    )
    op.create_index(
        f"{table}_other", table, ["other_id", "id", "seq_from", "seq_to", "from_on", "to_on"]
    )


def _index(
    subject_type: str,
    suffix: str,
    columns: Sequence[str],
    *,
    unique: bool = False,
    now: bool = False,
) -> None:
    where = IS_CURRENT if now else None
    op.create_index(
        f"{subject_type}_span_{suffix}",
        f"{subject_type}_span",
        list(columns),
        unique=unique,
        postgresql_where=where,
        sqlite_where=where,
    )
