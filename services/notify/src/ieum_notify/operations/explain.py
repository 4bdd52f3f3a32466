"""Explain: why one letter goes out, went out, or did not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ieum_notify.domain.calendar import today_in_seoul
from ieum_notify.domain.errors import NotFound
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.occurrence import WAITING, Occurrence
from ieum_notify.domain.planner import plan
from ieum_notify.domain.reason import why_not_owed, why_owed
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.sight import Sight
from ieum_notify.domain.words import Words
from ieum_notify.operations.ports import AttemptMade, Copy, History, Listed
from ieum_notify.operations.preview import going_out


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one key.

    Attributes:
        occurrence: Due when it goes out, as long as it waits.
        listed: How it stands in the outbox; None if it is owed but not written down yet.
        is_owed: Whether the planner produces the key today.
        why: How its day and its seat were reached.
        why_not: Why the planner does not produce it; None if it does.
        attempts: Every attempt to send it, oldest first.
    """

    occurrence: Occurrence
    listed: Listed | None
    is_owed: bool
    why: tuple[Words, ...]
    why_not: Words | None
    attempts: tuple[AttemptMade, ...]


def explain(
    rules: Sequence[Rule],
    copy: Copy,
    history: History,
    now: datetime,
    *,
    key: str,
    sight: Sight | None = None,
) -> Explanation:
    """Tell one letter's story.

    Args:
        sight: Which letters may be told of; None tells of all.

    Raises:
        NotFound: The key was never planned, and the planner does not produce it now; or the
            letter is not in sight.
    """
    known, today = copy.known().with_told(history.told(rules)), today_in_seoul(now)
    owed = {
        each.key: each for each in plan(rules, known, now, only=_subject_of(key)).occurrences
    }.get(key)
    listed = history.entry(key)
    occurrence = owed or (listed.entry.occurrence if listed else None)
    if occurrence is None or not (sight is None or sight.shows(occurrence)):
        raise NotFound(key)
    rule = next((each for each in rules if each.name == occurrence.rule), None)
    why = tuple(why_owed(rule, occurrence, known.days, today)) if rule else ()
    if rule is not None and owed is not None and (listed is None or listed.entry.state in WAITING):
        occurrence, why = going_out(rule, occurrence, known, now)
    why_not = None
    if owed is None:
        why_not = why_not_owed(rule, occurrence, known, now).said
    return Explanation(occurrence, listed, owed is not None, why, why_not, history.attempts(key))


def _subject_of(key: str) -> frozenset[Subject]:
    """Read whom a key is about; nobody where it is none."""
    subject_type, _, rest = key.partition(":")
    try:
        return frozenset({Subject(subject_type, UUID(rest.partition("|")[0]))})
    except ValueError:
        return frozenset()
