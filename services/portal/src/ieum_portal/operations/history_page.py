"""이력: who changed what and when, the newest first, and whether the chain of the log holds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from changefeed.page import Page
from changefeed.subjects.parts import Words
from ieum_portal.domain.difference import mentioned
from ieum_portal.domain.history import (
    ChainCheck,
    LogEntry,
    check_chain,
    title_of,
)
from ieum_portal.domain.viewer import Viewer
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.names import names_behind, staff_names
from ieum_portal.operations.ports import Accounts, Log, LogPage, Neighbours, Sought

PER_PAGE = 30
CHECKED_UNASKED = 1000
"""A log of so many entries is checked with every page; a longer one when somebody asks for it."""
MOST_CHECKED_PAGES = 50


@dataclass(frozen=True, slots=True)
class HistorySearch:
    """What is looked for; the address of the page says the same.

    Attributes:
        before: Where this page begins; None at the newest.
        checks_all: Whether the whole chain is to be computed, however long it is.
    """

    sought: Sought
    before: int | None = None
    checks_all: bool = False


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry with what people call its subject and whoever made it.

    Attributes:
        who: An account's name; None where the viewer is not told, or there is none.
    """

    entry: LogEntry
    who: str | None
    title: Words | None


@dataclass(frozen=True, slots=True)
class HistoryPage(Gathered):
    """Everything that the page shows.

    Attributes:
        lines: None if the log could not be read.
        following: The number before which the next page begins.
        names: Of the subjects that facts point at.
        chain: None if it was not computed.
    """

    search: HistorySearch
    lines: Sequence[HistoryLine] | None
    following: int | None
    head: int
    names: Mapping[UUID, Words]
    chain: ChainCheck | None


def history_page(
    search: HistorySearch, *, viewer: Viewer, neighbours: Neighbours, accounts: Accounts
) -> HistoryPage:
    """Gather one page of the log as the viewer may read it.

    No person is named from it: contacts show as such, and accounts only those of the city's own
    staff, to those who work with them.
    """
    gathering = Gathering(neighbours.left_s)
    found: LogPage | None = gathering.ask(
        "registry",
        "history",
        lambda: neighbours.log.history(search.sought, before=search.before, limit=PER_PAGE),
        otherwise=None,
    )
    if found is None:
        return HistoryPage(search, None, None, 0, {}, None, missing=tuple(gathering.missing))
    chain: Callable[[], ChainCheck | None] = lambda: None  # noqa: E731  Not asked.
    if found.head <= CHECKED_UNASKED or search.checks_all:
        chain = gathering.begin(
            "registry",
            "chain",
            lambda: check_chain(_feed(neighbours.log), shows_all=viewer.may_read_all),
            otherwise=None,
        )
    names = gathering.ask(
        "registry", "names", lambda: _names(found.entries, neighbours), otherwise={}
    )
    who: Mapping[str, str] = {}
    if viewer.may_see_colleagues:
        who = staff_names((each.actor.id for each in found.entries), accounts)
    lines = [
        HistoryLine(each, who.get(each.actor.id), title_of(each.facts, names))
        for each in found.entries
    ]
    checked = chain()
    return HistoryPage(
        search, lines, found.next, found.head, names, checked, missing=tuple(gathering.missing)
    )


def _names(entries: Sequence[LogEntry], neighbours: Neighbours) -> dict[UUID, Words]:
    facts = [dict(told) for each in entries for told in (each.facts, each.previous) if told]
    ids = mentioned(facts)
    people = ids.pop("contact", frozenset())
    unnamed = {
        each: Words(f"연락처 …{each.hex[-4:]}", f"contact …{each.hex[-4:]}") for each in people
    }
    return names_behind(ids, neighbours.registry) | unnamed


def _feed(log: Log) -> Iterator[Page]:
    after = 0
    for _ in range(MOST_CHECKED_PAGES):
        page = log.feed(after)
        yield page
        if not page.items or page.next >= page.head:
            return
        after = page.next
