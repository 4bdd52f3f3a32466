"""Keep who of a provider of OpenID Connect is which account."""

import sqlalchemy as sa
from alembic import op

from sqlstore.engine import Instant

revision = "0008_oidc_identities"
down_revision = "0007_office"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "oidc_identity",
        sa.Column("issuer", sa.String(300), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("bound_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_oidc_identity"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_oidc_identity_account_id", ondelete="CASCADE"
        ),
    )
    op.create_index(
        "ix_oidc_identity_account_id", "oidc_identity", ["account_id", "issuer"], unique=True
    )


def downgrade() -> None:
    op.drop_table("oidc_identity")
