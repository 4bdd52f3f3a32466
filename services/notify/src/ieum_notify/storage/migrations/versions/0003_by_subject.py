"""An index by subject: which seats were told of an event is asked at each planning."""

from alembic import op

revision = "0003_by_subject"
down_revision = "0002_revisions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_occurrence_subject", "occurrence", ["subject_type", "subject_id"])


def downgrade() -> None:
    op.drop_index("ix_occurrence_subject", "occurrence")
