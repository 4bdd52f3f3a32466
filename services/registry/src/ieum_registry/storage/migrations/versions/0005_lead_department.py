"""Let what a department leads be found at once: each of its reads asks for it."""

import sqlalchemy as sa
from alembic import op

revision = "0005_lead_department"
down_revision = "0004_event_instants"

IS_CURRENT = sa.text("seq_to = 9007199254740991")
NAME = "agreement_span_lead_department_id"
TAIL = ["lead_department_id", "signed_on", "id"]


def upgrade() -> None:
    op.create_index(
        f"{NAME}_now",
        "agreement_span",
        TAIL,
        postgresql_where=IS_CURRENT,
        sqlite_where=IS_CURRENT,
    )
    op.create_index(f"{NAME}_then", "agreement_span", [*TAIL, "seq_from", "seq_to"])


def downgrade() -> None:
    op.drop_index(f"{NAME}_then", "agreement_span")
    op.drop_index(f"{NAME}_now", "agreement_span")
