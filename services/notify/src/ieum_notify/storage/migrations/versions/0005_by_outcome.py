"""An index by outcome: how attempts ended is counted at each look at the figures."""

from alembic import op

revision = "0005_by_outcome"
down_revision = "0004_which_copy"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_attempt_outcome", "attempt", ["outcome"])


def downgrade() -> None:
    op.drop_index("ix_attempt_outcome", "attempt")
