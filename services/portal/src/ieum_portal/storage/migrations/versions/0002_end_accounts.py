"""Let accounts end, and sessions end with whatever their account rests on."""

import sqlalchemy as sa
from alembic import op

from sqlstore.engine import Instant

revision = "0002_end_accounts"
down_revision = "0001_add_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("ended_at", Instant))
    op.add_column("web_session", sa.Column("account_seal", sa.String(64)))


def downgrade() -> None:
    op.drop_column("web_session", "account_seal")
    op.drop_column("account", "ended_at")
