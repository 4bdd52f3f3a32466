"""Let agreements be listed by how far a proposal came, and by what they follow on."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0033_lives_of_agreements"
down_revision = "0032_proofs"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
IS_CURRENT = sa.text("seq_to = 9007199254740991")
STEPS = ("reviewed_from", "approved_from", "signing_from")
RELATIONS = ("amends_id", "renews_id", "supersedes_id")
DAYS = ("signed_from", "in_force_until", "lasts_until")


def upgrade() -> None:
    for name in STEPS:
        op.add_column("agreement_span", sa.Column(name, TEXT, nullable=True))
    # Before this step everything was recorded as signed.
    op.execute(
        "UPDATE agreement_span SET reviewed_from = '0001-01-01', approved_from = '0001-01-01', "
        "signing_from = '0001-01-01'"
    )
    for name in RELATIONS:
        op.add_column("agreement_span", sa.Column(name, ID, nullable=True))
        _index([name, "signed_on", "id"], f"agreement_span_{name}")


def downgrade() -> None:
    for name in RELATIONS:
        op.drop_index(f"agreement_span_{name}_then", "agreement_span")
        op.drop_index(f"agreement_span_{name}_now", "agreement_span")
        op.drop_column("agreement_span", name)
    for name in STEPS:
        op.drop_column("agreement_span", name)


def _index(columns: Sequence[str], index: str) -> None:
    op.create_index(
        f"{index}_now",
        "agreement_span",
        [*columns, "seq_to", *DAYS],
        postgresql_where=IS_CURRENT,
        sqlite_where=IS_CURRENT,
    )
    op.create_index(f"{index}_then", "agreement_span", [*columns, "seq_from", "seq_to", *DAYS])
