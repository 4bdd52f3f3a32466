"""Asking the registry: one typed method for each of its routes that another program needs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar, cast
from uuid import UUID

import requests

from changefeed.page import Page, page_from_wire
from registryclient import answers
from registryclient.answers import Listed
from registryclient.wire import ANSWER_WITHIN_S, Asked, Wire
from registryclient.writes import Write, Written

T = TypeVar("T")

LOADED_WITHIN_S = 120.0
"""A load is checked, serialised and indexed as a whole before anything is answered."""


class RegistryClient:
    """Reads and loads the record in the name of one caller.

    Every list takes `on` (a day; today if left out), `known_at` (a sequence or an instant; now if
    left out), `limit` (1 to 200) and `after` (the cursor of the page before); filters that are
    None do not filter. Every method raises RegistryUnavailable or RegistryRefused.

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

    def partners(
        self,
        *,
        q: str | None = None,
        kind: str | None = None,
        own: str | None = None,
        key: str | None = None,
        on: date | None = None,
        known_at: str | int | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Listed[answers.Partner]:
        """List partners; `own` is `true`, `false` (the default) or `any`."""
        return self._list("partners", locals())

    def partner(self, partner_id: UUID, *, known_at: str | int | None = None) -> answers.Partner:
        """Give one partner."""
        return cast(answers.Partner, self._one("partners", partner_id, known_at))

    def departments(
        self,
        *,
        q: str | None = None,
        key: str | None = None,
        known_at: str | int | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Listed[answers.Department]:
        """List the city's departments."""
        return self._list("departments", locals())

    def contacts(
        self,
        *,
        at: UUID | None = None,
        key: str | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Listed[answers.Contact]:
        """List people; with names and addresses only for whom may see them."""
        return self._list("contacts", locals())

    def seats(
        self,
        *,
        at: UUID | None = None,
        role: str | None = None,
        holder: UUID | None = None,
        on: date | None = None,
        known_at: str | int | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Listed[answers.Seat]:
        """List seats; `holder` is the contact who holds one on the day."""
        return self._list("seats", locals())

    def agreements(
        self,
        *,
        partner: UUID | None = None,
        kind: str | None = None,
        programme: UUID | None = None,
        state: str | None = None,
        q: str | None = None,
        key: str | None = None,
        on: date | None = None,
        known_at: str | int | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Listed[answers.Agreement]:
        """List agreements; `state` is what they are on the day."""
        return self._list("agreements", locals())

    def agreement(
        self, agreement_id: UUID, *, known_at: str | int | None = None
    ) -> answers.Agreement:
        """Give one agreement."""
        return cast(answers.Agreement, self._one("agreements", agreement_id, known_at))

    def agreement_standing(
        self, agreement_id: UUID, *, on: date | None = None, known_at: str | int | None = None
    ) -> answers.AgreementStanding:
        """Give what an agreement and its parties are on a day."""
        asked: dict[str, Asked] = {"on": on, "known_at": known_at}
        found = self._wire.get(f"agreements/{agreement_id}/standing", asked)
        return cast(answers.AgreementStanding, found)

    def programmes(
        self, *, limit: int | None = None, after: str | None = None
    ) -> Listed[answers.Programme]:
        """List programmes."""
        return self._list("programmes", locals())

    def strategies(
        self, *, programme: UUID | None = None, limit: int | None = None, after: str | None = None
    ) -> Listed[answers.Strategy]:
        """List strategies, by position."""
        return self._list("strategies", locals())

    def tasks(
        self,
        *,
        strategy: UUID | None = None,
        programme: UUID | None = None,
        q: str | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Listed[answers.Task]:
        """List tasks, by position."""
        return self._list("tasks", locals())

    def service_fields(
        self, *, limit: int | None = None, after: str | None = None
    ) -> Listed[answers.ServiceField]:
        """List the fields that services are for."""
        return self._list("service-fields", locals())

    def technologies(
        self, *, q: str | None = None, limit: int | None = None, after: str | None = None
    ) -> Listed[answers.Technology]:
        """List technologies."""
        return self._list("technologies", locals())

    def collaborations(
        self,
        *,
        partner: UUID | None = None,
        agreement: UUID | None = None,
        task: UUID | None = None,
        technology: UUID | None = None,
        service_field: UUID | None = None,
        in_force: bool | None = None,
        on: date | None = None,
        known_at: str | int | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Listed[answers.Collaboration]:
        """List commitments; `in_force` True gives those that hold on the day."""
        return self._list("collaborations", locals())

    def milestones(
        self,
        *,
        agreement: UUID | None = None,
        owner: UUID | None = None,
        state: str | None = None,
        due_from: date | None = None,
        due_to: date | None = None,
        on: date | None = None,
        known_at: str | int | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Listed[answers.Milestone]:
        """List milestones; `state` (due, overdue, done, cancelled) is what they are on the day."""
        return self._list("milestones", locals())

    def events(
        self,
        *,
        partner: UUID | None = None,
        task: UUID | None = None,
        kind: str | None = None,
        starts_from: date | None = None,
        starts_to: date | None = None,
        state: str | None = None,
        q: str | None = None,
        on: date | None = None,
        standing: bool | None = None,
        known_at: str | int | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> Listed[answers.Event]:
        """List events by first day.

        Args:
            state: upcoming, under_way, past, cancelled; ahead is the first two.
            on: Judge the state by this day; by the instant if left out.
            standing: Give each with its standing.
        """
        return self._list("events", locals())

    def event(self, event_id: UUID, *, known_at: str | int | None = None) -> answers.Event:
        """Give one event."""
        return cast(answers.Event, self._one("events", event_id, known_at))

    def event_standing(
        self, event_id: UUID, *, on: date | None = None, known_at: str | int | None = None
    ) -> answers.EventStanding:
        """Give where an event and its deadlines stand, on a day or at this instant."""
        asked: dict[str, Asked] = {"on": on, "known_at": known_at}
        return cast(answers.EventStanding, self._wire.get(f"events/{event_id}/standing", asked))

    def changes(self, after: int, *, limit: int = 1000) -> Page:
        """Give the entries after a number, in order.

        Raises:
            KeyError, ValueError, TypeError: What came is no page of the feed.
        """
        asked: dict[str, Asked] = {"after": after, "limit": limit}
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
            "subject": ",".join(map(str, subjects)) or None,
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

    def contact(self, contact_id: UUID) -> answers.Contact:
        """Give one person; with name and addresses only for whom may see them."""
        return cast(answers.Contact, self._wire.get(f"contacts/{contact_id}"))

    def seat(self, seat_id: UUID) -> answers.Seat:
        """Give one seat."""
        return cast(answers.Seat, self._wire.get(f"seats/{seat_id}"))

    def collaboration(self, collaboration_id: UUID) -> answers.Collaboration:
        """Give one commitment."""
        found = self._wire.get(f"collaborations/{collaboration_id}")
        return cast(answers.Collaboration, found)

    def milestone(self, milestone_id: UUID) -> answers.Milestone:
        """Give one milestone."""
        return cast(answers.Milestone, self._wire.get(f"milestones/{milestone_id}"))

    def department(self, department_id: UUID) -> answers.Department:
        """Give one department of the city."""
        return cast(answers.Department, self._wire.get(f"departments/{department_id}"))

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

    def _one(self, collection: str, subject_id: UUID, known_at: str | int | None) -> object:
        return self._wire.get(f"{collection}/{subject_id}", {"known_at": known_at})

    def _list(self, collection: str, asked: Mapping[str, object]) -> Listed[T]:
        """Read one page; `asked` are the method's own arguments, which bear the filters' names."""
        filters = {name: value for name, value in asked.items() if name != "self"}
        return cast(Listed[T], self._wire.get(collection, cast(Mapping[str, Asked], filters)))


def all_pages(page: Callable[[str | None], Listed[T]], *, at_most: int = 100) -> Iterator[T]:
    """Walk through a list page by page, asking for the next only when it is wanted.

    Args:
        page: Gives the page after a cursor; None is the first.
        at_most: So many pages and no more, so that no list keeps a reader for ever.
    """
    cursor: str | None = None
    for _ in range(at_most):
        found = page(cursor)
        yield from found["items"]
        cursor = found["next"]
        if cursor is None:
            return
