"""A stranger's verifier, written after docs/changes.md alone, agrees with ours on every feed."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from changefeed.chain import GENESIS, first_break
from changefeed.page import page_from_wire
from tests.contract.record import RECORDED
from tests.registry.api.bodies import partner
from tests.registry.desk import Desk

pytestmark = pytest.mark.usefixtures("other_processes")

ROOT = Path(__file__).parents[2]
FEEDS = sorted(RECORDED.glob("*.json"))
Items = list[dict[str, Any]]


def verdict(items: Items, folder: Path, *options: str) -> tuple[int, str]:
    """Run the verifier as a stranger would, with nothing installed."""
    file = folder / "feed.json"
    file.write_text(json.dumps({"items": items}), encoding="utf-8")
    command = [sys.executable, "-I", "-S", str(ROOT / "docs" / "verify_feed.py")]
    done = subprocess.run(
        [*command, *options, str(file)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout.strip() or done.stderr


@pytest.mark.parametrize("feed", FEEDS, ids=lambda each: each.stem)
def test_recorded_feeds_are_whole(feed: Path, tmp_path: Path) -> None:
    items = json.loads(feed.read_text("utf-8"))["items"]

    code, said = verdict(items, tmp_path, "--all")

    assert (code, said.split(":")[0]) == (0, "whole"), said
    assert said.endswith(items[-1]["hash"])


def test_the_worked_entry_is_what_the_page_says(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "changes.md").read_text("utf-8")
    [entry] = re.findall(r"```json\n(.*)\n```", page)

    assert verdict([json.loads(entry)], tmp_path, "--all")[0] == 0
    changes = page_from_wire({"items": [json.loads(entry)], "next": 1, "head": 1}).items
    assert first_break(changes, after_seq=0, after_hash=GENESIS, shows_all=True) is None


@pytest.fixture
def fed(desk: Desk) -> Desk:
    """A log with what is open, closed and redacted."""
    made = desk.office.made("/v1/partners", partner())
    desk.office.patch(f"/v1/partners/{made['id']}", {"website": "https://a.example"}, seen=1)
    place = {"type": "partner", "id": made["id"]}
    seat = {"at": place, "role": "liaison", "language": "ko", "holders": []}
    desk.office.made("/v1/seats", seat)
    desk.office.made("/v1/redactions", {"seq": 1, "reason": "잘못 적음"})
    return desk


def test_the_office_and_strangers_can_check_what_they_were_given(fed: Desk, tmp_path: Path) -> None:
    office = fed.office.get("/v1/changes").json["items"]
    public = fed.public.get("/v1/changes").json["items"]
    assert [each["body"] is None for each in public] == [True] * 4
    assert [each["disclosed"] is None for each in public] == [True, False, True, False]

    head = office[-1]["hash"]
    whole = f"whole: 4 entries, 1 redacted, head {head}"
    assert verdict(office, tmp_path, "--all") == (0, whole)
    assert verdict(public, tmp_path) == (0, whole)


def without(entry: dict[str, Any], *names: str) -> dict[str, Any]:
    return entry | dict.fromkeys(names)


ALL = ("body", "reason", "salt", "disclosed", "disclosed_salt")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda feed: [feed[0], without(feed[1], *ALL), *feed[2:]],
        lambda feed: [*feed[:3], without(feed[3], *ALL)],
        lambda feed: feed[:3],
        lambda feed: [feed[0], without(feed[1], "salt"), *feed[2:]],
        lambda feed: [feed[0], without(feed[1], "disclosed", "disclosed_salt"), *feed[2:]],
        lambda feed: [feed[0] | {"reason": "left"}, *feed[1:]],
        lambda feed: [feed[0], feed[1] | {"at": "2126" + feed[1]["at"][4:]}, *feed[2:]],
        lambda feed: [feed[0], feed[1] | {"body": {"id": str(uuid4())}}, *feed[2:]],
        lambda feed: [feed[0], *feed[2:]],
    ],
)
def test_both_find_the_same_feeds_wanting(
    fed: Desk, tmp_path: Path, spoil: Callable[[Items], Items]
) -> None:
    items = spoil(fed.office.get("/v1/changes").json["items"])
    changes = page_from_wire({"items": items, "next": 0, "head": len(items)}).items

    assert first_break(changes, after_seq=0, after_hash=GENESIS, to_head=True, shows_all=True)
    assert verdict(items, tmp_path, "--all")[0] == 1
