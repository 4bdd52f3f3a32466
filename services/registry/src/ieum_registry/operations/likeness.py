"""Find the partners on record that may be the same organisation as one that is described."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from changefeed.finding import words
from changefeed.mapping import from_facts
from ieum_registry.domain.likeness import (
    LikenessIndex,
    Named,
    Reason,
    likeness,
    most_alike,
    named,
    pieces_of,
)
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.ports.condition import equal
from ieum_registry.operations.ports.look_alikes import LookAlikes
from ieum_registry.operations.ports.records import Records, Sharing
from ieum_registry.operations.ports.scope import EVERYTHING

_AT_ONCE = 200

MOST_KEPT = 20
"""So many look-alikes of one partner are kept, the most alike."""

MOST_HELD = 50
"""So many of those that share most of a name are held against it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A partner on record that may be the same, and why."""

    partner: Partner
    version: int
    reasons: tuple[Reason, ...]


def candidates(
    asked: Named, *, limit: int, records: Records, but: UUID | None = None
) -> list[Candidate]:
    """Give who looks like an organisation, the most alike first.

    However many partners there are: those are held against it that share most pieces of its name,
    and those that have one of its numbers. One that was merged is told as who stands for it.

    Args:
        but: Itself, if it is on record.

    Source: docs/rules/terms.md, T-61.
    """
    shared = records.sharing(
        "partner", pieces_of(asked), ids=set(_by_number(asked, records)), most=MOST_HELD
    )
    held = {each: (its, of) for each, its, of in _read(shared)}
    found: dict[UUID, tuple[Reason, ...]] = {}
    alike = ((each, likeness(asked, its)) for each, (its, _) in held.items())
    for each, why in most_alike(((each, why) for each, why in alike if why), limit=len(held)):
        one = records.standing_for("partner", each) or each
        if one != but and one not in found:
            found[one] = why
        if len(found) == limit:
            break
    read = records.many("partner", list(found))
    return [
        Candidate(from_facts(Partner, json.loads(read[each].text)), read[each].version, why)
        for each, why in found.items()
    ]


def index_of_all(records: Records) -> LikenessIndex:
    """Take every partner on record into memory, for whoever asks about thousands at once."""
    index, after = LikenessIndex(), None
    while True:
        page = records.list("partner", limit=_AT_ONCE, after=after)
        ids = [UUID(json.loads(each.text)["id"]) for each in page.items]
        for partner_id, each, _ in _read(records.sharing("partner", (), ids=ids, most=0)):
            index.add(partner_id, each)
        after = page.next
        if after is None:
            return index


def _by_number(asked: Named, records: Records) -> Iterator[UUID]:
    for field, number in asked.numbers.items():
        if field == "business_number":
            items = records.list("partner", [equal(field, number)], limit=10).items
        elif field in ("ror", "lei"):
            found = records.candidates("partner", words(number), limit=10, scope=EVERYTHING)
            items = found.items
        else:
            continue
        for each in items:
            yield UUID(json.loads(each.text)["id"])


def _read(shared: Iterable[Sharing]) -> Iterator[tuple[UUID, Named, Sharing]]:
    for each in shared:
        facts = json.loads(each.text)
        yield UUID(facts["id"]), named(facts, map(json.loads, each.former)), each


def compare_some(*, kept: LookAlikes, records: Records, at_most: int) -> int:
    """Hold the partners whose entries came since against the others; so many entries at once.

    Returns:
        How many entries were taken; 0 if everything is compared.

    Source: docs/rules/terms.md, T-62.
    """
    fresh = kept.to_compare(kept.reached(), limit=at_most)
    if not fresh:
        return 0
    ids = list(dict.fromkeys(partner_id for _, partner_id in fresh))
    read = _read(records.sharing("partner", (), ids=ids, most=0))
    found = {
        partner_id: {
            each.partner.id: each.reasons
            for each in candidates(its, limit=MOST_KEPT, records=records, but=partner_id)
        }
        for partner_id, its, _ in read
        if records.standing_for("partner", partner_id) is None
    }
    found |= {each: {} for each in ids if each not in found}
    kept.keep(found, reached=fresh[-1][0])
    return len(fresh)
