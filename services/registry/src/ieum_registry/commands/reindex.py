"""`ieum-registry reindex`: build all shelves anew from the log."""

from collections.abc import Callable

from ieum_registry.operations.reindex import NewShelves, reindex


def say_what_differs(shelves: NewShelves, say: Callable[[str], None], *, compare_only: bool) -> int:
    """Build the shelves anew and mend the live ones, or only say how they differ.

    Returns:
        0 if they were the same or have been mended, 1 if they differ still, or if the log has
        lost what an entry said.
    """
    found = reindex(
        shelves,
        compare_only=compare_only,
        progress=lambda done, newest: say(f"{done:,} of {newest:,} entries shelved"),
    )
    for each in found.differences:
        say(f"{each.table}: {each.missing:,} rows missing, {each.surplus:,} too many")
    if found.destroyed is not None:
        say(f"What entry {found.destroyed} said is gone, and no redaction says why.")
        say("Nothing was changed. Run `ieum-registry verify` and follow deploy/RUNBOOK.md.")
        return 1
    if not found.differences:
        say(f"The shelves are what the log says: {found.entries:,} entries.")
    elif found.is_mended:
        say(f"Mended from {found.entries:,} entries.")
    else:
        say("Nothing was changed. `ieum-registry reindex` without --compare mends them.")
    return 1 if found.differences and not found.is_mended else 0
