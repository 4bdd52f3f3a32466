"""Letters that only a person can decide about are counted."""

from ieum.checks.letters import letters
from tests.deploy.checks.makers import codes


def test_letters_that_only_a_person_can_decide_about_are_counted() -> None:
    found = list(letters({"in_doubt": 2, "dead": 900}))

    assert codes(found) == ["letters.in_doubt", "letters.dead"]
    assert "2 letters" in found[0].en
    assert "900 letters" in found[1].en
    assert list(letters(None)) == []
