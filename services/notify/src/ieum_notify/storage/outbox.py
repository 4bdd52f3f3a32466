"""The outbox: claims by conditional update, attempts committed before anything is sent."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import and_, bindparam, case, delete, exists, func, insert, or_, select, update
from sqlalchemy.engine import Connection, Engine

from ieum_notify.domain.alarm import Alarm
from ieum_notify.domain.calendar import SEOUL
from ieum_notify.domain.facts import Subject
from ieum_notify.domain.letters_out import LettersOut
from ieum_notify.domain.occurrence import WAITING, State
from ieum_notify.domain.restored import Restored
from ieum_notify.domain.rule import Rule
from ieum_notify.operations.ports import Claim, Delivery, Finished
from ieum_notify.storage.alarms import clear_alarms, raise_alarm
from ieum_notify.storage.dialect import among, insert_or_replace, take_turns
from ieum_notify.storage.ended import IS_REFUSED, IS_STUCK
from ieum_notify.storage.letters_out import letters_out
from ieum_notify.storage.planning import IN_DOUBT, StoredPlanTransaction
from ieum_notify.storage.rows import to_occurrence
from ieum_notify.storage.tables import ALARMS, ATTEMPTS, DELIVERIES, OCCURRENCES, RESTORED, TICKS
from sqlstore.engine import Instant, reading

PLANNING = 0x1E0_0003
"""The advisory lock that plannings take turns under (PostgreSQL)."""


CLOCKS_APART = timedelta(minutes=5)
"""How far the clocks of two workers may be apart."""


class StoredOutbox:
    """Occurrences, deliveries and attempts.

    Args:
        new_id: Draws ids and fencing tokens.
    """

    def __init__(self, engine: Engine, new_id: Callable[[], UUID]) -> None:
        self._engine = engine
        self._new_id = new_id

    @contextmanager
    def planning(self, now: datetime) -> Iterator[StoredPlanTransaction]:
        """Open a planning transaction, the only one; it rolls back unless it ends well."""
        with self._engine.begin() as connection:
            take_turns(connection, PLANNING)
            yield StoredPlanTransaction(connection, now, self._new_id)

    def claim(self, now: datetime, *, limit: int, lease_s: int) -> tuple[Claim, ...]:
        """Take due occurrences that nobody holds, oldest first.

        On PostgreSQL rows that another dispatcher is just taking are skipped, on SQLite writers
        queue; either way no row is taken twice while its lease holds. What a clock wrote that was
        ahead of this one, as before it was set back, puts nothing off.
        """
        token = self._new_id()
        row = OCCURRENCES.c
        is_ahead = row.changed_at > now + CLOCKS_APART
        due = (
            select(row.id)
            .where(
                row.state.in_((*WAITING, "leased")),
                row.due_at <= now,
                or_(row.next_try_at.is_(None), row.next_try_at <= now, is_ahead),
                or_(row.lease_until.is_(None), row.lease_until < now, is_ahead),
            )
            .order_by(func.coalesce(row.next_try_at, row.due_at), row.id)
            .limit(limit)
        )
        with reading(self._engine) as connection:  # Most ticks find nothing and take no lock.
            if connection.execute(due.limit(1)).first() is None:
                return ()
        with self._engine.begin() as connection:
            taken = connection.execute(
                update(OCCURRENCES)
                # SQLite has no row locks and leaves SKIP LOCKED out.
                .where(row.id.in_(due.with_for_update(skip_locked=True).scalar_subquery()))
                .values(
                    state="leased",
                    token=token,
                    lease_until=now + timedelta(seconds=lease_s),
                    changed_at=now,
                )
                .returning(OCCURRENCES)
            ).mappings()
            claimed = sorted(taken, key=lambda each: (each["due_at"], each["key"]))
            before = _deliveries(connection, [each["id"] for each in claimed])
        return tuple(
            Claim(
                each["id"],
                token,
                to_occurrence(each),
                each["tries"],
                each["planned_at"],
                tuple(before[each["id"]]),
            )
            for each in claimed
        )

    def renew(self, claim: Claim, *, now: datetime, lease_s: int) -> None:
        """Hold a claim longer; nothing happens if the lease was lost."""
        with self._engine.begin() as connection:
            _renew(connection, claim, now, lease_s)

    def give_back(self, claims: Collection[Claim], until: datetime | None = None) -> None:
        """Let others take claims that nothing was begun of, at once or from an instant on."""
        if not claims:
            return
        with self._engine.begin() as connection:
            for claim in claims:
                connection.execute(
                    update(OCCURRENCES)
                    .where(_IS_HELD)
                    .values(
                        state="retry" if claim.tries else "planned",
                        lease_until=None,
                        token=None,
                        **({} if until is None else {"next_try_at": until}),
                    ),
                    _held(claim),
                )

    def let_go(self, opens: time) -> None:
        """Let go out at once what was put down until an opening at this hour in Seoul.

        What failed and is tried again later waits until a random microsecond, not until an hour.
        """
        row = OCCURRENCES.c
        waits = select(row.id, row.next_try_at).where(
            row.state.in_(("planned", "retry")), row.next_try_at.is_not(None)
        )
        with self._engine.begin() as connection:
            found = connection.execute(waits).all()
            ids = [each.id for each in found if each.next_try_at.astimezone(SEOUL).time() == opens]
            connection.execute(
                update(OCCURRENCES)
                .where(among(connection.dialect, row.id, ids))
                .values(next_try_at=None)
            )

    def begin(
        self,
        claim: Claim,
        contact_id: UUID,
        message_id: str,
        *,
        contact_version: int | None,
        now: datetime,
        lease_s: int,
    ) -> UUID | None:
        """Commit that an attempt starts, and renew the lease.

        An attempt left open by a dispatcher that died is closed as in doubt, for all to see.
        """
        attempt = self._new_id()
        with self._engine.begin() as connection:
            if not _renew(connection, claim, now, lease_s):
                return None
            connection.execute(
                insert_or_replace(
                    connection,
                    DELIVERIES,
                    DELIVERIES.c.occurrence_id,
                    DELIVERIES.c.contact_id,
                    replace=("contact_version",),
                ),
                {
                    "id": self._new_id(),
                    "occurrence_id": claim.id,
                    "contact_id": contact_id,
                    "message_id": message_id,
                    "state": "started",
                    "contact_version": contact_version,
                },
            )
            delivery_id = connection.execute(
                _DELIVERY, {"of": claim.id, "whose": contact_id}
            ).scalar_one()
            connection.execute(_CLOSE_OPEN, {"of": delivery_id})
            connection.execute(
                _ATTEMPT,
                {
                    "id": attempt,
                    "delivery_id": delivery_id,
                    "token": claim.token,
                    "started_at": now,
                },
            )
        return attempt

    def finish(self, ended: Finished, *, now: datetime) -> None:
        """Record how an attempt ended, on it and on its delivery.

        A letter that the server took is recorded even if the lease was lost meanwhile.
        """
        with self._engine.begin() as connection:
            _finish(connection, ended, now)

    def settle(
        self,
        claim: Claim,
        state: State,
        reason: str | None,
        *,
        now: datetime,
        next_try_at: datetime | None = None,
        mends: Collection[str] = (),
        ended: Finished | None = None,
    ) -> bool:
        """Put a claim down, with how its last attempt ended, in one transaction.

        Returns:
            False if the lease was lost: then nothing was written but how the attempt ended.
        """
        with self._engine.begin() as connection:
            if ended is not None:
                _finish(connection, ended, now)
            settled = connection.execute(
                _SETTLE,
                {
                    **_held(claim),
                    "now_state": state,
                    "now_reason": reason,
                    "again_at": next_try_at,
                    "tried": claim.tries + (1 if next_try_at else 0),
                    "now": now,
                },
            )
            if mends and settled.rowcount == 1:
                _mend(connection, claim.occurrence.subject, claim.id, mends)
            return settled.rowcount == 1

    def has_taken_since(self, moment: datetime, *, besides: UUID) -> bool:
        """Say whether the mail server took a letter to anybody else since an instant."""
        taken = select(DELIVERIES.c.id).where(
            DELIVERIES.c.sent_at >= moment, DELIVERIES.c.contact_id != besides
        )
        with reading(self._engine) as connection:
            return connection.execute(taken.limit(1)).first() is not None

    def resend(self, key: str, now: datetime) -> bool:
        """Let a letter go out again now to whoever lacks it; False if it is not stuck."""
        with self._engine.begin() as connection:
            resent = connection.execute(
                update(OCCURRENCES)
                .where(OCCURRENCES.c.key == key, IS_STUCK)
                .values(
                    state="planned",
                    reason=None,
                    next_try_at=None,
                    tries=0,
                    planned_at=now,
                    changed_at=now,
                )
                .returning(OCCURRENCES.c.id, OCCURRENCES.c.subject_type, OCCURRENCES.c.subject_id)
            ).one_or_none()
            if resent is None:
                return False
            # It was decided; if the mail server leaves it in doubt again, so is said again.
            about = Subject(resent.subject_type, resent.subject_id)
            _mend(connection, about, resent.id, ("letter.in_doubt",))
            connection.execute(
                update(DELIVERIES)
                .where(DELIVERIES.c.occurrence_id == resent.id, DELIVERIES.c.state != "sent")
                .values(state="put_off")
            )
        return True

    def hold_back(self, restored: Restored) -> int:
        """Put in doubt what is due and not surely sent; gives how many (T-66)."""
        row = OCCURRENCES.c
        with self._engine.begin() as connection:
            held = connection.execute(
                update(OCCURRENCES)
                .where(row.state.in_((*WAITING, "leased")), row.due_at <= restored.at)
                .values(**IN_DOUBT, next_try_at=None, lease_until=None, token=None)
                .returning(row.subject_type, row.subject_id)
            ).all()
            for about in {Subject(*each) for each in held}:
                raise_alarm(connection, Alarm("letter.in_doubt", about), restored.at)
            replaced = insert_or_replace(connection, RESTORED, RESTORED.c.id, replace=("at", "seq"))
            connection.execute(replaced, {"id": 1, "at": restored.at, "seq": restored.seq})
        return len(held)

    def told(self, rules: Sequence[Rule]) -> tuple[LettersOut, ...]:
        """Give the letters that somebody got, or may have, of what these rules take back."""
        with reading(self._engine) as connection:
            return letters_out(connection, rules)

    def raise_alarm(self, alarm: Alarm, now: datetime) -> None:
        """Show an alarm; one that is already shown keeps its first instant."""
        with self._engine.begin() as connection:
            raise_alarm(connection, alarm, now)

    def clear_alarm(self, code: str, subject: Subject | None = None) -> None:
        """Take an alarm away; nothing happens if there is none."""
        with self._engine.begin() as connection:
            clear_alarms(connection, (code,), subject)

    def tick(self, name: str, now: datetime) -> None:
        """Record that a part of the worker is alive."""
        with self._engine.begin() as connection:
            connection.execute(
                insert_or_replace(connection, TICKS, TICKS.c.name, replace=("ticked_at",)),
                {"name": name, "ticked_at": now},
            )


_ROW = OCCURRENCES.c
_IS_HELD = and_(
    _ROW.id == bindparam("held_id"),
    _ROW.token == bindparam("held_token"),
    _ROW.state == "leased",
)
"""The claim is still this dispatcher's; `_held` gives the values."""

# What each letter runs is made once: making a statement anew costs more than running it.
_RENEW = (
    update(OCCURRENCES)
    .where(_IS_HELD)
    .values(lease_until=bindparam("until"), changed_at=bindparam("now"))
)
_SETTLE = (
    update(OCCURRENCES)
    .where(_IS_HELD)
    .values(
        state=bindparam("now_state"),
        reason=bindparam("now_reason"),
        next_try_at=bindparam("again_at"),
        lease_until=None,
        token=None,
        tries=bindparam("tried"),
        changed_at=bindparam("now"),
    )
)
_DELIVERY = select(DELIVERIES.c.id).where(
    DELIVERIES.c.occurrence_id == bindparam("of"), DELIVERIES.c.contact_id == bindparam("whose")
)
_CLOSE_OPEN = (
    update(ATTEMPTS)
    .where(ATTEMPTS.c.delivery_id == bindparam("of"), ATTEMPTS.c.outcome.is_(None))
    .values(outcome="in_doubt", fault="never finished")
)
_ATTEMPT = insert(ATTEMPTS).values(
    {name: bindparam(name) for name in ("id", "delivery_id", "token", "started_at")}
)
_END_ATTEMPT = (
    update(ATTEMPTS)
    .where(ATTEMPTS.c.id == bindparam("attempt"))
    .values(
        finished_at=bindparam("now"),
        outcome=bindparam("now_outcome"),
        smtp_code=bindparam("code"),
        enhanced_code=bindparam("enhanced"),
        fault=bindparam("went_wrong"),
    )
)
_END_DELIVERY = (
    update(DELIVERIES)
    .where(
        DELIVERIES.c.id
        == select(ATTEMPTS.c.delivery_id)
        .where(ATTEMPTS.c.id == bindparam("attempt"))
        .scalar_subquery(),
        DELIVERIES.c.state != "sent",
    )
    .values(state=bindparam("now_outcome"), sent_at=bindparam("taken_at"))
)
_MEND = delete(ALARMS).where(
    ALARMS.c.code.in_(bindparam("codes", expanding=True)),
    ALARMS.c.subject == bindparam("about"),
    ~exists().where(
        _ROW.subject_type == bindparam("about_type"),
        _ROW.subject_id == bindparam("about_id"),
        _ROW.id != bindparam("but"),
        _ROW.state.in_(("held", "retry", "dead", "in_doubt")),
    ),
)


def _held(claim: Claim) -> dict[str, UUID]:
    return {"held_id": claim.id, "held_token": claim.token}


def _renew(connection: Connection, claim: Claim, now: datetime, lease_s: int) -> bool:
    until = now + timedelta(seconds=lease_s)
    return connection.execute(_RENEW, {**_held(claim), "until": until, "now": now}).rowcount == 1


def _finish(connection: Connection, ended: Finished, now: datetime) -> None:
    failure = ended.failure
    connection.execute(
        _END_ATTEMPT,
        {
            "attempt": ended.attempt,
            "now": now,
            "now_outcome": ended.outcome,
            "code": failure.smtp_code if failure else 250,
            "enhanced": failure.enhanced_code if failure else None,
            "went_wrong": (failure.fault or None) if failure else None,
        },
    )
    connection.execute(
        _END_DELIVERY,
        {
            "attempt": ended.attempt,
            "now_outcome": ended.outcome,
            "taken_at": now if ended.outcome == "sent" else None,
        },
    )


def _mend(connection: Connection, about: Subject, but: UUID, codes: Collection[str]) -> None:
    """Take alarms away, unless another letter about the subject could not be handed over."""
    connection.execute(
        _MEND,
        {
            "codes": list(codes),
            "about": str(about),
            "about_type": about.type,
            "about_id": about.id,
            "but": but,
        },
    )


_IS_DOUBT = and_(
    ATTEMPTS.c.delivery_id == DELIVERIES.c.id,
    ATTEMPTS.c.started_at >= OCCURRENCES.c.planned_at,
    or_(ATTEMPTS.c.outcome == "in_doubt", ATTEMPTS.c.outcome.is_(None)),
)
_REFUSED_AT = (
    select(func.max(ATTEMPTS.c.finished_at, type_=Instant))
    .where(
        ATTEMPTS.c.delivery_id == DELIVERIES.c.id,
        ATTEMPTS.c.outcome == "put_off",
        ATTEMPTS.c.enhanced_code.like("5.1.%"),
    )
    .correlate(DELIVERIES)
    .scalar_subquery()
)


def _deliveries(
    connection: Connection, occurrence_ids: Sequence[UUID]
) -> Mapping[UUID, list[Delivery]]:
    """Give what was begun before of each claimed occurrence."""
    found: Mapping[UUID, list[Delivery]] = defaultdict(list)
    doubts = (
        select(func.count(ATTEMPTS.c.id))
        .where(_IS_DOUBT)
        .correlate(DELIVERIES, OCCURRENCES)
        .scalar_subquery()
    )
    for row in connection.execute(
        select(
            DELIVERIES.c.occurrence_id,
            DELIVERIES.c.contact_id,
            case(
                (and_(DELIVERIES.c.state == "refused", ~IS_REFUSED), "put_off"),
                else_=DELIVERIES.c.state,
            ).label("state"),
            doubts.label("doubts"),
            _REFUSED_AT.label("refused_at"),
        )
        .select_from(DELIVERIES)
        .join(OCCURRENCES, OCCURRENCES.c.id == DELIVERIES.c.occurrence_id)
        .where(DELIVERIES.c.occurrence_id.in_(occurrence_ids))
    ):
        found[row.occurrence_id].append(
            Delivery(row.contact_id, row.state, row.doubts, row.refused_at)
        )
    return found
