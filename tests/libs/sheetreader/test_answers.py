"""What a person answers decides what was not certain, and nothing else changes."""

from sheetreader.columns import guess
from sheetreader.doubts import Answers
from sheetreader.layout import layouts_of
from sheetreader.workbook import open_workbook
from tests.libs.sheetreader.reading import Book, lines, lines_of_csv, made, open_doubts

HEAD = "연번,협약명,협약기관,체결일,유효기간\n"


def answered(row: str, *told: tuple[str, str], line: int = 2) -> str:
    answers: Answers = {("CSV", line, key): said for key, said in told}
    asked = lines_of_csv(HEAD + row)[line]
    assert open_doubts(asked) or asked.action in {"ask", "skip"}
    found = lines_of_csv(HEAD + row, answers)[line]
    assert open_doubts(found) == []
    return made(found)


def test_a_day_is_chosen_typed_or_kept_as_written() -> None:
    row = "1,가 협약,가재단,05/06/24,\n"
    assert answered(row, ("day.order@D", "2024-05-06")) == "take 가 협약 | 가재단 | 2024-05-06"
    assert answered(row, ("day.order@D", "2024.5.6.")) == "take 가 협약 | 가재단 | 2024-05-06"
    assert answered(row, ("cell@D", "2024년 5월")) == "take 가 협약 | 가재단 | 2024년 5월"
    row = "1,가 협약,가재단,민선7기,\n"
    assert answered(row, ("day.unreadable@D", "as_written")) == "take 가 협약 | 가재단 | 민선7기"


def test_a_day_on_another_day_of_the_week_is_asked() -> None:
    row = "1,가 협약,가재단,2024.5.27.(화),\n"
    assert answered(row, ("day.weekday@D", "2024-05-27")) == "take 가 협약 | 가재단 | 2024-05-27"
    assert open_doubts(lines_of_csv(f"{HEAD}1,가 협약,가재단,2024.5.27.(월),\n")[2]) == []


def test_one_partner_or_several_is_said() -> None:
    row = "1,가 협약,방송·통신위원회,2024-05-06,\n"
    key = "parties.one_or_several@C"
    assert answered(row, (key, "one")) == "take 가 협약 | 방송·통신위원회 | 2024-05-06"
    assert answered(row, (key, "several")) == "take 가 협약 | 방송, 통신위원회 | 2024-05-06"
    row = '1,가 협약,"가재단, 나재단, 다재단 등 2곳",2024-05-06,\n'
    told = "take 가 협약 | 가재단, 나재단, 다재단 | 2024-05-06"
    assert answered(row, ("parties.fewer@C", "all")) == told


def test_a_fault_is_mended_by_what_is_typed_in_its_place() -> None:
    told = "take 가 협약 | 가재단 | 2024-05-06"
    assert answered("1,,가재단,2024-05-06,\n", ("cell@B", "가 협약")) == told
    assert answered("1,가 협약,,2024-05-06,\n", ("cell@C", "가재단")) == told
    assert answered("1,가 협약,가재단,2024.2.30,\n", ("cell@D", "2024-05-06")) == told
    assert answered("1,가 협약,가재단,2024.2.30,\n", ("day.calendar@D", "2024-05-06")) == told


def test_a_plan_that_was_signed_since_is_taken() -> None:
    row = "1,가 협약,가재단,2024. 하반기 예정,\n"
    assert answered(row, ("cell@D", "2024-11-06")) == "take 가 협약 | 가재단 | 2024-11-06"


def test_the_last_day_is_typed_where_it_cannot_be() -> None:
    told = "take 가 협약 | 가재단 | 2024-05-06 → fixed 2025-04-30"
    row = "1,가 협약,가재단,2024-05-06,~2023.4.30\n"
    assert answered(row, ("end.before_signing@E", "2025-04-30")) == told
    row = "1,가 협약,가재단,2024-05-06,2024.5.6.~4.30.\n"
    assert answered(row, ("end.year_missing@E", "2025-04-30")) == told


def test_two_agreements_are_the_same_or_not() -> None:
    row = "1,가나 협약,가재단,2024-05-06,\n2,가나 협약식,가재단,2024.5.6.,\n"
    assert made(lines_of_csv(HEAD + row)[3]).startswith("duplicate")
    told = "take 가나 협약식 | 가재단 | 2024-05-06"
    assert answered(row, ("duplicate.perhaps", "different"), line=3) == told
    told = "duplicate 가나 협약식 | 가재단 | 2024-05-06"
    assert answered(row, ("duplicate.perhaps", "same"), line=3) == told


def test_a_line_is_what_a_person_says() -> None:
    text = HEAD + "1,가 협약,가재단,2024-05-06,\n,무엇인지 모를 말,,,\n"
    assert lines_of_csv(text)[3].action == "ask"
    for said, told in {
        "skip": "skip answered",
        "section": "skip answered",
        "join": "join answered",
        "take": "take 무엇인지 모를 말 |  | ?",
    }.items():
        assert made(lines_of_csv(text, {("CSV", 3, "line"): said})[3]) == told


def test_struck_text_is_left_out_or_kept() -> None:
    book = Book()
    sheet = book.file.add_worksheet("대장")
    sheet.write_row("A1", ["연번", "협약명", "협약기관", "체결일"])
    sheet.write_row("A2", [1, "가 협약", "", "2024-05-06"])
    struck = book.file.add_format({"font_strikeout": True})
    sheet.write_rich_string("C2", "가재단, ", struck, "나재단", ", 다재단")
    found = open_workbook(book.bytes(), "a.xlsx")

    def said(answer: str) -> str:
        return made(lines(found, {("대장", 2, "cell.struck@C"): answer})[1])

    assert open_doubts(lines(found)[1]) == ["cell.struck@C"]
    assert said("drop") == "take 가 협약 | 가재단, 다재단 | 2024-05-06"
    assert said("keep") == "take 가 협약 | 가재단, 나재단, 다재단 | 2024-05-06"


def test_a_sheet_without_a_header_is_read_if_a_person_says_so() -> None:
    sheet = open_workbook("1,가 협약,가재단,2024-05-06\n".encode(), "a.csv").sheets[0]
    (layout,) = layouts_of(sheet, 0)

    assert [each.heading for each in guess(layout)] == ["A", "B", "C", "D"]
    assert guess(layout)[3].uses == ("signed_on",)


def test_what_a_person_corrected_is_learned() -> None:
    text = "연번,협약명,함께한 곳,체결일\n1,가 협약,가람,2024-05-06\n"
    layout = layouts_of(open_workbook(text.encode(), "a.csv").sheets[0])[0]

    assert guess(layout)[2].uses == ("ignore",)
    (found,) = [each for each in guess(layout, {"함께한곳": ("parties",)}) if each.column == 2]
    assert (found.uses, found.why) == (("parties",), "learned")


def test_days_counted_from_1904_are_those_that_excel_shows() -> None:
    book = Book()
    book.file.set_size(100, 100)
    book.file.date_1904 = True
    sheet = book.file.add_worksheet("대장")
    sheet.write_row("A1", ["연번", "협약명", "협약기관", "체결일"])
    sheet.write_row("A2", [1, "가 협약", "가재단", 44069])

    found = lines(open_workbook(book.bytes(), "a.xlsx"))[1]

    assert made(found) == "take 가 협약 | 가재단 | 2024-08-27"
