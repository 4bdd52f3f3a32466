"""A subject three ways: as somebody registers it, as it is handed out, as somebody changes it."""

from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, ClassVar, NoReturn, TypeVar, cast
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, post_load
from webargs.flaskparser import abort

from changefeed.mapping import to_facts
from ieum_registry.api.message import Message
from ieum_registry.api.shapes.parts import AtMost, Line, ProvenanceShape, Shape
from ieum_registry.api.wired import new_id
from ieum_registry.domain.subjects import Subject

Kind = TypeVar("Kind", bound=Subject)

FIXED = Message(
    "등록할 때 정해져 바뀌지 않는 항목입니다. 빼고 보내거나, 달라야 하면 새로 등록하십시오.",
    "This is settled on registering and never changes. Leave it out, or register another record.",
)


class SubjectShape(Shape):
    """What a person writes of a subject; loads it as a new one, or over an existing one."""

    makes: ClassVar[type[Any]]
    over: Subject | None = None

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Any:  # noqa: ANN401  What `makes` says.
        """Give the subject: a new one with a fresh id, or the existing one with these values."""
        if self.over is not None:
            return replace(cast("Any", self.over), **data)
        return self.made(new_id(), data)

    def made(self, subject_id: UUID, data: dict[str, Any]) -> Any:  # noqa: ANN401  As above.
        """Make a new subject; overridden where a value follows from others."""
        return self.makes(id=subject_id, **data)


class Body(Shape):
    """Mixed into a shape, gives what is handed out: the facts and their version."""

    makes: ClassVar[type[Any]]

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    provenance = fields.Nested(ProvenanceShape, required=True)

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:  # noqa: ARG002
        """Take the limits off lists: what is on record may be longer than what is taken today."""
        if isinstance(field_obj, fields.List):
            field_obj.validators = [
                each for each in field_obj.validators if not isinstance(each, AtMost)
            ]

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Any:  # noqa: ANN401  What `makes` says.
        """Give the subject that stands in the body."""
        data.pop("version")
        return self.makes(**data)


@dataclass(frozen=True, slots=True)
class Patch:
    """A JSON merge patch (RFC 7396) over a subject, and why.

    Attributes:
        shape: How the result is checked; it knows none of the fixed fields. All patches share it.
        values: As sent.
        fixed: Fields that are settled when a subject is registered.
    """

    shape: SubjectShape
    values: Mapping[str, Any]
    reason: str | None
    fixed: tuple[str, ...] = ()

    def onto(self, subject: Kind) -> Kind:
        """Give the subject with the patch laid over it.

        Raises:
            HTTPException: 422, naming each place that does not fit.
        """
        return cast("Kind", self.over(subject, to_facts(subject)))

    def over(
        self, subject: Subject, facts: Mapping[str, Any], *, whole: Collection[str] = ()
    ) -> Any:  # noqa: ANN401  See shape.
        """Give what the shape makes of the patch over these facts of the subject.

        Fields that the patch leaves alone are not checked: they stand as they were written.

        Args:
            whole: Fields that the shape wants all the same, though they are left alone.

        Raises:
            HTTPException: 422, naming each place that does not fit.

        Source: docs/rules/terms.md, T-28.
        """
        names_of = {name: field.data_key or name for name, field in self.shape.load_fields.items()}
        names = list(names_of.values())
        touched = {*self.values, *whole}
        before = {name: facts[name] for name in names if name in facts and name in touched}
        untouched = [each for each in self.shape.load_fields if names_of[each] not in touched]
        shape = copy(self.shape)
        shape.over = subject
        values = {name: each for name, each in self.values.items() if name not in self.fixed}
        # Null takes away what is there; a name that never is there must not pass for that.
        unknown = {name: each for name, each in values.items() if name not in names}
        try:
            patched = shape.load(merged(before, values) | unknown, partial=untouched)
            self._must_keep_fixed(facts, {})
        except ValidationError as error:
            # What a schema raises names its fields, `_schema` if none is at fault.
            messages = cast("dict[str, Any]", error.messages)
            self._must_keep_fixed(facts, messages)
            _refuse(messages)
        return patched

    def _must_keep_fixed(self, facts: Mapping[str, Any], messages: dict[str, Any]) -> None:
        """Refuse a fixed field that is sent with another value; the same one changes nothing."""
        moved = {
            name: [FIXED]
            for name in self.fixed
            if name in self.values and self.values[name] != facts.get(name)
        }
        if moved:
            _refuse({**messages, **moved})


def _refuse(messages: dict[str, Any]) -> NoReturn:
    error = ValidationError(messages)
    abort(422, exc=error, messages={"json": messages})
    raise error  # webargs' abort never returns; its types do not say so.


class PatchShape(Schema):
    """Fields to change; what is left out stays, null takes a value away."""

    patched: ClassVar[type[SubjectShape]]
    fixed: ClassVar[tuple[str, ...]] = ()

    reason = Line(load_default=None, allow_none=True)

    def __init__(self, **more: Any) -> None:  # noqa: ANN401  marshmallow's signature.
        super().__init__(**more)
        self._result = self.patched(exclude=self.fixed)

    def load(self, data: Any, **_: object) -> Patch:  # noqa: ANN401  marshmallow's signature.
        """Give the patch; its values are checked once they lie over the subject."""
        if not isinstance(data, Mapping):
            raise ValidationError({"_schema": ["Invalid input type."]})
        values = dict(data)
        reason = values.pop("reason", None)
        try:
            told: str | None = self.fields["reason"].deserialize(reason)
        except ValidationError as error:
            raise ValidationError({"reason": error.messages}) from error
        return self.over(values, told)

    def over(self, values: Mapping[str, Any], reason: str | None) -> Patch:
        """Give the patch of these values, whoever sent them."""
        return Patch(self._result, values, reason, self.fixed)


def patch_of(shape: type[SubjectShape], *, fixed: tuple[str, ...] = ()) -> PatchShape:
    """Give the shape of a change: any of the fields but the key, and a reason.

    Args:
        fixed: Fields that never change once recorded, beside the key.

    Source: docs/rules/terms.md, T-24.
    """
    fixed = ("key", *fixed)
    name = f"{shape.__name__.removesuffix('Shape')}Patch"
    documented = {
        each: field for each, field in shape._declared_fields.items() if each not in fixed
    }
    made = type(name, (PatchShape,), {**documented, "patched": shape, "fixed": fixed})
    return cast("PatchShape", made(partial=True))


def merged(before: Any, patch: Any) -> Any:  # noqa: ANN401  JSON values.
    """Lay one JSON value over another as RFC 7396 says: null takes away, lists are replaced."""
    if not isinstance(patch, Mapping):
        return patch
    found = dict(before) if isinstance(before, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            found.pop(name, None)
        else:
            found[name] = merged(found.get(name), value)
    return found
