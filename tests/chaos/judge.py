"""Was every promise kept? Pure functions over what a run left behind.

Each gives sentences, one for each broken promise; none means that it was kept
(docs/survival.md numbers the promises).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from tests.chaos.record import Attempt, Book, Facts, Logged, Mail, Write, marks_in

FIRST_STEP_DAYS = 7
"""A milestone at most so far ahead has reached one of its steps, whatever holidays there are:
steps move to earlier days only (docs/rules/reminders.md, R-1 and R-2)."""

BESIDE_THE_LOG = {"contact": ("name", "email", "phone")}
"""What an answer holds beside the facts, by type of subject."""

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


def owed_by_hand(log: Sequence[Logged], today: date) -> dict[str, frozenset[str]]:
    """Count by hand, from the facts alone, which letters must have gone out.

    Counted are the run's own milestones: open, due within a week from today, owned by a partner
    with a liaison; and its events, all of them within 30 days, if their last entry is the first or
    moved or cancelled them: each of these owes a letter at once (docs/rules/reminders.md, R-17 to
    R-22). Titles carry the mark of the write that gave the subject its date.

    Returns:
        The mark in the title → the addresses of which at least one must have got the letter:
        everybody who ever held a liaison seat of the owner, as a seat may have changed hands
        before or after the letter went out.
    """
    last: dict[str, Logged] = {entry.subject_id: entry for entry in log}
    holders: dict[str, set[str]] = defaultdict(set)
    for entry in last.values():
        if entry.subject_type == "seat" and entry.facts["role"] == "liaison":
            for holder in entry.facts["holders"]:
                contact = last[holder["contact_id"]].facts
                holders[entry.facts["at"]["id"]] |= {
                    f"{mark}@chaos.example" for mark in marks_in([contact["purpose"]])
                }
    owed = {}
    for entry in last.values():
        if entry.subject_type != "milestone" or not _is_due(entry.facts, today):
            continue
        for mark in marks_in([entry.facts["title"]["ko"]]):
            if told := holders.get(entry.facts["owner"]["id"]):
                owed[mark] = frozenset(told)
    for entry in _announced(log):
        told = set[str]().union(*(holders[each] for each in entry.facts["partner_ids"]))
        for mark in marks_in([entry.facts["title"]["ko"]]) if told else ():
            owed[mark] = frozenset(told)
    return owed


def _announced(log: Sequence[Logged]) -> list[Logged]:
    """Give the last entries of events that were registered, moved or cancelled by them."""
    last: dict[str, tuple[Logged | None, Logged]] = {}
    for entry in log:
        if entry.subject_type == "event":
            _, before = last.get(entry.subject_id, (None, None))
            last[entry.subject_id] = (before, entry)
    return [
        entry
        for before, entry in last.values()
        if before is None or before.facts["revision"] != entry.facts["revision"]
    ]


def untold(owed: Mapping[str, frozenset[str]], mails: Iterable[Mail]) -> list[str]:
    """S-5: name owed letters that the mail server never took."""
    got: dict[str, set[str]] = defaultdict(set)
    for mail in mails:
        for mark in marks_in([mail.subject]):
            got[mark].add(mail.recipient)
    return [f"{mark}: nobody was told" for mark, told in owed.items() if not told & got[mark]]


def book_differs(book: Book, mails: Iterable[Mail]) -> list[str]:
    """S-5, S-6: name where notify's book and the mail server's tell different stories."""
    taken = {mail.message_id for mail in mails}
    return [
        *(f"{key}: due, and neither sent nor withdrawn" for key in book.waiting),
        *(f"{each}: told as sent, never taken" for each in sorted(book.told - taken)),
        *(f"{each}: taken, in no book" for each in sorted(taken - book.known)),
    ]


def doubles(mails: Iterable[Mail]) -> dict[str, int]:
    """Give the Message-IDs that the mail server took more than once, and how often."""
    taken = Counter(mail.message_id for mail in mails)
    return {message_id: count for message_id, count in taken.items() if count > 1}


def unexcused_doubles(mails: Sequence[Mail], attempts: Iterable[Attempt]) -> list[str]:
    """S-6: name letters that went out again without a cut attempt, or under another name.

    Each letter beyond the first needs an attempt of its own that was cut between start and end.
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
        if len(ids) > 1
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


def _is_due(facts: Facts, today: date) -> bool:
    if facts["done_on"] is not None or facts["cancelled_on"] is not None:
        return False
    ahead = date.fromisoformat(facts["due_on"]) - today
    return timedelta(0) <= ahead <= timedelta(days=FIRST_STEP_DAYS)
