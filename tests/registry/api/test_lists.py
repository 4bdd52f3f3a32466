"""What every list understands: the filters that its declaration names."""

from urllib.parse import quote

import pytest

from changefeed.declared import collection_of
from changefeed.lists import filters_of, sorts_of
from changefeed.subjects.all import DECLARED
from tests.registry.api.bodies import Network, agreement

pytestmark = pytest.mark.storage


@pytest.mark.parametrize("subject_type", sorted(DECLARED))
def test_a_list_is_narrowed_by_every_filter_that_is_declared(
    net: Network, subject_type: str
) -> None:
    kind_of = DECLARED[subject_type]
    path = f"/v1/{collection_of(kind_of)}"
    nobody = "01890000-0000-7000-8000-000000000000"

    for each in filters_of(kind_of):
        if each.by == "day":
            asked = [f"{each.name}_from=2999-01-01", f"{each.name}_to=1900-01-01"]
        elif each.field.fact.codes is not None:
            asked = [f"{each.name}={quote(code)}" for code in each.field.fact.codes]
        elif each.field.holds is bool:
            asked = [f"{each.name}=true", f"{each.name}=false"]
        elif each.field.holds is int:
            asked = [f"{each.name}={2**53 - 1}"]
        else:
            asked = [f"{each.name}={nobody}"]
        answers = [net.desk.office.get(f"{path}?{query}") for query in asked]
        assert [answer.status for answer in answers] == [200] * len(asked), each
        if each.by == "day" or asked == [f"{each.name}={nobody}"]:
            assert all(answer.json["items"] == [] for answer in answers), each


def test_what_has_no_day_lies_within_no_days(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    done = office.made("/v1/milestones", net.milestone(due_on="2026-01-05"))
    office.made("/v1/milestones", net.milestone())
    office.made(
        f"/v1/milestones/{done['id']}/completions",
        {"done_on": "2026-01-04", "evidence": [{"on": "2026-01-04", "text": "시연 보고"}]},
        seen=1,
    )
    unknown = {"signed_on": None, "signed_as": {"written": "미상"}}
    office.made("/v1/agreements", agreement(net.city, net.naver, **unknown))

    def ids(query: str) -> list[str]:
        return [each["id"] for each in office.items(f"/v1/{query}")]

    assert ids("milestones?done_from=1999-01-01") == [done["id"]]
    assert ids("milestones?done_to=2999-01-01") == [done["id"]]
    assert ids("agreements?signed_to=2021-11-16") == [net.agreement]
    assert ids("agreements?signed_from=2021-11-16") == [net.agreement]
    assert ids("agreements?signed_to=2021-11-15") == []


def test_agreements_are_filtered_by_the_department_that_leads(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    body = agreement(net.city, net.naver, lead_department_id=net.department)
    led = office.made("/v1/agreements", body)

    found = office.items(f"/v1/agreements?department={net.department}")

    assert [each["id"] for each in found] == [led["id"]]


def test_a_filter_is_described_by_its_label(net: Network) -> None:
    document = net.desk.public.get("/openapi.json").json
    asked = document["paths"]["/v1/milestones"]["get"]["parameters"]
    told = {each["name"]: each.get("description") for each in asked}

    assert told["due_from"] == "Due (기한): on this day or later"
    assert told["agreement"] == "Agreement (협약); several parted by commas or none"


@pytest.mark.parametrize("subject_type", sorted(DECLARED))
def test_a_list_is_sorted_by_every_name_that_is_declared(net: Network, subject_type: str) -> None:
    kind_of = DECLARED[subject_type]
    path = f"/v1/{collection_of(kind_of)}"
    whole = {each["id"] for each in net.desk.office.items(path)}

    for name in sorts_of(kind_of):
        for sort in (name, f"-{name}"):
            found = [each["id"] for each in net.desk.office.items(f"{path}?sort={sort}")]
            assert len(found) == len(whole), sort
            assert set(found) == whole, sort


def test_partners_are_given_from_either_end(each_net: Network) -> None:
    office = each_net.desk.office

    names = [each["name"]["ko"] for each in office.items("/v1/partners?sort=-name")]

    assert names == sorted(names, reverse=True)
    assert names[::-1] == [each["name"]["ko"] for each in office.items("/v1/partners")]


@pytest.mark.parametrize("sort", ["memo", "--name", "", "-", "corporate_number", "seq_from"])
def test_whoever_sorts_by_an_unknown_name_is_told_the_possible_ones(
    net: Network, sort: str
) -> None:
    answer = net.desk.office.get(f"/v1/partners?sort={sort}", Accept_Language="en")

    assert answer.status == 422
    [error] = answer.json["errors"]
    assert error["pointer"] == "/sort"
    assert "name, kind, key, business_number, id." in error["detail"]


def test_a_cursor_of_another_sort_is_refused_and_says_what_to_do(net: Network) -> None:
    office = net.desk.office
    cursor = office.get("/v1/partners?sort=-name&limit=1").json["next"]

    for query in (f"after={cursor}", f"after={cursor}&sort=name", f"after={cursor}&sort=kind"):
        answer = office.get(f"/v1/partners?limit=1&{query}", Accept_Language="ko")
        assert (answer.status, answer.code) == (422, "cursor.other_sort")
        assert "처음부터 읽으십시오" in answer.json["detail"]
        assert answer.pointers == ["/after"]
    assert office.get(f"/v1/partners?limit=1&after={cursor}&sort=-name").status == 200


def test_a_list_says_how_many_it_holds_for_who_asks(each_net: Network) -> None:
    net = each_net
    office, public = net.desk.office, net.desk.public
    shown = agreement(net.city, net.gist, disclosure="public")
    office.made("/v1/agreements", shown)

    def total(query: str) -> object:
        return office.get(f"/v1/{query}").json.get("total")

    assert total("agreements") is None
    assert total("agreements?count=false") is None
    assert total("agreements?count=true&limit=1") == {"count": 2, "exact": True}
    assert total("agreements?count=true&state=ended") == {"count": 0, "exact": True}
    assert total("partners?count=true") == {"count": 3, "exact": True}
    hers = public.get("/v1/agreements?count=true").json
    assert (len(hers["items"]), hers["total"]) == (1, {"count": 1, "exact": True})
    liaison = net.desk.of("liaison", [net.naver]).get("/v1/agreements?count=true").json
    assert (len(liaison["items"]), liaison["total"]["count"]) == (2, 2)


def test_events_are_found_by_country_and_city_in_either_language(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    vegas = office.made("/v1/events", net.event())["id"]
    seoul = net.event(
        title={"ko": "포럼"}, zone="Asia/Seoul", country="KR", city={"ko": "서울", "en": "Seoul"}
    )
    seoul_id = office.made("/v1/events", seoul)["id"]

    for q in ("미국", "united states", "USA", "라스베이거스", "las vegas", "전시회 미국"):
        assert [each["id"] for each in office.items(f"/v1/events?q={q}")] == [vegas], q
    for q in ("대한민국", "한국", "South Korea", "seoul", "ㅅㅇ 포럼"):
        assert [each["id"] for each in office.items(f"/v1/events?q={q}")] == [seoul_id], q


def test_agreements_are_found_by_partner_department_year_and_number_of_a_side(
    each_net: Network,
) -> None:
    office, net = each_net.desk.office, each_net
    body = agreement(
        net.city,
        net.naver,
        title={"ko": "데이터 협약"},
        signed_on="2019-03-02",
        lead_department_id=net.department,
    )
    body["parties"] = [{**each, "signed_on": "2019-03-02"} for each in body["parties"]]
    body["parties"][1]["number"] = "NV-77"
    found = office.made("/v1/agreements", body)["id"]
    in_part = agreement(net.city, net.naver, signed_on=None, signed_as={"written": "2014.5"})
    old = office.made("/v1/agreements", in_part)["id"]
    office.patch(
        f"/v1/partners/{net.naver}", {"name": {"ko": "네이버클라우드", "en": "NAVER"}}, seen=1
    )

    def ids(q: str) -> set[str]:
        return {each["id"] for each in office.items(f"/v1/agreements?q={q}")}

    assert ids("네이버 데이터") == ids("naver 2019") == ids("nv77") == ids("2019년") == {found}
    assert ids("인공지능정책과") == ids("ㅇㄱㅈㄴ") == ids("클라우드 정책과 2019") == {found}
    assert ids("네이버 2014") == {old}
    assert ids("과학기술원") == {net.agreement}
    assert ids("광주광역시") == {found, old, net.agreement}
    assert ids("다른 기관") == set()


def test_strangers_find_by_names_what_they_may_read_alone(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    shown = office.made("/v1/agreements", agreement(net.city, net.gist, disclosure="partly"))["id"]

    found = net.desk.public.get("/v1/agreements?q=광주과학기술원&count=true").json

    assert [each["id"] for each in found["items"]] == [shown]
    assert found["total"] == {"count": 1, "exact": True}


def test_a_page_leads_back_to_the_one_before_it(each_net: Network) -> None:
    office = each_net.desk.office
    path = "/v1/partners?own=any&sort=name&limit=1"
    first = office.get(path).json
    assert "previous" not in first

    second = office.get(f"{path}&after={first['next']}").json
    back = office.get(f"{path}&before={second['previous']}").json

    assert back["items"] == first["items"]
    assert (back["previous"], back["next"]) == (None, first["next"])
    both = office.get(f"{path}&after={first['next']}&before={second['previous']}")
    assert (both.status, both.json["code"]) == (422, "request.invalid")
    assert both.json["errors"][0]["pointer"] == "/before"
    for forged in ("x", "W10"):
        refused = office.get(f"{path}&before={forged}")
        assert (refused.status, refused.json["code"]) == (422, "cursor.refused")
        assert refused.json["errors"][0]["pointer"] == "/before"


def test_what_a_department_looks_after_is_found_whoever_owes_it(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    other = office.made("/v1/departments", {"name": {"ko": "다른 과"}})["id"]
    ours = office.made(
        "/v1/agreements", agreement(net.city, net.naver, lead_department_id=net.department)
    )["id"]

    def milestone(**more: object) -> str:
        found: str = office.made("/v1/milestones", net.milestone(**more))["id"]
        return found

    own = milestone(owner={"type": "department", "id": net.department}, agreement_id=None)
    promised = milestone(agreement_id=ours)
    theirs = milestone(owner={"type": "department", "id": other}, agreement_id=ours)
    unled = milestone()  # Under an agreement that no department leads.

    def ids(query: str) -> set[str]:
        return {each["id"] for each in office.items(f"/v1/{query}")}

    department = f"looked_after_by={net.department}"
    assert ids(f"milestones?{department}") == {own, promised}
    assert ids(f"milestones?{department}&unled=true") == {own, promised, unled}
    assert ids(f"milestones?looked_after_by={net.naver}") == {promised, unled}
    assert ids(f"milestones?looked_after_by={other},{net.department}") == {own, promised, theirs}
    assert ids(f"agreements?{department}") == {ours}
    assert ids(f"agreements?{department}&unled=true") == {ours, net.agreement}


def test_to_a_liaison_a_promise_is_looked_after_by_its_own_side_alone(
    each_net: Network,
) -> None:
    office, net = each_net.desk.office, each_net
    led = office.made(
        "/v1/agreements", agreement(net.city, net.naver, lead_department_id=net.department)
    )["id"]
    theirs = office.made("/v1/milestones", net.milestone(agreement_id=led))["id"]
    liaison = net.desk.of("liaison", [net.naver])

    found = [
        [
            each["id"]
            for each in liaison.get(f"/v1/milestones?looked_after_by={asked}").json["items"]
        ]
        for asked in (net.department, net.naver)
    ]

    assert found == [[], [theirs]]
