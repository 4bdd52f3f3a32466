"""A change log for tests, numbered and chained as the registry would."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from changefeed.chain import (
    GENESIS,
    body_hash,
    canonical,
    disclosed_hash,
    entry_hash,
    header_text,
    redacted_by,
)
from changefeed.change import Actor, Change
from changefeed.page import to_wire
from tests.portal import sample
from tests.portal.sample import Facts, identity

BEGUN = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
OFFICE = Actor(f"portal:{UUID(int=7)}", "office")


class Logbook:
    """Entries written one after the other, and how they travel."""

    def __init__(self) -> None:
        self.changes: list[Change] = []

    def write(
        self,
        kind: str,
        facts: Facts,
        *,
        actor: Actor = OFFICE,
        reason: str | None = None,
        disclosed: Facts | None = None,
        hours: int = 0,
    ) -> Change:
        """Append an entry; facts may be a resource as the registry answers it."""
        body = {name: value for name, value in facts.items() if name != "version"}
        subject = UUID(facts["id"])
        last = self.changes[-1] if self.changes else None
        seq = len(self.changes) + 1
        header: Facts = {
            "seq": seq,
            "at": BEGUN + timedelta(hours=seq + hours),
            "actor": actor,
            "kind": kind,
            "schema": 1,
            "subject_type": kind.partition(".")[0],
            "subject_id": subject,
            "version": 1 + sum(each.subject_id == subject for each in self.changes),
            "body_hash": body_hash(b"s", canonical(body), reason),
            "disclosed_hash": disclosed and disclosed_hash(b"d", canonical(disclosed)),
            "prev_hash": last.hash if last else GENESIS,
        }
        change = Change(
            **header,
            body=body,
            reason=reason,
            salt=b"s",
            disclosed=disclosed,
            disclosed_salt=b"d" if disclosed else None,
            hash=entry_hash(header_text(**header)),
        )
        self.changes.append(change)
        return change

    def redact(self, seq: int, *, by: Actor = OFFICE) -> Change:
        """Destroy what an entry says and append the record of it."""
        gone = self.changes[seq - 1]
        self.changes[seq - 1] = replace(
            gone, body=None, reason=None, salt=None, disclosed=None, disclosed_salt=None
        )
        facts: Facts = {
            "id": identity(f"redaction {seq}"),
            "key": None,
            "redacts": seq,
            "of_type": gone.subject_type,
            "of_id": str(gone.subject_id),
            "provenance": {"source": [], "illustrative": False},
        }
        return self.write(
            "redaction.recorded", facts, actor=by, reason="잘못 적음", disclosed=facts
        )

    def feed(self, *, withheld: Sequence[int] = ()) -> list[Facts]:
        """Give all entries as they travel, in order; some without their contents."""
        items: list[Facts] = json.loads(json.dumps([to_wire(each) for each in self.changes]))
        for item in items:
            if item["seq"] in withheld:
                item |= {"body": None, "reason": None, "salt": None}
        return items

    def history(self, *, withheld: Sequence[int] = ()) -> list[Facts]:
        """Give all entries, the newest first, each with the facts of the version before."""
        told = self.feed(withheld=withheld)
        found = []
        for item in reversed(told):
            before = [
                each
                for each in told
                if each["subject_id"] == item["subject_id"]
                and each["version"] == item["version"] - 1
            ]
            facts = [each["body"] or each["disclosed"] for each in before]
            by = [
                each.seq
                for each in self.changes
                if redacted_by(each.kind, each.body or {}) == item["seq"]
            ]
            found.append(
                {
                    "entry": item,
                    "previous": facts[0] if facts else None,
                    "redacted_by": by[0] if by else None,
                }
            )
        return found


def usual_log() -> Logbook:
    """Write the log that the neighbours have unless a test changes it."""
    log = Logbook()
    naver, contact = sample.PARTNERS[1], dict(sample.CONTACTS[0])
    for name in ("name", "email", "phone"):
        contact.pop(name)
    begun, milestone = sample.COLLABORATIONS[0], sample.MILESTONES[0]
    log.write("partner.registered", naver, disclosed={"name": naver["name"]})
    log.write("contact.registered", contact)
    log.write("seat.opened", sample.SEATS[0])
    log.write("collaboration.started", begun)
    log.write("milestone.set", milestone)
    log.write("partner.changed", naver | {"website": "https://naver.example"})
    log.write(
        "collaboration.ended",
        begun | {"ends_on": "2026-12-31", "holds_until": "2026-12-31"},
        reason="과업을 마침",
    )
    log.write("milestone.done", milestone | {"done_on": "2026-11-20", "evidence": sample.PROOF})
    return log


NAVER = UUID(identity("naver"))
