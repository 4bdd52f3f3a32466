"""Where the days of an agreement's standing come from: which recorded days they are made of."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from changefeed.bounds import objection_closes_on
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.parts import PartDay
from registryclient.answers import AgreementStanding

What = Literal["signed", "begins", "term", "objection", "ends", "unknown"]
Origin = Literal[
    "own_signed",
    "partner_signed",
    "effective",
    "joined",
    "own_left",
    "partner_left",
    "end_day",
    "renewed",
    "notice_months",
    "notice_days",
    "ended",
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
        part: What is written of it, where only part of the day is known (T-79).
    """

    what: What
    on: date | None
    origins: tuple[Origin, ...]
    part: PartDay | None = None


def derived_days(agreement: Agreement, standing: AgreementStanding) -> tuple[DerivedDay, ...]:
    """Say of each derived day which recorded days it is; days that do not exist are left out.

    The registry derives the days; this only finds them again among what is recorded.

    Source: docs/rules/lifecycle.md, L-1 and L-2; docs/rules/terms.md, T-7.
    """
    found: list[DerivedDay] = []
    signed_on, begins_on = standing.signed_from, standing.in_force_from
    if signed_on is not None:
        origins = _signatures(agreement, signed_on)
        found.append(DerivedDay("signed", signed_on, origins, standing.signed_from_as))
    if begins_on is not None:
        origins = _begins(agreement, begins_on)
        found.append(DerivedDay("begins", begins_on, origins, standing.in_force_from_as))
    found += _term(agreement)
    if standing.unknown_from is not None:
        origins = (agreement.end.rule,)
        part = standing.unknown_from_as
        found.append(DerivedDay("unknown", standing.unknown_from, origins, part))
    elif begins_on is not None:
        origins, part = _ends(agreement, standing), standing.in_force_until_as
        found.append(DerivedDay("ends", standing.in_force_until, origins, part))
    return tuple(found)


def _term(agreement: Agreement) -> list[DerivedDay]:
    """Give the running term's last day and until when a party may object, where it renews.

    Source: docs/rules/lifecycle.md, L-48.
    """
    end, closes = agreement.end, objection_closes_on(agreement)
    if agreement.ended is not None or closes is None:
        return []
    told: Origin = "renewed" if agreement.renewals else "end_day"
    notice: Origin = "notice_months" if end.notice_months is not None else "notice_days"
    has_notice = end.notice_months is not None or end.notice_days is not None
    last = DerivedDay("term", end.ends_on, (told,))
    return [last, DerivedDay("objection", closes, (notice,) if has_notice else (told,))]


def _signatures(agreement: Agreement, day: date) -> tuple[Origin, ...]:
    signed = {
        party.side
        for party in agreement.parties
        if day == (party.signed_on or (party.signed_as and party.signed_as.to_on))
    }
    own: tuple[Origin, ...] = ("own_signed",) if "own" in signed else ()
    return (*own, "partner_signed") if "partner" in signed else own


def _begins(agreement: Agreement, day: date) -> tuple[Origin, ...]:
    effective_on = agreement.effective_on or (
        agreement.effective_as and agreement.effective_as.to_on
    )
    effective: tuple[Origin, ...] = ("effective",) if effective_on == day else ()
    joined = any(
        day == (party.joined_on or (party.joined_as and party.joined_as.to_on))
        for party in agreement.parties
    )
    return (*effective, *_signatures(agreement, day), *(("joined",) if joined else ()))


def _ends(agreement: Agreement, standing: AgreementStanding) -> tuple[Origin, ...]:
    day = standing.in_force_until
    if day is None:
        return (agreement.end.rule,)
    left = {
        party.side
        for party in agreement.parties
        if day == (party.left_on or (party.left_as and party.left_as.from_on))
    }
    ended = agreement.ended
    origins: list[Origin] = ["ended"] if ended is not None and ended.on == day else []
    origins += ["end_day"] if agreement.end.ends_on == day else []
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
