"""The same organisation at the desk: look-alikes are named, decided on, merged and parted again."""

from typing import Any

from ieum_registry.operations.likeness import compare_some
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import open_form, preview, send
from tests.portal.sample import identity

NAVER = f"/partners/{identity('naver')}"


def test_who_registers_a_partner_is_told_who_looks_alike_and_decides(
    enter: Enter, neighbours: Neighbours
) -> None:
    client, head = enter(), neighbours.registry.head()
    name = neighbours.registry.one("partners", identity("naver"))["name"]["ko"]
    twice = {"name_ko": f"㈜{name}", "kind": "company"}

    draft = open_form(client, "/partners/new").request.full_path
    typed: Any = client.get(f"{draft}&alike=㈜{name}").json
    nothing: Any = client.get(f"{draft}&alike=전혀다른곳").json
    shown = preview(client, "/partners/new", **twice)

    [item] = typed["items"]
    assert (item["address"], "이름이 같음" in item["text"]) == (NAVER, True)
    assert nothing["items"] == []
    assert "먼저 확인할 것이 있습니다" in shown.text
    assert f'href="{NAVER}"' in shown.text
    assert neighbours.registry.head() == head
    assert send(client, shown, "record").location.startswith("/partners/")
    assert neighbours.registry.newest()["name"]["ko"] == f"㈜{name}"


def test_a_pair_is_merged_leads_to_one_page_and_is_parted_again(
    enter: Enter, neighbours: Neighbours
) -> None:
    client, registry = enter(), neighbours.registry
    name = registry.one("partners", identity("naver"))["name"]["ko"]
    twice = {"name_ko": f"㈜{name}", "kind": "company"}
    send(client, preview(client, "/partners/new", **twice), "record")
    again = registry.newest()["id"]
    while compare_some(kept=registry.store.look_alikes, records=registry.store.records, at_most=50):
        pass

    listed = client.get("/partners/alike").text
    # The sample's ids say nothing of when they were drawn.
    assert f"{NAVER}/merge?into={again}" in listed
    assert "이름이 같음" in listed

    asked = {"into_id": identity("naver"), "reason": "등록증 대조"}
    merged = send(client, preview(client, f"/partners/{again}/merge", **asked), "record")
    assert merged.location.startswith(NAVER)
    assert registry.changes()[-1].kind == "partner.merged"
    led = client.get(f"/partners/{again}?on=2026-11-20")
    assert (led.status_code, led.location) == (302, f"{NAVER}?on=2026-11-20")
    assert f"{NAVER}/separate?other={again}" in client.get(NAVER).text
    assert f"{NAVER}/merge" not in client.get("/partners/alike").text

    why = {"partner_id": again, "reason": "다른 회사였음"}
    send(client, preview(client, f"{NAVER}/separate", **why), "record")
    assert client.get(f"/partners/{again}").status_code == 200
    other = {"other_id": identity("naver"), "reason": "본사와 지사"}
    told = preview(client, f"/partners/{again}/apart", **other)
    assert send(client, told, "record").location.startswith("/partners/alike?recorded=")
    assert registry.newest()["distinct_ids"] == [identity("naver")]
    assert f"{NAVER}/apart?other={again}" not in client.get("/partners/alike").text
