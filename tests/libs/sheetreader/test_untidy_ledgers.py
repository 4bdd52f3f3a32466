"""Ledgers of other offices, other shapes and other traps are read by the same rules."""

from datetime import date, datetime, time

from sheetreader.cells import Workbook
from sheetreader.workbook import open_workbook
from tests.libs.sheetreader.reading import (
    Book,
    lines,
    lines_of_csv,
    lines_pasted,
    made,
    notes,
    open_doubts,
)

OF_A_DISTRICT = """2023~2024년 업무협약(MOU) 체결 현황,,,,,,,
"(기준일: 2024. 12. 31., 단위: 건)",,,,,,,
,,,,,,,
번호,협약일자,협 약 명,협약대상,협약기간,소관부서,담당(☎),비고
,,,,,,,
□ 2023년,,,,,,,
1,2023.3.2.,탄소중립 실천 업무협약,"환경공단, 영산강청",3년,기후대기과,홍길동(613-0001),
2,'23.4월,수소산업 육성 협약,"㈜가온수소
나래에너지㈜
(재)광주그린카진흥원",2023.4.~2026.3.,에너지산업과,성춘향(613-0002),"자동연장
확인 필요"
3,5.27.,청년일자리 업무협약,광주상의 외 2개 기관,체결일로부터 1년,일자리정책관,이몽룡(613-0003),
4,상동,청년창업 업무협약,〃,〃,〃,〃,
5,2023년 하반기,문화예술 교류 협약,라온재단,-,문화산업과,심청,※ 원본 분실
,,,마루예술단,,,,
,,,바른극단,,,,
6,2023.2.30,어르신 돌봄 협약,참좋은병원,2년,고령사회정책과,,
7,05/06/23,드론 실증 협약,하늘테크,2년,AI기반과,,
소계,,7건,,,,,
□ 2024년,,,,,,,
1,2024-01-15,울란바타르시 우호협력,몽골 울란바타르시,무기한,국제교류과,변학도(613-0009),
2,24.2.20.,K-POP 축제 협약,(유)케이오씨파트너스,2024.2.20.~12.31.,문화산업과,,
3,45400,빅데이터 협약,가명테크,2년(만료 1개월 전 통보 없으면 1년씩 자동연장),데이터정책과,,
4,2024. 6월 예정,센다이시 MOU,일본 센다이시,,국제교류과,,추진 중
5,2024.1.15.,울란바타르 우호협력협정,몽골 울란바타르시,무기한,국제교류과,,
6,2019년경,옛 협약,모름대학교,,총무과,,
7,2024.3.3,,제목없는회사,,총무과,,
8,2024.3.4.,기관없는 협약,,,총무과,,
번호,협약일자,협 약 명,협약대상,협약기간,소관부서,담당(☎),비고
9,2024.4.4,쪽 넘김 뒤 협약,가나다협회,~2025,총무과,,
누계,,16건,,,,,
※ 이 자료는 각 부서 제출자료임,,,,,,,
이상 16건,,,,,,,
"""


def test_a_csv_in_cp949_with_sections_and_marks() -> None:
    book = open_workbook(OF_A_DISTRICT.replace("\n", "\r\n").encode("cp949"), "현황.csv")
    found = {each.at.line: each for each in lines(book)}

    assert book.encoding == "cp949"
    assert sorted(found) == list(range(1, 34))
    assert [made(found[line]) for line in (1, 2, 3, 4, 5, 6, 19, 20, 29, 31, 32, 33)] == [
        "skip above_header",
        "skip above_header",
        "skip blank",
        "skip header",
        "skip blank",
        "skip section",
        "skip subtotal",
        "skip section",
        "skip header_again",
        "skip total",
        "skip note",
        "skip total",
    ]
    assert [made(each) for each in found.values() if each.agreement] == [
        "take 탄소중립 실천 업무협약 | 환경공단, 영산강청 | 2023-03-02 → fixed 2026-03-02",
        (
            "take 수소산업 육성 협약 | ㈜가온수소, 나래에너지㈜, (재)광주그린카진흥원 | '23.4월"
            " → fixed 2026.3."
        ),
        "take 청년일자리 업무협약 | 광주상의 +2 | 2023-05-27 → fixed 2024-05-27",
        "take 청년창업 업무협약 | 광주상의 +2 | 2023-05-27 → fixed 2024-05-27",
        "take 문화예술 교류 협약 | 라온재단, 마루예술단, 바른극단 | 2023년 하반기",
        "take 어르신 돌봄 협약 | 참좋은병원 | ? → unknown",
        "take 드론 실증 협약 | 하늘테크 | ? → unknown",
        "take 울란바타르시 우호협력 | 울란바타르시 | 2024-01-15 → evergreen",
        "take K-POP 축제 협약 | (유)케이오씨파트너스 | 2024-02-20 → fixed 2024-12-31",
        "take 빅데이터 협약 | 가명테크 | 2024-04-18 → auto_renews 2026-04-18",
        "skip 센다이시 MOU | 센다이시 | ?",
        "duplicate 울란바타르 우호협력협정 | 울란바타르시 | 2024-01-15 → evergreen",
        "take 옛 협약 | 모름대학교 | 2019년경",
        "take 기관없는 협약 |  | 2024-03-04",
        "take 쪽 넘김 뒤 협약 | 가나다협회 | 2024-04-04 → fixed 2025",
    ]
    assert {line: open_doubts(each) for line, each in found.items() if open_doubts(each)} == {
        13: ["duplicate.perhaps"],
        17: ["day.calendar@B"],
        18: ["day.order@B"],
        25: ["duplicate.perhaps"],
        27: ["title.missing@C"],
        28: ["parties.missing@D"],
    }
    assert (found[8].through, found[8].kind, found[14].through) == (11, "record", 16)
    assert [found[line].action for line in (9, 10, 11, 15, 16)] == ["join"] * 5
    assert "day.year_from_elsewhere@B" in notes(found[12])
    assert notes(found[13])[:5] == [f"cell.ditto@{column}" for column in "BDEFG"]
    agreement = found[23].agreement
    assert agreement is not None
    assert agreement.end is not None
    assert (agreement.end.value.notice, agreement.end.value.notice_unit) == (1, "months")


def of_a_province() -> Workbook:
    """Header on line 7, years merged, hidden lines, formulas, struck text, and a second table."""
    book = Book()
    sheet = book.file.add_worksheet("협약")
    day = book.file.add_format({"num_format": "yyyy-mm-dd"})
    month = book.file.add_format({"num_format": 'yyyy"년" m"월"'})
    struck = book.file.add_format({"font_strikeout": True})
    sheet.merge_range("B1:K1", "협약관리대장", None)
    for place, text in {
        "K2": "담당: 기획조정실",
        "B3": "1. 현황",
        "B4": "- 총 9건",
        "B5": "2. 목록",
    }.items():
        sheet.write(place, text)
    for place, text in {
        "B7:B8": "체결연도",
        "C7:C8": "순번",
        "D7:D8": "협약체결기관",
        "E7:E8": "건명",
        "F7:H7": "협 약",
        "I7:J7": "주관부서",
        "K7:K8": "참고사항",
    }.items():
        sheet.merge_range(place, text, None)
    sheet.write_row("F8", ["체결일", "시작일", "만료일", "부서명", "담당자"])
    sheet.merge_range("B9:B11", "2021년", None)
    sheet.merge_range("B12:B15", "2022년", None)
    rows: list[list[object]] = [
        [1, "전남대학교", "산학협력 협약", date(2021, 3, 2), date(2021, 3, 2), date(2024, 3, 1)],
        [2, "조선대학교", "청년 협약", "6.15.", None, "2024.6.14"],
        [3, "호남대", "지역인재 협약", "2022.9.1"],
        [4, "㈜가나", "숨긴 협약", date(2022, 1, 5)],
        [5, "㈜다라", "오류 협약"],
        [6, "㈜마바", "수식 협약"],
        [7, "㈜사아", "값없는 수식"],
        [8, "㈜자차", "달만 보이는 협약"],
        [9, "㈜카타", "끝난 협약", "2023.1.1."],
        [10, None, "일부 취소선 협약", "2023.2.1."],
    ]
    for index, row in enumerate(rows, 8):
        if index > 14:
            sheet.write(index, 1, "2023년")
        for column, value in enumerate(row, 2):
            if isinstance(value, date):
                sheet.write_datetime(index, column, datetime.combine(value, time()), day)
            elif value is not None:
                sheet.write(index, column, value, struck if row[0] == 9 and column > 2 else None)
        sheet.write_row(index, 8, ["총무과", "심청"], struck if row[0] == 9 else None)
    sheet.set_row(11, None, None, {"hidden": True})
    sheet.write_formula("F13", "=#REF!", None, "#REF!")
    sheet.write_formula("F14", "=DATE(2022,5,5)", day, 44686)
    sheet.write_formula("F15", "=NOW()", day, "")
    sheet.write_datetime("F16", datetime.combine(date(2023, 9, 1), time()), month)
    sheet.write_rich_string("D18", "㈜파하, ", struck, "㈜거너", ", ㈜더러")
    sheet.write_row("B19", ["합 계", None, None, "10건"])
    sheet.write("B22", "■ 종료 협약")
    sheet.write_row(
        "B23",
        [
            "번호",
            "협약명",
            "상대방",
            "협약기간(년)",
            "체결일자",
            "관련부서",
            "해지일",
            "결재문서번호",
        ],
    )
    sheet.write_row(
        "B24", [1, "옛날 협약", "라온주식회사", 3, "2010.5.5", "총무과", "2012.1.1", "총무과-123"]
    )
    sheet.write_row("B25", [2, "더 옛날 협약", "라온주식회사", 5, 2009.1, "총무과"])
    sheet.write("B26", "이 하 여 백")
    return open_workbook(book.bytes(), "대장.xlsx")


def test_an_xlsx_with_two_tables_and_everything_that_cells_may_carry() -> None:
    found = {each.at.line: each for each in lines(of_a_province())}

    assert sorted(found) == list(range(1, 27))
    assert [each.at.line for each in found.values() if each.kind == "header"] == [7, 8, 23]
    assert [made(each) for each in found.values() if each.agreement] == [
        "take 산학협력 협약 | 전남대학교 | 2021-03-02 → fixed 2024-03-01",
        "take 청년 협약 | 조선대학교 | 2021-06-15 → fixed 2024-06-14",
        "take 지역인재 협약 | 호남대 | 2022-09-01",
        "take 숨긴 협약 | ㈜가나 | 2022-01-05",
        "take 오류 협약 | ㈜다라 | 2022",
        "take 수식 협약 | ㈜마바 | 2022-05-05",
        "take 값없는 수식 | ㈜사아 | 2022",
        "take 달만 보이는 협약 | ㈜자차 | 2023년 9월",
        "take 끝난 협약 | ㈜카타 | 2023-01-01 → unknown",
        "take 일부 취소선 협약 | ㈜파하, ㈜거너, ㈜더러 | 2023-02-01",
        "take 옛날 협약 | 라온주식회사 | 2010-05-05 → fixed 2012-01-01",
        "take 더 옛날 협약 | 라온주식회사 | ? → unknown",
    ]
    assert {line: open_doubts(each) for line, each in found.items() if open_doubts(each)} == {
        11: ["day.other_year@F"],
        13: ["cell.error@F"],
        15: ["cell.unworked@F"],
        18: ["cell.struck@D"],
        25: ["day.order@F"],
    }
    assert "line.hidden" in notes(found[12])
    assert "cell.formula@F" in notes(found[14])
    assert "line.struck" in notes(found[17])
    old = found[24].agreement
    assert old is not None
    assert old.said("approval_number") == "총무과-123"
    assert [each.value for each in old.notes] == ["2012.1.1"]


def test_pasted_cells_with_a_length_in_the_place_of_the_last_day() -> None:
    found = lines_pasted(
        "No.\t업무협약명\t상대기관\t협약체결일\t종료일\t주관부서(담당자)\n"
        '1\t"가나 협약\n(2차)"\t가나㈜\t2021.11.16.\t3년\t스마트도시과(홍길동)\n'
        "2\t다라 협약\t라온대, 자람대, 마루대\t2014.5\t\t문화산업과(성춘향 613-1111)\n"
        "\n"
        "3\t마바 협약\t바다협회\t1976-06-31\t2025.1.1\t문화산업과\n"
    )

    assert [made(each) for each in found.values() if each.agreement] == [
        "take 가나 협약 (2차) | 가나㈜ | 2021-11-16 → fixed 2024-11-16",
        "take 다라 협약 | 라온대, 자람대, 마루대 | 2014.5",
        "take 마바 협약 | 바다협회 | ? → fixed 2025-01-01",
    ]
    assert open_doubts(found[6]) == ["day.calendar@D"]
    first, second = found[2].agreement, found[4].agreement
    assert first is not None
    assert second is not None
    assert (first.department and first.department.value) == "스마트도시과"
    assert (first.officer and first.officer.value) == "홍길동"
    assert (second.phone and second.phone.value) == "613-1111"


def test_a_line_parted_by_another_sign_is_read_and_told() -> None:
    found = lines_of_csv(
        "사업명;협약당사자;협약내용;체결시기;협약 유효기간;담당부서/담당자;구분\n"
        '스마트시티;"네이버㈜; 카카오";AI 협력;2024년 2월 5일(월);3년;AI과/홍길동;MOU\n'
        "투자유치\t삼성전자\t공장\t2024.3.1\t5년\t투자과/심청\t투자협약\n"
    )

    assert [made(each) for each in found.values() if each.agreement] == [
        "take 스마트시티 | 네이버㈜, 카카오 | 2024-02-05 → fixed 2027-02-05",
        "take 투자유치 | 삼성전자 | 2024-03-01 → fixed 2029-03-01",
    ]
    assert "line.parted" in notes(found[3])
    assert found[3].agreement is not None
    assert found[3].agreement.kind.value == "investment"


def test_two_things_in_one_column_are_read_apart() -> None:
    found = lines_of_csv(
        "연번,협약명(협약기관),체결일(만료일),소관\n"
        "1,가나 협약(㈜가나),2021.1.2.(2024.1.1.),총무과\n"
        '2,"다라 협약\n다라재단, 마루대",2022.3.4.~2023.3.3.,총무과\n'
    )

    assert [made(each) for each in found.values() if each.agreement] == [
        "take 가나 협약 | ㈜가나 | 2021-01-02 → fixed 2024-01-01",
        "take 다라 협약 | 다라재단, 마루대 | 2022-03-04 → fixed 2023-03-03",
    ]


def test_two_tables_beside_one_another_are_both_read() -> None:
    text = (
        "국내,,,,,해외,,\n"
        "연번,협약명,협약기관,체결일,,연번,협약명,상대도시,체결일\n"
        "1,가나 협약,가나재단,2021.1.2,,1,우호협력,일본 센다이시,2002.4.20\n"
    )

    found = lines(open_workbook(text.encode(), "ledger.csv"))

    assert [made(each) for each in found if each.agreement] == [
        "take 가나 협약 | 가나재단 | 2021-01-02",
        "take 우호협력 | 센다이시 | 2002-04-20",
    ]


def test_a_line_with_a_day_but_no_title_is_a_record_that_lacks_one() -> None:
    found = lines_of_csv(
        "연번,협약명,협약기관,체결일\n1,가나 협약,가나재단,2021.1.2\n,,라온재단,2021.1.3\n"
    )

    assert open_doubts(found[3]) == ["title.missing@B"]


def test_partners_under_one_merged_title_who_signed_on_different_days_are_asked_about() -> None:
    book = Book()
    sheet = book.file.add_worksheet()
    sheet.write_row("A1", ["연번", "협약명", "협약기관", "체결일"])
    sheet.merge_range("A2:A3", 1, None)
    sheet.merge_range("B2:B3", "가나 협약", None)
    sheet.write_row("C2", ["가나재단", "2021.1.2"])
    sheet.write_row("C3", ["라온재단", "2021.1.5"])

    found = lines(open_workbook(book.bytes(), "a.xlsx"))

    assert [each.through for each in found] == [1, 3, 3]
    assert open_doubts(found[1]) == ["day.several@D"]
    assert [each.value for each in found[1].doubts[0].choices] == ["2021-01-02", "2021-01-05"]


def test_records_that_share_one_merged_title_have_it_each() -> None:
    book = Book()
    sheet = book.file.add_worksheet()
    sheet.write_row("A1", ["연번", "협약명", "협약기관", "체결일"])
    sheet.merge_range("B2:B3", "특례보증 협약", None)
    sheet.write_row("A2", [1, None, "가나은행", "2021.1.2"])
    sheet.write("C2", "가나은행")
    sheet.write_row("A3", [2])
    sheet.write_row("C3", ["가나은행", "2022.1.5"])
    sheet.write("D2", "2021.1.2")

    found = lines(open_workbook(book.bytes(), "a.xlsx"))

    assert [made(each) for each in found if each.agreement] == [
        "take 특례보증 협약 | 가나은행 | 2021-01-02",
        "take 특례보증 협약 | 가나은행 | 2022-01-05",
    ]


def test_a_ledger_without_a_column_of_titles_and_with_rules_in_the_place_of_days() -> None:
    found = lines_of_csv(
        '"2024년도 교류협력 및 업무협약 체결현황"\n'
        "작성부서: 정책기획관,,,,,,,,\n"
        "순,협약상대,사업내용,협약시작,협약끝,체결(예정)일,관리부서,업무담당(전화),기타\n"
        "1),영산강청,수질 협약,24.1.1,26.12.31,'23.12.20,환경정책과,김철수 주무관(☎4321),-\n"
        '2),"가나(주), 다라㈜ 외 2",연료전지,사업종료시까지,,2020년 11월,에너지과,박민수/613-5555\n'
        "3),울란바타르(몽골),교류의향서,무기한,,'04. 6.,국제협력담당관,최지우,\n"
        " ,산둥성(중국),우호교류 합의서,,,2008/9/3,국제협력담당관,최지우,번호 누락\n"
        "4),㈜ 가나다 (舊. 라마바),데이터 협약,2023.1.1.,5년간,2023-01-02,데이터과,,\n"
        "계,5건,,,,,,,\n"
    )

    assert [made(each) for each in found.values() if each.agreement] == [
        "take 수질 협약 | 영산강청 | 2023-12-20 → fixed 2026-12-31",
        "take 연료전지 | 가나(주), 다라㈜ +2 | 2020년 11월 → until_purpose_achieved",
        "take 교류의향서 | 울란바타르 | '04. 6. → evergreen",
        "take 우호교류 합의서 | 산둥성 | 2008-09-03",
        "take 데이터 협약 | ㈜ 가나다 | 2023-01-02 → fixed 2028-01-01",
    ]
    people = [
        (each.agreement.department.value, each.agreement.officer.value)
        for each in found.values()
        if each.agreement and each.agreement.department and each.agreement.officer
    ]
    assert people == [
        ("환경정책과", "김철수"),
        ("에너지과", "박민수"),
        ("국제협력담당관", "최지우"),
        ("국제협력담당관", "최지우"),
    ]
    assert all(open_doubts(each) == [] for each in found.values())


def test_what_may_be_a_remark_or_an_example_is_never_joined_or_dropped_silently() -> None:
    found = lines_of_csv(
        "연번,협약명,협약기관,체결일,비고\n"
        "예시,○○ 업무협약,△△기업,2024.1.1,\n"
        "1,가 협약,가재단,2024.1.2,\n"
        ",,나재단,,\n"
        ",,위 기관은 모두 관내에 있음,,\n"
        "2,○○대학교 협약,라재단,2024.1.3,\n"
        "\n"
        ",,마재단,,비고만 있음\n"
        '3,="바 협약",바재단,=TODAY(),\n'
    )

    assert [made(each) for each in found.values()] == [
        "skip header",
        "skip example",
        "take 가 협약 | 가재단, 나재단 | 2024-01-02",
        "join goes_on",
        "ask unclear",
        "ask unclear",
        "skip blank",
        "take record",
        "take 바 협약 | 바재단 | ?",
    ]
    assert open_doubts(found[8]) == ["title.missing@B"]
    assert open_doubts(found[9]) == ["cell.unworked@D"]
