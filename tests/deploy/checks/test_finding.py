"""One look that fails hides no other."""

from ieum.checks.finding import Finding, run_checks
from ieum.checks.letters import letters
from tests.deploy.checks.makers import codes


def test_a_look_that_fails_is_a_finding_and_hides_no_other() -> None:
    def fails() -> "list[Finding]":
        raise PermissionError(13, "Permission denied", "/x")

    found = run_checks((("here", fails), ("clock", lambda: letters({"in_doubt": 0, "dead": 1}))))

    assert codes(found) == ["look.failed", "letters.dead"]
    assert found[0].where == "here"
