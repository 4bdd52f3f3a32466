"""What a declaration of a subject says, and how it is read; the declarations stand in `subjects/`.

A field is closed unless its declaration opens it. Nothing here is a rule about a subject.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Literal
from uuid import UUID

if typing.TYPE_CHECKING:  # Parts are declared by what stands here.
    from changefeed.subjects.parts import Provenance

Form = Literal["line", "passage", "web", "https", "key", "country"]


@dataclass(frozen=True, slots=True)
class Label:
    """What people call a field, a code or a kind of entry."""

    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What the type of a field cannot say.

    Attributes:
        ko: What people call it in Korean; `en` in English.
        public: Whether everybody may read it, as far as its subject is open at all.
        whole_only: Whether it stays closed while its subject is open in part.
        parties: Whether those whom the subject concerns may read it too: the parties of its
            agreement, the department that leads that, whoever it belongs to. What is public is
            theirs by that. Without either it is the office's, its auditors' and our services'.
        most: How much it may hold (`changefeed.limits`): letters of a text, entries of a list,
            the largest number. None is a line of text, or the largest number of the log.
        least: The smallest number that it may hold.
        form: How its text is written: on one line, over several, as a web address, as an https
            address, as a key, as a country's code.
        set_by: The move that alone writes it; None if registering and changing may.
        about: What else a programmer should know of it, in English.
        in_file: What it is called in files of records, where that is not its key without `_id`.
        wire: Its key in the facts, where that is no name in Python.
        names: The type of subject that this id, or each of these ids, points at.
        codes: The codes that it takes, with their words.
        part: The field beside it that holds such a day where it is known in part only.
        filtered: Whether lists are filtered by it; as a text, under which name, where that is not
            its key without `_id`, `_ids`, `_on` or `_at`. Days are asked for as `<name>_from` and
            `<name>_to`. What lists are filtered by, ids apart, they are sorted by too.
        sorted: Whether lists are sorted by it though nobody filters by it.
        searched: Whether words find its subject by it: by its text, a day's year, a country's
            names; of a part by what is searched there; of an id that lists are filtered by, by
            the names of what it points at.
        is_of_its_day: Whether it says who it was on the day of the record, and not who it is: a
            handover (인사이동) leaves it.
    """

    ko: str
    en: str
    public: bool = False
    whole_only: bool = False
    parties: bool = False
    most: int | None = None
    least: int = 1
    form: Form = "line"
    set_by: str | None = None
    about: str | None = None
    in_file: str | None = None
    wire: str | None = None
    names: str | None = None
    part: str | None = None
    filtered: bool | str = False
    sorted: bool = False
    searched: bool = False
    is_of_its_day: bool = False
    # Types are hashed with what is said about them, and maps have no hash.
    codes: Mapping[Any, Label] | None = dataclasses.field(default=None, hash=False)

    @property
    def label(self) -> Label:
        """What people call it."""
        return Label(self.ko, self.en)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is said of a type of subject as a whole.

    Attributes:
        ko: What people call it in Korean; `en` in English.
        public: Whether everybody may read what is public of its fields.
        opened_by: The field whose code says so instead: `public` opens it, `partly` without what
            is `whole_only`, anything else keeps it closed.
        order: The field that lists are sorted by, `-` before it for descending.
        several: What several are called in addresses; None is the name of the type with an s.
        also_sorted: What lists are sorted by that is no fact but follows from some.
        former: Whether words find it by what its searched facts were before, too; for types that
            are public throughout.
    """

    ko: str
    en: str
    public: bool = False
    opened_by: str | None = None
    order: str = "name"
    several: str | None = None
    also_sorted: tuple[str, ...] = ()
    former: bool = False

    @property
    def label(self) -> Label:
        """What people call one."""
        return Label(self.ko, self.en)


class Declaration(typing.Protocol):
    """A dataclass that declares a subject; what they all share is an id, a key and an origin."""

    __dataclass_fields__: ClassVar[dict[str, Any]]
    subject_type: ClassVar[str]
    declares: ClassVar[Subject]

    @property
    def id(self) -> UUID:
        """UUIDv7, drawn when the subject was first recorded."""

    @property
    def key(self) -> str | None:
        """The short name under which loading finds it again; unique within its type."""

    @property
    def provenance(self) -> "Provenance":
        """Where the record comes from."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field as declared.

    Attributes:
        key: What it is called in the facts.
        holds: Its type, without `None` and without what is said about it.
        parts: The dataclass that it holds, or holds several of; None if it holds plain values.
        is_optional: Whether it may be None.
        is_required: Whether it has no default.
        default: What it is where nothing is said; None if it is required, too.
    """

    name: str
    key: str
    holds: Any
    parts: type[object] | None
    is_optional: bool
    is_required: bool
    default: Any
    fact: Fact


def collection_of(kind_of: type[Declaration]) -> str:
    """Give what several of a type are called in addresses: `service-fields`."""
    several = kind_of.declares.several or f"{kind_of.subject_type}s"
    return several.replace("_", "-")


class Undeclared(TypeError):
    """A field says nothing about itself."""


def fields_of(kind_of: type[object]) -> tuple[Field, ...]:
    """Give the fields of a declaration, or of a part of one, in their order.

    Raises:
        Undeclared: One has no `Fact`.
    """
    return _fields_of(typing.cast("Any", kind_of))  # A cache asks whether it can be hashed.


@cache
def _fields_of(kind_of: type[Any]) -> tuple[Field, ...]:
    hints = typing.get_type_hints(kind_of, include_extras=True)
    return tuple(
        _field(kind_of, each, hints[each.name])
        for each in dataclasses.fields(typing.cast("Any", kind_of))
    )


def wire_names(kind_of: type[object]) -> dict[str, str]:
    """Give what fields of a dataclass are called in the facts, where that is not their name.

    Those of a part that declares nothing about itself are called as they are.
    """
    hints = typing.get_type_hints(kind_of, include_extras=True)
    said = ((name, _fact(hint)) for name, hint in hints.items())
    return {name: fact.wire for name, fact in said if fact is not None and fact.wire is not None}


def _fact(hint: Any) -> Fact | None:  # noqa: ANN401
    if typing.get_origin(hint) is not typing.Annotated:
        return None
    return next((each for each in typing.get_args(hint)[1:] if isinstance(each, Fact)), None)


def _field(kind_of: type[object], field: "dataclasses.Field[Any]", hint: Any) -> Field:  # noqa: ANN401
    fact = _fact(hint)
    if fact is None:
        raise Undeclared(f"{kind_of.__name__}.{field.name} has no Fact")
    type_ = typing.get_args(hint)[0]
    arguments = typing.get_args(type_)
    # `Literal[...] | None` is of the older kind of union.
    is_union = typing.get_origin(type_) in (types.UnionType, typing.Union)
    is_optional = is_union and type(None) in arguments
    if is_optional:
        type_ = next(each for each in arguments if each is not type(None))
    is_required = field.default is dataclasses.MISSING
    held = typing.get_args(type_)[0] if typing.get_origin(type_) is tuple else type_
    return Field(
        field.name,
        fact.wire or field.name,
        type_,
        held if dataclasses.is_dataclass(held) and isinstance(held, type) else None,
        is_optional,
        is_required,
        None if is_required else field.default,
        fact,
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """Which keys of some facts everybody may read.

    Attributes:
        keys: Each key with what is open of its parts; None if it holds plain values.
        nulled: Keys that are there without their value.
    """

    keys: Mapping[str, "Opened | None"]
    nulled: frozenset[str]


def opened(kind_of: type[object], *, in_part: bool = False) -> Opened:
    """Give what everybody may read of a declaration's facts.

    Args:
        in_part: Whether its subject is open in part only.
    """
    return _open(kind_of, lambda fact: fact.public, in_part=in_part)


def opened_to_parties(kind_of: type[object]) -> Opened | None:
    """Give what those may read whom a subject concerns; None if that is all of it."""
    if all(_is_theirs(each) for each in fields_of(kind_of)):
        return None
    return _open(kind_of, lambda fact: fact.public or fact.parties, in_part=False)


Readers = Literal["everybody", "parties", "office"]


def readers_of(kind_of: type[Declaration]) -> Readers:
    """Give who may learn at all that a subject of a type is there, as far as its own facts go.

    Returns:
        `everybody` if something of it can be open to all; `parties` if those whom it concerns may
        read a field; `office` if no field but its id, key and origin is open to anybody: it is
        then the office's own, its auditors' and our services', whatever it hangs under.

    Source: docs/rules/access.md, A-1a.
    """
    if kind_of.declares.public or kind_of.declares.opened_by is not None:
        return "everybody"
    own = (each.fact for each in fields_of(kind_of) if each.name not in _OF_EVERY_SUBJECT)
    return "parties" if any(fact.public or fact.parties for fact in own) else "office"


_OF_EVERY_SUBJECT = frozenset({"id", "key", "provenance"})


def _is_theirs(field: Field) -> bool:
    within = () if field.parts is None else fields_of(field.parts)
    return (field.fact.public or field.fact.parties) and all(map(_is_theirs, within))


def _open(kind_of: type[object], is_open: Callable[[Fact], bool], *, in_part: bool) -> Opened:
    public = [each for each in fields_of(kind_of) if is_open(each.fact)]
    return Opened(
        {
            each.key: None if each.parts is None else _open(each.parts, is_open, in_part=in_part)
            for each in public
        },
        frozenset(each.key for each in public if in_part and each.fact.whole_only),
    )
