"""The copy remembers which log it is of; one of before learns it with the next page."""

import sqlalchemy as sa
from alembic import op

revision = "0007_which_log"
down_revision = "0006_contact_version"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bookmark", sa.Column("genesis", sa.LargeBinary))


def downgrade() -> None:
    op.drop_column("bookmark", "genesis")
