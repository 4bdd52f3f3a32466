"""A letter: who gets it, under which Message-ID, and the values that its text speaks of."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ieum_notify.domain.anchor import Anchor
from ieum_notify.domain.attachment import Attachment
from ieum_notify.domain.facts import FactsUnreadable, Record, Subject, is_illustrative, words
from ieum_notify.domain.occurrence import Occurrence
from ieum_notify.domain.reading import Reader
from ieum_notify.domain.rule import LetterValue, Rule
from ieum_notify.domain.words import Language, Words, day_words, days_left_words

PAGES: Mapping[str, str] = {
    "agreement": "agreements/{id}",
    "event": "events/{id}",
    "partner": "partners/{id}",
    "promise": "promises/{id}",
}
"""The portal's pages, by the type of subject that each is of."""

OWN_RECORDS = "our-records"
"""Where a partner's liaison confirms what the city holds on it, or says what would be right."""

MOST_NAMES = 30
"""So many names a letter gives in one line, and counts the rest: an agreement may have hundreds."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody behind a seat today, as the registry tells it; never stored here."""

    contact_id: UUID
    name: str
    language: Language
    email: str | None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask about a letter: a department of the city, and who there answers, if anybody."""

    at: Subject
    person: Person | None


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one person, ready to be typeset.

    Attributes:
        name: The folder under letters/.
        values: What the text may use; exactly the names in the folder's sample.json.
        message_id: The same on every resend.
        attachment: What goes with it for a calendar, if anything.
    """

    name: str
    language: Language
    to: Person
    message_id: str
    values: Mapping[str, object]
    attachment: Attachment | None = None


def message_id(key: str, contact_id: UUID, domain: str) -> str:
    """Give the Message-ID of one delivery: a hash of its key, so a resend carries the same."""
    digest = hashlib.sha256(f"{key}|{contact_id}".encode()).hexdigest()
    return f"<{digest[:40]}@{domain}>"


def letter_values(
    rule: Rule,
    occurrence: Occurrence,
    records: Mapping[Subject, Record],
    why: list[Words],
    *,
    owners: Sequence[Subject | None],
    contact: Contact | None,
    reader: Reader,
    now: datetime,
    language: Language,
    portal_url: str,
) -> dict[str, object]:
    """Gather what a letter says, in one language.

    Args:
        records: The current facts of the subject and of all that it mentions.
        why: The sentences that say why the letter goes out.
        owners: Whom the letter names as in charge; of `nobody_to_tell` those without anybody.
        contact: Whom to ask; None where the record names no coordinating office.
        reader: Who gets it: what they may not read in the record, the letter does not name (R-36).

    Returns:
        Texts, whole numbers, booleans, lists of texts and None: those that every letter has, the
        name or title of each subject that the rule mentions, and what the rule says besides.
        `agreement` is None where the rule mentions none.

    Raises:
        FactsUnreadable: The facts lack a title or date.

    Source: docs/rules/reminders.md, "Adding a rule".
    """
    facts = records[occurrence.subject].facts
    anchor = rule.read(facts)
    days_left = (anchor.on - anchor.today_there(now)).days
    at = None if contact is None else contact.at
    named = _readable((*anchor.subjects(), *owners, at), reader, records)
    is_liaison = reader.place.type == "partner" and not reader.is_office
    mentioned = {
        name: _names(anchor.mentioned(name), named, language)
        for name in ("agreement", *anchor.mentions)
    }
    said = {"details": rule.details(facts)} if occurrence.is_for_office else rule.says(facts, now)
    return {
        **mentioned,
        **{name: _said(value, language) for name, value in said.items()},
        "owner": _names(owners, named, language),
        "participants": _names(anchor.participants, named, language),
        "owner_name": rule.owner_name.said(language),
        "date_name": rule.date_name.said(language),
        "kind": rule.kind.said(language),
        "title": anchor.title.said(language),
        "anchor_day": anchor.written or day_words(anchor.on).said(language),
        "days_left": days_left,
        "countdown": days_left_words(days_left).said(language),
        "lead_days": occurrence.lead_days,
        "is_example": is_illustrative(facts),
        "why": [line.said(language) for line in why],
        "rule": rule.title.said(language),
        "link": f"{portal_url.rstrip('/')}/{_page(occurrence.subject, anchor, named)}",
        "own_records": f"{portal_url.rstrip('/')}/{OWN_RECORDS}" if is_liaison else None,
        "contact": _contact(contact, named, language),
        "contact_phone": contact.person.phone if contact and contact.person else None,
    }


def _readable(
    subjects: Iterable[Subject | None], reader: Reader, records: Mapping[Subject, Record]
) -> dict[Subject, Record]:
    """Leave out what the reader may not read: nothing of it is named, not even that it is there."""
    return {
        each: records[each]
        for each in subjects
        if each is not None and each in records and reader.may_read(each, records)
    }


def _page(subject: Subject, anchor: Anchor, named: Mapping[Subject, Record]) -> str:
    """Find where the subject is read on: its own page, or its part of that of what it belongs to.

    Source: docs/rules/reminders.md, R-37.
    """
    if subject.type in PAGES:
        return PAGES[subject.type].format(id=subject.id)
    for above in (*anchor.mentioned("agreement"), anchor.owner):
        if above is not None and above in named and above.type in PAGES:
            return f"{PAGES[above.type].format(id=above.id)}#{subject.type}s"
    return f"history?subject={subject.id}"


def _contact(
    contact: Contact | None, named: Mapping[Subject, Record], language: Language
) -> str | None:
    """Name the department and who answers there, in one line."""
    if contact is None:
        return None
    place = _name(named.get(contact.at), language)
    person = None if contact.person is None else contact.person.name or None
    parts = (person, place) if language == "en" else (place, person)
    joined = (", " if language == "en" else " ").join(each for each in parts if each)
    return joined or None


def _said(value: LetterValue, language: Language) -> str | list[str] | None:
    if isinstance(value, Words):
        return value.said(language)
    return None if value is None else [each.said(language) for each in value]


def _names(
    subjects: Iterable[Subject | None], records: Mapping[Subject, Record], language: Language
) -> str | None:
    """Join the names that are known, of very many the first; None if there is none."""
    found = (None if each is None else _name(records.get(each), language) for each in subjects)
    known = [name for name in found if name is not None]
    names = ", ".join(known[:MOST_NAMES])
    more = len(known) - MOST_NAMES
    if more > 0:
        names += Words(f" 외 {more}곳", f" and {more} more").said(language)
    return names or None


def _name(record: Record | None, language: Language) -> str | None:
    """Give a mentioned subject's name or title; None where nothing is known of it."""
    if record is None:
        return None
    try:
        return words(record.facts, "name" if "name" in record.facts else "title").said(language)
    except FactsUnreadable:
        return None
