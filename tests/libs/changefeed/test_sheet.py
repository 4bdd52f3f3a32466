"""A subject is a line of a sheet: typed cells, whatever it is written as."""

from collections.abc import Mapping
from datetime import date, datetime

from changefeed.declared import Fact
from changefeed.sheet import Cell, Column, as_text, cell_of, columns_of, mentioned
from changefeed.subjects.agreement import Agreement
from changefeed.subjects.event import Event
from changefeed.subjects.partner import Partner
from changefeed.words import SHOWN

CITY, OTHER = "01890000-0000-7000-8000-000000000001", "01890000-0000-7000-8000-000000000002"
NAMES = {CITY: "광주광역시", OTHER: "=네이버"}
SIGNED = {
    "id": "01890000-0000-7000-8000-000000000003",
    "key": None,
    "kind": "mou",
    "title": {"ko": "업무협약", "en": None},
    "signed_on": None,
    "signed_as": {"written": "2014.5", "precision": "month"},
    "effective_on": "2014-06-01",
    "end": {"rule": "unknown", "ends_on": None, "ends_as": None, "note": None},
    "parties": [
        {"partner_id": CITY, "side": "own", "signed_on": "2014-05-02"},
        {"partner_id": OTHER, "side": "partner", "number": "N-7"},
    ],
}


def everything(_: Fact) -> bool:
    return True


def test_cells_have_their_types() -> None:
    cells = _cells(Agreement, SIGNED)

    assert cells["구분"] == "업무협약(MOU)"
    assert cells["제목"] == "업무협약"
    assert cells["제목(영어)"] is None
    assert cells["서명일"] == "2014.5"
    assert cells["발효일"] == date(2014, 6, 1)
    assert cells["끝: 끝나는 방식"] == "종료 미상"
    assert cells["당사자"] == ("광주광역시 시 2014-05-02", "=네이버 상대 기관 N-7")


def test_an_event_has_the_time_of_its_place_and_its_country_by_name() -> None:
    event = {"starts_at": "2027-03-15T09:00", "country": "US", "city": {"ko": "라스베이거스"}}

    cells = _cells(Event, event)

    assert cells["시작"] == datetime(2027, 3, 15, 9, 0)  # noqa: DTZ001  Civil time.
    assert cells["나라"] == "미국"
    assert as_text(cells["시작"], "ko") == "2027-03-15T09:00"


def test_what_was_not_told_is_empty() -> None:
    assert set(_cells(Agreement, {"id": CITY}).values()) == {None, CITY}


def test_a_column_is_there_for_those_who_may_read_it() -> None:
    open_ones = {each.heading.ko for each in columns_of(Partner, lambda fact: fact.public)}
    all_of_them = {each.heading.ko for each in columns_of(Partner, everything)}

    assert all_of_them - open_ones == {"비고", "법인등록번호", "다른 기관"}


def test_whatever_a_line_calls_by_name_is_mentioned() -> None:
    facts = {**SIGNED, "lead_department_id": OTHER, "parent_id": None}

    assert set(mentioned(Agreement, facts)) == {
        ("partner", CITY),
        ("partner", OTHER),
        ("department", OTHER),
    }


def test_no_two_columns_of_a_type_have_one_heading() -> None:
    for kind_of in SHOWN.values():
        columns: tuple[Column, ...] = columns_of(kind_of, everything)
        for tongue in ("ko", "en"):
            headings = [getattr(each.heading, tongue) for each in columns]
            assert len(headings) == len(set(headings)), (kind_of, headings)


def _cells(kind_of: type[object], facts: Mapping[str, object]) -> dict[str, Cell]:
    return {
        each.heading.ko: cell_of(each, facts, NAMES, "ko")
        for each in columns_of(kind_of, everything)
    }
