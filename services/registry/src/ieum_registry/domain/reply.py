"""연락담당자 회신: whose records it may speak of, of which fields, and how it ends."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from uuid import UUID

from changefeed.bounds import left_on
from changefeed.declared import Declaration, Field, fields_of
from changefeed.subjects import reply
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.contact import Contact, Person
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.partner import Partner
from changefeed.subjects.parts import Place
from changefeed.subjects.seat import Seat
from ieum_registry.domain.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Reply(reply.Reply):
    """A reply on record."""

    def accepted(self, on: date) -> Self:
        """Give it as it stands once the office has recorded what it proposes.

        Raises:
            RuleBroken: `reply.ended`.
        """
        return self._ended("accepted", on)

    def refused(self, on: date, answer: str) -> Self:
        """Give it as it stands once the office has said why not; raises as `accepted`."""
        return replace(self._ended("refused", on), answer=answer)

    def withdrawn(self, on: date) -> Self:
        """Give it as it stands once nobody asks for it any longer; raises as `accepted`."""
        return self._ended("withdrawn", on)

    def _ended(self, state: reply.ReplyState, on: date) -> Self:
        if self.state != "open":
            label = reply.REPLY_STATES[self.state]
            raise RuleBroken("reply.ended", state=label.ko, state_en=label.en)
        return replace(self, state=state, ended_on=on)


PERSONAL = frozenset({"name", "email", "phone"})
"""What of a contact is kept beside the log."""


def is_of(subject: Declaration, partners: Collection[UUID], on: date) -> bool:
    """Say whether a record is one organisation's own, so that its liaison may speak of it.

    Args:
        partners: All records that are this organisation.
        on: The day on which it must not have left an agreement yet.

    Source: docs/rules/terms.md, T-70.
    """
    match subject:
        case Partner():
            return subject.id in partners
        case Contact() | Seat():
            return _is_at(subject.at, partners)
        case Collaboration():
            return subject.partner_id in partners
        case Milestone():
            return _is_at(subject.owner, partners)
        case Agreement():
            return any(
                each.partner_id in partners and (left_on(each) or date.max) >= on
                for each in subject.parties
            )
    return False


def _is_at(place: Place, partners: Collection[UUID]) -> bool:
    return place.type == "partner" and place.id in partners


def must_be_open_to_parties(kind_of: type[Declaration], names: Collection[str]) -> None:
    """Make sure that fields are those whom the record concerns may read, all of each.

    A list with a closed part would come back without it.

    Raises:
        RuleBroken: `reply.closed_field`.

    Source: docs/rules/access.md, A-18.
    """
    for each in fields_of(Person if kind_of.subject_type == "contact" else kind_of):
        if each.key in names and not _is_theirs(each):
            raise RuleBroken(
                "reply.closed_field",
                pointer=f"/changes/{each.key}",
                label=each.fact.ko,
                label_en=each.fact.en,
            )


def _is_theirs(field: Field) -> bool:
    within = () if field.parts is None else fields_of(field.parts)
    return (field.fact.public or field.fact.parties) and all(map(_is_theirs, within))
