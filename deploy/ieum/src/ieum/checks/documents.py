"""Whether the files of documents are whole: what the registry found when it looked at them last."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from ieum.checks.finding import Finding

OLD_AFTER = timedelta(hours=50)
"""Each is looked at once a day: after two days without, nobody does."""

NAMED = 3


def documents(said: Mapping[str, Any] | None, now: datetime) -> Iterator[Finding]:
    """Say which documents have a file that is missing or altered, and whether anybody looks.

    Args:
        said: What `/v1/documents/verification` said; None if it said nothing.
    """
    if said is None:
        return
    if said["damaged"]:
        names = ", ".join(f"{each['title']} ({each['fault']})" for each in said["items"][:NAMED])
        whole = max((each["whole_at"] or "" for each in said["items"]), default="") or "-"
        yield Finding(
            "documents.damaged",
            "registry",
            f"파일이 없거나 등록한 것과 다른 문서가 {said['damaged']}건 있습니다: {names}. "
            f"마지막으로 온전한 때 {whole}. 백업이나 원본으로 되돌리십시오(deploy/RUNBOOK.md, "
            "'문서 파일이 온전하지 않을 때').",
            f"{said['damaged']} documents have a file that is missing or not the one on record: "
            f"{names}. Last whole: {whole}. Put them back from a backup or the original "
            "(deploy/RUNBOOK.md, 'A document's file is not whole').",
        )
    since = said["since"]
    if since is not None and now - datetime.fromisoformat(since) > OLD_AFTER:
        yield Finding(
            "documents.unchecked",
            "registry",
            f"문서 파일을 확인한 지 오래되었습니다(가장 오래된 것 {since}). ieum registry "
            "verify-documents 를 하고 logs/registry.log 를 보십시오.",
            f"Files of documents were not looked at lately (the oldest: {since}). Run ieum "
            "registry verify-documents, and read logs/registry.log.",
        )
