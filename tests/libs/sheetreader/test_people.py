"""Names, telephones and addresses are read out of one cell."""

import pytest

from sheetreader.people import PeopleRead, read_people


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
