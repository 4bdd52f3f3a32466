"""Keep the days between those on which an agreement is in force: somebody left and came back."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012_gaps"
down_revision = "0011_verification"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = 9007199254740991
NEVER, ALWAYS = "9999-12-31", "0001-01-01"

SPAN = sa.table(
    "agreement_span",
    sa.column("id", ID),
    sa.column("seq_from", sa.BigInteger),
    sa.column("seq_to", sa.BigInteger),
    sa.column("in_force_from", TEXT),
    sa.column("in_force_until", TEXT),
)
LOG = sa.table("change_log", sa.column("seq", sa.BigInteger), sa.column("body", sa.Text))
GAP = sa.table(
    "agreement_gap_link",
    sa.column("id", ID),
    sa.column("other_id", ID),
    sa.column("from_on", TEXT),
    sa.column("to_on", TEXT),
    sa.column("seq_from", sa.BigInteger),
    sa.column("seq_to", sa.BigInteger),
)
Run = tuple[str, str]
"""First and last day; NEVER is open."""


def upgrade() -> None:
    op.create_table(
        "agreement_gap_link",
        sa.Column("id", ID, primary_key=True),
        sa.Column("other_id", ID, primary_key=True),
        sa.Column("from_on", TEXT, primary_key=True),
        sa.Column("to_on", TEXT, primary_key=True),
        sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("seq_to", NUMBER, nullable=False),
    )
    op.create_index(
        "agreement_gap_link_other", "agreement_gap_link", ["other_id", "id", "seq_from", "seq_to"]
    )
    _fill()


def downgrade() -> None:
    op.drop_table("agreement_gap_link")


def _fill() -> None:
    store = op.get_bind()
    told = sa.select(SPAN, LOG.c.body).join(LOG, LOG.c.seq == SPAN.c.seq_from)
    spans = store.execute(told.order_by(SPAN.c.id, SPAN.c.seq_from)).all()
    opened: dict[tuple[str, Run], int] = {}
    ends_at: dict[str, int] = {}
    for each in spans:
        runs = [] if each.body is None else _in_force(json.loads(each.body))
        first, last = (runs[0][0], runs[-1][1]) if runs else (NEVER, ALWAYS)
        if (first, last) != (each.in_force_from, each.in_force_until):
            which = (SPAN.c.id == each.id) & (SPAN.c.seq_from == each.seq_from)
            days = {"in_force_from": first, "in_force_until": last}
            store.execute(SPAN.update().where(which).values(**days))
        gaps = {(each.id, gap) for gap in _gaps(runs)}
        follows = ends_at.get(each.id) == each.seq_from
        for key in [key for key in opened if key[0] == each.id and not (follows and key in gaps)]:
            seq_to = each.seq_from if follows else ends_at[each.id]
            _write(store, key, opened.pop(key), seq_to)
        for key in gaps:
            opened.setdefault(key, each.seq_from)
        ends_at[each.id] = each.seq_to
    for key, seq_from in opened.items():
        _write(store, key, seq_from, ends_at[key[0]])


def _write(store: sa.Connection, key: tuple[str, Run], seq_from: int, seq_to: int) -> None:
    subject_id, (first, last) = key
    store.execute(
        GAP.insert().values(
            id=subject_id,
            other_id=subject_id,
            from_on=first,
            to_on=last,
            seq_from=seq_from,
            seq_to=seq_to,
        )
    )


def _gaps(runs: list[Run]) -> list[Run]:
    return [(_moved(before[1], 1), _moved(after[0], -1)) for before, after in pairwise(runs)]


def _in_force(facts: dict[str, Any]) -> list[Run]:
    own = _union(_bound(facts, "own"))
    others = _union(_bound(facts, "partner"))
    both = [(max(ours[0], theirs[0]), min(ours[1], theirs[1])) for ours in own for theirs in others]
    return [run for run in both if run[0] <= run[1]]


def _bound(facts: dict[str, Any], side: str) -> list[Run]:
    end = facts["end"]
    agreed = NEVER if end["rule"] == "auto_renews" else end["ends_on"] or NEVER
    runs = [
        (
            max(facts["effective_on"], each["signed_on"], each["joined_on"] or ALWAYS),
            min(each["left_on"] or NEVER, agreed),
        )
        for each in facts["parties"]
        if each["side"] == side and each["signed_on"]
    ]
    return [run for run in runs if run[0] <= run[1]]


def _union(runs: Iterable[Run]) -> list[Run]:
    found: list[Run] = []
    for first, last in sorted(runs):
        if found and (found[-1][1] == NEVER or first <= _moved(found[-1][1], 1)):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _moved(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
