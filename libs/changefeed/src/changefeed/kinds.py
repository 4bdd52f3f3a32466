"""The closed list of change kinds. Adding one here is the first step of every new kind of fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Kind:
    """What an entry can say.

    Attributes:
        name: `<subject>.<past participle>`; stable for ever.
        subject_type: Whose facts the body holds.
        schema: The version of those facts' shape.
        needs_reason: Whether an entry without a reason is refused (DOMAIN.md: ending, correcting).
    """

    name: str
    subject_type: str
    schema: int = 1
    needs_reason: bool = False


_ALL = (
    Kind("partner.registered", "partner"),
    Kind("partner.changed", "partner"),
    Kind("department.registered", "department"),
    Kind("department.changed", "department"),
    Kind("contact.registered", "contact"),
    Kind("contact.changed", "contact"),
    Kind("contact.erased", "contact", needs_reason=True),
    Kind("seat.opened", "seat"),
    Kind("seat.changed", "seat"),
    Kind("programme.registered", "programme"),
    Kind("programme.changed", "programme"),
    Kind("strategy.registered", "strategy"),
    Kind("strategy.changed", "strategy"),
    Kind("task.registered", "task"),
    Kind("task.changed", "task"),
    Kind("service_field.registered", "service_field"),
    Kind("service_field.changed", "service_field"),
    Kind("technology.registered", "technology"),
    Kind("technology.changed", "technology"),
    Kind("agreement.recorded", "agreement"),
    Kind("agreement.changed", "agreement", needs_reason=True),
    Kind("collaboration.started", "collaboration"),
    Kind("collaboration.changed", "collaboration"),
    Kind("collaboration.ended", "collaboration", needs_reason=True),
    Kind("milestone.set", "milestone"),
    Kind("milestone.changed", "milestone"),
    Kind("milestone.done", "milestone"),
    Kind("milestone.cancelled", "milestone", needs_reason=True),
    Kind("event.registered", "event"),
    Kind("event.changed", "event"),
    Kind("event.cancelled", "event", needs_reason=True),
    Kind("calendar_day.declared", "calendar_day"),
    Kind("calendar_day.changed", "calendar_day"),
    Kind("load.recorded", "load"),
    Kind("redaction.recorded", "redaction", needs_reason=True),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})
"""Every kind by its name."""

SUBJECT_TYPES: tuple[str, ...] = tuple(dict.fromkeys(kind.subject_type for kind in _ALL))
"""Every subject type, in the order in which their first kinds are declared."""
