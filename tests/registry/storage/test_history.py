"""Whatever is written, every read at every entry is what a replay of the log up to it gives."""

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from changefeed.finding import words
from changefeed.subjects.agreement import Party
from changefeed.subjects.parts import Words
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.errors import NotFound, Taken
from ieum_registry.domain.partner import Partner
from ieum_registry.operations.ports.condition import Condition, at_least, at_most, equal, linked
from ieum_registry.operations.ports.scope import DISCLOSED, EVERYTHING, Scope
from ieum_registry.operations.reindex import reindex
from ieum_registry.operations.verify import StoredChange, verify
from ieum_registry.storage.store import Store

from .subjects import agreement, ledger, partner, put

NAMES = ("네이버", "네이버 클라우드", "버넥트", "㈜버넥트", "유니티")
ASKED = ("네이버", "버넥", "ㄴㅇㅂ", "버", "버클", "unity", "트㈜")
KEYS = (None, "a", "b")
DAYS = (date(2022, 1, 1), date(2023, 6, 30), None)
PARTNERS = [partner(f"기관 {number}") for number in range(3)]
AGREEMENTS = [agreement(PARTNERS[0].id, PARTNERS[1].id, title=f"협약 {n}") for n in range(2)]
LIAISON = Scope.of_partners([PARTNERS[1].id], date(2023, 1, 1))


@dataclass(frozen=True)
class Step:
    """One new version of one subject."""

    number: int
    name: str
    key: str | None
    flag: bool
    day: date | None

    def subject(self) -> Partner | Agreement:
        if self.number < len(PARTNERS):
            return replace(
                PARTNERS[self.number], name=Words(self.name, "Unity"), key=self.key, own=self.flag
            )
        was = AGREEMENTS[self.number - len(PARTNERS)]
        others = was.parties if self.flag else (was.parties[0], _party(was, PARTNERS[2].id))
        return replace(
            was,
            title=Words(self.name),
            number=self.key,
            parties=(others[0], replace(others[1], left_on=self.day)),
            disclosure="public" if self.flag else "closed",
        )


def _party(was: Agreement, partner_id: UUID) -> Party:
    return replace(was.parties[1], partner_id=partner_id)


STEPS = st.builds(
    Step,
    number=st.integers(0, len(PARTNERS) + len(AGREEMENTS) - 1),
    name=st.sampled_from(NAMES),
    key=st.sampled_from(KEYS),
    flag=st.booleans(),
    day=st.sampled_from(DAYS),
)
HISTORIES = st.lists(st.lists(STEPS, min_size=1, max_size=5), min_size=1, max_size=8)

QUESTIONS: Sequence[tuple[str, Sequence[Condition], Callable[[dict[str, Any]], bool]]] = (
    ("partner", (), lambda _: True),
    ("partner", (equal("own", True),), lambda facts: facts["own"]),
    ("partner", (equal("key", "a"),), lambda facts: facts["key"] == "a"),
    ("partner", (equal("key", None),), lambda facts: facts["key"] is None),
    ("agreement", (), lambda _: True),
    (
        "agreement",
        (linked("partner", PARTNERS[2].id),),
        lambda facts: str(PARTNERS[2].id) in {each["partner_id"] for each in facts["parties"]},
    ),
    (
        "agreement",
        (at_most("in_force_from", date(2023, 1, 1)), at_least("in_force_until", date(2023, 1, 1))),
        lambda facts: (facts["parties"][1]["left_on"] or "9999") >= "2023-01-01",
    ),
)


class Replay:
    """The slow and obvious way to answer: a walk over the log."""

    def __init__(self, store: Store) -> None:
        self._entries = [each for each in store.stored_changes() if isinstance(each, StoredChange)]

    def state(self, subject_type: str, seq: int) -> dict[str, tuple[int, str, str | None]]:
        found = {}
        for entry in self._entries[:seq]:
            if entry.subject_type == subject_type:
                assert entry.body is not None
                found[str(entry.subject_id)] = (entry.version, entry.body, entry.disclosed)
        return found

    def named(self, seq: int) -> dict[str, list[str]]:
        """Give every name that each partner has had by then, and its number."""
        found: dict[str, list[str]] = {}
        for entry in self._entries[:seq]:
            if entry.subject_type == "partner":
                assert entry.body is not None
                found.setdefault(str(entry.subject_id), []).extend(_texts(json.loads(entry.body)))
        return found

    def parties_today(self) -> set[str]:
        """Agreements that the liaison's partner is party to, as known now."""
        today, me = LIAISON.on.isoformat(), str(PARTNERS[1].id)
        return {
            subject_id
            for subject_id, (_, body, _) in self.state("agreement", len(self._entries)).items()
            for each in json.loads(body)["parties"]
            if each["partner_id"] == me and (each["left_on"] or "9999") >= today
        }

    def listed(
        self, subject_type: str, seq: int, meets: Callable[[dict[str, Any]], bool], scope: Scope
    ) -> list[tuple[int, str]]:
        rows = []
        for subject_id, (version, body, disclosed) in self.state(subject_type, seq).items():
            facts = json.loads(body)
            is_mine = subject_type == "agreement" and subject_id in self.parties_today()
            text = body if scope == EVERYTHING or (scope == LIAISON and is_mine) else disclosed
            if meets(facts) and text is not None:
                day = facts.get("signed_on")
                rows.append((day or facts["name"]["ko"], subject_id, version, text))
        rows.sort(key=lambda row: (row[0], row[1]), reverse=subject_type == "agreement")
        return [(version, text) for _, _, version, text in rows]


def _pages(
    store: Store,
    subject_type: str,
    conditions: Sequence[Condition] = (),
    *,
    q: str | None = None,
    known_at: int | None,
    scope: Scope = EVERYTHING,
) -> list[tuple[int, str]]:
    """Walk a list by transactions of two."""
    found: list[tuple[int, str]] = []
    after: str | None = None
    while True:
        page = store.records.list(
            subject_type, conditions, q=q, known_at=known_at, scope=scope, limit=2, after=after
        )
        found += [(each.version, each.text) for each in page.items]
        after = page.next
        if after is None:
            return found


def _holds(q: str, named: dict[str, list[str]], facts: dict[str, Any]) -> bool:
    """Look for each word in each text, written out without any index."""
    texts = _texts(facts) + named.get(facts["id"], [])  # Of a partner its former ones, too.
    for each in facts.get("parties", ()):
        texts += named.get(each["partner_id"], [])
    plain = [each.replace("㈜", "(주)").replace(" ", "").casefold() for each in texts]
    plain = [each.replace("-", "") for each in plain]
    initials = ["".join(map(_initial, text)) for text in plain]
    return all(
        any(word.text in text for text in (initials if word.by_initials else plain))
        for word in words(q)
    )


def _texts(facts: dict[str, Any]) -> list[str]:
    texts = [facts[part]["ko"] for part in ("name", "title") if part in facts]
    texts += [facts[part]["en"] or "" for part in ("name", "title") if part in facts]
    texts += [facts.get("number") or "", facts.get("business_number") or ""]
    return [*texts, f"{facts['signed_on'][:4]}년"] if facts.get("signed_on") else texts


def _initial(character: str) -> str:
    order = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
    return order[(ord(character) - 0xAC00) // 588] if "가" <= character <= "힣" else character


@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=HISTORIES)
def test_every_read_at_every_entry_is_a_replay(
    new_store: Callable[[], Store], history: list[list[Step]]
) -> None:
    with closing(new_store()) as store:  # Also where it fails: a server has so many connections.
        for page_of_steps in history:
            try:
                with ledger(store).open() as transaction:
                    for step in page_of_steps:
                        put(transaction, step.subject())
            except Taken:
                continue

        assert verify(store.stored_changes()).is_whole
        with store.new_shelves() as shelves:
            assert reindex(shelves, compare_only=True).differences == ()
        _compare(store)


def _compare(store: Store) -> None:
    replay, head = Replay(store), store.records.head().seq
    for seq in range(head + 1):
        # The newest state is asked for both as now and as known then.
        for known_at in {seq, None if seq == head else seq}:
            _compare_lists(store, replay, seq, known_at)
            for each in PARTNERS:
                _compare_one(store, replay, each, seq, known_at)
            for each_agreement in AGREEMENTS:
                _compare_one(store, replay, each_agreement, seq, known_at)


def _compare_lists(store: Store, replay: Replay, seq: int, known_at: int | None) -> None:
    for scope in (EVERYTHING, DISCLOSED, LIAISON):
        for subject_type, conditions, meets in QUESTIONS:
            expected = replay.listed(subject_type, seq, meets, scope)
            found = _pages(store, subject_type, conditions, known_at=known_at, scope=scope)
            assert found == expected
    named = replay.named(seq)
    for q in ASKED:
        for subject_type in ("partner", "agreement"):
            expected = replay.listed(subject_type, seq, partial(_holds, q, named), EVERYTHING)
            assert _pages(store, subject_type, q=q, known_at=known_at) == expected


def _compare_one(
    store: Store, replay: Replay, each: Partner | Agreement, seq: int, known_at: int | None
) -> None:
    expected = replay.state(each.subject_type, seq).get(str(each.id))
    try:
        reading = store.records.one(each.subject_type, each.id, known_at=known_at)
    except NotFound:
        assert expected is None
        return
    assert expected is not None
    assert (reading.version, reading.text) == expected[:2]
