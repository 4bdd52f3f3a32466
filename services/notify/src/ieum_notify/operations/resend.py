"""Resend: a person's word that letters which could not be handed over go out again now."""

from collections.abc import Sequence
from datetime import datetime

from ieum_notify.domain.calendar import today_in_seoul
from ieum_notify.domain.errors import CopyFilling, NotFound, ResendRefused
from ieum_notify.domain.facts import FactsUnreadable, Subject
from ieum_notify.domain.known import Known
from ieum_notify.domain.occurrence import Occurrence
from ieum_notify.domain.planner import owed_for
from ieum_notify.domain.reason import why_not_owed
from ieum_notify.domain.rule import Rule
from ieum_notify.operations.ports import Copy, History, Listed, Outbox


def resend(
    rules: Sequence[Rule],
    copy: Copy,
    outbox: Outbox,
    history: History,
    now: datetime,
    *,
    which: str | Subject,
) -> tuple[Listed, ...]:
    """Let what was refused, put off, held or in doubt go out again at once.

    Whoever has a copy gets no other one, but for those of whom nobody knew.

    Args:
        which: One letter by its key, or all about a subject.

    Returns:
        The letters as they stand now, oldest due first.

    Raises:
        CopyFilling: Nobody can say what is owed while the facts are being copied.
        NotFound: Nothing was ever planned under this key.
        ResendRefused: `resend.nothing_waits`, `resend.not_owed`: nothing was changed.

    Source: docs/rules/reminders.md, R-31.
    """
    if not copy.is_whole():
        raise CopyFilling(applied=copy.mark().seq)
    keys = (which,) if isinstance(which, str) else history.stuck(which)
    listed = [found for key in keys if (found := history.entry(key)) is not None]
    if not listed and isinstance(which, str):
        raise NotFound(which)
    known, by_name = copy.known().with_told(outbox.told(rules)), {rule.name: rule for rule in rules}
    sent_on, why_not = [], None
    for each in listed:
        occurrence = each.entry.occurrence
        rule = by_name.get(occurrence.rule)
        if rule is None or not _is_owed(rule, occurrence, known, now):
            why_not = why_not_owed(rule, occurrence, known, now).said
        elif outbox.resend(occurrence.key, now):
            sent_on.append(occurrence.key)
    if not sent_on:
        if why_not is not None:
            raise ResendRefused("resend.not_owed", why_ko=why_not.ko, why_en=why_not.en)
        raise ResendRefused("resend.nothing_waits")
    return tuple(found for key in sent_on if (found := history.entry(key)) is not None)


def _is_owed(rule: Rule, occurrence: Occurrence, known: Known, now: datetime) -> bool:
    record = known.records.get(occurrence.subject)
    if record is None:
        return False
    until = max(occurrence.due_on, today_in_seoul(now))
    try:
        owed = owed_for(rule, occurrence.subject, record.facts, known, now=now, until=until)
        return any(each.key == occurrence.key for each in owed)
    except FactsUnreadable:
        return False
