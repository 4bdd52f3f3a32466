"""Every letter can be set from its sample, in both languages, and says what it must."""

import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from jinja2 import UndefinedError

from changefeed.particle import particle
from ieum_notify.domain.letter import Letter, Person
from ieum_notify.domain.rules.register import RULES
from ieum_notify.domain.words import Language
from ieum_notify.outbound.typeset import LETTERS, require_texts, typeset

FOLDERS = sorted(path.name for path in LETTERS.iterdir() if path.is_dir())
ADDRESS = "ieum@gwangju.example"
each_letter = pytest.mark.parametrize(
    ("name", "language"), [(name, language) for name in FOLDERS for language in ("ko", "en")]
)


def sample(name: str, language: Language, **other: object) -> Letter:
    found = json.loads((LETTERS / name / "sample.json").read_text(encoding="utf-8"))[language]
    person = Person(uuid4(), found.pop("recipient"), language, "x@y.example")
    return Letter(name, language, person, "<x@y.example>", {**found, **other})


def plain(html: str) -> str:
    body = re.sub(r"(?s)<head>.*</head>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def lines_of(letter: Letter, name: str) -> list[str]:
    """Give a list of sentences, where the letter's text uses it at all."""
    used = (LETTERS / letter.name / f"{letter.language}.txt").read_text(encoding="utf-8")
    found = letter.values.get(name)
    return found if isinstance(found, list) and name in used else []


@each_letter
def test_a_letter_says_the_same_in_text_and_html(name: str, language: Language) -> None:
    letter = sample(name, language)

    made = typeset(letter, ADDRESS)

    said = {name: value for name, value in letter.values.items() if isinstance(value, str)}
    text = " ".join(made.text.split())
    addresses = [said.get(each) for each in ("link", "own_records", "event_link")]
    for value in said.values():
        assert (value in text) == (value in plain(made.html)) or value in addresses, value
    assert said["title"] in text
    assert said["anchor_day"] in text
    assert all(value in text for value in lines_of(letter, "deadlines"))
    assert all(value in plain(made.html) for value in lines_of(letter, "deadlines"))
    for line in letter.values["why"]:  # type: ignore[attr-defined]  # A list of sentences.
        assert line in made.text
    assert str(letter.values["link"]) in made.text
    assert f'href="{letter.values["link"]}"' in made.html
    assert letter.to.name in made.text


@each_letter
def test_an_example_is_marked_as_one_and_the_rest_is_not(name: str, language: Language) -> None:
    mark = "예시" if language == "ko" else "example"

    marked, unmarked = (
        typeset(each, ADDRESS) for each in (sample(name, language), _real(name, language))
    )

    for part in (marked.subject, marked.text, plain(marked.html)):
        assert mark in part
    for part in (unmarked.subject, unmarked.text, plain(unmarked.html)):
        assert mark not in part


def _real(name: str, language: Language) -> Letter:
    letter = sample(name, language, is_example=False, contact="총괄과")
    person = Person(uuid4(), "홍길동", language, "x@y.example")
    return Letter(name, language, person, letter.message_id, letter.values)


@each_letter
@pytest.mark.parametrize("days_left", [0, 1, 30])
def test_a_letter_reads_well_at_every_distance(
    name: str, language: Language, days_left: int
) -> None:
    made = typeset(sample(name, language, days_left=days_left, owner=None, agreement=None), ADDRESS)

    assert "None" not in made.text + plain(made.html)
    assert "\n\n\n" not in made.text


@each_letter
def test_a_letter_fetches_nothing_and_names_its_language(name: str, language: Language) -> None:
    html = typeset(sample(name, language), ADDRESS).html

    assert f'<html lang="{language}">' in html
    assert not re.search(r"""(?:src|background)=|url\(|@import|<link|<script""", html)
    assert 'style="' in html


def test_a_value_that_is_missing_stops_the_letter() -> None:
    letter = sample("milestone_due", "ko")
    values = {name: value for name, value in letter.values.items() if name != "title"}

    with pytest.raises(UndefinedError):
        typeset(Letter(letter.name, "ko", letter.to, letter.message_id, values), ADDRESS)


NAME = "하마"
HOSTILE = [
    "*a* <b>",
    "**굵게** __밑줄__ `코드`",
    "# 제목",
    "## 작은 제목",
    "- 항목",
    "1. 항목",
    "| 이름 | 값",
    "a | b | c",
    "> 인용",
    "---",
    "[여기](https://evil.example)",
    "](https://evil.example)",
    "<script>alert(1)</script>",
    '</title></style>"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %}",
    "\\u0002\x020\x03",
    "&lt;b&gt; &amp;",
    "a\r\nBcc: x@y.example\r\n\r\n# b",
]


class Seen(HTMLParser):
    """The tags and attributes of a page in order, and all that it says."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.said = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.said += data


def everywhere(name: str, language: Language, text: str) -> Letter:
    """Put a text in place of every word that a record, or a rule, could hold."""
    letter = sample(name, language)
    values = {
        each: text
        if isinstance(value, str) and each not in ("link", "own_records")
        else [text for _ in value]
        if isinstance(value, list)
        else value
        for each, value in letter.values.items()
    }
    person = Person(uuid4(), text, language, "x@y.example")
    return Letter(name, language, person, letter.message_id, values)


@each_letter
@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_record_holds_is_text_and_never_markup_or_a_header(
    name: str, language: Language, text: str
) -> None:
    harmless, line = typeset(everywhere(name, language, NAME), ADDRESS), " ".join(text.split())

    made = typeset(everywhere(name, language, text), ADDRESS)

    def named_so(said: str) -> str:
        """Put the text in the name's place; some names of rules stand in small or large letters."""
        for forms in ("은/는", "이/가"):
            after = particle(line, forms)
            said = re.sub(rf"{NAME}(」?){particle(NAME, forms)} ", rf"{NAME}\1{after} ", said)
        return said.replace(NAME, line).casefold()

    shown, expected = Seen(made.html), Seen(harmless.html)
    assert shown.tags == expected.tags
    assert shown.said.casefold() == named_so(expected.said)
    assert made.text.casefold() == named_so(harmless.text)
    assert made.subject.casefold() == named_so(harmless.subject)


@each_letter
def test_a_letter_names_whom_to_call_or_where_to_write(name: str, language: Language) -> None:
    known = typeset(sample(name, language), ADDRESS)
    unlisted = typeset(sample(name, language, contact_phone=None), ADDRESS)
    nobody = typeset(sample(name, language, contact=None, contact_phone=None), ADDRESS)

    person = "인공지능정책과 김예시, " if language == "ko" else "Example Kim, AI Policy Division, "
    for made, said in (
        (known, f"{person}{'전화' if language == 'ko' else 'telephone'} 062-000-0000"),
        (unlisted, f"{person}{'전자우편' if language == 'ko' else 'e-mail'} {ADDRESS}"),
        (nobody, f": {'전자우편' if language == 'ko' else 'e-mail'} {ADDRESS}"),
    ):
        assert said in made.text
        assert said in plain(made.html)


@each_letter
def test_the_page_has_one_heading_and_each_link_says_where_it_goes(
    name: str, language: Language
) -> None:
    html = typeset(sample(name, language), ADDRESS).html

    links = re.findall(r"<a [^>]*>([^<]*)</a>", html)
    assert html.count("<h1") == 1
    assert links[-1].startswith("이음에서" if language == "ko" else "See the")
    assert all(len(each) > len("여기") and "http" not in each for each in links)
    assert "<img" not in html


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_is_complete_and_holds_no_python(name: str) -> None:
    found = {path.name for path in (LETTERS / name).iterdir()}

    assert found == {"ko.txt", "en.txt", "sample.json"}


def test_a_rule_whose_letter_has_no_text_in_a_language_is_named_with_the_file() -> None:
    invented = replace(RULES[0], letter="journal_silent")

    require_texts(RULES)
    with pytest.raises(
        LookupError, match=r"journal_silent/ko\.txt, letters/journal_silent/en\.txt$"
    ):
        require_texts([*RULES, invented])
