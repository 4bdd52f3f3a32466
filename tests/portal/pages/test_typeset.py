"""What the filters write can be nothing else than what they were given."""

import pytest

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
