"""The projection over the wire."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from changefeed.subjects.parts import Words
from ieum_portal.domain.command import Foretold
from ieum_portal.domain.consequences import Cover, End, Redrawn, Tie
from ieum_portal.domain.network import (
    Cell,
    Column,
    Edge,
    NetworkAnswer,
    Node,
    Parameter,
    Question,
    Row,
)
from ieum_portal.domain.operation import Projection
from ieum_portal.outbound.translated_errors import answer_parsed
from ieum_portal.outbound.wire import Wire

ALWAYS = "0001-01-01"
"""The day on which the graph lets a tie begin that has no first day."""
OPEN = "9999-12-31"
"""The day on which the graph lets an open tie end."""

MOST_ROWS = 500
"""As many as the graph gives of one answer."""

UNSHOWN = frozenset({"sources"})
"""Kinds of columns that stand for other records, not for words to read."""


class GraphOverHttp:
    """Asks the graph in one viewer's name; see `operations.ports.Graph`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def partner_network(self, partner_id: UUID, *, on: date) -> NetworkAnswer:
        """Ask the question `partner-network`."""
        said, headers = self._wire.get(
            "questions/partner-network", {"partner": str(partner_id), "on": on.isoformat()}
        )
        with answer_parsed("graph"):
            return _answer(cast(dict[str, Any], said), headers)

    def event_neighbours(
        self, event_id: UUID, *, on: date, written: int | None = None
    ) -> NetworkAnswer:
        """Ask the question `event-neighbours`; the graph waits a little for what was written."""
        asked = {"event": str(event_id), "on": on.isoformat()}
        if written is not None:
            asked["min_seq"] = str(written)
        said, headers = self._wire.get("questions/event-neighbours", asked)
        with answer_parsed("graph"):
            return _answer(cast(dict[str, Any], said), headers)

    def questions(self) -> Sequence[Question]:
        """List what can be asked."""
        said, _ = self._wire.get("questions")
        with answer_parsed("graph"):
            return [_question(each) for each in cast(dict[str, Any], said)["items"]]

    def ask(
        self,
        name: str,
        parameters: Mapping[str, str],
        *,
        on: date,
        known_at: datetime | None = None,
    ) -> NetworkAnswer:
        """Ask one of them, with as many rows as it gives at most."""
        asked = {**parameters, "on": on.isoformat(), "limit": str(MOST_ROWS)}
        if known_at is not None:
            asked["known_at"] = known_at.isoformat()
        said, headers = self._wire.get(f"questions/{name}", asked)
        with answer_parsed("graph"):
            return _answer(cast(dict[str, Any], said), headers)

    def projection(self) -> Projection:
        """Say how the projection is doing."""
        said, _ = self._wire.get("projection")
        with answer_parsed("graph"):
            found = cast(dict[str, Any], said)
            return Projection(
                str(found["state"]),
                int(found["applied_seq"]),
                int(found["head_seq"]),
                float(found["lag_seconds"] or 0),
                str(found.get("detail") or ""),
            )

    def consequences(self, entries: Sequence[Foretold], *, on: date) -> Redrawn:
        """Say what entries that are not yet written would change in the network."""
        body = {"entries": [each.told for each in entries], "on": on.isoformat()}
        said = self._wire.post("consequences", body)
        with answer_parsed("graph"):
            return _redrawn(cast(dict[str, Any], said))


def _redrawn(said: Mapping[str, Any]) -> Redrawn:
    return Redrawn(
        date.fromisoformat(said["on"]),
        tuple(
            Tie(
                each["change"],
                each["type"],
                _words(each["means"]),
                _end(each["source"]),
                _end(each["target"]),
                _first_day(each["valid_from"]),
                _last_day(each["valid_to"]),
            )
            for each in said["edges"]
        ),
        tuple(
            Cover(
                _words(each["task"]["label"]),
                int(each["before"]),
                int(each["after"]),
                # Not yet told by a graph of the release before.
                int(each.get("unknown_before", 0)),
                int(each.get("unknown_after", 0)),
            )
            for each in said["coverage"]
        ),
    )


def _words(said: Mapping[str, Any]) -> Words:
    return Words(said["ko"], said.get("en"))


def _end(said: Mapping[str, Any]) -> End:
    return End(str(said["id"]), said["kind"], _words(said["label"]))


def _first_day(valid_from: str) -> date | None:
    """Give the first day of a tie; None for one that the graph holds to be there always."""
    return None if valid_from <= ALWAYS else date.fromisoformat(valid_from)


def _last_day(valid_to: str | None) -> date | None:
    """Give the last day of a tie, which the graph closes on the day after; None is open."""
    if valid_to is None or valid_to >= OPEN:
        return None
    return date.fromisoformat(valid_to) - timedelta(days=1)


def _answer(said: Mapping[str, Any], headers: Mapping[str, str]) -> NetworkAnswer:
    columns = tuple(
        Column(each["name"], each["title"], each["kind"])
        for each in said["columns"]
        if each["kind"] not in UNSHOWN
    )
    lag = headers.get("X-Graph-Lag-Seconds")
    return NetworkAnswer(
        columns,
        tuple(
            Row(
                tuple(_cells(row.get(column.name), column) for column in columns),
                bool(row.get("illustrative")),
            )
            for row in said["rows"]
        ),
        tuple(
            Node(
                str(each["id"]),
                _kind(each["kind"]),
                each["label"] or "",
                float(each["x"]),
                float(each["y"]),
            )
            for each in said["network"]["nodes"]
        ),
        tuple(
            Edge(_kind(each["kind"]), str(each["source"]), str(each["target"]))
            for each in said["network"]["edges"]
        ),
        int(said["total"]),
        bool(said["truncated"]),
        int(said["seq"]),
        float(lag) if lag else None,
    )


def _question(said: Mapping[str, Any]) -> Question:
    return Question(
        said["name"],
        _words(said["title"]),
        tuple(
            Parameter(each["name"], _kind(each["of"]), each["title"], bool(each["required"]))
            for each in said["parameters"]
        ),
        dict(parse_qsl(urlsplit(said["example"]).query)),
    )


def _kind(name: str) -> str:
    """Give a kind as the pages write it: `ServiceField` is `service_field`, `USES` is `uses`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _cells(value: object, column: Column) -> tuple[Cell, ...]:
    """Give what one place of the table shows: nothing, one thing, or several."""
    if value is None or value == "":
        return ()
    if isinstance(value, list):
        return tuple(cell for each in value for cell in _cells(each, column))
    if isinstance(value, dict):
        text = str(value.get("label") or value.get("key") or "")
        return (Cell(text, column.kind, UUID(value["id"]) if value.get("id") else None),)
    return (Cell(str(value)),)
