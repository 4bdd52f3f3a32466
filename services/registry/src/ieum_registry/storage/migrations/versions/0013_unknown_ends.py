"""Keep until when an agreement and its commitments may last, where nobody knows their end."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0013_unknown_ends"
down_revision = "0012_gaps"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
IS_CURRENT = sa.text("seq_to = 9007199254740991")
FILTERS = ("kind", "programme_id", "lead_department_id")


def upgrade() -> None:
    op.add_column("agreement_span", sa.Column("lasts_until", TEXT, nullable=True))
    op.add_column("collaboration_span", sa.Column("unknown_from", TEXT, nullable=True))
    op.add_column("collaboration_span", sa.Column("unknown_until", TEXT, nullable=True))
    # Before this step every end was known.
    op.execute("UPDATE agreement_span SET lasts_until = in_force_until")
    op.execute(
        "UPDATE collaboration_span SET unknown_from = '9999-12-31', unknown_until = '0001-01-01'"
    )
    _carry(["signed_from", "in_force_until", "lasts_until"])


def downgrade() -> None:
    _carry(["signed_from", "in_force_until"])
    op.drop_column("collaboration_span", "unknown_until")
    op.drop_column("collaboration_span", "unknown_from")
    op.drop_column("agreement_span", "lasts_until")


def _carry(days: Sequence[str]) -> None:
    for name in ("all", *FILTERS):
        columns = [*([] if name == "all" else [name]), "signed_on", "id"]
        index = f"agreement_span_{name}"
        op.drop_index(f"{index}_now", "agreement_span")
        op.drop_index(f"{index}_then", "agreement_span")
        op.create_index(
            f"{index}_now",
            "agreement_span",
            [*columns, "seq_to", *days],
            postgresql_where=IS_CURRENT,
            sqlite_where=IS_CURRENT,
        )
        op.create_index(f"{index}_then", "agreement_span", [*columns, "seq_from", "seq_to", *days])
