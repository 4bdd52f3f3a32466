"""`ieum-registry reindex`: build all shelves anew from the log."""

from collections.abc import Callable

from ieum_registry.operations.reindex import EntryUnreadable, NewShelves, reindex

UNCHANGED = (
    "아무것도 바꾸지 않았습니다. `ieum-registry verify` 를 하고 deploy/RUNBOOK.md 를 따르십시오 · "
    "Nothing was changed. Run `ieum-registry verify` and follow deploy/RUNBOOK.md."
)


def say_what_differs(shelves: NewShelves, say: Callable[[str], None], *, compare_only: bool) -> int:
    """Build the shelves anew and mend the live ones, or only say how they differ.

    Returns:
        0 if they were the same or have been mended, 1 if they differ still, or if the log has
        lost what an entry said or holds one that cannot be read.
    """
    try:
        found = reindex(
            shelves,
            compare_only=compare_only,
            progress=lambda done, newest: say(
                f"{newest:,}건 중 {done:,}건 정리 · {done:,} of {newest:,} entries shelved"
            ),
        )
    except EntryUnreadable as error:
        say(
            f"{error.seq}번 항목은 대장이 쓰는 형식이 아니어서 읽을 수 없습니다 · "
            f"Entry {error.seq} cannot be read: it is not in the form in which the registry writes."
        )
        say(UNCHANGED)
        return 1
    for each in found.differences:
        say(
            f"{each.table}: {each.missing:,}행이 없고 {each.surplus:,}행이 남습니다 · "
            f"{each.missing:,} rows missing, {each.surplus:,} too many"
        )
    if found.destroyed is not None:
        say(
            f"{found.destroyed}번 항목의 내용이 없어졌는데 삭제한 기록이 없습니다 · "
            f"What entry {found.destroyed} said is gone, and no redaction says why."
        )
        say(UNCHANGED)
        return 1
    if not found.differences:
        say(
            f"색인이 변경 이력과 같습니다: {found.entries:,}건 · "
            f"The shelves are what the log says: {found.entries:,} entries."
        )
    elif found.is_mended:
        say(f"{found.entries:,}건으로 바로잡았습니다 · Mended from {found.entries:,} entries.")
    else:
        say(
            "아무것도 바꾸지 않았습니다. --compare 없이 하면 바로잡습니다 · "
            "Nothing was changed. `ieum-registry reindex` without --compare mends them."
        )
    return 1 if found.differences and not found.is_mended else 0
