"""Let lists be walked by what they are often sorted by."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0016_sorted_lists"
down_revision = "0015_journal"

IS_CURRENT = sa.text("seq_to = 9007199254740991")

FRESH = (
    ("agreement", "title", ("signed_from", "in_force_until", "lasts_until")),
    ("collaboration", "holds_until", ("holds_from", "holds_until")),
    ("milestone", "title", ("done_on", "cancelled_on")),
)
"""Of each type the column, and the days that its lists carry."""


def upgrade() -> None:
    op.drop_index("agreement_span_last_on_now", "agreement_span")
    _index("agreement", "last_on", ("seq_to", "signed_from", "in_force_until", "lasts_until"))
    for subject_type, column, days in FRESH:
        _index(subject_type, column, ("seq_to", *days))


def downgrade() -> None:
    for subject_type, column, _ in FRESH:
        op.drop_index(f"{subject_type}_span_{column}_now", f"{subject_type}_span")
    op.drop_index("agreement_span_last_on_now", "agreement_span")
    _index("agreement", "last_on", ())


def _index(subject_type: str, column: str, more: Sequence[str]) -> None:
    op.create_index(
        f"{subject_type}_span_{column}_now",
        f"{subject_type}_span",
        list(dict.fromkeys([column, "id", *more])),
        postgresql_where=IS_CURRENT,
        sqlite_where=IS_CURRENT,
    )
