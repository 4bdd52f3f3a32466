"""A refused address is refused in one version of the reader's record; those of before in none."""

import sqlalchemy as sa
from alembic import op

revision = "0006_contact_version"
down_revision = "0005_by_outcome"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("contact_version", sa.Integer))


def downgrade() -> None:
    op.drop_column("delivery", "contact_version")
