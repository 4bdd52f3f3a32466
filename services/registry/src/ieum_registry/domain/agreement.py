"""업무협약: one agreement for life, with its parties and the rule by which it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal, Self, get_args
from uuid import UUID

from changefeed.change import Facts
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.party import Party
from ieum_registry.domain.provenance import BY_HAND, Provenance
from ieum_registry.domain.term import Term, day_text, maybe_day
from ieum_registry.domain.words import Words, maybe_words

AgreementKind = Literal["mou", "moa", "pact", "annex"]
AGREEMENT_KINDS: tuple[AgreementKind, ...] = get_args(AgreementKind)
EndRule = Literal["fixed", "auto_renews", "until_purpose_achieved", "evergreen"]
END_RULES: tuple[EndRule, ...] = get_args(EndRule)
Disclosure = Literal["public", "partly", "closed"]
DISCLOSURES: tuple[Disclosure, ...] = get_args(Disclosure)


@dataclass(frozen=True, slots=True)
class End:
    """How the agreement ends.

    Attributes:
        ends_on: Last day in force, inclusive; for `auto_renews` the last day of the running term.
        note: What the paper says, where that is not a day.

    Raises:
        RuleBroken: `agreement.fixed_without_end`.

    Source: docs/rules/terms.md, T-7.
    """

    rule: EndRule
    ends_on: date | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if self.rule == "fixed" and self.ends_on is None:
            raise RuleBroken("agreement.fixed_without_end", pointer="/end/ends_on")

    @property
    def last_on(self) -> date | None:
        """The last day on which the agreement can bind; None is open.

        A term that renews by itself does not end on its last day.

        Source: docs/rules/terms.md, T-7.
        """
        return None if self.rule == "auto_renews" else self.ends_on

    def facts(self) -> Facts:
        """Give `{"rule", "ends_on", "note"}`."""
        return {"rule": self.rule, "ends_on": day_text(self.ends_on), "note": self.note}

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read `{"rule", "ends_on", "note"}`."""
        return cls(facts["rule"], maybe_day(facts["ends_on"]), facts["note"])


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement: MOU, MOA, pact or annex.

    Raises:
        RuleBroken: `agreement.sides`, without one own party and at least one partner;
            `agreement.party_twice`; `term.reversed`, if it ends before it takes effect.
    """

    subject_type: ClassVar[str] = "agreement"

    id: UUID
    kind: AgreementKind
    title: Words
    signed_on: date
    effective_on: date
    end: End
    parties: tuple[Party, ...]
    key: str | None = None
    number: str | None = None
    purpose: Words | None = None
    programme_id: UUID | None = None
    lead_department_id: UUID | None = None
    venue: Words | None = None
    disclosure: Disclosure = "closed"
    provenance: Provenance = BY_HAND

    def __post_init__(self) -> None:
        Term(self.effective_on, self.end.ends_on)
        sides = [party.side for party in self.parties]
        if sides.count("own") != 1 or len(sides) < 2:
            raise RuleBroken(
                "agreement.sides",
                pointer="/parties",
                own=sides.count("own"),
                partners=sides.count("partner"),
            )
        seen: set[UUID] = set()
        for position, party in enumerate(self.parties):
            if party.partner_id in seen:
                raise RuleBroken(
                    "agreement.party_twice",
                    pointer=f"/parties/{position}/partner_id",
                    partner_id=str(party.partner_id),
                )
            seen.add(party.partner_id)

    def party(self, partner_id: UUID) -> Party | None:
        """Give the partner's side, or None if it is not party."""
        return next((each for each in self.parties if each.partner_id == partner_id), None)

    def may_be_owed_by(self, partner_id: UUID, due_on: date) -> bool:
        """Say whether a partner may owe something under it by a day: party, and not left by then.

        Source: docs/rules/lifecycle.md, L-26.
        """
        party = self.party(partner_id)
        return party is not None and (party.left_on is None or due_on <= party.left_on)

    def may_serve(self, programme_id: UUID) -> bool:
        """Say whether commitments under it may be on a programme's tasks: its own, or any.

        Source: docs/rules/lifecycle.md, L-13.
        """
        return self.programme_id is None or self.programme_id == programme_id

    def facts(self) -> Facts:
        """Give the facts of docs/changes.md."""
        lead = self.lead_department_id
        return {
            "id": str(self.id),
            "key": self.key,
            "number": self.number,
            "kind": self.kind,
            "title": self.title.facts(),
            "purpose": None if self.purpose is None else self.purpose.facts(),
            "programme_id": None if self.programme_id is None else str(self.programme_id),
            "lead_department_id": None if lead is None else str(lead),
            "signed_on": self.signed_on.isoformat(),
            "effective_on": self.effective_on.isoformat(),
            "venue": None if self.venue is None else self.venue.facts(),
            "end": self.end.facts(),
            "parties": [party.facts() for party in self.parties],
            "disclosure": self.disclosure,
            "provenance": self.provenance.facts(),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `facts` gave."""
        programme, lead = facts["programme_id"], facts["lead_department_id"]
        return cls(
            id=UUID(facts["id"]),
            key=facts["key"],
            number=facts["number"],
            kind=facts["kind"],
            title=Words.from_facts(facts["title"]),
            purpose=maybe_words(facts["purpose"]),
            programme_id=None if programme is None else UUID(programme),
            lead_department_id=None if lead is None else UUID(lead),
            signed_on=date.fromisoformat(facts["signed_on"]),
            effective_on=date.fromisoformat(facts["effective_on"]),
            venue=maybe_words(facts["venue"]),
            end=End.from_facts(facts["end"]),
            parties=tuple(Party.from_facts(each) for each in facts["parties"]),
            disclosure=facts["disclosure"],
            provenance=Provenance.from_facts(facts["provenance"]),
        )
