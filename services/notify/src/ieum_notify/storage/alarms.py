"""Alarms: shown until mended, one for each code and subject, with the instant it began."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from ieum_notify.domain.alarm import Alarm, Mend
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.words import Words
from ieum_notify.operations.ports import AlarmRaised
from ieum_notify.storage.dialect import insert_or_replace
from ieum_notify.storage.tables import ALARMS


def raise_alarm(connection: Connection, alarm: Alarm, now: datetime) -> None:
    """Show an alarm; one that is already shown keeps its instant and takes the newer facts."""
    connection.execute(
        insert_or_replace(connection, ALARMS, ALARMS.c.code, ALARMS.c.subject, replace=("facts",)),
        _row(alarm, now),
    )


def clear_alarms(connection: Connection, codes: Collection[str], subject: Subject | None) -> None:
    """Take away the alarms of some codes about one subject, or about none."""
    connection.execute(
        delete(ALARMS).where(
            ALARMS.c.code.in_(codes), ALARMS.c.subject == ("" if subject is None else str(subject))
        )
    )


def set_alarms(
    connection: Connection,
    codes: Collection[str],
    alarms: Iterable[Alarm],
    now: datetime,
    only: Collection[Subject] | None,
) -> None:
    """Let the alarms of these codes be exactly these; what stays keeps its instant.

    Args:
        only: Whose alarms are looked at; None looks at all.
    """
    wanted: Mapping[tuple[str, str], Alarm] = {
        (alarm.code, "" if alarm.subject is None else str(alarm.subject)): alarm for alarm in alarms
    }
    shown = connection.execute(
        select(ALARMS.c.code, ALARMS.c.subject).where(ALARMS.c.code.in_(codes))
    ).all()
    among = None if only is None else set(map(str, only))
    for code, subject in shown:
        if (code, subject) not in wanted and (among is None or subject in among):
            connection.execute(
                delete(ALARMS).where(ALARMS.c.code == code, ALARMS.c.subject == subject)
            )
    for alarm in wanted.values():
        raise_alarm(connection, alarm, now)


def keep_alarms(
    connection: Connection,
    codes: Collection[str],
    subjects: Collection[Subject],
    only: Collection[Subject] | None,
) -> None:
    """Take away the alarms of some codes that are about a subject other than these.

    Args:
        only: Whose alarms are looked at; None looks at all.
    """
    kept = {str(subject) for subject in subjects}
    among = None if only is None else set(map(str, only))
    shown = connection.execute(select(ALARMS.c.subject).where(ALARMS.c.code.in_(codes)).distinct())
    found = {row.subject for row in shown} - kept
    for subject in found if among is None else found & among:
        connection.execute(
            delete(ALARMS).where(ALARMS.c.code.in_(codes), ALARMS.c.subject == subject)
        )


def raised_alarms(connection: Connection) -> tuple[AlarmRaised, ...]:
    """Give every alarm shown, oldest first."""
    rows = connection.execute(select(ALARMS).order_by(ALARMS.c.since, ALARMS.c.code)).all()
    return tuple(
        AlarmRaised(_alarm(row.code, row.subject, json.loads(row.facts)), row.since) for row in rows
    )


def _row(alarm: Alarm, now: datetime) -> dict[str, object]:
    return {
        "code": alarm.code,
        "subject": "" if alarm.subject is None else str(alarm.subject),
        "since": now,
        "facts": json.dumps(
            {
                "title": alarm.title.facts() if alarm.title else None,
                "facts": dict(alarm.facts),
                "mends": [[str(each.about), each.role] for each in alarm.mends],
            },
            ensure_ascii=False,
        ),
    }


def _alarm(code: str, subject: str, stored: dict[str, Any]) -> Alarm:
    title, told = stored["title"], stored.get("mends", ())  # Not kept by the release before.
    mends = tuple(Mend(about, role) for text, role in told if (about := _subject(text)))
    called = Words(**title) if title else None
    return Alarm(code, _subject(subject), called, stored["facts"], mends)


def _subject(text: str) -> Subject | None:
    if not text:
        return None
    subject_type, _, subject_id = text.partition(":")
    return Subject(subject_type, UUID(subject_id))
