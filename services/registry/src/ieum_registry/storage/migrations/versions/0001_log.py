"""Make the change log, and what must stay outside it: people, and remembered keys."""

import sqlalchemy as sa
from alembic import op

revision = "0001_log"
down_revision = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "change_log",
        sa.Column("seq", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor_id", TEXT, nullable=False),
        sa.Column("actor_role", TEXT, nullable=False),
        sa.Column("actor_on_behalf_of", TEXT),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("schema", NUMBER, nullable=False),
        sa.Column("subject_type", TEXT, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("salt", sa.LargeBinary),
        sa.Column("disclosed", sa.Text),
        sa.Column("disclosed_salt", sa.LargeBinary),
        sa.Column("body_hash", sa.LargeBinary, nullable=False),
        sa.Column("disclosed_hash", sa.LargeBinary),
        sa.Column("prev_hash", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("subject_id", "version", name="change_log_one_version"),
    )
    op.create_index("change_log_at", "change_log", ["at", "seq"])
    op.create_table(
        "person",
        sa.Column("contact_id", ID, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("phone", sa.Text),
    )
    op.create_table(
        "idempotency",
        sa.Column("issuer", TEXT, primary_key=True),
        sa.Column("subject", TEXT, primary_key=True),
        sa.Column("route", TEXT, primary_key=True),
        sa.Column("idempotency_key", TEXT, primary_key=True),
        sa.Column("fingerprint", TEXT, nullable=False),
        sa.Column("claimed_at", TEXT, nullable=False),
        sa.Column("subject_type", TEXT),
        sa.Column("subject_id", ID),
        sa.Column("version", NUMBER),
        sa.Column("seq", NUMBER),
    )
    op.create_index("idempotency_claimed_at", "idempotency", ["claimed_at"])


def downgrade() -> None:
    op.drop_table("idempotency")
    op.drop_table("person")
    op.drop_table("change_log")
