"""One thing that is wrong, and checking for such things."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from ieum.say import OperatorError

Needs = Literal["operator", "office", "nobody"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        code: Dotted and stable; docs/observability.md has a line for each.
        where: The process, file or port that it is about.
        ko: What is wrong and what to do, in Korean.
        en: The same in English.
        needs: Who must act so that it does not stay so: the operator, whom the exit status tells;
            the office, which sees it at the desk as well; or nobody, as it passes by itself.
    """

    code: str
    where: str
    ko: str
    en: str
    needs: Needs = "operator"


Check = tuple[str, Callable[[], Iterable[Finding]]]
"""What it looks at, and the check itself."""


def run_checks(checks: Iterable[Check]) -> list[Finding]:
    """Run every check; one that cannot be run is a finding of its own."""
    found: list[Finding] = []
    for where, check in checks:
        try:
            found += check()
        except (OSError, KeyError, TypeError, ValueError, OperatorError) as error:
            why = f"{type(error).__name__}: {error}"[:200]
            found.append(
                Finding(
                    "look.failed",
                    where,
                    f"확인할 수 없었습니다({why}). 권한과 make status 를 보십시오.",
                    f"It could not be looked at ({why}). Check permissions and make status.",
                )
            )
    return found
