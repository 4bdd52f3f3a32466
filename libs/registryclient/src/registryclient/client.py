"""Asking the registry: one typed method for each of its routes that another program needs."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar, Unpack, cast
from uuid import UUID

import requests

from changefeed.page import Page, page_from_wire
from registryclient import answers
from registryclient.answers import Listed
from registryclient.filters import (
    AgreementsAsked,
    CollaborationsAsked,
    ContactsAsked,
    DepartmentsAsked,
    EventsAsked,
    ListAsked,
    MilestonesAsked,
    PartnersAsked,
    SeatsAsked,
)
from registryclient.wire import ANSWER_WITHIN_S, Asked, Wire
from registryclient.writes import Write, Written

T = TypeVar("T")

LOADED_WITHIN_S = 120.0
"""A load is checked, serialised and indexed as a whole before anything is answered."""


class RegistryClient:
    """Reads and loads the record in the name of one caller.

    Each list takes the filters that `filters` names, each single read an id; a day that is left
    out is today. Every method raises RegistryUnavailable or RegistryRefused.

    Args:
        base_url: Where the registry is, without `/v1`.
        token: Gives a bearer token for each request; None asks as the public.
        session: Connections shared with others; `wire.new_session()` if left out.
        language: `ko` or `en`, of the problems that the registry reports.
        headers: Gives more headers for each request, as X-Request-Id.
    """

    def __init__(
        self,
        base_url: str,
        token: Callable[[], str] | None,
        *,
        session: requests.Session | None = None,
        language: str = "ko",
        headers: Callable[[], Mapping[str, str]] = dict,
        answer_within_s: float = ANSWER_WITHIN_S,
    ) -> None:
        self._wire = Wire(
            base_url,
            token,
            session=session,
            language=language,
            headers=headers,
            answer_within_s=answer_within_s,
        )

    def partners(self, **asked: Unpack[PartnersAsked]) -> Listed[answers.Partner]:
        """List partners by name."""
        return self._list("partners", asked)

    def partner(self, partner_id: UUID) -> answers.Partner:
        """Give one partner."""
        return cast(answers.Partner, self._wire.get(f"partners/{partner_id}"))

    def departments(self, **asked: Unpack[DepartmentsAsked]) -> Listed[answers.Department]:
        """List the city's departments."""
        return self._list("departments", asked)

    def contacts(self, **asked: Unpack[ContactsAsked]) -> Listed[answers.Contact]:
        """List people; with names and addresses only for whom may see them."""
        return self._list("contacts", asked)

    def contact(self, contact_id: UUID) -> answers.Contact:
        """Give one person; with name and addresses only for whom may see them."""
        return cast(answers.Contact, self._wire.get(f"contacts/{contact_id}"))

    def seats(self, **asked: Unpack[SeatsAsked]) -> Listed[answers.Seat]:
        """List seats."""
        return self._list("seats", asked)

    def seat(self, seat_id: UUID) -> answers.Seat:
        """Give one seat."""
        return cast(answers.Seat, self._wire.get(f"seats/{seat_id}"))

    def agreements(self, **asked: Unpack[AgreementsAsked]) -> Listed[answers.Agreement]:
        """List agreements, the latest signed first."""
        return self._list("agreements", asked)

    def agreements_sheet(self, **asked: Unpack[AgreementsAsked]) -> str:
        """Give the ledger of agreements as a sheet, in the language of this client."""
        return self._wire.sheet("agreements", cast("Mapping[str, Asked]", asked))

    def agreement(self, agreement_id: UUID) -> answers.Agreement:
        """Give one agreement."""
        return cast(answers.Agreement, self._wire.get(f"agreements/{agreement_id}"))

    def agreement_standing(self, agreement_id: UUID, *, on: date) -> answers.AgreementStanding:
        """Give what an agreement and its parties are on a day."""
        found = self._wire.get(f"agreements/{agreement_id}/standing", {"on": on})
        return cast(answers.AgreementStanding, found)

    def programmes(self, **asked: Unpack[ListAsked]) -> Listed[answers.Programme]:
        """List programmes."""
        return self._list("programmes", asked)

    def strategies(self, **asked: Unpack[ListAsked]) -> Listed[answers.Strategy]:
        """List strategies, by position."""
        return self._list("strategies", asked)

    def tasks(self, **asked: Unpack[ListAsked]) -> Listed[answers.Task]:
        """List tasks, by position."""
        return self._list("tasks", asked)

    def service_fields(self, **asked: Unpack[ListAsked]) -> Listed[answers.ServiceField]:
        """List the fields that services are for, by position."""
        return self._list("service-fields", asked)

    def technologies(self, **asked: Unpack[ListAsked]) -> Listed[answers.Technology]:
        """List technologies."""
        return self._list("technologies", asked)

    def collaborations(self, **asked: Unpack[CollaborationsAsked]) -> Listed[answers.Collaboration]:
        """List commitments by their first day."""
        return self._list("collaborations", asked)

    def collaboration(self, collaboration_id: UUID) -> answers.Collaboration:
        """Give one commitment."""
        found = self._wire.get(f"collaborations/{collaboration_id}")
        return cast(answers.Collaboration, found)

    def milestones(self, **asked: Unpack[MilestonesAsked]) -> Listed[answers.Milestone]:
        """List milestones by due day."""
        return self._list("milestones", asked)

    def milestone(self, milestone_id: UUID) -> answers.Milestone:
        """Give one milestone."""
        return cast(answers.Milestone, self._wire.get(f"milestones/{milestone_id}"))

    def events(self, **asked: Unpack[EventsAsked]) -> Listed[answers.Event]:
        """List events by first day."""
        return self._list("events", asked)

    def event(self, event_id: UUID) -> answers.Event:
        """Give one event."""
        return cast(answers.Event, self._wire.get(f"events/{event_id}"))

    def event_standing(self, event_id: UUID, *, on: date | None = None) -> answers.EventStanding:
        """Give where an event and its deadlines stand, on a day or at this instant."""
        return cast(
            answers.EventStanding, self._wire.get(f"events/{event_id}/standing", {"on": on})
        )

    def changes(self, after: int) -> Page:
        """Give the entries after a number, in order, up to a thousand.

        Raises:
            KeyError, ValueError, TypeError: What came is no page of the feed.
        """
        asked: dict[str, Asked] = {"after": after, "limit": 1000}
        return page_from_wire(cast(Mapping[str, Any], self._wire.get("changes", asked)))

    def history(
        self,
        *,
        subjects: Sequence[UUID] = (),
        subject_type: str | None = None,
        kind: str | None = None,
        role: str | None = None,
        recorded_from: date | None = None,
        recorded_to: date | None = None,
        before: int | None = None,
        limit: int | None = None,
    ) -> answers.History:
        """Give entries, the newest first; days are Seoul's, at most 100 subjects."""
        asked: dict[str, Asked] = {
            "subject": subjects or None,
            "subject_type": subject_type,
            "kind": kind,
            "role": role,
            "recorded_from": recorded_from,
            "recorded_to": recorded_to,
            "before": before,
            "limit": limit,
        }
        return cast(answers.History, self._wire.get("history", asked))

    def load(
        self, documents: Sequence[answers.LoadDocument], *, dry_run: bool = False
    ) -> answers.LoadReceipt:
        """Load files together or not at all; loading the same again changes nothing.

        Args:
            dry_run: Check and count only.

        Raises:
            RegistryRefused: `load.refused`, with every fault's file and line in `errors`.
        """
        found = self._wire.post(
            "loads",
            {"documents": list(documents)},
            {"dry_run": True if dry_run else None},
            answer_within_s=LOADED_WITHIN_S,
        )
        return cast(answers.LoadReceipt, found)

    def try_out(self, write: Write) -> list[answers.Entry]:
        """Give the entries that a write would make; writes none."""
        found, _ = self._wire.write(
            write.method, write.path, write.body, asked={"dry_run": True}, seen=write.seen
        )
        return cast(dict[str, list[answers.Entry]], found)["entries"]

    def carry_out(self, write: Write, *, once: str) -> Written:
        """Write.

        Args:
            once: Under this key the registry writes once in 24 hours, however often it is asked:
                after RegistryUnavailable the same call may be made again.
        """
        found, headers = self._wire.write(
            write.method, write.path, write.body, seen=write.seen, once=once
        )
        resource = cast(answers.Resource, found)
        seq = int(headers["X-Change-Seq"])
        return Written(UUID(resource["id"]), resource["version"], seq)

    def _list(self, collection: str, asked: Mapping[str, object]) -> Listed[T]:
        return cast(Listed[T], self._wire.get(collection, cast(Mapping[str, Asked], asked)))
