"""What the filters write can be nothing else than what they were given."""

import re
from pathlib import Path

import pytest

import ieum_portal.pages
from ieum_portal.pages.typeset import mailto


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("gildong.hong@gwangju.example", "mailto:gildong.hong@gwangju.example"),
        ("a?bcc=b%40c.kr&x=@d.kr", "mailto:a%3Fbcc%3Db%2540c.kr%26x%3D@d.kr"),
    ],
)
def test_an_address_adds_no_field_to_the_mail(address: str, link: str) -> None:
    assert mailto(address) == link


def test_what_somebody_named_keeps_its_small_letter_in_a_heading() -> None:
    pages = Path(ieum_portal.pages.__file__).parent
    headings = [
        heading
        for path in pages.rglob("*.html")
        for heading in re.findall(r"<h[123][^>]*>[^<]*", path.read_text(encoding="utf-8"))
        if re.search(r"(?<!question\.)(title|name)\|say|\.name or|it\.name", heading)
    ]

    assert len(headings) >= 8
    assert [each for each in headings if "named" not in each] == []
    assert ".named::first-letter { text-transform: none; }" in "".join(
        path.read_text(encoding="utf-8") for path in pages.rglob("*.css")
    )
