"""Let the indexes of lists carry the days that decide where their subjects stand."""

from collections.abc import Callable, Iterator, Sequence

import sqlalchemy as sa
from alembic import op

revision = "0010_carry_days"
down_revision = "0009_letters_without_marks"

IS_CURRENT = sa.text("seq_to = 9007199254740991")

LISTS = {
    "agreement": (
        "signed_on",
        ("kind", "programme_id", "lead_department_id"),
        ("signed_from", "in_force_until"),
    ),
    "collaboration": (
        "starts_on",
        ("partner_id", "agreement_id", "task_id"),
        ("holds_from", "holds_until"),
    ),
    "milestone": ("due_on", ("agreement_id", "owner_id"), ("done_on", "cancelled_on")),
}
"""Of each type the order, the filters, and the days."""


def upgrade() -> None:
    _make_anew(lambda days: days)


def downgrade() -> None:
    _make_anew(lambda _: ())


def _make_anew(carried: Callable[[Sequence[str]], Sequence[str]]) -> None:
    for subject_type, (order, filters, days) in LISTS.items():
        for suffix, columns in _lists(order, filters):
            name, table = f"{subject_type}_span_{suffix}", f"{subject_type}_span"
            op.drop_index(f"{name}_now", table)
            op.drop_index(f"{name}_then", table)
            op.create_index(
                f"{name}_now",
                table,
                [*columns, *(["seq_to", *carried(days)] if carried(days) else [])],
                postgresql_where=IS_CURRENT,
                sqlite_where=IS_CURRENT,
            )
            op.create_index(f"{name}_then", table, [*columns, "seq_from", "seq_to", *carried(days)])


def _lists(order: str, filters: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    yield "all", [order, "id"]
    for column in filters:
        yield column, [column, order, "id"]
