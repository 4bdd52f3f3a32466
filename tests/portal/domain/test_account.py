"""One spelling for a login, and what the pages know of its owner."""

import pytest

from ieum_portal.domain.account import folded_login


@pytest.mark.parametrize(
    "typed", ["office@ieum.example", " Office@IEUM.example ", "\uff4f\uff46fice@ieum.example"]
)
def test_a_login_has_one_spelling(typed: str) -> None:
    assert folded_login(typed) == "office@ieum.example"
