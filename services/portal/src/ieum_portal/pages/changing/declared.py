"""Forms made of declarations: what is asked, how it is read, what there is to choose.

`Form(Person, "name", "email")` is all that a plain form says. Labels, limits, codes, what an id
points at and what is needed come from the declaration; what a form says beside that are hints.
A move asks for facts of parts as well, as `Part(Evidence, "text")`.
"""

import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from changefeed import limits
from changefeed.declared import Declaration, Field, Label, fields_of
from changefeed.mapping import to_facts
from changefeed.subjects.all import DECLARED
from changefeed.subjects.contact import Person
from changefeed.subjects.parts import Place, Words
from ieum_portal.domain.draft import Values
from ieum_portal.operations.offers import Offer, offer, offer_places
from ieum_portal.operations.ports import Registry
from ieum_portal.pages.changing.filled import Filled
from ieum_portal.pages.changing.named_rows import NamedRow, NamedRows
from ieum_portal.pages.changing.places import countries, zones
from ieum_portal.pages.changing.zone_finding import find_zone
from ieum_portal.pages.labels import said
from ieum_portal.pages.wired import LATEST, today
from registryclient.answers import Asked as Asking

REASON = Label("이유", "Reason")
LEFT_AS_IT_IS = _l("그대로 둠")

TYPES: Mapping[Any, str] = {
    date: "date",
    datetime: "datetime-local",
    time: "time",
    int: "whole",
}
"""How an input is called that takes values of a type; a line of text is `text`."""

INPUTS: Mapping[str, str] = {
    "email": "email",
    "phone": "tel",
    "business_number": "number",
    "term_months": "months",
    "amount_won": "won",
    "target": "figure",
    "reached": "figure",
}
"""How an input is called that takes a fact, where its type does not say it."""

YES_OR_NO: Mapping[str, object] = {"true": _l("예"), "false": _l("아니오")}

SETTLES = frozenset(("done", "cancelled", "settled"))
"""Moves that happen on a day which has come (lifecycle.md, L-11, L-18 and L-65)."""

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A fact of a part, asked for by itself.

    Attributes:
        name: What the form's field is called; None is the fact's own name.
        label: What people call it here; None is what they call the fact.
    """

    of: type[object]
    fact: str
    name: str | None = None
    label: Label | None = None

    def field(self) -> Field:
        """Give the fact as the form asks for it."""
        found = next(each for each in fields_of(self.of) if each.name == self.fact)
        label = self.label or found.fact.label
        said_so = replace(found.fact, ko=label.ko, en=label.en)
        return replace(found, key=self.name or found.name, fact=said_so)


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know before one fills in a form, and where to go instead.

    Attributes:
        address: None if there is nowhere to go.
        is_notice: Whether it stands out.
    """

    text: object
    address: str | None = None
    leads_to: object = ""
    is_notice: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One fact as a form asks for it.

    Attributes:
        name: Of the field.
        input: `text`, `passage`, `lines` (several texts, one a line), `words`, `choice`, `checks`,
            `pick`, `picks`, `group` (several, asked for under one name), `table` (a row for each of
            what is named), or a type of input.
        choices: Pairs of value and what it is called.
        offer: What may be chosen of other subjects.
        offers: Values to choose from while typing.
        members: Of a group.
        nothing: What stands where nothing is chosen; None if that means that there is none.
        table, rows: Of a table, how it is made and what stands in it.
    """

    name: str
    label: object
    input: str
    hint: object | None
    is_required: bool
    choices: Sequence[tuple[str, object]] = ()
    offer: Offer | None = None
    offers: Sequence[str] = ()
    members: Sequence["Question"] = ()
    nothing: object | None = None
    table: NamedRows | None = None
    rows: Sequence[NamedRow] = ()

    @property
    def is_short(self) -> bool:
        """Whether two such fit beside each other."""
        return self.input not in _LONG


_LONG = frozenset(("passage", "lines", "words", "checks", "pick", "picks", "url", "table"))


@dataclass(frozen=True, slots=True)
class Subject:
    """What a plain form is about.

    Attributes:
        shown: What is on record, as label and value, to stand above the form.
        fixed: Facts that the form does not ask for.
        id: Of what is changed; None if something new is recorded.
        narrowed: What narrows the lists of what may be chosen, by fact.
        offers: What may be chosen where no list of the registry says it, by fact.
        partners: Among which partners a place is chosen, by fact; all, if nothing is said.
        notes: What stands above the fields.
        hints: Beside a field, what is known only now of how it is to be filled in.
        without: Facts that the form does not ask for here, and that stay as they are.
        written: What is on record of days that are known in part, which is taken as it is.
    """

    shown: Sequence[tuple[object, object]] = ()
    fixed: Facts = field(default_factory=dict)
    id: UUID | None = None
    narrowed: Mapping[str, Mapping[str, Asking]] = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)
    partners: Mapping[str, Sequence[tuple[UUID, Words]]] = field(default_factory=dict)
    notes: Sequence[Note] = ()
    hints: Mapping[str, object] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()


class Form:
    """A form of some facts of a declared subject, in the order in which it asks for them.

    Attributes:
        kind_of: The declaration.
        asked: The facts.
        places: What the form's fields are called, by the way to the fact in the registry's words.
    """

    def __init__(
        self,
        kind_of: type[Declaration],
        *keys: str | Part,
        hints: Mapping[str, object] | None = None,
        required: Sequence[str] = (),
        optional: Sequence[str] = (),
        nothing: Mapping[str, object] | None = None,
        reason: object | None = None,
        needs_reason: bool = False,
        leaves_blank: bool = False,
        tables: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        """Choose the facts.

        Args:
            keys: As the declaration calls them, or parts; one that it lacks fails at the start.
            hints: Beside a field, how it is to be filled in.
            required: Facts that may be absent on record, and that this form wants.
            optional: Facts that stand in what is recorded, and that this form can do without.
            nothing: What it means that nothing is chosen, by fact.
            reason: The hint beside the reason; None if the form asks for none.
            leaves_blank: Whether what is left blank stays as it is: no fact is needed then.
            needs_reason: Whether the registry takes no such change without one.
            tables: Of facts that hold parts which each name a subject, what is asked of each.
        """
        known = {each.key: each for each in fields_of(kind_of)}
        self.kind_of = kind_of
        self.asked = tuple(known[key] if isinstance(key, str) else key.field() for key in keys)
        self._hints = hints or {}
        self._required, self._optional = frozenset(required), frozenset(optional)
        self._reason, self.needs_reason = reason, needs_reason
        self._leaves_blank = leaves_blank
        self._left = LEFT_AS_IT_IS if leaves_blank else None
        self._nothing = nothing or {}
        self.tables = {
            key: NamedRows(known[key], columns, most=limits.PARTIES_AT_DESK)
            for key, columns in tables.items()
        }
        in_words = [each.key for each in self.asked if each.holds is Words]
        self.places = {each: f"{each}_ko" for each in in_words}
        self.places |= {f"{each}/en": f"{each}_en" for each in in_words}
        self.places |= {
            each.fact.part: each.key for each in self.asked if each.fact.part is not None
        }
        for each in filter(_is_by_kind, self.asked):
            for kind, parts in _by_kind(each).items():
                self.places |= {
                    f"{each.key}/{kind}/{name}": part.key for name, part in parts.items()
                }

    @property
    def subject_type(self) -> str:
        """Whose facts it asks for."""
        return self.kind_of.subject_type

    def questions(self, filled: Filled, subject: Subject, registry: Registry) -> list[Question]:
        """Give what the form asks, with what there is to choose.

        Raises:
            NeighbourDown: The registry could not say what there is.
        """
        asked = [
            question
            for each in self._asked(subject)
            for question in (
                _groups(each, self._hints.get(each.key))
                if _is_by_kind(each)
                else [self._question(each, filled, subject, registry)]
            )
        ]
        if self._reason is not None:
            asked.append(Question("reason", REASON, "passage", self._reason, self.needs_reason))
        return asked

    def _asked(self, subject: Subject) -> list[Field]:
        return [each for each in self.asked if each.key not in subject.without]

    def taken(self, values: Values) -> Values:
        """Give what was sent, what is ticked in tables carried out."""
        for table in self.tables.values():
            values = table.taken(values)
        return values

    def place_of(self, way: str) -> str | None:
        """Give what the form calls a fact at fault in one of its tables; None if it is in none."""
        key, *within = way.split("/")
        table = self.tables.get(key)
        return None if table is None else table.place(within)

    def is_cell(self, name: str) -> bool:
        """Whether a field at fault is a table, or one of its cells."""
        first = name.partition("-")[0].partition(".")[0]
        return first in self.tables

    @property
    def named(self) -> frozenset[str]:
        """What it asks for that is chosen among other subjects."""
        chosen = (each.key for each in self.asked if _is_chosen(each))
        return frozenset((*chosen, *self.tables))

    def offered(self, name: str, filled: Filled, subject: Subject, registry: Registry) -> Offer:
        """Give what there is to choose for one of what is named.

        Raises:
            NeighbourDown: The registry could not say what there is.
        """
        if (table := self.tables.get(name)) is not None:
            return table.offered(filled, registry, subject.narrowed.get(name, {}))
        [each] = (each for each in self.asked if each.key == name)
        return _offer(each, filled, subject, registry)

    @property
    def asks_why(self) -> bool:
        """Whether it asks for a reason."""
        return self._reason is not None

    def reason(self, filled: Filled) -> str | None:
        """Give why; None if the form asks for no reason, or none was given."""
        return filled.passage("reason", required=self.needs_reason)

    def read(self, filled: Filled, subject: Subject, registry: Registry) -> dict[str, Any]:
        """Give the facts that the form says; faults are noted, and what is given then is not used.

        Raises:
            NeighbourDown: The registry could not say what there is to choose.
        """
        facts = dict(subject.fixed)
        for each in self._asked(subject):
            if each.fact.part is not None:
                is_required = self._is_required(each)
                written = subject.written
                facts |= filled.dated(each.key, each, required=is_required, written=written)
            else:
                facts[each.key] = self._value(each, filled, subject, registry)
        if facts.get("zone"):
            facts["zone"] = _zone(filled, facts["zone"], facts.get("country"))
        return facts

    def defaults(self, facts: Facts) -> dict[str, str | list[str]]:
        """Give what the form holds when it is opened for facts that are on record."""
        found: dict[str, str | list[str]] = {}
        for each in self.asked:
            value = facts.get(each.key, each.default)
            if value is None and each.fact.part is not None:
                value = (facts.get(each.fact.part) or {}).get("written")
            if each.key in self.tables:
                found |= self.tables[each.key].held(value or ())
            elif each.holds is Words:
                words = value or {}  # Facts hold them as a map.
                found[f"{each.key}_ko"] = words.get("ko") or ""
                found[f"{each.key}_en"] = words.get("en") or ""
            elif each.holds is bool:
                found[each.key] = "" if value is None else str(value).lower()
            elif each.holds is Place:
                found[each.key] = (value or {}).get("id") or ""
            elif _is_by_kind(each):
                for part in value or ():
                    asked = _by_kind(each)[part["kind"]]
                    found |= {one.key: part.get(name) or "" for name, one in asked.items()}
            elif each.fact.names is None and isinstance(value, list | tuple):
                found[each.key] = "\n".join(value)
            elif isinstance(value, list | tuple):
                found[each.key] = [str(item) for item in value]
            else:
                found[each.key] = "" if value is None else str(value)
        return found

    def _is_required(self, each: Field) -> bool:
        if self._leaves_blank or each.key in self._optional:
            return False
        is_one = not each.is_optional and not _is_several(each)
        return is_one or each.key in self._required

    def _question(
        self, each: Field, filled: Filled, subject: Subject, registry: Registry
    ) -> Question:
        key, fact, is_required = each.key, each.fact, self._is_required(each)
        hint = subject.hints.get(key) or self._hints.get(key)
        if (table := self.tables.get(key)) is not None:
            narrowed = subject.narrowed.get(key, {})
            rows = table.rows(filled, registry, narrowed)
            there = {row.id for row in rows}
            found = table.offered(filled, registry, narrowed)
            choices = [(str(one), name) for one, name in found.choices if str(one) not in there]
            return Question(
                key, fact.label, "table", hint, True, choices, found, table=table, rows=rows
            )
        if _is_chosen(each):
            found = _offer(each, filled, subject, registry)
            few, many = ("checks", "picks") if _is_several(each) else ("choice", "pick")
            kind = few if found.is_whole else many
            choices = [(str(one), name) for one, name in found.choices]
            return Question(
                key,
                fact.label,
                kind,
                hint,
                is_required,
                choices,
                found,
                nothing=self._nothing.get(key, self._left),
            )
        codes = _codes(each)
        if codes is not None:
            of_codes = list(codes.items())
            return Question(
                key,
                fact.label,
                "choice",
                hint,
                is_required,
                of_codes,
                nothing=self._nothing.get(key, self._left),
            )
        offers = zones() if key == "zone" else ()
        return Question(key, fact.label, _input(each), hint, is_required, offers=offers)

    def _value(self, each: Field, filled: Filled, subject: Subject, registry: Registry) -> Any:  # noqa: ANN401  JSON.
        key, fact, is_required = each.key, each.fact, self._is_required(each)
        if _is_by_kind(each):
            return _parts(each, filled)
        if (table := self.tables.get(key)) is not None:
            return table.read(filled, registry, subject.narrowed.get(key, {}), subject.written)
        if _is_chosen(each):
            offered = _offer(each, filled, subject, registry)
            if _is_several(each):
                return [str(one) for one in filled.some_of(key, offered.ids, required=is_required)]
            chosen = filled.one_of(key, offered.ids, required=is_required)
            if chosen is None:
                return None
            is_place = each.holds is Place
            return to_facts(Place(offered.types[chosen], chosen)) if is_place else str(chosen)
        codes = _codes(each)
        if codes is not None:
            code = filled.code(key, codes, required=is_required)
            return code if each.holds is not bool or code is None else code == "true"
        match _input(each):
            case "words":
                words = filled.words(key, required=is_required, longest=fact.most or limits.LINE)
                return None if words is None else to_facts(words)
            case "date":
                latest = today() if fact.set_by in SETTLES else LATEST
                day = filled.day(key, required=is_required, latest=latest)
                return None if day is None else day.isoformat()
            case "datetime-local":
                moment = filled.civil(key, required=is_required)
                return None if moment is None else moment.isoformat(timespec="minutes")
            case "lines":
                return filled.lines(key)
            case "passage":
                return filled.passage(
                    key, required=is_required, longest=fact.most or limits.PASSAGE
                )
            case "url":
                return filled.link(key, required=is_required, is_https=fact.form == "https")
            case "number":
                return filled.number(key, required=is_required)
            case "months":
                return filled.months(key, most=fact.most or limits.NUMBER)
            case "won":
                return filled.won(key, most=fact.most or limits.NUMBER)
            case "figure":
                most = fact.most or limits.NUMBER
                return filled.figure(key, required=is_required, least=fact.least, most=most)
            case "whole":
                return filled.whole(key, required=is_required, most=fact.most or limits.NUMBER)
            case _:
                return filled.line(key, required=is_required, longest=fact.most or limits.LINE)


def _is_by_kind(each: Field) -> bool:
    """Whether it holds several parts, of which each kind stands once."""
    return each.parts is not None and any(
        part.key == "kind" and part.fact.codes for part in fields_of(each.parts)
    )


def _by_kind(each: Field) -> dict[str, dict[str, Field]]:
    """Give what is asked of each kind, by its name in the facts: `booth_on`, `booth_at`."""
    assert each.parts is not None  # noqa: S101  Asked of such alone.
    kind, *others = fields_of(each.parts)
    return {
        code: {part.key: replace(part, key=f"{code}_{part.key}") for part in others}
        for code in kind.fact.codes or ()
    }


def _groups(each: Field, hint: object | None) -> list[Question]:
    """Give a group of questions for each kind; the hint stands in the first."""
    assert each.parts is not None  # noqa: S101  Asked of such alone.
    codes = fields_of(each.parts)[0].fact.codes or {}
    return [
        Question(
            f"{each.key}_{kind}",
            Label(f"{codes[kind].ko} {each.fact.ko}", f"{each.fact.en}: {codes[kind].en}"),
            "group",
            None if number else hint,
            is_required=False,
            members=[
                Question(part.key, part.fact.label, _input(part), None, is_required=False)
                for part in parts.values()
            ],
        )
        for number, (kind, parts) in enumerate(_by_kind(each).items())
    ]


def _parts(each: Field, filled: Filled) -> list[Facts]:
    """Give the parts of each kind of which something was filled in."""
    found: list[Facts] = []
    for kind, parts in _by_kind(each).items():
        told = {name: _plain(part, filled) for name, part in parts.items()}
        if not any(value is not None for value in told.values()):
            continue
        for name, part in parts.items():
            if told[name] is None and not part.is_optional:
                fault = "no_day_for_hour" if part.holds is date else "empty"
                filled.faults.setdefault(part.key, fault)
        found.append({"kind": kind, **told})
    return found


def _plain(part: Field, filled: Filled) -> str | None:
    if part.holds is date:
        day = filled.day(part.key)
        return None if day is None else day.isoformat()
    if part.holds is time:
        hour = filled.clock(part.key)
        return None if hour is None else hour.isoformat(timespec="minutes")
    return filled.line(part.key)


def _zone(filled: Filled, written: str, country: str | None) -> str:
    """Give the zone that is meant by its name or a city; what is unclear the person must say."""
    found = find_zone(written, country)
    if found.one is not None:
        return found.one
    if found.zones:
        filled.say(
            "zone",
            gettext(
                "어느 시간대인지 분명하지 않습니다. 다음 가운데 하나를 적으십시오: %(zones)s",
                zones=", ".join(found.zones),
            ),
        )
    return written


def _codes(each: Field) -> Mapping[Any, object] | None:
    """Give the codes that a fact takes, with their words; None if it takes any text."""
    if each.holds is bool:
        return YES_OR_NO
    return dict(countries()) if each.key == "country" else each.fact.codes


def _input(each: Field) -> str:
    if _is_several(each):
        return "lines"
    if each.holds is Words:
        return "words"
    if each.fact.form == "passage":
        return "passage"
    if each.fact.form in ("https", "web"):
        return "url"
    return INPUTS.get(each.key) or TYPES.get(each.holds, "text")


def _offer(each: Field, filled: Filled, subject: Subject, registry: Registry) -> Offer:
    if each.key in subject.offers:
        return subject.offers[each.key]
    if each.holds is Place:
        return offer_places(
            chosen=filled.chosen(each.key),
            sought=filled.sought(each.key),
            registry=registry,
            partners=subject.partners.get(each.key),
        )
    named = each.fact.names
    assert named is not None  # noqa: S101  Asked of ids alone.
    kind_of: type[Declaration] = Person if named == "contact" else DECLARED[named]
    return offer(
        kind_of,
        chosen=filled.chosen(each.key),
        sought=filled.sought(each.key),
        registry=registry,
        asked=subject.narrowed.get(each.key, {}),
    )


def _is_chosen(each: Field) -> bool:
    return each.fact.names is not None or each.holds is Place


def _is_several(each: Field) -> bool:
    return typing.get_origin(each.holds) is tuple


def labels_of(questions: Sequence[Question]) -> dict[str, str]:
    """Give what each field of a form is called, by its name."""
    found = {}
    for each in questions:
        label = said(each.label)
        if each.input == "group":
            for name, member in labels_of(each.members).items():
                found[name] = f"{label} – {member}"
        elif each.table is not None:
            found |= dict(each.table.labels(each.rows))
        elif each.input == "words":
            found[f"{each.name}_ko"] = gettext("%(field)s(한국어)", field=label)
            found[f"{each.name}_en"] = gettext("%(field)s(영어)", field=label)
        else:
            found[each.name] = label
    return found
