"""Partners that may be the same organisation, as the registry tells them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from changefeed.mapping import from_facts
from changefeed.subjects.partner import Partner
from changefeed.subjects.parts import Words
from registryclient.found import words_from_wire


@dataclass(frozen=True, slots=True)
class Alike:
    """Why two organisations may be one: in words, and what of the other is alike."""

    label: Words
    text: str


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A partner on record that may be the same organisation."""

    partner: Partner
    why: Sequence[Alike]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two partners on record that may be one organisation, the earlier recorded first."""

    one: Partner
    other: Partner
    why: Sequence[Alike]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A page of them; `pending` entries about partners have not been compared yet."""

    items: Sequence[Pair]
    next: str | None
    pending: int


def look_alikes_from_wire(told: Mapping[str, Any]) -> Sequence[LookAlike]:
    """Read who looks like an organisation."""
    return [
        LookAlike(from_facts(Partner, each["partner"]), _why(each["reasons"]))
        for each in told["items"]
    ]


def pairs_from_wire(told: Mapping[str, Any]) -> Pairs:
    """Read a page of pairs."""
    items = []
    for each in told["items"]:
        one, other = (from_facts(Partner, facts) for facts in each["partners"])
        items.append(Pair(one, other, _why(each["reasons"])))
    return Pairs(items, told["next"], int(told["pending"]))


def _why(told: Sequence[Mapping[str, Any]]) -> list[Alike]:
    return [Alike(words_from_wire(each["label"]), each["text"]) for each in told]
