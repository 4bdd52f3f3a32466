"""How far log and followers are is asked once of each, and who does not answer is left out."""

from pathlib import Path

import pytest
import responses

from ieum.home import Home
from ieum.keys import make_secrets
from ieum.ports import Ports
from ieum.reach import Reach
from ieum.verbs.status import alarm_lines, document_lines, follow_up

SENDER = "http://127.0.0.1:9503/v1/sender"


@pytest.fixture
def reach(tmp_path: Path) -> Reach:
    home = Home(tmp_path / "home")
    home.make()
    make_secrets(home)
    return Reach(home, Ports(9500))


@responses.activate
def test_lag_and_alarms_come_from_one_answer_of_the_sender(reach: Reach) -> None:
    alarm = {"code": "mail.away"}
    feed = {"applied_seq": 150, "head_seq": 154}
    responses.get(SENDER, json={"alive": True, "feed": feed, "alarms": [alarm]})

    found = follow_up(reach)

    assert (found["notify"]["applied"], found["notify"]["head"]) == (150, 154)
    assert found["alarms"] == [alarm]
    responses.assert_call_count(SENDER, 1)


@responses.activate
def test_who_does_not_answer_is_left_out(reach: Reach) -> None:
    responses.get("http://127.0.0.1:9501/v1/head", json={"seq": 154, "hash": ""})

    assert follow_up(reach) == {
        "head": 154,
        "graph": None,
        "notify": None,
        "alarms": [],
        "documents": None,
    }


def test_documents_that_are_not_whole_are_an_alarm_and_others_say_since_when() -> None:
    whole = {"files": 3, "damaged": 0, "whole_at": "2026-11-29T03:00:00.000000Z"}

    assert document_lines(whole) == [
        "  문서 파일 3개, 온전함 · 3 files, whole: 2026-11-29T03:00:00.000000Z"
    ]
    [told] = document_lines({**whole, "damaged": 1})
    assert told.startswith("! documents.damaged: ")
    assert document_lines({**whole, "files": 0}) == document_lines(None) == []


def test_of_many_alarms_ten_are_told_and_the_others_counted() -> None:
    alarms = [
        {"code": f"letter.{number}", "detail": {"ko": "거절", "en": "refused"}}
        for number in range(450)
    ]

    few, many = alarm_lines(alarms[:10]), alarm_lines(alarms)

    assert len(few) == 10
    assert many[:10] == few
    assert len(many) == 11
    assert "440" in many[10]
    assert "make doctor" in many[10]
