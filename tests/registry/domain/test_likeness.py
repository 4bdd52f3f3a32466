"""Which organisations look like the same one, and why."""

import pytest

from ieum_registry.domain.likeness import LikenessIndex, Named, likeness
from tests.registry.makers import number

NUMBER = {"business_number": "1248100998"}
OTHER_NUMBER = {"business_number": "2208139938"}


def codes(asked: Named, other: Named) -> list[str]:
    return [each.code for each in likeness(asked, other)]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (Named("주식회사 사랑정밀"), Named("사랑정밀(주)"), ["name"]),
        (Named("㈜사랑정밀"), Named("사랑 정밀"), ["name"]),
        (Named("바른시"), Named("바른시\u00a0"), ["name"]),
        (Named("텔스타-홈멜"), Named("텔스타 홈멜"), ["name"]),
        (Named("ETRI"), Named("한국전자통신연구원", aliases=("ETRI",)), ["alias"]),
        (Named("한국정보화진흥원", "NIA"), Named("지능정보원", "N.I.A."), ["english_name"]),
        (
            Named("한국정보화진흥원"),
            Named("지능정보원", former=("한국정보화진흥원",)),
            ["former_name"],
        ),
        (Named("가", numbers=NUMBER), Named("나", numbers=NUMBER), ["business_number"]),
        (
            Named("가", website="https://www.sarang.example/"),
            Named("나", website="http://sarang.example"),
            ["website"],
        ),
        (Named("전남대"), Named("전남대학교"), ["short_name"]),
        (Named("광주시교육청"), Named("광주광역시교육청"), ["short_name"]),
        (Named("DH오토리드"), Named("디에이치오토리드㈜"), ["spelled_name"]),
        (Named("솔트룩스"), Named("㈜솔투룩스"), ["near_name"]),
        (Named("이엘비앤티"), Named("이엘비엔티"), ["near_name"]),
        (Named("크라우드웍스"), Named("클라우드웍스"), ["near_name"]),
    ],
)
def test_one_organisation_in_two_spellings_is_told_with_why(
    one: Named, other: Named, why: list[str]
) -> None:
    assert codes(one, other) == why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("전남대학교", "전남대학교 산학협력단"),
        ("조선대학교", "학교법인 조선대학교"),
        ("한국외식업중앙회", "한국외식업중앙회 광주지회"),
        ("광주테크노파크", "전남테크노파크"),
        ("전라남도", "전라북도"),
        ("광주광역시 동구", "광주광역시 남구"),
        ("에스제이메탈", "에스케이메탈"),
        ("그린다에이아이", "그린에이아이"),
        ("제1전산센터연구소", "제2전산센터연구소"),
        ("로완", "로안"),
        ("광주과학기술원", "광주과학기술진흥원"),
        ("담양군", "함양군"),
        ("광주광역시상인연합회", "광주광역시소상공인연합회"),
    ],
)
def test_other_legal_persons_branches_regions_and_firms_are_not_asked_about(
    one: str, other: str
) -> None:
    assert codes(Named(one), Named(other)) == []


def test_other_business_numbers_end_the_doubt_about_a_slip_but_not_about_the_same_name() -> None:
    assert codes(Named("솔트룩스", numbers=NUMBER), Named("솔투룩스", numbers=OTHER_NUMBER)) == []
    assert codes(Named("솔트룩스", numbers=NUMBER), Named("㈜솔트룩스", numbers=OTHER_NUMBER)) == [
        "name"
    ]


def test_an_index_finds_what_holding_each_against_each_finds() -> None:
    names = ["솔트룩스", "솔투룩스㈜", "전남대", "전남대학교", "KT", "케이티", "나무기술", "ABC"]
    index, ids = LikenessIndex(), {each: number(place) for place, each in enumerate(names)}
    for each in names:
        index.add(ids[each], Named(each))

    found = {
        (each, other)
        for each in names
        for other, _ in index.like(Named(each), limit=9, but=ids[each])
    }

    assert found == {
        (each, ids[other])
        for each in names
        for other in names
        if each != other and likeness(Named(each), Named(other))
    }
    assert len(found) == 6
