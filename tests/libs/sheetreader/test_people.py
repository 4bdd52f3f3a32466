"""Names, telephones and addresses are read out of one cell."""

import pytest

from sheetreader.headings import uses_of
from sheetreader.people import PeopleRead, names_somebody, read_people
from tests.libs.sheetreader.reading import lines_of_csv


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("홍길동(062-000-0000)", PeopleRead(("홍길동",), "062-000-0000")),
        ("홍길동 ☎000-1000", PeopleRead(("홍길동",), "000-1000")),
        ("홍길동(내선 1234)", PeopleRead(("홍길동",), "1234")),
        ("성춘향\na@city.example", PeopleRead(("성춘향",), email="a@city.example")),
        ("이몽룡 주무관 / a@city.example", PeopleRead(("이몽룡",), email="a@city.example")),
        ("a@city.example", PeopleRead(email="a@city.example")),
        ("스마트도시과 홍길동", PeopleRead(("홍길동",), department="스마트도시과")),
        ("홍길동(스마트도시과)", PeopleRead(("홍길동",), department="스마트도시과")),
        ("홍길동 팀장, 성춘향 주무관", PeopleRead(("홍길동", "성춘향"))),
        ("행정7급 홍길동", PeopleRead(("홍길동",))),
        ("홍 길 동", PeopleRead(("홍길동",))),
        ("박남국", PeopleRead(("박남국",))),
        ("스마트도시과(홍길동)", PeopleRead(("홍길동",), department="스마트도시과")),
        ("총무과", PeopleRead(department="총무과")),
        ("공석", PeopleRead()),
        ("홍길동(정규직)", PeopleRead(("홍길동",), rest="정규직")),
        ("홍길동(’24.7.1.~)", PeopleRead(("홍길동",), rest="’24.7.1.~")),
    ],
)
def test_a_cell_about_people_is_read_apart(text: str, told: PeopleRead) -> None:
    assert read_people(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("문의 062-613-0001", True),
        ("010 1234 5678", True),
        ("a@city.example", True),
        ("900101-1234567", True),
        ("2024-01-05까지", False),
        ("예산 1,200백만원", False),
        ("제2021-0421-1호", False),
    ],
)
def test_a_text_that_reaches_somebody_is_told_from_days_and_numbers(
    text: str, *, told: bool
) -> None:
    assert names_somebody(text) is told


def test_what_stands_with_the_partners_is_theirs() -> None:
    heading = "협약명,협약기관,연락처,체결일,담당부서,담당자\n"
    line = "첫 협약,네이버,031-1588-0001,2026-1-1,새싹과,홍길동\n"

    found = lines_of_csv(heading + line)[2].agreement

    assert found is not None
    assert found.officer is not None
    assert (found.officer.value, found.phone) == ("홍길동", None)
    assert uses_of("담당자", "협약기관") == ("ignore",)
    assert uses_of("담당자", "주관부서") == ("officer",)
