"""Check a feed as anybody can: python verify_feed.py [--all] FEED.json; docs/changes.md.

FEED.json holds the `items` of /v1/changes from the first to the newest. --all: it was read by the
office or an auditor, from whom nothing is withheld. Needs Python 3.11 and nothing else.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

HASHED = (
    *("seq", "at", "actor", "kind", "schema", "subject_type", "subject_id", "version"),
    *("body_hash", "disclosed_hash", "prev_hash"),
)


def canonical(value: Any) -> str:  # noqa: ANN401  Whatever JSON holds.
    """Write the one text that a value has (1)."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(salt: str, text: str) -> str:
    """Hash a salt and a text after it (2, 3, 5)."""
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def fault_of(entry: dict[str, Any], seq: int, before: str) -> str | None:
    """Say what is wrong with one entry by itself."""
    said = (entry["body"], entry["salt"]), (entry["disclosed"], entry["disclosed_salt"])
    if entry["seq"] != seq or entry["prev_hash"] != before:
        return "does not follow from the one before it"
    if sha256("", canonical({name: entry[name] for name in HASHED})) != entry["hash"]:
        return "has another header than was hashed"
    if any((text is None) != (salt is None) for text, salt in said):
        return "lacks a text or its salt"
    (body, salt), (disclosed, disclosed_salt) = said
    if body is None and entry["reason"] is not None:
        return "has a reason and nothing else"
    whole = canonical({"body": body, "reason": entry["reason"]})
    if body is not None and sha256(salt, whole) != entry["body_hash"]:
        return "says something else than was hashed"
    shown = None if disclosed is None else sha256(disclosed_salt, canonical(disclosed))
    if (body or disclosed) is not None and shown != entry["disclosed_hash"]:
        return "discloses something else than was hashed"
    return None


def verify(items: list[dict[str, Any]], *, shows_all: bool) -> str:
    """Say what is wrong with a feed; `whole: …` if nothing is."""
    before = "0" * 64
    bare: set[int] = set()
    redacted: set[int] = set()
    for seq, entry in enumerate(items, 1):
        if fault := fault_of(entry, seq, before):
            return f"entry {seq} {fault}"
        before, said = entry["hash"], entry["body"] or entry["disclosed"]
        if said is None and (shows_all or entry["disclosed_hash"]):
            bare.add(seq)
        if said and entry["body"] is None and shows_all:
            return f"entry {seq} lacks its body"
        if said and entry["kind"] == "redaction.recorded":
            redacted.add(said["redacts"])
            if items[said["redacts"] - 1]["body"] or items[said["redacts"] - 1]["disclosed"]:
                return f"entry {seq} redacts what is still there"
    if lost := sorted(bare - redacted):
        return f"entry {lost[0]} was destroyed, and no redaction says why"
    return f"whole: {len(items)} entries, {len(bare)} redacted, head {before}"


if __name__ == "__main__":
    feed = json.loads(Path(sys.argv[-1]).read_text(encoding="utf-8"))
    verdict = verify(feed["items"], shows_all="--all" in sys.argv)
    print(verdict)
    sys.exit(not verdict.startswith("whole"))
