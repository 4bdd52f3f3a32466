"""Let people be found: what is searched of them stands beside their name and goes with it.

By the program's own functions, as in 0018.
"""

import sqlalchemy as sa
from alembic import op

from changefeed.searched import texts_of
from changefeed.subjects.contact import Person
from ieum_registry.storage.index.search import searched

revision = "0020_find_people"
down_revision = "0019_signs_of_life"

PERSON = sa.table(
    "person",
    sa.column("contact_id"),
    sa.column("name", sa.Text),
    sa.column("email", sa.Text),
    sa.column("norm", sa.Text),
    sa.column("initials", sa.Text),
)


def upgrade() -> None:
    for name in ("norm", "initials"):
        op.add_column("person", sa.Column(name, sa.Text, nullable=False, server_default=""))
    store = op.get_bind()
    for each in store.execute(sa.select(PERSON.c.contact_id, PERSON.c.name, PERSON.c.email)).all():
        text = searched(texts_of(Person, {"name": each.name, "email": each.email}))
        store.execute(
            PERSON.update()
            .where(PERSON.c.contact_id == each.contact_id)
            .values(norm=text.norm, initials=text.initials)
        )


def downgrade() -> None:
    for name in ("norm", "initials"):
        op.drop_column("person", name)
