"""Changes that a declared form says whole: something is registered, changed, or moved by a verb."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from ieum_portal.domain.command import (
    Command,
    SeveralRegistered,
    SubjectChanged,
    SubjectMoved,
    SubjectRegistered,
)
from ieum_portal.pages.changing.declared import Facts, Form, Subject
from ieum_portal.pages.changing.filled import Filled
from ieum_portal.pages.changing.rows import PASTED, Rows
from ieum_portal.pages.changing.steps import Change
from ieum_portal.pages.wired import neighbours


def registering(
    name: str,
    form: Form,
    *,
    leads_to: Callable[[UUID], str] | None = None,
    is_light: bool = False,
    says: Callable[[Facts], Facts] = dict,
    fields: Mapping[str, str] = MappingProxyType({}),
    keeps: Sequence[str] = (),
    by: str = "",
) -> Change:
    """Offer to record something new.

    Args:
        name: The endpoint of its page, which is called in the register of pages.
        leads_to: Gives the page of what was recorded; None leads back to where it began.
        is_light: Whether neither network nor letters can change by it: it needs no preview.
        says, fields: As for `acting`.
        keeps: Fields that the next one begins with, where another is registered at once.
        by: Which verb makes it, where there are several, as the registry's addresses call it.
    """

    def read(filled: Filled, subject: Subject) -> Command:
        facts = form.read(filled, subject, neighbours().registry)
        if form.asks_why:
            facts["reason"] = form.reason(filled)
        told = {} if filled.faults else says(facts)
        return SubjectRegistered(form.subject_type, told, by)

    return Change(name, form, read, fields, leads_to, is_light=is_light, keeps=keeps)


def registering_several(
    name: str, rows: Rows, shared: Form, *, template: str = "changing/rows.html"
) -> Change:
    """Offer to record several of a type at once, all or none.

    Args:
        rows: What each of them is asked for.
        shared: What holds for all of them.
    """

    def read(filled: Filled, subject: Subject) -> Command:
        registry = neighbours().registry
        common = shared.read(filled, subject, registry)
        values = filled.several((*rows.keys, PASTED))
        each = [{**common, **row} for row in rows.read(filled, values, registry)]
        return SeveralRegistered(shared.subject_type, each)

    return Change(name, shared, read, template=template, rows=rows)


def changing(
    name: str,
    form: Form,
    *,
    says: Callable[[Facts], Facts] = dict,
    fields: Mapping[str, str] = MappingProxyType({}),
) -> Change:
    """Offer to record what is now known of something; see `registering` and `acting`."""

    def read(filled: Filled, subject: Subject) -> Command:
        assert subject.id is not None  # noqa: S101  Something on record is changed.
        facts = form.read(filled, subject, neighbours().registry)
        reason = form.reason(filled)
        told = {} if filled.faults else says(facts)
        return SubjectChanged(form.subject_type, subject.id, told, reason, filled.version())

    return Change(name, form, read, fields)


def acting(
    name: str,
    form: Form,
    move: str,
    *,
    says: Callable[[Facts], Facts] = dict,
    checks: Callable[[Filled, Facts], None] = lambda *_: None,
    fields: Mapping[str, str] = MappingProxyType({}),
) -> Change:
    """Offer a verb of its own: it says something of a subject on record, and why.

    Args:
        move: As the registry's addresses call it: `completions`, `endings`.
        says: Gives what is sent of what was read, which has no faults.
        checks: Notes faults that no single fact has.
        fields: What the form calls the facts that are sent, where that is not their name.
    """

    def read(filled: Filled, subject: Subject) -> Command:
        assert subject.id is not None  # noqa: S101  Something on record is moved.
        facts = form.read(filled, subject, neighbours().registry)
        reason = form.reason(filled)
        checks(filled, facts)
        told = {} if filled.faults else says(facts)
        return SubjectMoved(form.subject_type, subject.id, move, told, reason, filled.version())

    return Change(name, form, read, fields)
