"""Partners that may be the same organisation are named, with why, to whoever registers one."""

from urllib.parse import quote

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
