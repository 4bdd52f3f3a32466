"""Sending files to the registry, all of them or none, and listing what is wrong with them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ieum.reach import Reach, unreachable
from ieum.say import OperatorError
from registryclient.answers import LoadDocument, LoadReceipt
from registryclient.errors import RegistryRefused, RegistryUnavailable, ReportedProblem

MOST_BYTES = 5_000_000
"""What the registry takes in one call; asked here first, so that nothing travels in vain."""


def send(reach: Reach, files: Sequence[Path], *, is_trial: bool) -> LoadReceipt:
    """Load files in one call.

    Args:
        is_trial: Check everything and change nothing.

    Returns:
        What the registry answers: recorded, changed and unchanged by type, and the head.

    Raises:
        OperatorError: `load.unreadable`, `load.too_big`, `registry.unreachable`, or the registry's
            own code with every fault on a line: file, line, what is wrong and what to do.
    """
    documents = [LoadDocument(name=path.name, text=read(path)) for path in files]
    refuse_big(files)
    try:
        return reach.registry().load(documents, dry_run=is_trial)
    except RegistryUnavailable as error:
        raise unreachable("registry", reach.ports, str(error)) from error
    except RegistryRefused as refused:
        raise refusal(refused.problem) from refused


def read(path: Path) -> str:
    """Read a file as UTF-8.

    Raises:
        OperatorError: `load.unreadable`.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise OperatorError(
            "load.unreadable",
            f"{path} 파일을 읽을 수 없습니다({error.strerror}). 이름과 권한을 확인하십시오.",
            f"Cannot read {path} ({error.strerror}). Check its name and permissions.",
        ) from error
    except UnicodeDecodeError as error:
        raise OperatorError(
            "load.unreadable",
            f"{path} 파일은 UTF-8이 아닙니다({error.start}번째 바이트). UTF-8로 저장하십시오.",
            f"{path} is not UTF-8 (byte {error.start}). Save it as UTF-8.",
        ) from error


def refuse_big(files: Sequence[Path]) -> None:
    """Check the size of all files together.

    Raises:
        OperatorError: `load.too_big`.
    """
    total = sum(path.stat().st_size for path in files)
    if total > MOST_BYTES:
        raise OperatorError(
            "load.too_big",
            f"파일이 모두 {total / 1e6:.1f} MB입니다. 한 번에 {MOST_BYTES / 1e6:.0f} MB까지 "
            "불러올 수 있으니 나누어 불러오십시오.",
            f"The files hold {total / 1e6:.1f} MB together. One call takes "
            f"{MOST_BYTES / 1e6:.0f} MB: load them in parts.",
        )


def refusal(problem: ReportedProblem) -> OperatorError:
    """Turn the registry's answer into lines an operator can work through."""
    faults = [_fault(each) for each in problem.errors]
    said = problem.detail or problem.title or f"HTTP {problem.status}"
    listed = f"{len(faults)} fault(s) listed above. " if faults else ""
    return OperatorError(problem.code, "\n".join([*faults, said]), f"{listed}Nothing was changed.")


def _fault(error: Mapping[str, object]) -> str:
    """Write one fault as `file:line: what is wrong (where in the document)`."""
    place = str(error.get("file") or "")
    if error.get("line"):
        place += f":{error['line']}"
    pointer = f" ({error['pointer']})" if error.get("pointer") else ""
    return f"{place or '?'}: {error.get('detail') or error.get('message') or ''}{pointer}"
