"""Recording what the passing of time has done: terms that renewed by themselves."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from changefeed.mapping import from_facts
from ieum_registry.domain import moves
from ieum_registry.domain.agreement import Agreement
from ieum_registry.operations.again import until_it_stands
from ieum_registry.operations.agreement import must_fit_agreement, write_agreement
from ieum_registry.operations.ports.condition import at_least, at_most, within
from ieum_registry.operations.ports.ledger import Ledger
from ieum_registry.operations.ports.records import Records

AT_ONCE = 200
AHEAD = timedelta(days=400)
"""How far ahead last days are looked at; a longer notice is seen to once they come so near."""


def record_renewals(agreement_id: UUID, *, today: date, ledger: Ledger) -> int:
    """Record each term of an agreement that began because nobody objected; give how many.

    Running it again records nothing: what it looks at is what the log says.

    Source: docs/rules/lifecycle.md, L-48.
    """
    renewed = 0
    while until_it_stands(lambda: _renew(agreement_id, today, ledger)):
        renewed += 1
    return renewed


def renewed_by_rule(today: date, records: Records) -> Iterator[UUID]:
    """Give what is in force with a last day behind or near, and has renewed by itself."""
    conditions = [
        *within("last_on", None, today + AHEAD),
        at_most("signed_from", today),
        at_least("in_force_until", today),
    ]
    after: str | None = None
    while True:
        page = records.list("agreement", conditions, limit=AT_ONCE, after=after, sort="last_on")
        for each in page.items:
            agreement = from_facts(Agreement, json.loads(each.text))
            if moves.renews_by_rule(agreement, today):
                yield agreement.id
        if page.next is None:
            return
        after = page.next


def _renew(agreement_id: UUID, today: date, ledger: Ledger) -> bool:
    with ledger.open() as transaction:
        before = transaction.take(Agreement, agreement_id)
        if not moves.renews_by_rule(before, today):
            return False
        renewed = moves.renewed(before, None, "rule")
        must_fit_agreement(renewed, transaction, before=before)
        write_agreement("agreement.renewed", before, renewed, None, transaction)
        return True
