"""Every shape of fact is written for people, and none of them can break a page."""

import re
from uuid import UUID

import pytest
from flask import Flask

from changefeed.subjects.parts import Words
from ieum_portal.domain.difference import Difference
from ieum_portal.pages.facts import as_read, fact
from tests.portal.sample import identity

NAMES = {UUID(identity("naver")): Words("네이버(주)", "NAVER"), UUID(identity("xr")): Words("XR")}
SHAPES = [
    (None, "event", "link", "없음"),
    ([], "milestone", "evidence", "없음"),
    (True, "partner", "own", "예"),
    (3, "event", "revision", "3"),
    ("lead", "collaboration", "role", "총괄"),
    ("lead", "seat", "role", "lead"),
    ("US", "event", "country", "미국"),
    ("2026-11-23", "milestone", "due_on", "2026-11-23"),
    ("2027-01-06T09:00", "event", "starts_at", "2027-01-06 (수) 09:00"),
    ({"ko": "시연", "en": None}, "event", "title", "시연"),
    ({"type": "partner", "id": identity("naver")}, "milestone", "owner", "네이버(주)"),
    (identity("naver"), "collaboration", "partner_id", "네이버(주)"),
    ([identity("xr"), identity("naver")], "collaboration", "technology_ids", "XR, 네이버(주)"),
    (identity("nobody"), "collaboration", "partner_id", identity("nobody")),
    (
        [{"on": "2026-01-05", "text": "회의", "link": None}],
        "collaboration",
        "evidence",
        "2026-01-05 회의",
    ),
    (
        [{"kind": "booth", "on": "2026-12-01", "at": None}],
        "event",
        "deadlines",
        "부스 신청 2026-12-01 그날 끝까지",
    ),
    (
        [{"contact_id": identity("xr"), "from": "2026-01-05", "to": None}],
        "seat",
        "holders",
        "XR (2026-01-05 ~ )",
    ),
    (
        {"rule": "fixed", "ends_on": "2026-12-31", "note": None},
        "agreement",
        "end",
        "끝나는 방식: 정한 날까지 · 마지막 날: 2026-12-31",
    ),
    ("hong@naver.example", "contact", "email", "hong@naver.example"),
    ("<b>", "agreement", "unheard_of", "&lt;b&gt;"),
    ({"<b>": "<i>"}, "load", "counts", "&lt;b&gt;: &lt;i&gt;"),
    ([{"<b>": 1}], "later", "unheard_of", "&lt;b&gt;: 1"),
]


@pytest.mark.parametrize(("value", "subject_type", "key", "said"), SHAPES)
def test_each_shape_is_written(
    app: Flask, value: object, subject_type: str, key: str, said: str
) -> None:
    with app.test_request_context():
        written = str(fact(value, key, subject_type, NAMES))

    assert re.sub(r"</?(time|code)[^>]*>", "", written) == said


def test_facts_stand_in_the_order_in_which_they_are_read() -> None:
    abc = ("deadlines", "ends_at", "revision", "starts_at", "title", "unheard_of")

    found = as_read((Difference(field, None, 1) for field in abc), "event")

    assert [each.field for each in found] == [
        "title",
        "starts_at",
        "ends_at",
        "deadlines",
        "revision",
        "unheard_of",
    ]
