"""Which letters must have gone out: counted by hand, from the facts of the log alone.

Judged is what holds however the letters' moments fall: who is named at last has heard of the event
as it is now, or of its end; who is named no longer has heard of that. Titles carry the mark of the
write that gave the subject its date, so a letter's subject line tells which date it speaks of.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from tests.chaos.record import Facts, Logged, Mail, marks_in

Saying = Literal["step", "moved", "returned", "cancelled", "left", "nobody"]
"""What a letter says: how many days are left; that the date was changed; that its reader takes part
again; that the event does not take place; that its reader takes part no longer; that somebody else
could not be told."""

TELLING: frozenset[Saying] = frozenset({"step", "moved", "returned"})
"""That the event takes place, and the reader takes part."""

WORDS: Mapping[str, tuple[Saying, str]] = {
    # First, as it names the rule whose letter it stands for.
    "알릴 사람이 없습니다(": ("nobody", "nobody_to_tell"),
    "Nobody to tell (": ("nobody", "nobody_to_tell"),
    "행사 변경": ("moved", "event_moved"),
    "Event changed": ("moved", "event_moved"),
    "행사 다시 참가:": ("returned", "event_returned"),
    "Taking part again:": ("returned", "event_returned"),
    "행사 취소:": ("cancelled", "event_cancelled"),
    "Cancelled:": ("cancelled", "event_cancelled"),
    "행사 참가 해제:": ("left", "event_left"),
    "No longer taking part:": ("left", "event_left"),
}
"""Words of a subject line, what they say, and whose letter they are; any other line is a step's."""

FIRST_STEP_DAYS = 21
"""The run's milestones are at most so far ahead, and none has a step on the run's own day: each has
reached one, whatever o'clock it is (`acts.owing_at_once`; docs/rules/reminders.md, R-1 to R-3)."""

SEATS = {"partner": "liaison", "department": "officer"}
"""Which seat at a place is told."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One letter that must have gone out.

    Attributes:
        marks: One of them stands in its subject line.
        house: The partner or department that must hear.
        says: What the subject line says: one of these.
        to: Of these addresses at least one has got it: everybody who ever held the house's seat,
            as a seat may have changed hands before or after the letter.
        after: It came later than this.
    """

    marks: frozenset[str]
    house: str
    says: frozenset[Saying]
    to: frozenset[str]
    after: datetime | None = None

    def is_told_by(self, mail: Mail) -> bool:
        """Say whether a letter is the one that is owed."""
        return (
            mail.recipient in self.to
            and bool(marks_in([mail.subject]) & self.marks)
            and said_by(mail) in self.says
            and (self.after is None or mail.at > self.after)
        )


def said_by(mail: Mail) -> Saying:
    """Give what a letter says, by its subject line."""
    return next((says for words, (says, _) in WORDS.items() if words in mail.subject), "step")


def owed_by_hand(log: Sequence[Logged], today: date, addresses: Mapping[str, str]) -> list[Owed]:
    """Count which letters the last facts owe to whom.

    Counted are the run's own milestones: open, due within three weeks from today; and its events,
    all of them within 30 days: registered, moved and cancelled ones owe a letter at once to each
    participant and to the department in charge (docs/rules/reminders.md, R-1 and R-17 to R-22).

    Args:
        addresses: By contact.
    """
    people, office = _readers(log, addresses), _office(log)
    last = {each.subject_id: each for each in log if each.subject_type == "milestone"}
    owed = [
        (_marks([entry]), entry.facts["owner"]["id"], frozenset[Saying]({"step"}))
        for entry in last.values()
        if _is_due(entry.facts, today)
    ]
    for versions in _events(log):
        owed += _owed_by_event(versions, office)
    return [
        Owed(marks, house, says, frozenset(people[house]))
        for marks, house, says in owed
        if marks and people[house]
    ]


def last_word_by_hand(
    log: Sequence[Logged],
    addresses: Mapping[str, str],
    mails: Collection[Mail],
    told: Collection[str],
) -> list[Owed]:
    """Count who must have heard that they take part no longer, or take part again.

    Whoever sits in a house's seat in the end, was told of the event and is not named by the last
    facts is owed the word that they take part no longer, after the last letter that told them; if
    they are named and were told so, another telling letter (docs/rules/reminders.md, R-26, R-27:
    the book says who was told; who left the seat hears nothing, who took it what they had).

    Args:
        told: Message-IDs of the letters that notify holds to be sent.
    """
    people = _readers(log, addresses, still=True)
    booked = [each for each in mails if each.message_id in told]
    owed = []
    for versions in _events(log):
        marks, last = _marks(versions), versions[-1].facts
        named = {each for entry in versions for each in entry.facts["partner_ids"]}
        for house in sorted(named):
            takes_part = house in last["partner_ids"]
            if takes_part and last["cancelled_on"] is not None:
                continue  # The cancellation is the last word.
            left = frozenset[Saying]({"left"})
            before, after = (left, TELLING) if takes_part else (TELLING, left)
            heard = Owed(marks, house, before, frozenset(people[house]))
            at = [each.at for each in booked if heard.is_told_by(each)]
            if at:
                owed.append(Owed(marks, house, after, heard.to, max(at)))
    return owed


def times_joined(log: Sequence[Logged]) -> dict[str, int]:
    """Give for each mark in an event's title how often one house joined the event, at most.

    So often one person may get letters of the same words about it, each another letter.
    """
    joined: dict[str, int] = {}
    for versions in _events(log):
        count: Counter[str] = Counter()
        before: set[str] = set()
        for entry in versions:
            named = set(entry.facts["partner_ids"])
            count.update(named - before)
            before = named
        joined |= dict.fromkeys(_marks(versions), max(count.values(), default=1))
    return joined


def _owed_by_event(
    versions: Sequence[Logged], office: str | None
) -> Iterable[tuple[frozenset[str], str, frozenset[Saying]]]:
    """Give marks, house and words of each letter that an event owes by its last facts."""
    last = versions[-1].facts
    since = next(
        place for place, entry in enumerate(versions) if entry.facts["revision"] == last["revision"]
    )
    marks = _marks(versions[since:])
    stayed = set(last["partner_ids"]).intersection(
        *(entry.facts["partner_ids"] for entry in versions[since:])
    )
    department = last["department_id"] or office
    for house in (*last["partner_ids"], *([department] if department else ())):
        says = TELLING
        if last["cancelled_on"] is not None:
            says = frozenset({"cancelled"})
        elif last["revision"] and (house in stayed or house == department):
            says = frozenset({"moved"})
        yield marks, house, says


def _events(log: Sequence[Logged]) -> list[list[Logged]]:
    """Give the versions of each event of the run."""
    versions: dict[str, list[Logged]] = defaultdict(list)
    for entry in log:
        if entry.subject_type == "event":
            versions[entry.subject_id].append(entry)
    return [each for each in versions.values() if _marks(each)]


def _marks(versions: Sequence[Logged]) -> frozenset[str]:
    return marks_in([entry.facts["title"]["ko"] for entry in versions])


def _readers(
    log: Sequence[Logged], addresses: Mapping[str, str], *, still: bool = False
) -> dict[str, set[str]]:
    """Give the addresses of everybody who ever held the seat that is told, by its house.

    Args:
        still: Only of those who hold it without an end.
    """
    seats = {each.subject_id: each.facts for each in log if each.subject_type == "seat"}
    people: dict[str, set[str]] = defaultdict(set)
    for facts in seats.values():
        if facts["role"] == SEATS.get(facts["at"]["type"]):
            held_by = (
                each["contact_id"]
                for each in facts["holders"]
                if not still or each.get("to") is None
            )
            people[facts["at"]["id"]] |= {addresses[each] for each in held_by if each in addresses}
    return people


def _office(log: Sequence[Logged]) -> str | None:
    """Give the department that answers for events that name none."""
    last = {each.subject_id: each.facts for each in log if each.subject_type == "department"}
    return next((name for name, facts in last.items() if facts["office"]), None)


def _is_due(facts: Facts, today: date) -> bool:
    if facts["done_on"] is not None or facts["cancelled_on"] is not None:
        return False
    ahead = date.fromisoformat(facts["due_on"]) - today
    return timedelta(0) <= ahead <= timedelta(days=FIRST_STEP_DAYS)
