"""Every alarm has its sentence in both languages, whatever facts it was given."""

import pytest

from ieum_notify.domain.alarm import SENTENCES, Alarm
from ieum_notify.domain.words import Words


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_alarm_speaks_without_its_facts_too(code: str) -> None:
    detail = Alarm(code).detail()

    assert detail.ko
    assert detail.en
    assert "{" not in detail.ko + detail.en


def test_the_facts_fill_the_sentence() -> None:
    assert "550" in Alarm("letter.refused", facts={"code": "550"}).detail().ko


def test_the_subject_is_named_first() -> None:
    alarm = Alarm("seat.empty", title=Words("중간보고서 제출", "Interim report"))

    assert alarm.detail().ko.startswith("「중간보고서 제출」: ")
    assert alarm.detail().en.startswith("“Interim report”: ")
