"""Keep while a day of proof is a sign of life of its agreement, so that the silent are found."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019_signs_of_life"
down_revision = "0018_search_reaches"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ID = sa.Text().with_variant(sa.Uuid(as_uuid=False, native_uuid=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TYPES = ("agreement", "collaboration", "milestone", "journal")
SILENCE_DAYS = 365
AT_ONCE = 2000

LOG = sa.table("change_log", sa.column("seq", sa.BigInteger), sa.column("body", sa.Text))
Sign = tuple[str, str, str]
"""The agreement, the day, and the last day on which it still counts."""


def upgrade() -> None:
    for each in TYPES:
        name = f"{each}_sign_link"
        op.create_table(
            name,
            sa.Column("id", ID, primary_key=True),
            sa.Column("other_id", ID, primary_key=True),
            sa.Column("from_on", TEXT, primary_key=True),
            sa.Column("to_on", TEXT, primary_key=True),
            sa.Column("seq_from", NUMBER, primary_key=True, autoincrement=False),
            sa.Column("seq_to", NUMBER, nullable=False),
        )
        op.create_index(f"{name}_other", name, ["other_id", "id", "seq_from", "seq_to"])
        _fill(each)


def downgrade() -> None:
    for each in TYPES:
        op.drop_table(f"{each}_sign_link")


def _fill(subject_type: str) -> None:
    store = op.get_bind()
    span = sa.table(
        f"{subject_type}_span",
        sa.column("id", ID),
        sa.column("seq_from", sa.BigInteger),
        sa.column("seq_to", sa.BigInteger),
    )
    link = sa.table(
        f"{subject_type}_sign_link",
        sa.column("id", ID),
        sa.column("other_id", ID),
        sa.column("from_on", TEXT),
        sa.column("to_on", TEXT),
        sa.column("seq_from", sa.BigInteger),
        sa.column("seq_to", sa.BigInteger),
    )
    told = sa.select(span, LOG.c.body).join(LOG, LOG.c.seq == span.c.seq_from)
    spans = store.execute(
        told.order_by(span.c.id, span.c.seq_from),
        execution_options={"yield_per": AT_ONCE},  # Never every body of the log at once.
    )
    rows = list(_links(subject_type, spans))
    for at in range(0, len(rows), AT_ONCE):
        store.execute(link.insert(), rows[at : at + AT_ONCE])


def _links(subject_type: str, spans: Iterable[sa.Row[Any]]) -> Iterator[dict[str, Any]]:
    """Give a row for each run of versions that say the same day."""
    opened: dict[Sign, int] = {}
    last_id, ends_at = None, 0
    for each in spans:
        signs = set() if each.body is None else set(_signs(subject_type, json.loads(each.body)))
        follows = each.id == last_id and ends_at == each.seq_from
        for sign in [sign for sign in opened if not (follows and sign in signs)]:
            yield _row(last_id, sign, opened.pop(sign), ends_at)
        for sign in signs:
            opened.setdefault(sign, each.seq_from)
        last_id, ends_at = each.id, each.seq_to
    for sign, seq_from in opened.items():
        yield _row(last_id, sign, seq_from, ends_at)


def _row(subject_id: object, sign: Sign, seq_from: int, seq_to: int) -> dict[str, Any]:
    other_id, from_on, to_on = sign
    return {
        "id": subject_id,
        "other_id": other_id,
        "from_on": from_on,
        "to_on": to_on,
        "seq_from": seq_from,
        "seq_to": seq_to,
    }


def _signs(subject_type: str, facts: dict[str, Any]) -> Iterator[Sign]:
    agreement_id = facts["id"] if subject_type == "agreement" else facts.get("agreement_id")
    if agreement_id is None:
        return
    for day in _days(subject_type, facts):
        last = day + min(timedelta(days=SILENCE_DAYS), date.max - day)
        yield agreement_id, day.isoformat(), last.isoformat()


def _days(subject_type: str, facts: dict[str, Any]) -> Iterator[date]:
    if subject_type == "agreement":
        part = facts.get("effective_as") or {}
        day = facts.get("effective_on") or part.get("to")
        yield date.fromisoformat(day) if day else date.min
    elif subject_type == "journal":
        yield date.fromisoformat(facts["on"])
    else:
        yield from (date.fromisoformat(each["on"]) for each in facts.get("evidence") or ())
        if facts.get("done_on"):
            yield date.fromisoformat(facts["done_on"])
