"""Sheets follow from declarations: headings, words of codes, names of ids, whoever may read."""

import csv
import io
from typing import Any
from urllib.parse import quote

import pytest

from changefeed.declared import collection_of
from changefeed.subjects.all import DECLARED
from ieum_registry.api import sheets
from tests.registry.api.bodies import Network
from tests.registry.desk import Asker

pytestmark = pytest.mark.storage


def _sheet(asker: Asker, path: str, **headers: str) -> list[dict[str, str]]:
    answer = asker.get(f"/v1/{path}", Accept="text/csv", **headers)
    assert answer.status == 200, answer.text
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    head, *_ = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline=""))
    assert len(head) == len(set(head)), head
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))


def test_ids_stand_by_their_names_and_codes_in_words(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    office.made("/v1/collaborations", net.collaboration(technology_ids=[net.technology]))
    office.made("/v1/milestones", net.milestone(title={"ko": "=1+1", "en": "Demo"}))
    day = {"on": "2026-12-24", "working": False, "name": {"ko": "쉬는 날"}, "decreed_by": "시"}
    office.made("/v1/calendar-days", day)

    [work] = _sheet(office, "collaborations")
    [promise] = _sheet(office, "milestones", Accept_Language="en")
    [closed] = _sheet(office, "calendar-days")

    assert (work["기관"], work["과제"], work["기술"]) == ("네이버", "과제", "확장현실")
    assert (work["협약"], work["역할"], work["첫날"]) == ("업무협약", "개발", "2022-01-01")
    assert (promise["Title"], promise["Title (English)"]) == ("'=1+1", "Demo")
    assert (promise["Owner"], promise["Due"]) == ("네이버", "2026-12-31")
    assert (closed["날"], closed["근무일"], closed["이름"]) == ("2026-12-24", "아니요", "쉬는 날")


def test_a_sheet_is_filtered_sorted_and_read_as_known_then(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    seq = office.seq()
    office.patch(f"/v1/partners/{net.naver}", {"name": {"ko": "네이버클라우드"}}, seen=1)

    names = [row["이름"] for row in _sheet(office, "partners?sort=-name&kind=company")]
    then = [row["이름"] for row in _sheet(office, f"partners?kind=company&known_at={seq}")]

    assert names == ["다른 기관", "네이버클라우드"]
    assert then == ["네이버", "다른 기관"]


def test_a_sheet_that_is_too_long_says_where_it_goes_on(
    net: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "_AT_ONCE", 2)
    monkeypatch.setattr(sheets, "MOST_ON_A_SHEET", 2)
    office = net.desk.office

    first = office.get("/v1/partners?sort=-name", Accept="text/csv")
    rest = _sheet(office, f"partners?sort=-name&after={first.headers['X-Next']}")

    assert first.text.count("\r\n") == 3
    assert [row["이름"] for row in rest] == ["광주과학기술원"]
    assert "X-Next" not in office.get("/v1/departments", Accept="text/csv").headers


def test_closed_facts_stand_on_the_sheets_of_those_who_may_read_them(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    office.patch(f"/v1/partners/{net.naver}", {"memo": "분쟁 중"}, seen=1)
    named = f"partners?ids={net.naver}"

    [row] = _sheet(office, named)
    [audited] = _sheet(net.desk.of("auditor"), named)
    told = [
        _sheet(net.desk.public, named),
        _sheet(net.desk.of("liaison", [net.naver]), named),
        _sheet(net.desk.of("department", department=net.department), named),
    ]

    assert row["비고"] == audited["비고"] == "분쟁 중"
    for [hers] in told:
        assert hers["이름"] == "네이버"
        assert "비고" not in hers
        assert "법인등록번호" not in hers
        assert "분쟁 중" not in hers.values()


def test_people_on_a_sheet_are_recorded_as_looked_at(net: Network) -> None:
    office = net.desk.office
    contact = office.made("/v1/contacts", net.contact())["id"]

    [row] = _sheet(office, "contacts", X_Access_Reason=quote("행사 안내 2026-12"))
    [hidden] = _sheet(net.desk.of("auditor"), "contacts", X_Access_Reason="audit")
    refused = office.get("/v1/contacts", Accept="text/csv")

    assert (row["이름"], row["전자우편"]) == ("김연락", "kim@naver.example")
    assert hidden["이름"] == ""
    seen = office.get("/v1/access-records").json["items"]
    whose = {each["reason"]: each["subjects"] for each in seen if each["act"] == "GET /v1/contacts"}
    assert contact in whose["행사 안내 2026-12"]
    assert contact in whose["audit"]
    assert (refused.status, refused.json["code"]) == (422, "access_reason.missing")


@pytest.mark.parametrize("subject_type", sorted(DECLARED))
def test_headings_are_told_apart_in_either_language(net: Network, subject_type: str) -> None:
    path = collection_of(DECLARED[subject_type])

    for tongue in ("ko", "en"):
        _sheet(net.desk.office, path, Accept_Language=tongue, X_Access_Reason="a look")


def test_who_may_not_list_gets_no_sheet(net: Network) -> None:
    answer: Any = net.desk.public.get("/v1/contacts", Accept="text/csv")

    assert answer.status == 401
