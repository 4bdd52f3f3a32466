"""Showing the first passwords once, and keeping them where the operator alone can read them."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from ieum_portal.operations.make_first_accounts import Made, Outcome


def tell_first_accounts(outcome: Outcome, file: Path) -> Iterator[str]:
    """Give the lines that tell what was made, then keep it; no lines if nothing was new.

    The lines come first: a folder that cannot be written to then costs the file, not the passwords.

    Args:
        file: Grows by the new accounts; readable by its owner alone from its first byte on.
    """
    for made in outcome.made:
        yield f"{made.login:24} {made.password}  ({made.role})"
    for waiting in outcome.waiting:
        yield (
            f"{waiting.login:24} –  대장에 연락담당자 {waiting.contact_key}가 없어 미룸 / "
            f"waits for the contact {waiting.contact_key} in the registry; run this again then"
        )
    if outcome.made:
        _keep(outcome.made, file)


def _keep(made: tuple[Made, ...], file: Path) -> None:
    kept = json.loads(file.read_text("utf-8"))["accounts"] if file.exists() else []
    kept += [{"login": each.login, "role": each.role, "password": each.password} for each in made]
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump({"accounts": kept}, out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)
