"""A document whose file is gone or altered is the operator's, and so is that nobody looks."""

from datetime import UTC, datetime, timedelta

from ieum.checks.documents import documents
from tests.deploy.checks.makers import codes

NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)


def said(*, damaged: int = 0, since: datetime | None = NOW) -> dict[str, object]:
    item = {"title": "업무협약서", "fault": "missing", "whole_at": "2026-11-27T03:00:00.000000Z"}
    at = since and since.isoformat()
    return {"files": 3, "since": at, "damaged": damaged, "items": [item] * damaged}


def test_a_file_that_is_gone_is_named_with_when_it_was_whole_last() -> None:
    [found] = documents(said(damaged=1), NOW)

    assert codes([found]) == ["documents.damaged"]
    assert "업무협약서 (missing)" in found.ko
    assert "2026-11-27" in found.en
    assert found.needs == "operator"


def test_files_that_nobody_looked_at_for_two_days_are_told() -> None:
    assert codes(list(documents(said(since=NOW - timedelta(hours=51)), NOW))) == [
        "documents.unchecked"
    ]


def test_whole_files_and_a_registry_that_says_nothing_are_no_finding() -> None:
    assert list(documents(said(since=NOW - timedelta(hours=30)), NOW)) == []
    assert list(documents(said(since=None), NOW)) == []
    assert list(documents(None, NOW)) == []
