"""What is said of a copy of notify's store: how far it had copied the registry's log."""

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from ieum_notify.storage.migrate import STEPS
from ieum_notify.storage.tables import BOOKMARK, DELIVERIES, OCCURRENCES
from sqlstore.copy_verbs import CopyVerbs


def _how_far(connection: Connection) -> dict[str, object]:
    seq = connection.execute(select(BOOKMARK.c.seq)).scalar_one_or_none() or 0
    sent = select(func.count()).where(DELIVERIES.c.sent_at.is_not(None))
    return {"seq": seq, "sent": connection.execute(sent).scalar_one()}


COPIES = CopyVerbs(STEPS, (OCCURRENCES.name,), _how_far)
