"""Asking the registry: subjects as they are declared, lists, standings, history, writes."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import IO, Any, TypeVar, cast
from uuid import UUID

import requests

from changefeed.declared import Declaration, collection_of
from changefeed.mapping import from_facts
from changefeed.page import Page, from_wire, page_from_wire
from registryclient.alike import LookAlike, Pairs, look_alikes_from_wire, pairs_from_wire
from registryclient.answers import (
    Asked,
    Counts,
    DamagedDocument,
    DocumentState,
    Entry,
    History,
    Listed,
    LoadDocument,
    LoadReceipt,
    Moves,
    MoveStanding,
    Remembered,
    StreamedFile,
    Total,
    Versioned,
    Way,
)
from registryclient.errors import RegistryUnavailable
from registryclient.found import SearchFound, search_from_wire
from registryclient.held import Held, held_from_wire
from registryclient.imports import ImportsClient
from registryclient.looks import Looks, looks_from_wire
from registryclient.promised import PromiseQuarter, PromiseRates
from registryclient.wire import ANSWER_WITHIN_S, Wire
from registryclient.writes import Write, Written

T = TypeVar("T")
Kind = TypeVar("Kind", bound=Declaration)
Standing = TypeVar("Standing")

SENT_WITHIN_S = 120.0
"""A file is hashed, looked at and put on the disk before anything is answered."""

LOADED_WITHIN_S = 120.0
"""A load is checked, serialised and indexed as a whole before anything is answered."""


PIECE = 2**16


class RegistryClient:
    """Reads and loads the record in the name of one caller.

    A day that is left out is today. Every method raises RegistryUnavailable, also for an answer
    that cannot be read, or RegistryRefused.

    Args:
        base_url: Where the registry is, without `/v1`.
        token: Gives a bearer token for each request; None asks as the public.
        session: Connections shared with others; `wire.new_session()` if left out.
        language: `ko` or `en`, of the problems that the registry reports.
        headers: Gives more headers for each request, as X-Request-Id.
        left_s: Gives how long whoever reads may still wait; RegistryTooSlow once that is over.
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
        left_s: Callable[[], float] = lambda: math.inf,
    ) -> None:
        self._wire = Wire(
            base_url,
            token,
            session=session,
            language=language,
            headers=headers,
            answer_within_s=answer_within_s,
            left_s=left_s,
        )

    def one(self, kind_of: type[Kind], subject_id: UUID) -> Kind:
        """Give one subject, as far as the caller may see it; what is not told takes its default."""
        return self.versioned(kind_of, subject_id).subject

    def versioned(self, kind_of: type[Kind], subject_id: UUID) -> Versioned[Kind]:
        """Give one subject with the version that a change of it must name."""
        found = self.facts(kind_of, subject_id)
        with _readable(kind_of):
            return Versioned(from_facts(kind_of, found), int(found["version"]))

    def facts(self, kind_of: type[Declaration], subject_id: UUID) -> Mapping[str, Any]:
        """Give what is on record of one subject, by the record's own names."""
        found = self._wire.get(f"{collection_of(kind_of)}/{subject_id}")
        with _readable(kind_of):
            return _map(found)

    def page(
        self,
        kind_of: type[Kind],
        **asked: Asked,
    ) -> Listed[Kind]:
        """Give one page of a list.

        Args:
            asked: What docs/api/registry.json names; None leaves one out. `sort` is one of
                `changefeed.lists.sorts_of`, `-` before it for descending; `count=True` says also
                how many there are in all; `after` is the `next` of the page before, or
                `before` the `previous` of the page after.
        """
        return self._listed(kind_of, lambda each: from_facts(kind_of, each), asked)

    def page_versioned(self, kind_of: type[Kind], **asked: Asked) -> Listed[Versioned[Kind]]:
        """Give one page of a list, each with the version that a change of it must name."""
        return self._listed(
            kind_of, lambda each: Versioned(from_facts(kind_of, each), int(each["version"])), asked
        )

    def page_standing(
        self,
        kind_of: type[Kind],
        standing: type[Standing],
        **asked: Asked,
    ) -> Listed[tuple[Kind, Standing]]:
        """Give one page of a list, each with where it stands on the day that is asked for."""
        return self._listed(
            kind_of,
            lambda each: (from_facts(kind_of, each), from_facts(standing, each["standing"])),
            {**asked, "standing": True},
        )

    def counts(
        self,
        kind_of: type[Declaration],
        *by: Way,
        distinct: str | None = None,
        most: int = 200,
        **asked: Asked,
    ) -> Counts:
        """Count a list.

        Args:
            by: Ways of counting it, each by some of `changefeed.lists.groupings_of` together.
            distinct: One of these, of which different ones are counted in place of each.
            most: So many groups of each way.
            asked: The list's filters; of ids up to a hundred.
        """
        ways = ";".join(",".join(each) for each in by)
        more: dict[str, Asked] = {"by": ways or None, "distinct": distinct, "most": most}
        found = self._wire.get(f"{collection_of(kind_of)}/counts", {**asked, **more})
        with _readable(Counts):
            return counts_from_wire(_map(found))

    def promise_rates(self, **asked: Asked) -> PromiseRates:
        """Say how much of what was promised has come; `by` groups it, filters narrow it."""
        found = self._wire.get("promises/rates", asked)
        with _readable(PromiseRates):
            return from_facts(PromiseRates, _map(found))

    def promise_trend(self, **asked: Asked) -> Sequence[PromiseQuarter]:
        """Say the same at the end of each of some `quarters`, in order."""
        found = _map(self._wire.get("promises/trend", asked))
        with _readable(PromiseQuarter):
            return [from_facts(PromiseQuarter, each) for each in found["quarters"]]

    def search(self, q: str, *, limit: int) -> SearchFound:
        """Search over everything that words find; gives so many hits of each type."""
        found = self._wire.get("search", {"q": q, "limit": limit})
        with _readable(SearchFound):
            return search_from_wire(_map(found))

    def look_alikes(self, *, limit: int, **asked: Asked) -> Sequence[LookAlike]:
        """Give who may be the same organisation as one of that name, number or website."""
        found = self._wire.get("partners/candidates", {"limit": limit, **asked})
        with _readable(LookAlike):
            return look_alikes_from_wire(_map(found))

    def pairs_alike(self, *, limit: int, after: str | None) -> Pairs:
        """Give pairs of partners that may be one organisation, which nobody has decided on."""
        found = self._wire.get("partners/look-alikes", {"limit": limit, "after": after})
        with _readable(Pairs):
            return pairs_from_wire(_map(found))

    def held(
        self, *, contact: UUID | None = None, department: UUID | None = None, on: date
    ) -> Sequence[Held]:
        """Give what a person or a department answers for on a day."""
        asked: dict[str, Asked] = {"contact": contact, "department": department, "on": on}
        found = self._wire.get("handovers/held", asked)
        with _readable(Held):
            return held_from_wire(_map(found))

    def looks(
        self,
        *,
        first: date,
        last: date,
        account: str | None,
        subject: UUID | None,
        outcome: str | None,
        taken: bool | None,
        after: str | None,
        limit: int,
    ) -> Looks:
        """Give a page of the record of access, of the days from one to another, both included."""
        asked: dict[str, Asked] = {
            "recorded_from": first,
            "recorded_to": last,
            "account": account,
            "subject": subject,
            "outcome": outcome,
            "taken": taken,
            "after": after,
            "limit": limit,
        }
        found = self._wire.get("access-records", asked)
        with _readable(Looks):
            return looks_from_wire(_map(found))

    def standing(
        self,
        kind_of: type[Declaration],
        standing: type[Standing],
        subject_id: UUID,
        *,
        on: date | None,
    ) -> Standing:
        """Give where one subject stands on a day; an event also at this instant."""
        found = self._wire.get(f"{collection_of(kind_of)}/{subject_id}/standing", {"on": on})
        with _readable(kind_of):
            return from_facts(standing, _map(found))

    def moves(self, agreement_id: UUID) -> tuple[MoveStanding, ...]:
        """Say of every move of an agreement whether the caller may make it today, and why not."""
        found = self._wire.get(f"agreements/{agreement_id}/moves", {})
        with _readable(Moves):
            return from_facts(Moves, _map(found)).moves

    def changes(self, after: int) -> Page:
        """Give the entries after a number, in order, up to a thousand."""
        found = self._wire.get("changes", {"after": after, "limit": 1000})
        with _readable(Page):
            return page_from_wire(_map(found))

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
    ) -> History:
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
        found = self._wire.get("history", asked)
        with _readable(History):
            told = _map(found)
            return History(tuple(map(_remembered, told["items"])), told["next"], told["head"])

    def load(self, documents: Sequence[LoadDocument], *, dry_run: bool = False) -> LoadReceipt:
        """Load files together or not at all; loading the same again changes nothing.

        Args:
            dry_run: Check and count only.

        Raises:
            RegistryRefused: `load.refused`, with every fault's file and line in `errors`.
        """
        found, _ = self._wire.write(
            "POST",
            "loads",
            {"documents": list(documents)},
            asked={"dry_run": True if dry_run else None},
            answer_within_s=LOADED_WITHIN_S,
        )
        return cast(LoadReceipt, found)

    @property
    def imports(self) -> ImportsClient:
        """Imports of spreadsheets, for the office."""
        return ImportsClient(self._wire)

    def try_out(self, write: Write) -> Sequence[Entry]:
        """Give the entries that a write would make; writes none."""
        found, _ = self._wire.write(
            write.method, write.path, write.body, asked={"dry_run": True}, seen=write.seen
        )
        return cast(dict[str, list[Entry]], found)["entries"]

    def carry_out(self, write: Write, *, once: str) -> Written:
        """Write.

        Args:
            once: Under this key the registry writes once in 24 hours, however often it is asked:
                after RegistryUnavailable the same call may be made again.
        """
        found, headers = self._wire.write(
            write.method, write.path, write.body, seen=write.seen, once=once
        )
        with _readable(Written):
            told = _map(found)
            return Written(UUID(told["id"]), int(told["version"]), int(headers["X-Change-Seq"]))

    def send_document(self, about: Mapping[str, Asked], file: IO[bytes], *, once: str) -> Written:
        """Put a file on record.

        Args:
            about: What is said of it: `UploadQuery` of docs/api/registry.json.
            once: As for `carry_out`.
        """
        found, headers = self._wire.write(
            "POST", "documents", file, asked=about, once=once, answer_within_s=SENT_WITHIN_S
        )
        with _readable(Written):
            told = _map(found)
            return Written(UUID(told["id"]), int(told["version"]), int(headers["X-Change-Seq"]))

    def document_state(self, document_id: UUID) -> DocumentState:
        """Say whether a document's text was read, and what was found of its file last."""
        found = self._wire.get(f"documents/{document_id}/state", {})
        with _readable(DocumentState):
            told = _map(found)
            at, whole_at = (
                None if told[each] is None else datetime.fromisoformat(told[each])
                for each in ("checked_at", "whole_at")
            )
            return DocumentState(str(told["text"]), at, told["fault"], whole_at)

    def damaged_documents(self, *, limit: int) -> Listed[DamagedDocument]:
        """List the documents whose file is missing or altered, by title; for the office."""
        found = self._wire.get("documents/damaged", {"limit": limit})
        with _readable(DamagedDocument):
            told = _map(found)
            items = [
                DamagedDocument(
                    UUID(each["id"]),
                    str(each["title"]),
                    str(each["fault"]),
                    None if each["whole_at"] is None else datetime.fromisoformat(each["whole_at"]),
                )
                for each in told["items"]
            ]
            return Listed(items, None, Total(int(told["total"]), exact=True))

    def put_document_back(self, document_id: UUID, file: IO[bytes]) -> None:
        """Put the very file of a document in its place again."""
        path = f"documents/{document_id}/content"
        self._wire.write("PUT", path, file, answer_within_s=SENT_WITHIN_S)

    def document_file(self, document_id: UUID, page: int | None = None) -> StreamedFile:
        """Give the file of a document in pieces, or one of its pages drawn as a PNG."""
        part = "content" if page is None else f"pages/{page}"
        answer = self._wire.stream(f"documents/{document_id}/{part}")
        return StreamedFile(answer.headers, answer.iter_content(PIECE), answer.close)

    def _listed(
        self,
        kind_of: type[Declaration],
        read: Callable[[Mapping[str, Any]], T],
        asked: Mapping[str, Asked],
    ) -> Listed[T]:
        found = self._wire.get(collection_of(kind_of), asked)
        with _readable(kind_of):
            told = _map(found)
            items, total = [read(each) for each in told["items"]], told.get("total")
            counted = None if total is None else Total(**total)
            return Listed(items, told["next"], counted, told.get("previous"))


def counts_from_wire(told: Mapping[str, Any]) -> Counts:
    """Read a list that was counted."""
    ways = [(tuple(each["by"]), each) for each in told["counts"]]
    return Counts(
        int(told["total"]),
        {
            way: {tuple(group["values"]): int(group["count"]) for group in each["groups"]}
            for way, each in ways
        },
        frozenset(way for way, each in ways if each["more"]),
    )


def _remembered(told: Mapping[str, Any]) -> Remembered:
    return Remembered(from_wire(told["entry"]), told["previous"], told.get("redacted_by"))


def _map(found: object) -> Mapping[str, Any]:
    if not isinstance(found, Mapping):
        raise TypeError(type(found).__name__)
    return found


@contextmanager
def _readable(what: type[object]) -> Iterator[None]:
    """Take an answer of another form than agreed for no answer."""
    try:
        yield
    except Exception as error:
        raise RegistryUnavailable(f"unreadable {what.__name__}: {error!r}") from error
