"""Recording in the registry what a person wants: tried first, then once, however often asked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import sleep
from typing import TypeVar
from uuid import UUID

from changefeed.subjects.all import DECLARED
from ieum_portal.domain.command import (
    Foretold,
    OneCommand,
    Recorded,
    SeveralRegistered,
    SubjectChanged,
    SubjectMoved,
    SubjectRegistered,
)
from ieum_portal.domain.errors import ChangeRefused, NeighbourDown, Stale
from ieum_portal.outbound.translated_errors import translated_errors
from registryclient import writes
from registryclient.answers import Entry
from registryclient.client import RegistryClient
from registryclient.errors import RegistryRefused, RegistryUnavailable
from registryclient.writes import Write

T = TypeVar("T")

MOVED_ON = frozenset({"reply.record_moved"})
"""Codes that say of a record named in the body what 412 says of the one in the address."""

PAUSES_S = (0.1, 0.3, 0.9)
"""Before the same write is sent again under its key, while nobody knows what became of it."""


def try_out(client: RegistryClient, command: OneCommand) -> list[Foretold]:
    """Give the entries that would be written; see `operations.ports.Registry`."""
    write = _write(command)
    with translated_errors(), _refusals(write):
        return [foretold(each) for each in client.try_out(write)]


def record(client: RegistryClient, command: OneCommand, once: str) -> Recorded:
    """Write; see `operations.ports.Registry`."""
    write = _write(command)
    with translated_errors(), _refusals(write):
        written = _patiently(lambda: client.carry_out(write, once=once))
        return Recorded(written.id, written.seq)


def _patiently(write: Callable[[], T]) -> T:
    """Ask again while another request with the key is under way, or no answer came."""
    for pause_s in PAUSES_S:
        try:
            return write()
        except RegistryUnavailable:
            pass
        except RegistryRefused as refused:
            if refused.problem.code != "idempotency.in_flight":
                raise
        sleep(pause_s)
    return write()


@contextmanager
def _refusals(write: Write) -> Iterator[None]:
    """Tell what the rules refuse from what is wrong with the asking.

    Raises:
        Stale, ChangeRefused, NeighbourDown: A 412; a 409 or 422; a key still under way.
    """
    try:
        yield
    except RegistryRefused as refused:
        problem = refused.problem
        if problem.code == "idempotency.in_flight":
            raise NeighbourDown("registry", problem.code) from refused
        if problem.status == 412 or problem.code in MOVED_ON:
            raise Stale from refused
        if problem.status in (409, 422):
            faults = {
                _place(str(each["pointer"]), write.body): str(each.get("detail") or "")
                for each in problem.errors
                if each.get("pointer")
            }
            raise ChangeRefused(problem.code, problem.detail, faults) from refused
        raise


def _place(pointer: str, body: object) -> str:
    """Give the way to a fact; of several of a kind by their kind, as `deadlines/booth/on`."""
    way = []
    for step in pointer.removeprefix("/").split("/"):
        name = step
        if isinstance(body, Mapping):
            body = body.get(step)
        elif isinstance(body, Sequence) and step.isdigit() and int(step) < len(body):
            body = body[int(step)]
            name = str(body.get("kind", step)) if isinstance(body, Mapping) else step
        way.append(name)
    return "/".join(way)


def foretold(entry: Entry) -> Foretold:
    """Read an entry that would be written."""
    return Foretold(
        entry["kind"],
        entry["subject_type"],
        UUID(entry["subject_id"]),
        entry["body"] or {},
        entry["reason"],
        entry,
    )


def _write(command: OneCommand) -> Write:
    match command:
        case SubjectRegistered():
            return writes.registered(DECLARED[command.subject_type], command.facts, by=command.by)
        case SeveralRegistered():
            return writes.registered_together(DECLARED[command.subject_type], command.rows)
        case SubjectChanged():
            return writes.changed(
                DECLARED[command.subject_type],
                command.subject_id,
                command.facts,
                reason=command.reason,
                seen=command.seen,
            )
        case SubjectMoved():
            return writes.moved(
                DECLARED[command.subject_type],
                command.subject_id,
                command.move,
                command.facts,
                reason=command.reason,
                seen=command.seen,
            )
