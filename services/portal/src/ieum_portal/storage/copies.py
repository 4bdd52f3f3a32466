"""Copies of the portal's store, and what is closed in one that was put in another's place."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.engine import Engine

from ieum_portal.storage.migrate import STEPS
from ieum_portal.storage.tables import ACCOUNT, ACCOUNT_LINK, WEB_SESSION
from sqlstore.copy_verbs import CopyVerbs

COPIES = CopyVerbs(STEPS, (ACCOUNT.name,), lambda _: {})


@dataclass(frozen=True, slots=True)
class Closed:
    """How many sessions were ended, and letters about accounts not sent."""

    sessions: int
    letters: int


def close_what_was_open(engine: Engine, now: datetime) -> Closed:
    """End all sessions, and send no letter that still waited: it may have gone out since.

    Whoever has not come yet is invited anew by a person; the account's page says that the letter
    did not go out.

    Source: docs/adr/0040.
    """
    link = ACCOUNT_LINK.c
    with engine.begin() as connection:
        sessions = connection.execute(
            update(WEB_SESSION).where(WEB_SESSION.c.revoked_at.is_(None)).values(revoked_at=now)
        )
        letters = connection.execute(
            update(ACCOUNT_LINK)
            .where(link.sent_at.is_(None), link.refused_at.is_(None), link.used_at.is_(None))
            .values(refused_at=now)
        )
    return Closed(sessions.rowcount, letters.rowcount)
