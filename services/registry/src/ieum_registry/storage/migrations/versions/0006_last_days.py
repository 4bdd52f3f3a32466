"""Let agreements be listed by their last day."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0006_last_days"
down_revision = "0005_lead_department"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
NEVER_IN_FORCE, NO_DAY = "0001-01-01", "9999-12-31"

SPAN = sa.table(
    "agreement_span",
    sa.column("id", ID),
    sa.column("version", sa.BigInteger),
    sa.column("in_force_until", TEXT),
    sa.column("last_on", TEXT),
)
LOG = sa.table(
    "change_log",
    sa.column("subject_id", ID),
    sa.column("version", sa.BigInteger),
    sa.column("body", sa.Text),
)
IS_CURRENT = sa.text("seq_to = 9007199254740991")


def upgrade() -> None:
    op.add_column("agreement_span", sa.Column("last_on", TEXT, nullable=True))
    _fill()
    op.create_index(
        "agreement_span_last_on_now",
        "agreement_span",
        ["last_on", "id"],
        postgresql_where=IS_CURRENT,
        sqlite_where=IS_CURRENT,
    )
    op.create_index(
        "agreement_span_last_on_then", "agreement_span", ["last_on", "id", "seq_from", "seq_to"]
    )


def downgrade() -> None:
    op.drop_index("agreement_span_last_on_then", "agreement_span")
    op.drop_index("agreement_span_last_on_now", "agreement_span")
    op.drop_column("agreement_span", "last_on")


def _fill() -> None:
    store = op.get_bind()
    its_entry = (LOG.c.subject_id == SPAN.c.id) & (LOG.c.version == SPAN.c.version)
    found = store.execute(
        sa.select(SPAN.c.id, SPAN.c.version, SPAN.c.in_force_until, LOG.c.body).join(LOG, its_entry)
    )
    for subject_id, version, in_force_until, body in found.all():
        store.execute(
            SPAN.update()
            .where(SPAN.c.id == subject_id, SPAN.c.version == version)
            .values(last_on=_last_on(in_force_until, None if body is None else json.loads(body)))
        )


def _last_on(in_force_until: str, facts: "dict[str, dict[str, str | None]] | None") -> str:
    end = {} if facts is None else facts["end"]
    ends_on = end.get("ends_on")
    if end.get("rule") not in ("fixed", "auto_renews") or ends_on is None:
        return NO_DAY
    return NO_DAY if in_force_until == NEVER_IN_FORCE else min(in_force_until, ends_on)
