"""Asking the registry who sits where now: once for each batch of letters."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import requests

from changefeed.session import ask_signed
from ieum_notify.domain.facts import FactsUnreadable, Record, Subject
from ieum_notify.domain.letter import Person
from ieum_notify.domain.seat import Seat
from ieum_notify.operations.ports import RegistryAway, Resolution

ANSWER_WITHIN_S = 10.0

MOST_AT_ONCE = 1000
"""How many subjects, and how many seats, the registry answers for in one request."""


class RegistryDirectory:
    """The registry's `POST /v1/resolutions`.

    Args:
        token: Gives a bearer token for each request.
        session: Shared connections, as `changefeed.session` makes them.
        headers: Gives more headers for each request, as X-Request-Id.
    """

    def __init__(
        self,
        base_url: str,
        token: Callable[[], str],
        session: requests.Session,
        headers: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self._url = f"{base_url.rstrip('/')}/v1/resolutions"
        self._token = token
        self._session = session
        self._headers = headers

    def resolve(self, subjects: Sequence[Subject], seats: Sequence[UUID]) -> Resolution:
        """Ask for a batch; any answer that is none is an outage, never "not found".

        A batch about events with many partners may need more than the registry gives at once.
        """
        whole = Resolution({}, {}, {})
        for start in range(0, max(len(subjects), len(seats), 1), MOST_AT_ONCE):
            end = start + MOST_AT_ONCE
            part = self._ask(subjects[start:end], seats[start:end])
            whole = Resolution(
                {**whole.records, **part.records},
                {**whole.seats, **part.seats},
                {**whole.people, **part.people},
            )
        return whole

    def _ask(self, subjects: Sequence[Subject], seats: Sequence[UUID]) -> Resolution:
        body = {
            "subjects": [{"type": each.type, "id": str(each.id)} for each in subjects],
            "seats": [str(each) for each in seats],
        }
        try:
            answer = ask_signed(
                lambda token: self._session.post(
                    self._url,
                    json=body,
                    headers={**self._headers(), "Authorization": f"Bearer {token}"},
                    timeout=ANSWER_WITHIN_S,
                ),
                self._token,
            )
            answer.raise_for_status()
            found = answer.json()
            return _resolution(found["subjects"], found["seats"])
        except (
            requests.RequestException, KeyError, TypeError, ValueError, AttributeError
        ) as error:  # fmt: skip
            raise RegistryAway(type(error).__name__) from error


def _resolution(subjects: Iterable[dict[str, Any]], seats: Iterable[dict[str, Any]]) -> Resolution:
    found, people = {}, {}
    for each in seats:
        try:
            seat = Seat.from_facts(each["facts"])
        except FactsUnreadable:
            continue  # The copy names it as unreadable; one bad seat must not hold the batch.
        found[seat.id] = seat
        people[seat.id] = tuple(_person(person) for person in each["people"])
    records = {
        Subject(each["type"], UUID(each["id"])): Record(each["version"], each["facts"])
        for each in subjects
    }
    return Resolution(records, found, people)


def _person(person: dict[str, Any]) -> Person:
    return Person(
        UUID(person["contact_id"]),
        person["name"] or "",
        "en" if person["language"] == "en" else "ko",
        person["email"] or None,
        person["phone"] or None,
    )
