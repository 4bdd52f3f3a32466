"""Agreements are found by what they say and by the names of whom they are of, now and then."""

from dataclasses import replace
from itertools import product
from uuid import uuid4

import pytest

from changefeed.subjects.department import Department
from changefeed.subjects.journal import JournalEntry
from changefeed.subjects.parts import Words
from ieum_registry.domain.agreement import Agreement
from ieum_registry.operations.ports.scope import DISCLOSED
from ieum_registry.storage.store import Store

from .plans import watch
from .subjects import SIGNED, agreement, how_many, partner, record

LIMITS = [(500, 12_000), (3, 60), (1, 2)]
"""From how many texts on a piece is taken for common; with few, each way of searching is taken."""
NAMES = ("한빛대학교", "한빛병원", "새싹대학교", "AI-메타버스 연구소", "Łódź University")
HEADS = ("청년정책과", "대학협력과")
TITLES = ("산학 협력", "청년 창업", "메타버스 도시")
ASKED = [
    *("한빛", "대학", "대학교", "한빛 대학교", "청년", "협력", "정책과", "lodz", "ㅎㅂ", "ㅎㅂㄷ"),
    *("한", "ai메타버스", "산학 한빛", "대학 청년", "메타버스 새싹", "창업 대학협력과", "가-01"),
    *("2021 병원", "2021년 한빛 청년", "광주시", "없는말", "한빛 없는말", "도시 lodz 정책", "01"),
    "청년 창업 새싹대학교 청년정책과",
]


def _texts(of: Agreement, *more: str) -> list[str]:
    own = [of.title.ko, of.number or "", "2021년"]
    return [_plain(each) for each in (*own, *more)]


def _plain(text: str) -> str:
    return (
        text.lower()
        .replace(" ", "")
        .replace("-", "")
        .replace("Ł".lower(), "l")
        .translate(str.maketrans("óź", "oz"))
    )


def _initials(text: str) -> str:
    first = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
    return "".join(first[(ord(c) - 0xAC00) // 588] if "가" <= c <= "힣" else c for c in text)


def _is_found(q: str, texts: list[str]) -> bool:
    for word in map(_plain, q.split()):
        by_initials = any("ㄱ" <= each <= "ㅎ" for each in word)
        if not any(word in (_initials(each) if by_initials else each) for each in texts):
            return False
    return True


@pytest.mark.parametrize(("rare", "common"), LIMITS)
def test_each_word_is_met_by_the_agreement_or_by_a_name_of_whom_it_is_of(
    store: Store, monkeypatch: pytest.MonkeyPatch, rare: int, common: int
) -> None:
    for name, most in (("RARE", rare), ("FEW", max(rare // 4, 1)), ("COMMON", common)):
        monkeypatch.setattr(f"ieum_registry.storage.index.word_search.{name}", most)
    city = partner("광주시", own=True)
    partners = [partner(each) for each in NAMES]
    heads = [Department(id=uuid4(), name=Words(each)) for each in HEADS]
    told: dict[Agreement, list[str]] = {}
    for at, (other, head, title) in enumerate(product(partners, heads, TITLES)):
        one = replace(
            agreement(city.id, other.id, title=title, number=f"가-{at:02}"),
            lead_department_id=head.id,
        )
        told[one] = _texts(one, "광주시", other.name.ko, head.name.ko)
    record(store, city, *partners, *heads)
    *_, last = record(store, *told)

    def expected(q: str) -> int:
        return sum(_is_found(q, texts) for texts in told.values())

    assert {q: how_many(store, "agreement", q=q) for q in ASKED} == {q: expected(q) for q in ASKED}
    then = {q: how_many(store, "agreement", q=q, known_at=last.seq) for q in ASKED}
    assert then == {q: expected(q) for q in ASKED}
    assert how_many(store, "agreement", q="한빛", known_at=last.seq - len(told)) == 0


@pytest.mark.parametrize(("rare", "common"), LIMITS)
def test_a_renamed_partner_s_agreements_are_found_by_either_name(
    store: Store, monkeypatch: pytest.MonkeyPatch, rare: int, common: int
) -> None:
    for name, most in (("RARE", rare), ("FEW", rare), ("COMMON", common)):
        monkeypatch.setattr(f"ieum_registry.storage.index.word_search.{name}", most)
    city, other = partner("광주시", own=True), partner("옛이름대학교")
    record(store, city, other, *(agreement(city.id, other.id) for _ in range(4)))
    before = store.records.head().seq
    seen = watch(monkeypatch)
    seen.forget()
    record(store, replace(other, name=Words("새이름대학교")))

    assert how_many(store, "agreement", q="새이름") == 4
    assert how_many(store, "agreement", q="옛이름") == 4
    assert how_many(store, "agreement", q="옛이름", known_at=before) == 4
    assert how_many(store, "agreement", q="새이름", known_at=before) == 0
    assert how_many(store, "partner", q="새이름") == 1
    writes = [sql for sql, _ in seen.queries if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not [sql for sql in writes if "agreement" in sql]


def test_a_partner_that_is_party_no_more_on_record_finds_it_no_more(store: Store) -> None:
    city, one, other = partner("광주시", own=True), partner("가나연구소"), partner("다라연구소")
    signed = agreement(city.id, one.id)
    record(store, city, one, other, signed)
    parties = tuple(
        replace(each, partner_id=other.id) if each.partner_id == one.id else each
        for each in signed.parties
    )
    record(store, replace(signed, parties=parties))

    assert how_many(store, "agreement", q="가나연구소") == 0
    assert how_many(store, "agreement", q="다라연구소") == 1
    assert how_many(store, "agreement", q="가나연구소", known_at=store.records.head().seq - 1) == 1


def test_words_find_no_more_than_the_scope_shows(store: Store) -> None:
    city, other = partner("광주시", own=True), partner("가나연구소")
    shown = agreement(city.id, other.id, disclosure="public")
    record(store, city, other, shown, agreement(city.id, other.id))

    assert how_many(store, "agreement", q="가나연구소", scope=DISCLOSED) == 1
    assert how_many(store, "agreement", q="가나연구소") == 2


def test_the_journal_is_found_by_the_partner_s_name(store: Store) -> None:
    other = partner("가나연구소")
    head = Department(id=uuid4(), name=Words("청년정책과"))
    entry = JournalEntry(
        id=uuid4(),
        partner_id=other.id,
        on=SIGNED,
        kind="call",
        department_id=head.id,
        text="실증 일정",
    )
    record(store, other, head, entry)

    assert how_many(store, "journal", q="가나 일정") == 1
    assert how_many(store, "journal", q="다라") == 0


def test_a_partner_is_found_by_its_old_names_and_aliases_even_beside_a_word_of_today(
    store: Store,
) -> None:
    before = replace(partner("광주과학기술원"), aliases=("지스트",))
    now = replace(before, name=Words("한빛기술원", "Hanbit Institute"), aliases=())
    _, known = record(store, partner("다른 기관"), before)
    record(store, now)

    for q in ("광주과학", "ㄱㅈㄱㅎ", "지스트", "한빛기술원", "광주과학 hanbit", "AI", "없는말"):
        expected = 0 if q in ("AI", "없는말") else 1
        assert how_many(store, "partner", q=q) == expected, q
    assert how_many(store, "partner", q="한빛", known_at=known.seq) == 0
    assert how_many(store, "partner", q="광주과학", scope=DISCLOSED) == 1


def test_two_consonants_that_a_keyboard_joins_are_two(store: Store) -> None:
    record(store, partner("한국소프트웨어"), partner("바른병원사랑"))

    assert how_many(store, "partner", q="ㅎㄳ") == 1  # ㅎㄱㅅ as a keyboard leaves it.
    assert how_many(store, "partner", q="ㅄ") == how_many(store, "partner", q="ㅂㅅ")
