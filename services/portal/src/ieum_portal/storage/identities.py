"""Who of a provider of OpenID Connect is which account."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from ieum_portal.domain.oidc import Identity
from ieum_portal.storage.tables import OIDC_IDENTITY as TABLE
from sqlstore.engine import reading


class StoredIdentities:
    """Keeps them; see `operations.ports.Identities`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def account_of(self, identity: Identity) -> UUID | None:
        """Give whose it is."""
        question = select(TABLE.c.account_id).where(
            TABLE.c.issuer == identity.issuer, TABLE.c.subject == identity.subject
        )
        with reading(self._engine) as connection:
            found: UUID | None = connection.scalar(question)
        return found

    def bind(self, identity: Identity, account_id: UUID, at: datetime) -> bool:
        """Let it be an account's, which has none of this issuer yet; gives whether it is now."""
        values = {
            "issuer": identity.issuer,
            "subject": identity.subject,
            "account_id": account_id,
            "bound_at": at,
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(TABLE).values(values))
        except IntegrityError:
            return self.account_of(identity) == account_id
        return True
