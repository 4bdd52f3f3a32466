"""Where the days of an agreement's standing come from: which recorded days they are made of."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from changefeed.subjects.agreement import Agreement
from changefeed.subjects.collaboration import Collaboration
from registryclient.answers import AgreementStanding

What = Literal["signed", "begins", "ends", "unknown"]
Origin = Literal[
    "own_signed",
    "partner_signed",
    "effective",
    "joined",
    "own_left",
    "partner_left",
    "end_day",
    "fixed",
    "auto_renews",
    "until_purpose_achieved",
    "evergreen",
    "unknown",
]


@dataclass(frozen=True, slots=True)
class DerivedDay:
    """A day that follows from others.

    Attributes:
        on: None for an end that is open.
        origins: The recorded days that fall on it; for an open end, why it is open.
    """

    what: What
    on: date | None
    origins: tuple[Origin, ...]


def derived_days(agreement: Agreement, standing: AgreementStanding) -> tuple[DerivedDay, ...]:
    """Say of each derived day which recorded days it is; days that do not exist are left out.

    The registry derives the days; this only finds them again among what is recorded.

    Source: docs/rules/lifecycle.md, L-1 and L-2; docs/rules/terms.md, T-7.
    """
    found: list[DerivedDay] = []
    if standing.signed_from is not None:
        origins = tuple(each for each in _signatures(agreement, standing.signed_from))
        found.append(DerivedDay("signed", standing.signed_from, origins))
    if standing.in_force_from is not None:
        begins = _begins(agreement, standing.in_force_from)
        found.append(DerivedDay("begins", standing.in_force_from, begins))
    if standing.unknown_from is not None:
        found.append(DerivedDay("unknown", standing.unknown_from, (agreement.end.rule,)))
    elif standing.in_force_from is not None:
        found.append(DerivedDay("ends", standing.in_force_until, _ends(agreement, standing)))
    return tuple(found)


def _signatures(agreement: Agreement, day: date) -> tuple[Origin, ...]:
    signed = {party.side for party in agreement.parties if party.signed_on == day}
    own: tuple[Origin, ...] = ("own_signed",) if "own" in signed else ()
    return (*own, "partner_signed") if "partner" in signed else own


def _begins(agreement: Agreement, day: date) -> tuple[Origin, ...]:
    effective: tuple[Origin, ...] = ("effective",) if agreement.effective_on == day else ()
    joined = any(party.joined_on == day for party in agreement.parties)
    return (*effective, *_signatures(agreement, day), *(("joined",) if joined else ()))


def _ends(agreement: Agreement, standing: AgreementStanding) -> tuple[Origin, ...]:
    day = standing.in_force_until
    if day is None:
        return (agreement.end.rule,)
    left = {party.side for party in agreement.parties if party.left_on == day}
    origins: list[Origin] = ["end_day"] if agreement.end.ends_on == day else []
    origins += ["own_left"] if "own" in left else []
    origins += ["partner_left"] if "partner" in left else []
    return tuple(origins)


def is_bounded(commitment: Collaboration) -> bool:
    """Whether the agreement or the party's own days keep a commitment from all days promised.

    Source: docs/rules/lifecycle.md, L-8.
    """
    promised = (commitment.starts_on, commitment.ends_on)
    return (commitment.holds_from, commitment.holds_until) != promised


def ever_holds(commitment: Collaboration) -> bool:
    """Whether there is a day on which the commitment holds."""
    return commitment.holds_until is None or commitment.holds_from <= commitment.holds_until
