"""A write is tried and then carried out with the same body, against the version that was seen."""

import json
from uuid import UUID

import pytest
import responses

from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.contact import Contact
from changefeed.subjects.event import Event
from changefeed.subjects.journal import JournalEntry
from changefeed.subjects.milestone import Milestone
from registryclient.client import RegistryClient
from registryclient.errors import RegistryRefused
from registryclient.writes import (
    Write,
    Written,
    changed,
    moved,
    registered,
)

HOME = "http://127.0.0.1:9401"
ID = UUID("0193a000-0000-7000-8000-000000000001")
DAY = "2026-11-23"

WRITES = [
    (
        moved(Milestone, ID, "completions", {"done_on": DAY, "evidence": []}, reason="x", seen=3),
        ("POST", f"milestones/{ID}/completions", 3, {"done_on", "evidence", "reason"}),
    ),
    (
        registered(Collaboration, {"role": "lead", "reason": None}),
        ("POST", "collaborations", None, {"role", "reason"}),
    ),
    (
        moved(JournalEntry, ID, "corrections", {}, reason=None, seen=1),
        ("POST", f"journal/{ID}/corrections", 1, {"reason"}),
    ),
    (
        changed(Contact, ID, {"email": "a@b.example"}, reason=None, seen=1),
        ("PATCH", f"contacts/{ID}", 1, {"email", "reason"}),
    ),
    (registered(Event, {"kind": "expo"}), ("POST", "events", None, {"kind"})),
    (
        changed(Event, ID, {"kind": "expo"}, reason=None, seen=2),
        ("PATCH", f"events/{ID}", 2, {"kind", "reason"}),
    ),
]


@pytest.mark.parametrize(("write", "said"), WRITES)
def test_each_write_has_its_route_its_version_and_its_fields(
    write: Write, said: tuple[str, str, int | None, set[str]]
) -> None:
    assert (write.method, write.path, write.seen, set(write.body)) == said


@responses.activate
def test_trying_out_sends_the_same_body_and_gives_the_entries() -> None:
    responses.post(f"{HOME}/v1/collaborations", json={"dry_run": True, "entries": [{"seq": 9}]})
    client = RegistryClient(HOME, lambda: "T")

    entries = client.try_out(registered(Collaboration, {"role": "lead", "reason": "왜"}))

    [call] = responses.calls
    assert [each["seq"] for each in entries] == [9]
    assert call.request.url == f"{HOME}/v1/collaborations?dry_run=true"
    assert json.loads(call.request.body or "") == {"role": "lead", "reason": "왜"}
    assert "If-Match" not in call.request.headers
    assert "Idempotency-Key" not in call.request.headers


@responses.activate
def test_carrying_out_names_the_version_and_the_key() -> None:
    responses.patch(
        f"{HOME}/v1/contacts/{ID}",
        json={"id": str(ID), "version": 4},
        headers={"X-Change-Seq": "153"},
    )
    client = RegistryClient(HOME, lambda: "T")

    written = client.carry_out(changed(Contact, ID, {}, reason=None, seen=3), once="k")

    [call] = responses.calls
    assert written == Written(ID, 4, 153)
    assert call.request.headers["If-Match"] == '"3"'
    assert call.request.headers["Idempotency-Key"] == "k"


@responses.activate
def test_a_stale_version_is_a_refusal() -> None:
    responses.patch(f"{HOME}/v1/contacts/{ID}", status=412, json={"code": "version.stale"})

    with pytest.raises(RegistryRefused, match=r"version\.stale"):
        RegistryClient(HOME, None).carry_out(
            changed(Contact, ID, {}, reason=None, seen=3), once="k"
        )
