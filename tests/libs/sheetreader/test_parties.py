"""Partners are read out of a cell as they are written; who is not named is counted."""

import pytest

from sheetreader.parties import read_parties


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("가온테크 주식회사", ["가온테크 주식회사"]),
        ("라온대, 자람대, 마루대", ["라온대", "자람대", "마루대"]),
        ("원포유\n박격포\n랩팜", ["원포유", "박격포", "랩팜"]),
        ("광주시교육청/GIST/전남대", ["광주시교육청", "GIST", "전남대"]),
        ("전라남도·무안군", ["전라남도", "무안군"]),
        ("클라이온·엠 코포레이션·헬프티쳐", ["클라이온", "엠 코포레이션", "헬프티쳐"]),
        ("멋쟁이사자처럼 및 (재)광주과학기술진흥원", ["멋쟁이사자처럼", "(재)광주과학기술진흥원"]),
        ("전남대와 조선대", ["전남대", "조선대"]),
        ("① 가온테크 ② 나래전자", ["가온테크", "나래전자"]),
        ("1. 가온테크\n2. 나래전자", ["가온테크", "나래전자"]),
        ("- 가온테크\n- 나래전자", ["가온테크", "나래전자"]),
        ("[주관] 네이버\n[참여] 카카오", ["네이버", "카카오"]),
        ("삼성전자 & LG전자", ["삼성전자", "LG전자"]),
        ("동구·서구·광산구", ["동구", "서구", "광산구"]),
        ("5개 자치구(동구, 서구, 남구, 북구, 광산구)", ["동구", "서구", "남구", "북구", "광산구"]),
        ("가온테크 외 2개사(라온, 마루)", ["가온테크", "라온", "마루"]),
        ("㈜네이버 ㈜카카오", ["㈜네이버", "㈜카카오"]),
        # One name each.
        ("A/S센터", ["A/S센터"]),
        ("R&D센터", ["R&D센터"]),
        ("Foo Co., Ltd.", ["Foo Co., Ltd."]),
        ("Johnson & Johnson", ["Johnson & Johnson"]),
        ("국립5·18민주묘지", ["국립5·18민주묘지"]),
        ("광주·전남연구원", ["광주·전남연구원"]),
        ("조선대학교(산학협력단)", ["조선대학교(산학협력단)"]),
        ("미래와사람", ["미래와사람"]),
        ("“네이버”", ["네이버"]),
    ],
)
def test_names_are_parted_where_they_are_surely_several(text: str, names: list[str]) -> None:
    found = read_parties(text)

    assert [each.name for each in found.parties] == names
    assert (found.not_named, found.doubts) == (0, ())


@pytest.mark.parametrize(
    ("text", "names", "not_named"),
    [
        ("㈜가, 나대학교 외 3", ["㈜가", "나대학교"], 3),
        ("㈜레이메드 외 9개사", ["㈜레이메드"], 9),
        ("네이버외 3개사", ["네이버"], 3),
        ("네이버 外 3", ["네이버"], 3),
        ("가온, 나래 등 21개사", ["가온", "나래"], 19),
        ("전남대 등 12", ["전남대"], 11),
        ("네이버, 카카오 총 5개사", ["네이버", "카카오"], 3),
        ("12개 기관 (전남대, 조선대 등)", ["전남대", "조선대"], 10),
        ("21개 기업", [], 21),
        ("5개 자치구", [], 5),
        ("민간사업자", [], 1),
        ("○○기업", [], 1),
        ("가온테크 등", ["가온테크"], None),
        ("가온테크 외 다수", ["가온테크"], None),
    ],
)
def test_partners_without_a_name_are_counted(
    text: str, names: list[str], not_named: int | None
) -> None:
    found = read_parties(text)

    assert ([each.name for each in found.parties], found.not_named) == (names, not_named)
    assert [code for code, _, _ in found.doubts] == [
        "parties.not_counted" if not_named is None else "parties.not_named"
    ]


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("방송·통신위원회", ["방송", "통신위원회"]),
        ("한국·독일·일본 상공회의소", ["한국", "독일", "일본 상공회의소"]),
        ("기계 및 장비협회", ["기계", "장비협회"]),
        ("(주)네이버(주)카카오", ["(주)네이버(주)", "카카오"]),
    ],
)
def test_what_may_be_one_name_or_several_is_asked(text: str, several: list[str]) -> None:
    asked = read_parties(text)

    assert [code for code, _, _ in asked.doubts] == ["parties.one_or_several"]
    assert [each.name for each in asked.parties] == [text]
    assert [each.name for each in read_parties(text, "one").parties] == [text]
    assert [each.name for each in read_parties(text, "several").parties] == several


def test_more_names_than_it_says_are_asked_about() -> None:
    text = "광주은행, 전남대, 조선대 등 2개 기관"

    assert [code for code, _, _ in read_parties(text).doubts] == ["parties.fewer"]
    assert read_parties(text, "all").doubts == ()


@pytest.mark.parametrize(
    ("text", "name", "others", "country", "remark"),
    [
        ("한국전자기술연구원(KETI)", "한국전자기술연구원", ("KETI",), "", ""),
        ("중국 칭다오시(靑島市)", "칭다오시", ("靑島市",), "CN", ""),
        ("칭다오시(중국)", "칭다오시", (), "CN", ""),
        ("중국 공상은행", "중국 공상은행", (), "CN", ""),
        ("한국 딥러닝", "한국 딥러닝", (), "", ""),
        ("네이버㈜(대표 홍길동)", "네이버㈜", (), "", "대표 홍길동"),
        ("네이버(주관)", "네이버", (), "", "주관"),
        ("현대자동차(주)", "현대자동차(주)", (), "", ""),
    ],
)
def test_what_stands_beside_a_name_is_told_apart(
    text: str, name: str, others: tuple[str, ...], country: str, remark: str
) -> None:
    (found,) = read_parties(text).parties

    assert found.written == text
    assert (found.name, found.other_names, found.country, found.remark) == (
        name,
        others,
        country,
        remark,
    )
