"""The change log as people read it: who changed what, when, why, and what stood there before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from changefeed.chain import Chain
from changefeed.change import Actor, Change
from changefeed.page import Page
from changefeed.subjects.parts import Words
from ieum_portal.domain.difference import Difference, differences

Facts = Mapping[str, Any]

OWN_ISSUER = "portal"
"""Whose word an account of the desk is known by in the log: `portal:<account id>`."""

OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry, as far as the viewer is shown it.

    Attributes:
        previous: The facts of the version before; None for a first entry, or if not shown.
        redacted_by: The number of the redaction that destroyed what it said, or None.
    """

    change: Change
    previous: Facts | None
    redacted_by: int | None = None

    @property
    def at(self) -> datetime:
        """When it was recorded."""
        return self.change.at

    @property
    def actor(self) -> Actor:
        """Who made it."""
        return self.change.actor

    @property
    def is_by_operator(self) -> bool:
        """Whether it was made by a command, under the operator's own key, and by no account."""
        return self.actor.id.partition(":")[0] == OPERATOR

    @property
    def facts(self) -> Facts | None:
        """The facts after it: whole, or what is disclosed of them; None if nothing is shown."""
        return self.change.disclosed if self.change.body is None else self.change.body

    @property
    def is_withheld(self) -> bool:
        """Whether the viewer is not shown all of it."""
        return self.change.body is None and self.redacted_by is None

    @property
    def is_first(self) -> bool:
        """Whether the subject was not on record before."""
        return self.change.version == 1

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What it changes, of lists only what came and went; () where nothing can be compared."""
        if self.facts is None or (self.previous is None and not self.is_first):
            return ()
        return tuple(changed_part(each) for each in differences(self.previous, self.facts))


def changed_part(difference: Difference) -> Difference:
    """Leave out of two lists what stands in both, so that one party among many can be seen."""
    before, after = difference.before, difference.after
    if not (isinstance(before, list) and isinstance(after, list)):
        return difference
    gone = [each for each in before if each not in after]
    come = [each for each in after if each not in before]
    if not gone and not come:
        return difference  # The order alone was changed.
    return Difference(difference.field, gone, come, is_part=len(gone) < len(before))


def account_of(actor_id: str) -> UUID | None:
    """Give the desk's account behind an actor; None for an operator, a service or a rule."""
    issuer, _, account = actor_id.partition(":")
    if issuer != OWN_ISSUER:
        return None
    try:
        return UUID(account)
    except ValueError:
        return None


def title_of(facts: Facts | None, names: Mapping[UUID, Words]) -> Words | None:
    """Give what a subject is called; None if it has no name of its own, or none that is shown."""
    if facts is None:
        return None
    own = facts.get("title") or facts.get("name")
    if isinstance(own, Mapping):
        return Words(own["ko"], own.get("en"))
    if "partner_id" in facts:  # A commitment, a promise, a contact in the journal.
        fields = [each for each in ("partner_id", "task_id") if facts.get(each)]
        pair = [names.get(UUID(facts[field])) for field in fields]
        known = [each for each in pair if each is not None]
        return _joined(known) if known else None
    place = facts.get("at")
    return names.get(UUID(place["id"])) if isinstance(place, Mapping) else None


def _joined(words: list[Words]) -> Words:
    in_english = " · ".join(each.en or each.ko for each in words)
    return Words(" · ".join(each.ko for each in words), in_english)


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What was computed over the log, from its first entry on, as the viewer was given it.

    Attributes:
        last: The last entry up to which every hash fits; 0 for none.
        head: How far the log reaches.
        hash: Hash of entry `last`, in hex.
        not_whole: How many of them came without their whole contents, which were then not
            checked; what is disclosed of them was.
        broken: The first entry that does not fit, or None.
    """

    last: int
    head: int
    hash: str
    not_whole: int
    broken: int | None = None

    @property
    def is_complete(self) -> bool:
        """Whether all of the log was read and fits."""
        return self.broken is None and self.last == self.head


def check_chain(pages: Iterable[Page], *, shows_all: bool) -> ChainCheck:
    """Compute the chain again over pages of the feed that begin with its first entry.

    Args:
        pages: In order; those after the first that does not fit are not read.
        shows_all: Nothing is withheld from the viewer, so that what is missing was destroyed.
    """
    chain, not_whole, head = Chain(shows_all=shows_all), 0, 0
    for page in pages:
        head = page.head
        for change in page.items:
            broken = chain.take(change)
            if broken is not None:
                return ChainCheck(chain.seq, head, chain.hash.hex(), not_whole, broken.seq)
            not_whole += change.body is None
    destroyed = chain.destroyed() if chain.seq == head else None
    broken_at = None if destroyed is None else destroyed.seq
    return ChainCheck(chain.seq, head, chain.hash.hex(), not_whole, broken_at)
