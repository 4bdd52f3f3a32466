"""Partners that may be the same organisation, on the wire."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow import fields, post_load, validate

from changefeed import limits
from ieum_registry.api.shapes.partner import PartnerBody
from ieum_registry.api.shapes.parts import QueryShape, Shape
from ieum_registry.api.shapes.search import WordsBody
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.likeness import REASONS, Named, bare_number
from ieum_registry.domain.naming import shows_nothing

MOST_CANDIDATES = 50

_ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
AFTER = re.compile(rf"[0-9]{{1,3}}_{_ID}_{_ID}\Z")
"""Where a page of pairs goes on: the last score and pair."""


@dataclass(frozen=True, slots=True)
class CandidatesAsked:
    """An organisation as far as it is known, and how many look-alikes are wanted."""

    named: Named
    but: UUID | None
    limit: int


def _line(about: str) -> fields.String:
    return fields.String(validate=validate.Length(max=limits.LINE), metadata={"description": about})


class CandidatesQuery(QueryShape):
    """An organisation as far as it is known."""

    name = _line("Its name, or as much of it as is typed")
    name_en = _line("Its English name")
    alias = fields.List(
        fields.String(validate=validate.Length(max=limits.LINE)),
        validate=validate.Length(max=limits.ALIASES),
        metadata={"description": "Another name of it; may be given several times"},
    )
    business_number = _line("사업자등록번호, with or without hyphens")
    corporate_number = _line("법인등록번호, with or without hyphens")
    ror = _line("ROR id or its address")
    lei = _line("Legal entity identifier")
    website = _line("Its website")
    but = fields.UUID(metadata={"description": "A partner on record that is not meant: itself"})
    limit = fields.Integer(load_default=10, validate=validate.Range(1, MOST_CANDIDATES))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> CandidatesAsked:
        """Give the value.

        Raises:
            RuleBroken: `candidates.nothing_asked`.
        """
        numbers = {
            each: bare
            for each in ("business_number", "corporate_number", "ror", "lei")
            if (bare := bare_number(each, data.get(each, "")))
        }
        texts = [data.get("name", ""), data.get("name_en", ""), *data.get("alias", ())]
        if not numbers and not data.get("website") and all(map(shows_nothing, texts)):
            raise RuleBroken("candidates.nothing_asked", pointer="/name")
        named = Named(
            data.get("name", ""),
            data.get("name_en") or None,
            tuple(each for each in data.get("alias", ()) if not shows_nothing(each)),
            numbers=numbers,
            website=data.get("website"),
        )
        return CandidatesAsked(named, data.get("but"), data["limit"])


class LookAlikesQuery(QueryShape):
    """Which page of the pairs."""

    limit = fields.Integer(load_default=20, validate=validate.Range(1, MOST_CANDIDATES))
    after = fields.String(
        load_default=None,
        validate=validate.Regexp(AFTER),
        metadata={"description": "next of the page before"},
    )


class ReasonBody(Shape):
    """Why two organisations may be the same one."""

    code = fields.String(required=True, validate=validate.OneOf(tuple(REASONS)))
    label = fields.Nested(WordsBody, required=True)
    text = fields.String(
        required=True, metadata={"description": "What of the other is alike, as written there"}
    )
    score = fields.Integer(required=True, metadata={"description": "How alike, of a hundred"})


class CandidateBody(Shape):
    """A partner on record that may be the same organisation."""

    partner = fields.Nested(PartnerBody, required=True)
    score = fields.Integer(
        required=True, metadata={"description": "How alike, of a hundred: the strongest reason"}
    )
    reasons = fields.List(fields.Nested(ReasonBody), required=True)


class CandidatesBody(Shape):
    """Who looks like it, the most alike first."""

    items = fields.List(fields.Nested(CandidateBody), required=True)


class LookAlikeBody(Shape):
    """Two partners on record that may be one organisation, the earlier recorded first."""

    partners = fields.List(
        fields.Nested(PartnerBody), required=True, validate=validate.Length(equal=2)
    )
    score = fields.Integer(required=True)
    reasons = fields.List(fields.Nested(ReasonBody), required=True)


class LookAlikesBody(Shape):
    """Pairs that nobody has decided on, the most alike first."""

    items = fields.List(fields.Nested(LookAlikeBody), required=True)
    next = fields.String(required=True, allow_none=True)
    pending = fields.Integer(
        required=True,
        metadata={"description": "Entries about partners that have not been compared yet"},
    )
