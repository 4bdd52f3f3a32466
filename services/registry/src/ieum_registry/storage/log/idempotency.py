# ruff: noqa: S608 - the statements are fixed; every value is bound.
"""Idempotency-Keys: for a day it is remembered what each was answered with.

A key is claimed before the work and settled in the transaction of the entries, so an answer is
remembered exactly if the entries are there.
"""

from datetime import timedelta
from uuid import UUID

from changefeed.chain import wire_instant
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.operations.ports.idempotency import KeyUse, Remembered
from ieum_registry.storage.database.database import Database
from ieum_registry.storage.database.writing import Writing

KEPT_FOR = timedelta(hours=24)
IN_FLIGHT_FOR = timedelta(seconds=60)
"""After so long a claim that was never settled belongs to a process that died."""
_WHICH = "issuer = ? AND subject = ? AND route = ? AND idempotency_key = ?"
_MINE = f"{_WHICH} AND claimed_at = ? AND seq IS NULL"
"""A claim that was given up on after a minute and made anew is not its first maker's any more."""


class Keys:
    """The keys of one store; satisfies `IdempotencyKeys`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, use: KeyUse) -> Remembered | None:
        """Take the key for this request, or give what it was answered with before."""
        with self._database.writing() as writing:
            writing.run(
                "DELETE FROM idempotency WHERE claimed_at < ?", [wire_instant(use.at - KEPT_FOR)]
            )
            writing.run(
                f"DELETE FROM idempotency WHERE {_WHICH} AND seq IS NULL AND claimed_at < ?",
                [*_named(use), wire_instant(use.at - IN_FLIGHT_FOR)],
            )
            columns = "issuer, subject, route, idempotency_key, fingerprint, claimed_at"
            is_mine = writing.run(
                f"INSERT INTO idempotency ({columns}) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                [*_named(use), use.fingerprint, wire_instant(use.at)],
            )
            if is_mine:
                return None
            ((fingerprint, subject_type, subject_id, version, seq),) = writing.rows(
                "SELECT fingerprint, subject_type, subject_id, version, seq"
                f" FROM idempotency WHERE {_WHICH}",
                _named(use),
            )
        if fingerprint != use.fingerprint:
            raise RuleBroken("idempotency.reused", key=use.key)
        if seq is None:
            raise RuleBroken("idempotency.in_flight", key=use.key)
        return Remembered(subject_type, UUID(str(subject_id)), int(version), int(seq))

    def release(self, use: KeyUse) -> None:
        """Give up a claim of its own that was not settled."""
        with self._database.writing() as writing:
            writing.run(
                f"DELETE FROM idempotency WHERE {_MINE}",
                [*_named(use), wire_instant(use.at)],
            )


def settle(writing: Writing, use: KeyUse, answer: Remembered) -> None:
    """Remember what a claimed key is answered with, in the transaction that writes it.

    Raises:
        RuleBroken: `idempotency.in_flight`, if the claim was lost to a later request meanwhile.
    """
    settled = writing.run(
        "UPDATE idempotency SET subject_type = ?, subject_id = ?, version = ?, seq = ?"
        f" WHERE {_MINE}",
        [
            answer.subject_type,
            str(answer.subject_id),
            answer.version,
            answer.seq,
            *_named(use),
            wire_instant(use.at),
        ],
    )
    if settled != 1:
        raise RuleBroken("idempotency.in_flight", key=use.key)


def _named(use: KeyUse) -> list[str]:
    return [use.issuer, use.subject, use.route, use.key]
