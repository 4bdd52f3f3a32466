"""Keep why data of people were taken out, with the record of who took them."""

import sqlalchemy as sa
from alembic import op

revision = "0026_access_reasons"
down_revision = "0025_handovers"


def upgrade() -> None:
    op.add_column("access_record", sa.Column("reason", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("access_record", "reason")
