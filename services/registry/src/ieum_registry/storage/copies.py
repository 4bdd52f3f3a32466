"""What is said of a copy of the registry's store: which log it is, and how far it reaches."""

from sqlalchemy import text
from sqlalchemy.engine import Connection

from sqlstore.copy_verbs import CopyVerbs

from .migrate import STEPS


def _log(connection: Connection) -> dict[str, object]:
    """Give number and hash of the newest entry, and the log's id; nothing of an empty log."""
    newest = text("SELECT seq, hash FROM change_log ORDER BY seq DESC LIMIT 1")
    row = connection.execute(newest).first()
    if row is None:
        return {"seq": 0, "hash": None, "log": None}
    first = connection.execute(text("SELECT hash FROM change_log WHERE seq = 1")).scalar_one()
    return {"seq": row.seq, "hash": bytes(row.hash).hex(), "log": bytes(first).hex()}


COPIES = CopyVerbs(STEPS, ("change_log",), _log)
