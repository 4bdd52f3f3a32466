"""Partners that may be the same organisation are named, with why, to whoever registers one."""

from typing import Any
from urllib.parse import quote

from ieum_registry.operations.likeness import compare_some
from ieum_registry.storage.store import Store
from tests.registry.api.bodies import partner
from tests.registry.desk import Desk


def found(desk: Desk, **asked: str) -> list[tuple[str, list[str]]]:
    query = "&".join(f"{name}={quote(value)}" for name, value in asked.items())
    answer = desk.office.get(f"/v1/partners/candidates?{query}")
    assert answer.status == 200, answer.text
    return [
        (each["partner"]["name"]["ko"], [why["code"] for why in each["reasons"]])
        for each in answer.json["items"]
    ]


def test_each_look_alike_on_record_is_named_with_why(each_desk: Desk) -> None:
    made = each_desk.office.made
    for name in ("주식회사 사랑정밀", "㈜사랑정밀", "사랑정밀(주)", "사랑정일", "바른시"):
        made("/v1/partners", partner(name))
    etri = {"aliases": ["ETRI"], "business_number": "124-81-00998"}
    made("/v1/partners", partner("한국전자통신연구원", **etri))
    kt = made("/v1/partners", partner("한국통신"))
    each_desk.office.patch(f"/v1/partners/{kt['id']}", {"name": {"ko": "케이티"}}, seen=1)

    assert sorted(found(each_desk, name="사랑정밀")) == [
        ("㈜사랑정밀", ["name"]),
        ("사랑정밀(주)", ["name"]),
        ("사랑정일", ["near_name"]),
        ("주식회사 사랑정밀", ["name"]),
    ]
    assert found(each_desk, name="etri") == [("한국전자통신연구원", ["alias"])]
    assert found(each_desk, name="전혀 다른 이름", business_number="1248100998") == [
        ("한국전자통신연구원", ["business_number"])
    ]
    assert found(each_desk, name="한국통신") == [("케이티", ["former_name"])]
    assert found(each_desk, name="KT") == [("케이티", ["spelled_name"])]
    assert found(each_desk, name="케이티", but=kt["id"]) == []


def test_to_ask_for_nothing_is_refused_and_strangers_may_not_ask(desk: Desk) -> None:
    nothing = desk.office.get("/v1/partners/candidates?name=%20")

    assert (nothing.status, nothing.code) == (422, "candidates.nothing_asked")
    assert desk.public.get("/v1/partners/candidates?name=x").status == 401
    assert desk.of("department").get("/v1/partners/candidates?name=x").status == 403


def alike(desk: Desk, more: str = "") -> tuple[list[tuple[set[str], list[str]]], dict[str, Any]]:
    answer = desk.office.get(f"/v1/partners/look-alikes?{more}")
    assert answer.status == 200, answer.text
    pairs = [
        (
            {each["name"]["ko"] for each in pair["partners"]},
            [why["code"] for why in pair["reasons"]],
        )
        for pair in answer.json["items"]
    ]
    return pairs, answer.json


def compare(store: Store) -> None:
    while compare_some(kept=store.look_alikes, records=store.records, at_most=3):
        pass


def test_the_register_is_compared_some_at_a_time_and_what_is_decided_is_not_asked_again(
    each_desk: Desk, each_store: Store
) -> None:
    made = each_desk.office.made
    names = ("솔트룩스", "나무기술", "솔투룩스㈜", "전남대", "전남대학교", "주식회사 솔트룩스")
    ids = {each: made("/v1/partners", partner(each))["id"] for each in names}
    assert alike(each_desk)[0] == []
    assert alike(each_desk)[1]["pending"] == len(names)

    compare(each_store)

    same = ({"솔트룩스", "주식회사 솔트룩스"}, ["name"])
    short = ({"전남대", "전남대학교"}, ["short_name"])
    near = [
        ({"솔트룩스", "솔투룩스㈜"}, ["near_name"]),
        ({"주식회사 솔트룩스", "솔투룩스㈜"}, ["near_name"]),
    ]
    pairs, told = alike(each_desk)
    assert (pairs, told["pending"]) == ([same, short, *near], 0)
    first, page = alike(each_desk, "limit=1")
    rest, last = alike(each_desk, f"after={page['next']}")
    assert ([*first, *rest], last["next"]) == (pairs, None)

    apart = {"other_id": ids["전남대학교"], "reason": "다른 학교"}
    made(f"/v1/partners/{ids['전남대']}/distinctions", apart, seen=1)
    one = {"into_id": ids["솔트룩스"], "reason": "같은 회사"}
    made(f"/v1/partners/{ids['주식회사 솔트룩스']}/merges", one, seen=1)
    compare(each_store)

    assert alike(each_desk)[0] == near[:1]
    assert found(each_desk, name="주식회사 솔트룩스") == [
        ("솔트룩스", ["name"]),
        ("솔투룩스㈜", ["near_name"]),
    ]
    two = {"partner_id": ids["주식회사 솔트룩스"], "reason": "다른 회사"}
    made(f"/v1/partners/{ids['솔트룩스']}/separations", two, seen=2)
    compare(each_store)
    assert alike(each_desk)[0] == [same, *near]
