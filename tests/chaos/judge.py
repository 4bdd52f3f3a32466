"""Was every promise kept? Pure functions over what a run left behind.

Each gives sentences, one for each broken promise; none means that it was kept
(docs/survival.md numbers the promises).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from tests.chaos.owed import Owed
from tests.chaos.record import Attempt, Book, Facts, Logged, Mail, Write, marks_in

BESIDE_THE_LOG = {"contact": ("name", "email", "phone")}
"""What an answer holds beside the facts, by type of subject."""

UNSETTLED = frozenset({"planned", "held", "leased", "retry"})
"""States from which a letter still goes on: once all is quiet, none is in them that was taken."""

EXPECTED_REFUSALS = frozenset({"412 version.stale"})
"""What a client is told when another was faster; any other refusal is a fault of the run."""


def lost(writes: Iterable[Write], log: Sequence[Logged]) -> list[str]:
    """S-1: name the acknowledged writes that the log does not hold as they were acknowledged."""
    entries = {(entry.subject_id, entry.version): entry for entry in log}
    faults = []
    for write in writes:
        for subject_id, version, seq in write.answers:
            entry = entries.get((subject_id, version))
            if entry is None:
                faults.append(f"{write.mark} ({write.what}): entry {seq} is not in the log")
            elif entry.seq != seq:
                faults.append(f"{write.mark} ({write.what}): answered {seq}, logged {entry.seq}")
            elif write.facts is not None and _facts(write.facts, entry) != dict(entry.facts):
                faults.append(f"{write.mark} ({write.what}): entry {seq} holds other facts")
    return faults


def not_once(writes: Iterable[Write], log: Sequence[Logged]) -> list[str]:
    """S-2: name writes that happened more than once, in part, or though they were refused."""
    made = _entries_by_mark(log)
    faults = []
    for write in writes:
        found = made.pop(write.mark, 0)
        allowed = {
            "acknowledged": {write.entries},
            "found": {write.entries},
            "refused": {0},
            "unknown": {0, write.entries},
        }[write.ending]
        if found not in allowed:
            meant = " or ".join(map(str, sorted(allowed)))
            faults.append(
                f"{write.mark} ({write.what}, {write.ending}): {found} entries, not {meant}"
            )
        if len(set(write.answers)) > 1:
            faults.append(f"{write.mark} ({write.what}): answered in two ways: {write.answers}")
    faults += [f"{mark}: {count} entries that nobody asked for" for mark, count in made.items()]
    return faults


def refused(writes: Iterable[Write]) -> list[str]:
    """Name refusals that no rule explains: a client of this run asks only for what is allowed."""
    told = Counter(
        f"{write.what}: {write.refusal}"
        for write in writes
        if write.ending == "refused" and write.refusal not in EXPECTED_REFUSALS
    )
    return [f"{what} ({count} times)" for what, count in told.items()]


def gaps(log: Sequence[Logged], first: int = 1) -> list[str]:
    """S-3: name numbers that the feed leaves out from the first on, and versions that skip."""
    faults = [
        f"entry {entry.seq} stands where {number} should"
        for number, entry in enumerate(log, start=first)
        if entry.seq != number
    ]
    versions: Counter[str] = Counter()
    for entry in log:
        versions[entry.subject_id] += 1
        if entry.version != versions[entry.subject_id]:
            faults.append(f"entry {entry.seq}: version {entry.version} of {entry.subject_id}")
    return faults[:20]


def untold(owed: Iterable[Owed], mails: Sequence[Mail]) -> list[str]:
    """S-5: name owed letters that the mail server never took."""
    return [
        f"{'/'.join(sorted(each.marks))}: {each.house} was not told ({'/'.join(sorted(each.says))})"
        for each in owed
        if not any(map(each.is_told_by, mails))
    ]


def owed_by_letters_sent(due: Iterable[str], sent: Collection[str]) -> list[str]:
    """Give the keys that are due because of a letter that went out, and not because of a fact.

    That is a word to who left or came back, or what a seat's new holder has not got. Anything else
    that is due and not in the book is late for no reason.
    """
    words = ("|event_left|", "|event_returned|")
    return [key for key in due if key in sent or any(word in key for word in words)]


def book_differs(book: Book, mails: Iterable[Mail]) -> list[str]:
    """S-5, S-6: name where notify's book and the mail server's tell different stories."""
    taken = {mail.message_id for mail in mails}
    return [
        *(f"{key}: due, and neither sent nor withdrawn" for key in book.waiting),
        *(f"{each}: told as sent, never taken" for each in sorted(book.told - taken)),
        *(f"{each}: taken, in no book" for each in sorted(taken - book.states.keys())),
    ]


def surplus(book: Book, mails: Iterable[Mail]) -> Counter[str]:
    """Count the letters that were taken and are not booked as sent, by what became of their debt.

    A sender died before it heard the answer: what it sent was owed no longer afterwards
    (`superseded`, `cancelled`, `skipped`), went to the seat's next holder too (`sent`), or waits
    for a person (`in_doubt`).
    """
    taken = {mail.message_id for mail in mails}
    return Counter(state for each, state in book.states.items() if each in taken - book.told)


def untraced(book: Book, mails: Iterable[Mail]) -> list[str]:
    """S-6: name letters that were taken and not booked as sent, without a reason to be found."""
    cut = {attempt.message_id for attempt in book.attempts if attempt.is_cut}
    beyond = {mail.message_id for mail in mails}.intersection(book.states) - book.told
    return [
        f"{each}: taken, not booked as sent, "
        + ("no attempt was cut" if each not in cut else f"and {book.states[each]} even now")
        for each in sorted(beyond)
        if each not in cut or book.states[each] in UNSETTLED
    ]


def doubles(mails: Iterable[Mail]) -> dict[str, int]:
    """Give the Message-IDs that the mail server took more than once, and how often."""
    taken = Counter(mail.message_id for mail in mails)
    return {message_id: count for message_id, count in taken.items() if count > 1}


def unexcused_doubles(
    mails: Sequence[Mail], attempts: Iterable[Attempt], joined: Mapping[str, int]
) -> list[str]:
    """S-6: name letters that went out again without a cut attempt, or under another name.

    Each letter beyond the first needs an attempt of its own that was cut between start and end.

    Args:
        joined: By the mark of an event, how often somebody joined it: whoever leaves twice is
            told so twice.
    """
    cut = Counter(attempt.message_id for attempt in attempts if attempt.is_cut)
    faults = [
        f"{message_id}: taken {count} times, cut {cut[message_id]} times"
        for message_id, count in doubles(mails).items()
        if count - 1 > cut[message_id]
    ]
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mail in mails:
        names[mail.recipient, mail.subject].add(mail.message_id)
    faults += [
        f"{subject}: the same letter to one person under {len(ids)} Message-IDs"
        for (_, subject), ids in names.items()
        if len(ids) > max([1, *(joined.get(mark, 1) for mark in marks_in([subject]))])
    ]
    return faults


def _entries_by_mark(log: Sequence[Logged]) -> Counter[str]:
    """Count for each mark the entries that bring it in; later versions carry it along."""
    made: Counter[str] = Counter()
    before: dict[str, frozenset[str]] = {}
    for entry in log:
        marks = marks_in([entry.text])
        made.update(marks - before.get(entry.subject_id, frozenset()))
        before[entry.subject_id] = marks
    return made


def _facts(answered: Facts, entry: Logged) -> dict[str, object]:
    beside = ("version", *BESIDE_THE_LOG.get(entry.subject_type, ()))
    return {name: value for name, value in answered.items() if name not in beside}
