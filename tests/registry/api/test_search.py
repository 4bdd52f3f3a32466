"""One search over everything: ranked, with why each was found, and nothing that is closed."""

import unicodedata
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest

from tests.registry.api.bodies import Network, agreement, partner
from tests.registry.desk import GWANGJU, ILLUSTRATION, Answer, Asker, Desk

pytestmark = pytest.mark.storage


def found(asker: Asker, q: str, limit: int = 20) -> dict[str, list[dict[str, Any]]]:
    answer = asker.get(f"/v1/search?q={quote(q)}&limit={limit}")
    assert answer.status == 200, answer.text
    return {each["type"]: each["items"] for each in answer.json["groups"]}


def called(items: list[dict[str, Any]]) -> list[str]:
    facts = (each["subject"] for each in items)
    return [(each.get("name") or each["title"])["ko"] for each in facts]


def marked(hit: dict[str, Any]) -> list[str]:
    return [each["text"][each["first"] : each["last"]] for each in hit["why"]]


def test_the_network_of_2021_is_found_by_strangers(each_desk: Desk) -> None:
    each_desk.load(GWANGJU)
    public = each_desk.public

    assert called(found(public, "ㄱㅈ")["partner"])[0].startswith("광주")
    assert called(found(public, "naver")["partner"])[0].startswith("네이버")
    assert "AI-메타버스" in called(found(public, "AI메타버스")["agreement"])[0]
    by_partner = found(public, "네이버")["agreement"]
    assert called(by_partner) == called(found(public, "AI메타버스")["agreement"])
    assert by_partner[0]["how"] == "pointed"
    assert by_partner[0]["why"][0]["of"]["name"]["ko"] == "네이버"
    assert "agreement" in found(public, "2021")
    assert "contact" not in found(public, "네이버")


def test_what_is_found_is_ranked(each_desk: Desk) -> None:
    office = each_desk.office
    for name in ("남한빛", "이음 한빛", "한빛대학교", "한빛", "화분", "더한빛 한빛"):
        office.made("/v1/partners", partner(name))

    items = found(office, "한빛")["partner"]
    assert [each["how"] for each in items] == ["exact", "beginning", "word", "word", "inside"]
    assert called(items)[:2] == ["한빛", "한빛대학교"]
    assert called(items)[-1] == "남한빛"
    assert {each["how"] for each in found(office, "ㅎㅂ")["partner"]} == {"initials"}
    assert called(found(office, "ㅎㅂ")["partner"])[-1] in ("남한빛", "이음 한빛", "더한빛 한빛")


def test_what_lives_comes_before_what_is_over(each_net: Network) -> None:
    net, office = each_net, each_net.desk.office
    over = {"end": {"rule": "fixed", "ends_on": "2022-01-01"}, "signed_on": "2021-11-16"}
    for title, more in (("가람 협약", over), ("가람 합의", {})):
        body = agreement(net.city, net.naver, title={"ko": title}, **more)
        office.made("/v1/agreements", body)

    items = found(office, "가람")["agreement"]
    assert called(items) == ["가람 합의", "가람 협약"]
    assert [each["ended"] for each in items] == [False, True]


def test_an_old_name_finds_the_partner_and_its_agreements_and_says_so(each_net: Network) -> None:
    net, office = each_net, each_net.desk.office
    other = office.made("/v1/partners", partner("옛빛연구소", aliases=["OBRI"]))
    body = agreement(net.city, other["id"], title={"ko": "공동 연구"}, disclosure="public")
    office.made("/v1/agreements", body)
    office.patch(
        f"/v1/partners/{other['id']}", {"name": {"ko": "새솔원"}, "reason": "개명"}, seen=1
    )

    for asker in (office, net.desk.public):
        [hit] = found(asker, "옛빛")["partner"]
        assert called([hit]) == ["새솔원"]
        assert hit["how"] == "former"
        assert marked(hit) == ["옛빛"]
        assert hit["why"][0]["former"] is True
        assert hit["why"][0]["label"]["ko"] == "이름"
        [signed] = found(asker, "옛빛")["agreement"]
        assert called([signed]) == ["공동 연구"]
        assert signed["why"][0]["of"] == {
            "type": "partner",
            "id": other["id"],
            "name": {"ko": "옛빛연구소", "en": None},
        }
        [hit] = found(asker, "obri")["partner"]
        assert hit["why"][0]["label"]["ko"] == "다른 이름"
        assert hit["why"][0]["former"] is False


def test_several_words_are_met_each_by_what_holds_it(each_net: Network) -> None:
    net, office = each_net, each_net.desk.office
    numbers = {"number": "제2024-17호", "approval_number": "인공지능정책과-4821"}
    body = agreement(net.city, net.naver, title={"ko": "청년 창업 지원"}, **numbers)
    made = office.made("/v1/agreements", body)

    [hit] = found(office, "창업 네이버 2021")["agreement"]
    assert hit["subject"]["id"] == made["id"]
    assert marked(hit) == ["창업", "네이버", "2021"]
    [hit] = found(office, "2024-17")["agreement"]
    assert [each["field"] for each in hit["why"]] == ["number"]
    for q in ("정책과-4821", "정책과4821", "4821"):
        [hit] = found(office, q)["agreement"]
        assert [each["label"]["ko"] for each in hit["why"]] == ["결재문서번호"]
        assert len(office.items(f"/v1/agreements?q={quote(q)}")) == 1
    assert found(office, "창업 없는말") == {}


def test_people_are_found_by_whom_their_data_are_for_and_that_is_recorded(
    each_net: Network,
) -> None:
    net, office = each_net, each_net.desk.office
    person = office.made("/v1/contacts", net.contact(name="고우리", email="uri@naver.example"))
    liaison = net.desk.of("liaison", partners=[UUID(net.naver)])
    elsewhere = net.desk.of("liaison", partners=[UUID(net.gist)])

    for asker in (office, liaison):
        for q in ("고우", "ㄱㅇㄹ", "uri@naver"):
            [hit] = found(asker, q)["contact"]
            assert hit["subject"]["name"] == "고우리", q
    for asker in (elsewhere, net.desk.of("auditor"), net.desk.public, net.desk.of("department")):
        assert "contact" not in found(asker, "고우리")
    rows = office.get(f"/v1/access-records?subject={person['id']}").json["items"]
    assert {each["role"] for each in rows if each["act"] == "GET /v1/search"} == {
        "office",
        "liaison",
    }

    erased = office.post(
        f"/v1/contacts/{person['id']}/erasures", {"reason": "본인 요청"}, seen=person["version"]
    )
    assert erased.status == 201
    assert "contact" not in found(office, "고우리")


def test_nothing_closed_is_found_nor_told_by_why(each_net: Network) -> None:
    net, office = each_net, each_net.desk.office
    body = agreement(net.city, net.naver, title={"ko": "비밀 마루 협약"})
    closed = office.made("/v1/agreements", body)
    office.made(
        "/v1/milestones", net.milestone(title={"ko": "마루 시연"}, agreement_id=closed["id"])
    )
    entry = {
        "partner_id": net.naver,
        "on": "2026-11-02",
        "kind": "call",
        "department_id": net.department,
        "text": "마루 건 협의",
    }
    office.made("/v1/journal", entry)

    assert set(found(office, "마루")) == {"agreement", "milestone", "journal"}
    assert set(found(net.desk.of("auditor"), "마루")) == {"agreement", "milestone", "journal"}
    own = found(net.desk.of("liaison", partners=[UUID(net.naver)]), "마루")
    assert set(own) == {"agreement", "milestone"}
    assert found(net.desk.of("liaison", partners=[UUID(net.gist)]), "마루") == {}
    assert found(net.desk.public, "마루") == {}
    assert "agreement" not in found(net.desk.public, "네이버")


@pytest.mark.parametrize(
    ("q", "code"),
    [
        ("", "search.nothing_asked"),
        ("   ", "search.nothing_asked"),
        ("%_%", "search.nothing_asked"),
        ("-·!?", "search.nothing_asked"),
        ("가" * 101, "request.invalid"),
        ("가" * 10_000, "request.invalid"),
        ("가\x00", "request.invalid"),
        ("가\u202e나", "request.invalid"),
    ],
)
def test_what_cannot_be_searched_for_is_told(desk: Desk, q: str, code: str) -> None:
    answer = desk.public.get(f"/v1/search?q={quote(q)}", Accept_Language="ko")

    assert (answer.status, answer.code) == (422, code)


def test_a_search_without_words_is_told_so(desk: Desk) -> None:
    assert desk.public.get("/v1/search").status == 422


@pytest.mark.parametrize("q", ["%ED%A0%80", "%FF%FE", "%C0%80"])
def test_bytes_that_are_no_text_are_no_fault(desk: Desk, q: str) -> None:
    answer: Answer = desk.public.get(f"/v1/search?q={q}")

    assert (answer.status, answer.json) == (200, {"groups": [], "names": {}})


def test_wildcards_full_width_letters_and_hangul_in_pieces_are_taken_as_meant(
    each_desk: Desk,
) -> None:
    office = each_desk.office
    office.made("/v1/partners", partner("백퍼센트 100%"))
    office.made("/v1/partners", partner("AI 누리_터"))

    assert called(found(office, "100%")["partner"]) == ["백퍼센트 100%"]
    assert called(found(office, "리_터")["partner"]) == ["AI 누리_터"]
    assert found(office, "1_0%") == {}
    assert called(found(office, "ＡＩ")["partner"]) == ["AI 누리_터"]
    pieces = unicodedata.normalize("NFD", "누리")
    assert called(found(office, pieces)["partner"]) == ["AI 누리_터"]
    assert called(found(office, "ㄴㄹ")["partner"]) == ["AI 누리_터"]
    assert called(found(office, "누")["partner"]) == ["AI 누리_터"]


def test_names_of_what_hits_point_at_are_told_as_far_as_they_may_be_read(desk: Desk) -> None:
    desk.load(GWANGJU, ILLUSTRATION)

    answer = desk.office.get(f"/v1/search?q={quote('AI메타버스')}").json
    [group] = [each for each in answer["groups"] if each["type"] == "agreement"]
    assert group["total"] == {"count": 1, "exact": True}
    parties = group["items"][0]["subject"]["parties"]
    assert set(answer["names"]) >= {each["partner_id"] for each in parties[:3]}


def test_more_hits_than_are_ranked_are_counted_and_the_best_name_is_first(each_desk: Desk) -> None:
    office = each_desk.office
    for number in range(205):
        office.made("/v1/partners", partner(f"가{number:03} 하늘"))
    office.made("/v1/partners", partner("하늘"))

    answer = office.get(f"/v1/search?q={quote('하늘')}").json
    [group] = answer["groups"]
    assert group["total"] == {"count": 206, "exact": True}
    assert called(group["items"])[0] == "하늘"


def test_what_is_closed_moves_no_hit_and_no_count_of_who_may_not_see_it(
    each_net: Network,
) -> None:
    net, office = each_net, each_net.desk.office
    other = office.made("/v1/departments", {"name": {"ko": "다른 과"}})["id"]
    asked = [f"/v1/search?q={quote(q)}" for q in ("마루", "ㅁㄹ", "대외", "4821", "고우리", "2021")]
    asked += [f"/v1/agreements?count=true&q={quote(q)}" for q in ("마루", "대외비", "정책과-4821")]
    asked += [
        f"/v1/agreements?count=true&{each}"
        for each in ("flag=dormant", f"looked_after_by={other}&unled=true")
    ]
    askers = [
        net.desk.public,
        net.desk.of("liaison", partners=[UUID(net.naver)]),
        net.desk.of("department", department=net.department),
    ]

    def told() -> list[list[object]]:
        answers = [[asker.get(path).json for path in asked] for asker in askers]
        return [[{**each, "request_id": None} for each in told_to_one] for told_to_one in answers]

    before = told()
    numbers = {"lead_department_id": other, "approval_number": "인공지능정책과-4821"}
    closed = office.made(
        "/v1/agreements", agreement(net.city, net.gist, title={"ko": "마루 협약"}, **numbers)
    )
    renamed = {"title": {"ko": "대외비 협약"}, "reason": "고침"}
    office.patch(f"/v1/agreements/{closed['id']}", renamed, seen=1)
    place = {"type": "partner", "id": net.gist}
    office.made("/v1/contacts", net.contact(at=place, name="고우리"))

    assert told() == before
    assert set(found(office, "대외비")) == {"agreement"}
