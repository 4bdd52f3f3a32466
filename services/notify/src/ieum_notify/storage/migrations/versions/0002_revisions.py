"""Letters of a change hold its revision instead of a step; those of before have none."""

import sqlalchemy as sa
from alembic import op

revision = "0002_revisions"
down_revision = "0001_post_room"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("occurrence", sa.Column("revision", sa.Integer))


def downgrade() -> None:
    op.drop_column("occurrence", "revision")
