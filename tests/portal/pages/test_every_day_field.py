"""Each day field of each form takes days as people write them, or says what is wrong."""

import re

import pytest

from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import END, EVERY, open_form, send, sent
from tests.portal.pages.test_milestone_form import CHANGE, NEW
from tests.portal.sample import identity

FORMS = [
    *EVERY,
    NEW,
    CHANGE,
    "/events/new",
    f"/milestones/{identity('m1')}/cancel",
    f"/commitments/{identity('naver-T05')}/resume",
    f"/partners/{identity('naver')}/journal/new",
    f"/partners/{identity('naver')}/people/new",
]
WRITTEN = [
    "2021.11.16.",
    "2021. 11. 16.",
    "21.11.16",
    "'21.11.16",
    "\u201921.11.16.",
    "2021년 11월 16일",
    "2021-11-16",
    "20211116",
    "２０２１．１１．１６",
]
WRONG = {
    "1976-06-31": "달력에 없는 날",
    "2021-11": "며칠인지 없습니다",
    "2021년 11월": "며칠인지 없습니다",
    "내일": "날짜가 아닙니다",
}


def day_fields(page: str) -> list[str]:
    return re.findall(r'<input id="(\w+)"[^>]* class="of-date"', page)


@pytest.mark.parametrize("path", FORMS)
def test_each_day_is_taken_however_it_is_written(enter: Enter, path: str) -> None:
    client = enter()
    page = open_form(client, path)
    names = day_fields(page.text)
    assert names

    for written in WRITTEN:
        page = sent(client, page, "preview", **dict.fromkeys(names, written))

        for name in names:
            assert f'id="{name}-fault">날짜가' not in page.text, (name, written)
    send(client, page, "discard")


@pytest.mark.parametrize("path", FORMS)
def test_each_day_that_is_none_is_refused_at_its_field_in_words(enter: Enter, path: str) -> None:
    client = enter()
    page = open_form(client, path)
    names = day_fields(page.text)

    for written, words in WRONG.items():
        page = sent(client, page, "preview", **dict.fromkeys(names, written))

        for name in names:
            assert re.search(rf'id="{name}-fault">[^<]*{words}', page.text), (name, written)
            assert f'<a href="#{name}">' in page.text
    send(client, page, "discard")


def test_a_day_written_in_korean_is_recorded_as_that_day(enter: Enter) -> None:
    client = enter()

    page = sent(
        client, open_form(client, END), "preview", ends_on="2026년 11월 23일", reason="과제 종료"
    )

    assert re.search(r'<time[^>]*datetime="2026-11-23"', page.text)
