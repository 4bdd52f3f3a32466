"""Who answers for the portal, where a first run said it and no setting does."""

import sqlalchemy as sa
from alembic import op

revision = "0007_office"
down_revision = "0006_saved_views"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("telephone", sa.String(200), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("office")
