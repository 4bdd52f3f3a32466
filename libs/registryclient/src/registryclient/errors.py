"""What may go wrong when the registry is asked: no answer, or an answer that says no."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportedProblem:
    """A problem as the registry reported it (RFC 9457).

    Attributes:
        code: Dotted and stable, as `load.refused`; `http.<status>` where none was given.
        title: One line, in the language that the client asks in.
        detail: What is wrong and what to do next.
        errors: One map for each place at fault: `pointer`, `detail`, perhaps `file` and `line`.
        request_id: Under which the registry's log tells of it.
    """

    status: int
    code: str
    title: str
    detail: str
    errors: Sequence[dict[str, object]] = ()
    request_id: str | None = None


class RegistryUnavailable(Exception):
    """The registry gave no usable answer; asking again later is right.

    A 429, any 5xx, a broken connection, a time-out and a success that is no JSON all count: none
    of them says anything about the thing asked for.
    """

    permanent = False


class RegistryTooSlow(RegistryUnavailable):
    """The registry took the question and had not answered when nobody could wait any longer."""


class RegistryRefused(Exception):
    """The registry answered no; asking again unchanged gives the same answer."""

    permanent = True

    def __init__(self, problem: ReportedProblem) -> None:
        """Carry the problem as reported."""
        super().__init__(f"{problem.status} {problem.code}: {problem.detail or problem.title}")
        self.problem = problem

    @property
    def is_not_found(self) -> bool:
        """Whether the thing does not exist or is not the caller's to see."""
        return self.problem.status == 404
