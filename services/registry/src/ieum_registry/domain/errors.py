"""What can go wrong in the registry, as values: a stable code and the facts of the case.

The sentences, in Korean and in English, and the HTTP status stand in `api/problems.py` alone.
"""

from uuid import UUID


class Refused(Exception):
    """Something was not done.

    Attributes:
        code: Dotted and stable; programs branch on it.
        facts: What the sentence names: the value, the day, the subject. Never a person's data.
        pointer: JSON pointer of the field at fault, if one field is.
    """

    def __init__(self, code: str, *, pointer: str | None = None, **facts: object) -> None:
        """Say what was refused."""
        super().__init__(code)
        self.code = code
        self.pointer = pointer
        self.facts = facts


class RuleBroken(Refused):
    """A rule of docs/rules forbids this."""


class NotFound(Refused):
    """No such subject, or none that this caller may see: the two are never told apart."""

    def __init__(self, subject_type: str, subject_id: UUID | str) -> None:
        """Name what was looked for."""
        super().__init__("subject.not_found", type=subject_type, id=str(subject_id))


class Redacted(Refused):
    """The version that counts then was redacted: it is known why nothing can be read."""

    def __init__(self, subject_type: str, subject_id: UUID | str, seq: int, by: int) -> None:
        """Name the entry that was redacted and the redaction's own."""
        super().__init__("subject.redacted", type=subject_type, id=str(subject_id), seq=seq, by=by)


class Destroyed(Refused):
    """What the log said of a subject is gone, and no redaction says why."""

    def __init__(self, subject_type: str, subject_id: UUID | str) -> None:
        """Name the subject."""
        super().__init__("subject.destroyed", type=subject_type, id=str(subject_id))


class Stale(Refused):
    """The subject has moved on since the caller read it."""

    def __init__(self, seen: int, current: int) -> None:
        """Name the version that the caller saw and the one that stands."""
        super().__init__("version.stale", seen=seen, current=current)


class Overtaken(Refused):
    """What a change rests on was changed by somebody else while it was being carried out.

    Nobody's mistake: carried out anew on what stands now, it may go through.
    """

    def __init__(self, subject_type: str, subject_id: UUID, name: str) -> None:
        """Name what was changed: its type, its id, and its key or, without one, what it is called.

        Args:
            name: Empty if it has neither.
        """
        super().__init__("change.overtaken", type=subject_type, id=str(subject_id), name=name)


class Taken(Refused):
    """A field that must be unique has the same value elsewhere."""

    def __init__(self, subject_type: str, field: str) -> None:
        """Name the field: `key`, `number`, `business_number`, `on`, `id`."""
        super().__init__("subject.taken", pointer=f"/{field}", type=subject_type, field=field)
        self.field = field
