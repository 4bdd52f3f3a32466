"""One look that fails hides no other."""

from ieum.looks.finding import Finding, looked
from ieum.looks.letters import letters
from tests.deploy.looks.makers import codes


def test_a_look_that_fails_is_a_finding_and_hides_no_other() -> None:
    def fails() -> "list[Finding]":
        raise PermissionError(13, "Permission denied", "/x")

    found = looked((("here", fails), ("clock", lambda: letters({"in_doubt": 0, "dead": 1}))))

    assert codes(found) == ["look.failed", "letters.dead"]
    assert found[0].where == "here"
