"""The record over the wire: what the pages ask the registry."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import IO, Any, TypeVar
from uuid import UUID

from changefeed.declared import Declaration
from changefeed.subjects.department import Department
from changefeed.subjects.partner import Partner
from changefeed.subjects.parts import Words
from httpedge.access_record import Access, Counted
from ieum_portal.domain.command import (
    Command,
    Foretold,
    ManyChanged,
    OneCommand,
    Recorded,
    TriedEach,
)
from ieum_portal.operations.ports import LooksSought
from ieum_portal.outbound.recording import record, try_out
from ieum_portal.outbound.recording_many import record_each, try_each
from ieum_portal.outbound.translated_errors import translated_errors
from registryclient.alike import LookAlike, Pairs
from registryclient.answers import (
    Asked,
    Counts,
    DamagedDocument,
    DocumentState,
    Listed,
    LoadDocument,
    MoveStanding,
    StreamedFile,
    Versioned,
    Way,
)
from registryclient.client import RegistryClient
from registryclient.found import SearchFound
from registryclient.held import Held
from registryclient.looks import Look
from registryclient.pages import all_pages, by_ids, whole
from registryclient.promised import PromiseQuarter, PromiseRates

Kind = TypeVar("Kind", bound=Declaration)
Standing = TypeVar("Standing")


class RegistryOverHttp:
    """Reads the record in one viewer's name; see `operations.ports.Registry`."""

    def __init__(self, client: RegistryClient) -> None:
        self._client = client

    @translated_errors()
    def one(self, kind_of: type[Kind], subject_id: UUID) -> Kind:
        """Give one subject."""
        return self._client.one(kind_of, subject_id)

    @translated_errors()
    def versioned(self, kind_of: type[Kind], subject_id: UUID) -> Versioned[Kind]:
        """Give one subject with its version."""
        return self._client.versioned(kind_of, subject_id)

    @translated_errors()
    def facts(self, kind_of: type[Declaration], subject_id: UUID) -> Mapping[str, Any]:
        """Give what is on record of one subject."""
        return self._client.facts(kind_of, subject_id)

    @translated_errors()
    def load(self, files: Mapping[str, str]) -> None:
        """Take files of records in, all of them or none."""
        self._client.load([LoadDocument(name=name, text=text) for name, text in files.items()])

    @translated_errors()
    def page(
        self, kind_of: type[Kind], *, after: str | None, limit: int, **asked: Asked
    ) -> Listed[Kind]:
        """Give one page of a list."""
        return self._client.page(kind_of, after=after, limit=limit, **asked)

    @translated_errors()
    def page_standing(
        self,
        kind_of: type[Kind],
        standing: type[Standing],
        *,
        after: str | None,
        limit: int,
        **asked: Asked,
    ) -> Listed[tuple[Kind, Standing]]:
        """Give one page of a list, each with where it stands."""
        return self._client.page_standing(kind_of, standing, after=after, limit=limit, **asked)

    @translated_errors()
    def all(self, kind_of: type[Kind], *, at_most: int = 100, **asked: Asked) -> Sequence[Kind]:
        """Give a list."""
        page = partial(self._client.page, kind_of, **asked)
        return list(all_pages(page, at_most=at_most))

    @translated_errors()
    def all_standing(
        self, kind_of: type[Kind], standing: type[Standing], *, at_most: int = 100, **asked: Asked
    ) -> Sequence[tuple[Kind, Standing]]:
        """Give a list, each with where it stands."""
        page = partial(self._client.page_standing, kind_of, standing, **asked)
        return list(all_pages(page, at_most=at_most))

    @translated_errors()
    def whole(self, kind_of: type[Kind], *, at_most: int, **asked: Asked) -> Sequence[Kind] | None:
        """Give a list; None if it is longer than so many pages."""
        return whole(partial(self._client.page, kind_of, **asked), at_most=at_most)

    @translated_errors()
    def counts(
        self,
        kind_of: type[Declaration],
        *by: Way,
        distinct: str | None = None,
        most: int = 200,
        **asked: Asked,
    ) -> Counts:
        """Count a list in several ways."""
        return self._client.counts(kind_of, *by, distinct=distinct, most=most, **asked)

    @translated_errors()
    def promise_rates(self, **asked: Asked) -> PromiseRates:
        """Give how much of what was promised has come."""
        return self._client.promise_rates(**asked)

    @translated_errors()
    def promise_trend(self, **asked: Asked) -> Sequence[PromiseQuarter]:
        """Give the same at the end of each of some quarters."""
        return self._client.promise_trend(**asked)

    @translated_errors()
    def by_id(
        self, kind_of: type[Kind], ids: Collection[UUID], **asked: Asked
    ) -> Mapping[UUID, Kind]:
        """Give subjects by id."""
        page = partial(self._client.page, kind_of, **asked)
        return {each.id: each for each in by_ids(page, ids)}

    @translated_errors()
    def held(self, whose: str, subject_id: UUID, *, on: date) -> Sequence[Held]:
        """Give what a person or a department answers for on a day."""
        if whose == "contact":
            return self._client.held(contact=subject_id, on=on)
        return self._client.held(department=subject_id, on=on)

    @translated_errors()
    def looks(
        self, sought: LooksSought, *, after: str | None, limit: int
    ) -> tuple[Sequence[Counted], str | None]:
        """Give a page of who saw people's data."""
        found = self._client.looks(
            first=sought.first,
            last=sought.last,
            account=sought.account,
            subject=sought.person,
            outcome=sought.outcome,
            taken=sought.taken,
            after=after,
            limit=limit,
        )
        return [_counted(each) for each in found.items], found.next

    @translated_errors()
    def send_document(self, about: Mapping[str, Asked], file: IO[bytes], *, once: str) -> Recorded:
        """Put a file on record."""
        written = self._client.send_document(about, file, once=once)
        return Recorded(written.id, written.seq)

    @translated_errors()
    def document_state(self, document_id: UUID) -> DocumentState:
        """Say whether the text of a document was read, and what was found of its file last."""
        return self._client.document_state(document_id)

    @translated_errors()
    def damaged_documents(self, *, limit: int) -> Listed[DamagedDocument]:
        """List the documents whose file is missing or altered, by title."""
        return self._client.damaged_documents(limit=limit)

    @translated_errors()
    def put_document_back(self, document_id: UUID, file: IO[bytes]) -> None:
        """Put the very file of a document in its place again."""
        self._client.put_document_back(document_id, file)

    @translated_errors()
    def document_file(self, document_id: UUID, page: int | None = None) -> StreamedFile:
        """Give the file of a document, or a page of it."""
        return self._client.document_file(document_id, page)

    @translated_errors()
    def look_alikes(self, *, limit: int, **asked: Asked) -> Sequence[LookAlike]:
        """Give who may be the same organisation."""
        return self._client.look_alikes(limit=limit, **asked)

    @translated_errors()
    def pairs_alike(self, *, limit: int, after: str | None) -> Pairs:
        """Give pairs of partners that may be one organisation."""
        return self._client.pairs_alike(limit=limit, after=after)

    @translated_errors()
    def search(self, q: str, *, limit: int) -> SearchFound:
        """Search over everything."""
        return self._client.search(q, limit=limit)

    @translated_errors()
    def standing(
        self,
        kind_of: type[Declaration],
        standing: type[Standing],
        subject_id: UUID,
        *,
        on: date | None,
    ) -> Standing:
        """Say where one subject stands."""
        return self._client.standing(kind_of, standing, subject_id, on=on)

    @translated_errors()
    def moves(self, agreement_id: UUID) -> Sequence[MoveStanding]:
        """Say which moves of an agreement may be made."""
        return self._client.moves(agreement_id)

    @translated_errors()
    def names_of(
        self, partners: frozenset[UUID], departments: frozenset[UUID]
    ) -> dict[UUID, Words]:
        """Give the names behind ids, the city's own among them."""
        of_partners = by_ids(partial(self._client.page, Partner, own="any"), partners)
        of_departments = by_ids(partial(self._client.page, Department), departments)
        named: list[Partner | Department] = [*of_partners, *of_departments]
        return {each.id: each.name for each in named}

    def try_out(self, command: OneCommand) -> Sequence[Foretold]:
        """Give the entries that a change would write; writes none."""
        return try_out(self._client, command)

    def try_each(self, command: ManyChanged) -> TriedEach:
        """Give the entries that changes of several would write, and which are left."""
        return try_each(self._client, command)

    @translated_errors()
    def versions(
        self, kind_of: type[Kind], ids: Collection[UUID]
    ) -> Mapping[UUID, Versioned[Kind]]:
        """Give subjects by id, each with its version."""
        page = partial(self._client.page_versioned, kind_of)
        return {each.subject.id: each for each in by_ids(page, ids)}

    def record(self, command: Command, *, once: str) -> Recorded:
        """Write a change, once under one key."""
        if isinstance(command, ManyChanged):
            return record_each(self._client, command, once)
        return record(self._client, command, once)


def _counted(look: Look) -> Counted:
    access = Access(
        look.account,
        look.role,
        look.address,
        look.act,
        look.outcome,
        tuple(map(str, look.subjects)),
        reason=look.reason,
    )
    return Counted(access, look.at, look.last_at, look.times)
