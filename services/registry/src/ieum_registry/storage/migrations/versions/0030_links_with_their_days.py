"""Let indexes carry what lists look at: the days of links, and who leads what ends soon."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0030_links_with_their_days"
down_revision = "0029_counted_commitments"

IS_CURRENT = sa.text("seq_to = 9007199254740991")
LINKED = ("other_id", "id", "seq_from", "seq_to")
DAYS = ("from_on", "to_on")
ENDING = ("last_on", "id", "seq_to", "signed_from", "in_force_until", "lasts_until")


def upgrade() -> None:
    _make_anew([*LINKED, *DAYS], [*ENDING, "lead_department_id"])


def downgrade() -> None:
    _make_anew(LINKED, ENDING)


def _make_anew(linked: Sequence[str], ending: Sequence[str]) -> None:
    for table in sorted(sa.inspect(op.get_bind()).get_table_names()):
        if table.endswith("_link"):
            op.drop_index(f"{table}_other", table)
            op.create_index(f"{table}_other", table, list(linked))
    op.drop_index("agreement_span_last_on_now", "agreement_span")
    op.create_index(
        "agreement_span_last_on_now",
        "agreement_span",
        list(ending),
        postgresql_where=IS_CURRENT,
        sqlite_where=IS_CURRENT,
    )
