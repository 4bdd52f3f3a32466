"""A start that cannot succeed is given up with the reason, and one that takes long says so."""

import json
from pathlib import Path

import pytest
import responses

from ieum.home import Home
from ieum.keys import make_secrets
from ieum.ports import Ports
from ieum.programs import Program
from ieum.reach import Reach
from ieum.say import OperatorError
from ieum.service import telling_line
from ieum.waiting import Waiting

TRACEBACK = """{"event": "starting", "level": "info"}
Traceback (most recent call last):
  File "app.py", line 3, in create
    raise RuntimeError("no context")
RuntimeError: no context
[ERROR] Unexpected exit from worker-1
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.make()
    return made


def note(home: Home, name: str, starts: int) -> None:
    (home.run / f"{name}.json").write_text(
        json.dumps({"run": str(home.run), "pid": 1, "create_time": 0.0, "starts": starts})
    )


def waiting(home: Home, *, since_s: float = 0, timeout_s: float = 180) -> Waiting:
    made = Waiting(home, Ports(9500), {"portal": "ConnectionError"}, timeout_s)
    made.began -= since_s
    made._told_at -= since_s
    return made


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TRACEBACK, "RuntimeError: no context"),
        ("one\ntwo\n", "two"),
        ("", "-"),
        ('{"level": "error"}\n{"level": "info"}', '{"level": "error"}'),
        ("ieum-engine: The port is busy.\nbye", "ieum-engine: The port is busy."),
    ],
)
def test_the_line_that_says_why_is_found(text: str, line: str) -> None:
    assert telling_line(text) == line


def test_a_process_that_ends_again_and_again_is_named_with_its_reason(home: Home) -> None:
    note(home, "portal", 1)
    made = waiting(home, since_s=6)
    note(home, "portal", 6)
    (home.logs / "portal.log").write_text(TRACEBACK)

    with pytest.raises(OperatorError) as trouble:
        made.tell([])

    assert trouble.value.code == "up.failing"
    assert "portal: RuntimeError: no context" in trouble.value.en


def test_failures_of_earlier_starts_do_not_count(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    note(home, "portal", 40)
    made = waiting(home, since_s=6)

    made.tell([])

    assert "portal" in capsys.readouterr().out


def test_nothing_is_repeated_within_seconds(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    waiting(home).tell([])

    assert capsys.readouterr().out == ""


def test_what_takes_too_long_is_named_with_what_it_lacks(home: Home) -> None:
    with pytest.raises(OperatorError) as trouble:
        waiting(home, since_s=200).tell([])

    assert trouble.value.code == "up.not_ready"
    assert "portal: ConnectionError" in trouble.value.ko


@responses.activate
def test_a_follower_is_waited_for_up_to_the_head_that_was_first_seen(home: Home) -> None:
    make_secrets(home)
    follower = Program("graph-follow", (), {})
    made = Waiting(home, Ports(9500), {"graph-follow": ""}, 180)
    heads = iter((100, 130))
    responses.add_callback(
        "GET",
        "http://127.0.0.1:9501/v1/head",
        lambda _: (200, {}, json.dumps({"seq": next(heads), "hash": "00"})),
    )
    for applied in (90, 100):
        responses.get(
            "http://127.0.0.1:9502/v1/projection",
            json={"applied_seq": applied, "head_seq": 130, "state": "following"},
        )

    assert made.ask([follower], Reach(home, Ports(9500))) == []
    assert made.ask([follower], Reach(home, Ports(9500))) == ["graph-follow"]
