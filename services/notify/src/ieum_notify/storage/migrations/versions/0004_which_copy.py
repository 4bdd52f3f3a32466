"""Which copy it is, so that one begun again is not taken for the one before; facts by number."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0004_which_copy"
down_revision = "0003_by_subject"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bookmark", sa.Column("copy", sa.Uuid))
    bookmark = sa.table("bookmark", sa.column("copy", sa.Uuid))
    op.execute(sa.update(bookmark).values(copy=uuid4()))
    op.create_index("ix_facts_seq", "facts", ["seq"])


def downgrade() -> None:
    op.drop_index("ix_facts_seq", "facts")
    op.drop_column("bookmark", "copy")
