"""Accounts in the database."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Row, delete, select, text, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from ieum_portal.domain.account import Account
from ieum_portal.domain.errors import FirstRunOver, LastAdministrator, LoginTaken
from ieum_portal.storage.tables import ACCOUNT, OIDC_IDENTITY, PASSKEY
from sqlstore.engine import reading

_ADMINISTERS = select(ACCOUNT.c.id).where(
    ACCOUNT.c.is_administrator,
    ACCOUNT.c.closed_at.is_(None),
    ACCOUNT.c.ended_at.is_(None),
    ACCOUNT.c.password_hash != "",
)
"""Who may act as an administrator: `Account.administers`."""


_ANY = select(ACCOUNT.c.id).limit(1)


class StoredAccounts:
    """Keeps accounts; see `operations.ports.Accounts`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def by_login(self, login: str) -> Account | None:
        """Find an account by its folded login."""
        if "\0" in login:
            return None  # PostgreSQL takes no text with it.
        with reading(self._engine) as connection:
            found = connection.execute(select(ACCOUNT).where(ACCOUNT.c.login == login)).first()
        return account_from(found) if found else None

    def by_id(self, account_id: UUID) -> Account | None:
        """Find an account."""
        with reading(self._engine) as connection:
            found = connection.execute(select(ACCOUNT).where(ACCOUNT.c.id == account_id)).first()
        return account_from(found) if found else None

    def add(self, account: Account) -> None:
        """Keep a new account; the unique login decides between two that come at once."""
        values = {column.name: getattr(account, column.name) for column in ACCOUNT.columns}
        try:
            with self._engine.begin() as connection:
                connection.execute(ACCOUNT.insert().values(values))
        except IntegrityError as error:
            raise LoginTaken from error

    def are_there(self) -> bool:
        """Say whether any account was ever made."""
        with reading(self._engine) as connection:
            return connection.execute(_ANY).first() is not None

    def add_first(self, account: Account) -> None:
        """Keep the very first account; of two who come at once the second finds it."""
        values = {column.name: getattr(account, column.name) for column in ACCOUNT.columns}
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":  # SQLite has one writer.
                connection.execute(text("LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE"))
            if connection.execute(_ANY).first() is not None:
                raise FirstRunOver
            connection.execute(ACCOUNT.insert().values(values))

    def keep(self, account: Account, *, was: Account) -> None:
        """Keep what is changed of an account, unless nobody would administer accounts then.

        Two administrators who dismiss each other take turns: SQLite has one writer, PostgreSQL
        locks the administrators first.
        """
        names = [column.name for column in ACCOUNT.columns]
        changed = [name for name in names if getattr(account, name) != getattr(was, name)]
        if not changed:
            return
        values = {name: getattr(account, name) for name in changed}
        one = ACCOUNT.c.id == account.id
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(_ADMINISTERS.with_for_update())
            connection.execute(update(ACCOUNT).where(one).values(made_at=ACCOUNT.c.made_at))
            before = set(connection.scalars(_ADMINISTERS))
            connection.execute(update(ACCOUNT).where(one).values(values))
            if before and not set(connection.scalars(_ADMINISTERS)):
                raise LastAdministrator
            if account.ended_at is not None:  # Nothing of the person is left, nowhere.
                for way in (OIDC_IDENTITY, PASSKEY):
                    connection.execute(delete(way).where(way.c.account_id == account.id))

    def all(self) -> Sequence[Account]:
        """Give all accounts, in the order in which they were made."""
        question = select(ACCOUNT).order_by(ACCOUNT.c.made_at, ACCOUNT.c.id)
        with reading(self._engine) as connection:
            return [account_from(each) for each in connection.execute(question)]

    def set_password_hash(self, account_id: UUID, password_hash: str) -> None:
        """Replace a password's hash."""
        with self._engine.begin() as connection:
            connection.execute(
                update(ACCOUNT)
                .where(ACCOUNT.c.id == account_id)
                .values(password_hash=password_hash)
            )


def account_from(row: Row[tuple[object, ...]]) -> Account:
    """Make an account from a row that has the table's columns, perhaps among others."""
    return Account(**{column.name: getattr(row, column.name) for column in ACCOUNT.columns})
