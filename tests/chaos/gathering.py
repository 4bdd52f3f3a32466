"""Asking for what is left once all is quiet: log, book, graph, sessions."""

import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

import requests
from sqlalchemy import select

from ieum_notify.domain.occurrence import WAITING
from ieum_notify.storage.tables import ATTEMPTS, DELIVERIES, OCCURRENCES
from sqlstore.engine import open_engine, reading
from tests.chaos.held import Network
from tests.chaos.installation import Installation
from tests.chaos.record import Attempt, Book, Logged


class Office:
    """Reading the registry as the office."""

    def __init__(self, where: Installation, token: str) -> None:
        self.url = where.ports.url("registry")
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Authorization"] = f"Bearer {token}"

    def network(self) -> Network:
        """Give the ids of what the sample files brought."""
        return Network(
            agreement=self._ids("agreements")[0],
            partners=self._ids("partners"),
            tasks=self._ids("tasks"),
            departments=self._ids("departments"),
        )

    def log(self) -> list[Logged]:
        """Read the whole change log."""
        entries: list[Logged] = []
        while True:
            after = entries[-1].seq if entries else 0
            answer = self._get("/v1/changes", {"after": after, "limit": 1000})
            answer.raise_for_status()
            items: list[dict[str, Any]] = answer.json()["items"]
            if not items:
                return entries
            entries += [Logged.from_wire(each, _text(each)) for each in items]

    def addresses(self) -> dict[str, str]:
        """Give the address of each contact that has one; no log holds them."""
        found: dict[str, str] = {}
        after = None
        while True:
            asked = {"limit": 200} | ({"after": after} if after else {})
            answer = self._get("/v1/contacts", asked)
            answer.raise_for_status()
            page = answer.json()
            found |= {each["id"]: each["email"] for each in page["items"] if each.get("email")}
            after = page["next"]
            if after is None:
                return found

    def register(self, mark: str) -> tuple[requests.Response, dict[str, Any]]:
        """Register the partner that all clients change."""
        body = {"kind": "agency", "name": {"ko": f"공동 기관 {mark}"}}
        answer = self._session.post(f"{self.url}/v1/partners", json=body, timeout=20)
        answer.raise_for_status()
        return answer, answer.json()

    def _ids(self, what: str) -> tuple[str, ...]:
        answer = self._get(f"/v1/{what}", {"limit": 200})
        answer.raise_for_status()
        return tuple(each["id"] for each in answer.json()["items"])

    def _get(self, path: str, asked: dict[str, Any]) -> requests.Response:
        return self._session.get(self.url + path, params=asked, timeout=30)


class Browser:
    """Somebody who signed in to the portal before the first kill, and never again."""

    def __init__(self, where: Installation) -> None:
        self._url = where.ports.url("portal")
        self._session = requests.Session()
        self._session.trust_env = False
        login, password = next(iter(where.logins().items()))
        form = self._session.get(urljoin(self._url, "/sign-in"), timeout=20).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', form)
        assert found is not None, "no form to sign in with"
        fields = {"csrf_token": found[1], "login": login, "password": password}
        answer = self._session.post(
            urljoin(self._url, "/sign-in"), data=fields, timeout=20, allow_redirects=False
        )
        assert answer.status_code == 303, f"signing in was answered {answer.status_code}"

    def is_signed_in(self) -> bool | None:
        """Say whether the session still holds; None if the portal does not answer now."""
        try:
            # Whoever is signed in is led on to the first page; a stranger gets the form.
            answer = self._session.get(
                urljoin(self._url, "/sign-in"), timeout=10, allow_redirects=False
            )
        except requests.RequestException:
            return None
        return None if answer.status_code >= 500 else answer.status_code == 303

    def sees_first_page(self) -> bool:
        """Say whether the first page is shown, with all it is made of."""
        answer = self._session.get(self._url + "/", timeout=30, allow_redirects=False)
        return answer.status_code == 200


def book_of(database: str, now: datetime) -> Book:
    """Read notify's book from its store, as an auditor with the file would."""
    row = OCCURRENCES.c
    attempts = select(
        DELIVERIES.c.message_id, ATTEMPTS.c.outcome, ATTEMPTS.c.started_at, ATTEMPTS.c.finished_at
    ).join(DELIVERIES, DELIVERIES.c.id == ATTEMPTS.c.delivery_id)
    begun = select(DELIVERIES.c.message_id, DELIVERIES.c.state, row.state.label("owed")).join(
        OCCURRENCES, row.id == DELIVERIES.c.occurrence_id
    )
    due = select(row.key).where(row.state.in_((*WAITING, "leased")), row.due_at <= now)
    engine = open_engine(database)
    try:
        with reading(engine) as connection:
            deliveries = list(connection.execute(begun))
            return Book(
                frozenset(each.message_id for each in deliveries if each.state == "sent"),
                {each.message_id: each.owed for each in deliveries},
                tuple(
                    Attempt(each.message_id, each.outcome, each.started_at, each.finished_at)
                    for each in connection.execute(attempts.order_by(ATTEMPTS.c.started_at))
                ),
                tuple(connection.execute(due).scalars()),
            )
    finally:
        engine.dispose()


def sent_keys(database: str) -> frozenset[str]:
    """Give the keys of what notify's book holds to be sent."""
    engine = open_engine(database)
    try:
        with reading(engine) as connection:
            sent = select(OCCURRENCES.c.key).where(OCCURRENCES.c.state == "sent")
            return frozenset(connection.execute(sent).scalars())
    finally:
        engine.dispose()


def due_by_preview(where: Installation, now: datetime) -> tuple[str, ...]:
    """Give the keys that notify's own preview says go out now: none once all is sent."""
    items = where.reach().get("notify", "/v1/preview?days=1", timeout_s=60)["items"]
    return tuple(
        each["key"]
        for each in items
        if each["seat_id"] is not None and datetime.fromisoformat(each["due_at"]) <= now
    )


def due_by_sender(where: Installation) -> int:
    """Give how many letters are due and not sent, as notify's sender says."""
    return int(where.reach().get("notify", "/v1/sender", timeout_s=20)["due"])


def _text(entry: dict[str, Any]) -> str:
    return json.dumps([entry["body"], entry["reason"]], ensure_ascii=False)
