"""The record of access for whoever reviews it: who saw whose data, and who signed in.

Source: docs/rules/access.md, A-7 and A-8.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from changefeed.subjects.contact import Person
from httpedge.access_record import Counted
from ieum_portal.domain.access_review import Place, Review
from ieum_portal.domain.account import Account
from ieum_portal.domain.viewer import Viewer
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.ports import (
    AccessRecords,
    Accounts,
    LooksSought,
    Neighbours,
    Registry,
)

SEOUL = ZoneInfo("Asia/Seoul")
AT_ONCE = 50
NAMED = 3
"""So many people a line names, and counts the rest: a list shows hundreds at once."""

NAMED_IN_ALL = 100
"""So many people the registry is asked to name for a page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One record.

    Attributes:
        who: The name of the account; None if it has none, or is no account of ours.
        people: Those whose data it was, by id; a name is None where it is not the viewer's to see.
        unnamed: How many more there were.
    """

    counted: Counted
    who: str | None
    people: Sequence[tuple[UUID, str | None]]
    unnamed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessReview(Gathered):
    """The page.

    Attributes:
        lines: The newest first; None if they could not be had.
        following: The cursor of the next page.
        accounts: Whom one may choose, by how records name them.
    """

    lines: Sequence[Line] | None
    following: str | None
    accounts: Mapping[str, str]


def access_review(
    review: Review,
    *,
    viewer: Viewer,
    neighbours: Neighbours,
    access: AccessRecords,
    accounts: Accounts,
) -> AccessReview:
    """Gather a page of records with the names behind their ids."""
    known = {f"portal:{each.id}": _called(each) for each in accounts.all() if each.name}
    gathering, registry = Gathering(neighbours.left_s), neighbours.registry
    if review.what == "entries":
        found, following = _entries(review, access)
    else:
        looks = gathering.ask(
            "registry", "records", lambda: _looks(review, registry), otherwise=None
        )
        if looks is None:
            return AccessReview(
                missing=gathering.missing, lines=None, following=None, accounts=known
            )
        found, following = looks
    names = _names(found, viewer, gathering, registry)
    lines = [_line(each, known, names) for each in found]
    return AccessReview(missing=gathering.missing, lines=lines, following=following, accounts=known)


def _looks(review: Review, registry: Registry) -> tuple[Sequence[Counted], str | None]:
    sought = LooksSought(
        review.month.first,
        review.month.last,
        review.account,
        review.person,
        review.outcome,
        review.taken or None,
    )
    return registry.looks(sought, after=review.after, limit=AT_ONCE)


def _entries(review: Review, access: AccessRecords) -> tuple[Sequence[Counted], str | None]:
    """Give a page of the portal's own records.

    Raises:
        NoSuchPlace: The cursor is none of ours.
    """
    found = access.page(
        after=Place.read(review.after),
        limit=AT_ONCE,
        account=review.account,
        since=_midnight(review.month.first),
        until=_midnight(review.month.after.first),
    )
    last = found[-1] if len(found) == AT_ONCE else None
    return found, None if last is None else str(Place(last.first_at, last.key))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), SEOUL)


def _names(
    found: Sequence[Counted], viewer: Viewer, gathering: Gathering, registry: Registry
) -> Mapping[UUID, str]:
    """Name the people whom the lines show; nobody where the viewer may not see people."""
    shown = [UUID(one) for each in found for one in each.access.subjects[:NAMED]]
    wanted = list(dict.fromkeys(shown))[:NAMED_IN_ALL]
    if not viewer.may_see_people or not wanted:
        return {}
    people: Mapping[UUID, Person] = gathering.ask(
        "registry", "names", lambda: registry.by_id(Person, wanted), otherwise={}
    )
    return {each.id: each.name for each in people.values() if each.name}


def _line(counted: Counted, known: Mapping[str, str], names: Mapping[UUID, str]) -> Line:
    subjects = [UUID(each) for each in counted.access.subjects]
    people = [(each, names.get(each)) for each in subjects[:NAMED]]
    return Line(counted, known.get(counted.access.account), people, len(subjects) - len(people))


def _called(account: Account) -> str:
    return f"{account.name} ({account.login})"
