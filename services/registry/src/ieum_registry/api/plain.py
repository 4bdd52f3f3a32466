"""The four routes of a subject that has nothing but its fields: list, register, show, change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from flask import Response
from marshmallow import Schema

from changefeed.declared import Declaration, collection_of, fields_of, readers_of
from httpedge.access import allow
from httpedge.caller import Role
from httpedge.documented import also_answers
from ieum_registry.api.answers import (
    Routes,
    listed,
    listing,
    one,
    recorded,
    tagged,
)
from ieum_registry.api.asked import Asked, ListQuery, NamedQuery, OneAsked, OneQuery, query_of
from ieum_registry.api.counts import add_counts
from ieum_registry.api.shapes.subject import Body, Patch, SubjectShape, patch_of
from ieum_registry.api.sheets import on_a_sheet
from ieum_registry.api.wired import if_match, ledger
from ieum_registry.operations.ports.ledger import Entry, Ledger


class Register(Protocol):
    """The operation that records a subject for the first time."""

    def __call__(self, subject: Any, /, *, ledger: Ledger) -> Entry:  # noqa: ANN401  Of its type.
        """Record it."""
        ...


class Change(Protocol):
    """The operation that records what is now known of a subject."""

    def __call__(
        self,
        subject_id: UUID,
        change: Callable[[Any], Any],
        /,
        *,
        reason: str | None,
        seen: int,
        ledger: Ledger,
    ) -> Entry:
        """Record it."""
        ...


@dataclass(frozen=True, slots=True)
class Plain:
    """What the routes of one type are made of.

    Attributes:
        query: What its lists understand beside what follows from its declaration.
        redirects: Whether one may have been merged, so that its id leads to another.
    """

    kind_of: type[Declaration]
    shape: type[SubjectShape]
    body: type[Body]
    register: Register
    change: Change
    query: type[ListQuery] = NamedQuery
    redirects: bool = False

    @property
    def readers(self) -> tuple[Role, ...]:
        """Who may list and show it; each sees what is theirs."""
        is_the_offices = readers_of(self.kind_of) == "office"
        return ("office", "auditor", "service") if is_the_offices else ("public",)

    @property
    def several(self) -> str:
        """What several are called in sentences: `service fields`."""
        return collection_of(self.kind_of).replace("-", " ")

    @property
    def sorted_by(self) -> str:
        """What the field is called that its lists are sorted by."""
        return next(
            each.fact.en
            for each in fields_of(self.kind_of)
            if each.key == self.kind_of.declares.order.removeprefix("-")
        )

    @property
    def name(self) -> str:
        """What one is called in sentences: `service field`."""
        return self.kind_of.declares.en


def plain_routes(plain: Plain, about: str | None) -> Routes:
    """Make the routes of a type; its readers list and read what is theirs, the office writes.

    Args:
        about: What the type is, for the documentation.
    """
    place = collection_of(plain.kind_of)
    routes = Routes(place, __name__, url_prefix=f"/v1/{place}", description=about)
    kind = plain.kind_of.subject_type
    address = f"/<uuid:{kind}_id>"

    @_called(f"list_{plain.several}", f"List {plain.several} by {plain.sorted_by}.")
    def list_them(asked: Asked) -> Response:
        return listing(kind, asked)

    @_called("register", f"Register {_a(plain.name)}.")
    def register(subject: Any) -> Entry:  # noqa: ANN401  What the shape makes.
        return plain.register(subject, ledger=ledger())

    @_called(f"show_{kind}", f"Show one {plain.name}.")
    def show(asked: OneAsked, **ids: UUID) -> Response:
        return one(kind, ids[f"{kind}_id"], asked)

    @_called("change", f"Change {_a(plain.name)}'s facts.")
    def change(patch: Patch, **ids: UUID) -> Entry:
        return plain.change(
            ids[f"{kind}_id"],
            patch.onto,
            reason=patch.reason,
            seen=if_match(),
            ledger=ledger(),
        )

    reading, writing = allow(*plain.readers), allow("office")
    given = on_a_sheet(list_them)
    query = query_of(plain.kind_of, plain.query)
    _add(routes, "", "GET", query, 200, listed(plain.body), reading(given), in_query=True)
    _add(routes, "", "POST", plain.shape, 201, plain.body, writing(recorded(201)(register)))
    shown = (
        also_answers(307, "Merged: it leads to who stands for it")(show)
        if plain.redirects
        else show
    )
    _add(routes, address, "GET", OneQuery, 200, plain.body, reading(tagged(shown)), in_query=True)
    add_counts(routes, plain.kind_of, plain.query, *plain.readers)
    patch = patch_of(plain.shape)
    _add(routes, address, "PATCH", patch, 200, plain.body, writing(recorded(200)(change)))
    return routes


def _add(
    routes: Routes,
    address: str,
    method: str,
    takes: type[Schema] | Schema,
    status: int,
    gives: type[Schema] | Schema,
    view: Callable[..., Any],
    *,
    in_query: bool = False,
) -> None:
    place = "query" if in_query else "json"
    answering = routes.response(status, gives)(view)
    reading = routes.arguments(takes, location=place)(answering)
    routes.route(address, methods=[method])(reading)


def _called(name: str, about: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Name a view, as operation ids and summaries are made of it."""

    def named(view: Callable[..., Any]) -> Callable[..., Any]:
        view.__name__, view.__doc__ = name.replace(" ", "_"), about
        return view

    return named


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
