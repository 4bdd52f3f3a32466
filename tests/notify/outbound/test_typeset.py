"""Every letter can be set from its sample, in both languages, and says what it must."""

import json
import re
from uuid import uuid4

import pytest
from jinja2 import UndefinedError

from ieum_notify.domain.letter import Letter, Person
from ieum_notify.domain.words import Language
from ieum_notify.outbound.typeset import LETTERS, Typeset, typeset

FOLDERS = sorted(path.name for path in LETTERS.iterdir() if path.is_dir())
FILES = ("subject.txt", "text.txt", "html")
each_letter = pytest.mark.parametrize(
    ("name", "language"), [(name, language) for name in FOLDERS for language in ("ko", "en")]
)


def sample(name: str, language: Language, **other: object) -> Letter:
    found = json.loads((LETTERS / name / "sample.json").read_text(encoding="utf-8"))[language]
    person = Person(uuid4(), found.pop("recipient"), language, "x@y.example")
    return Letter(name, language, person, "<x@y.example>", {**found, **other})


def plain(html: str) -> str:
    body = re.sub(r"(?s)<style.*?</style>", "", html)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def lines_of(letter: Letter, name: str) -> list[str]:
    """Give a list of sentences, where the letter's text uses it at all."""
    used = (LETTERS / letter.name / f"{letter.language}.text.txt").read_text(encoding="utf-8")
    found = letter.values.get(name)
    return found if isinstance(found, list) and name in used else []


@each_letter
def test_a_letter_says_the_same_in_text_and_html(name: str, language: Language) -> None:
    letter = sample(name, language)

    made = typeset(letter)

    said = {name: value for name, value in letter.values.items() if isinstance(value, str)}
    text = " ".join(made.text.split())
    for value in said.values():
        assert (value in text) == (value in plain(made.html)) or value == said["link"], value
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

    marked, unmarked = typeset(sample(name, language)), typeset(_real(name, language))

    for part in (marked.subject, marked.text, plain(marked.html)):
        assert mark in part
    for part in (unmarked.subject, unmarked.text, plain(unmarked.html)):
        assert mark not in part


def _real(name: str, language: Language) -> Letter:
    letter = sample(name, language, is_example=False)
    person = Person(uuid4(), "홍길동", language, "x@y.example")
    return Letter(name, language, person, letter.message_id, letter.values)


@each_letter
@pytest.mark.parametrize("days_left", [0, 1, 30])
def test_a_letter_reads_well_at_every_distance(
    name: str, language: Language, days_left: int
) -> None:
    made = typeset(sample(name, language, days_left=days_left, owner=None, agreement=None))

    assert "None" not in made.text + plain(made.html)
    assert "\n\n\n" not in made.text


@each_letter
def test_a_letter_fetches_nothing_and_names_its_language(name: str, language: Language) -> None:
    html = typeset(sample(name, language)).html

    assert f'<html lang="{language}">' in html
    assert not re.search(r"""(?:src|background)=|url\(|@import|<link|<script""", html)
    assert 'style="' in html


def test_a_value_that_is_missing_stops_the_letter() -> None:
    letter = sample("milestone_due", "ko")
    values = {name: value for name, value in letter.values.items() if name != "title"}

    with pytest.raises(UndefinedError):
        typeset(Letter(letter.name, "ko", letter.to, letter.message_id, values))


def test_what_a_record_holds_is_text_and_never_markup_or_a_header() -> None:
    made: Typeset = typeset(
        sample("milestone_due", "ko", title="<b>제목</b>\r\nBcc: x@y.example {{ 7 * 7 }}")
    )

    assert "\n" not in made.subject
    assert "&lt;b&gt;제목" in made.html
    assert "{{ 7 * 7 }}" in made.text


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_is_complete_and_holds_no_python(name: str) -> None:
    found = {path.name for path in (LETTERS / name).iterdir()}

    assert found == {f"{language}.{file}" for language in ("ko", "en") for file in FILES} | {
        "sample.json"
    }
