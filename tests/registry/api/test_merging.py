"""Two records of one organisation are merged, lead to one, and come apart again as they were."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from ieum_registry.operations.reindex import reindex
from ieum_registry.storage.store import Store
from tests.registry.api.bodies import Network, agreement, partner
from tests.registry.desk import Answer, Asker

WHY = {"reason": "등록증을 대조함"}


def merge(asker: Asker, one: str, into: str, *, seen: int = 1, **more: object) -> Answer:
    return asker.post(f"/v1/partners/{one}/merges", {"into_id": into, **WHY, **more}, seen=seen)


def separate(asker: Asker, survivor: str, one: str, *, seen: int) -> Answer:
    body = {"partner_id": one, **WHY}
    return asker.post(f"/v1/partners/{survivor}/separations", body, seen=seen)


def listed(asker: Asker, path: str) -> set[str]:
    return {each["id"] for each in asker.items(path)}


@pytest.fixture
def twice(each_net: Network) -> tuple[Network, str]:
    """A network where the first partner stands under another name as well, with an agreement."""
    again = each_net.desk.office.made("/v1/partners", partner("NAVER", key="naver-2"))["id"]
    return each_net, again


def test_a_merged_id_leads_to_who_stands_for_it_and_back_again(twice: tuple[Network, str]) -> None:
    net, again = twice
    office = net.desk.office
    signed = office.made("/v1/agreements", agreement(net.city, again))["id"]
    before = {each: office.get(f"/v1/partners/{each}") for each in (again, net.naver)}
    list_before, seq = office.get("/v1/partners").text, office.seq()

    merged = merge(office, again, net.naver)

    assert (merged.status, merged.json["merged_ids"]) == (201, [again])
    led = office.get(f"/v1/partners/{again}?on=2026-11-29")
    assert (led.status, led.headers["Location"]) == (
        307,
        f"/v1/partners/{net.naver}?on=2026-11-29",
    )
    assert listed(office, "/v1/partners") == {net.naver, net.gist, net.stranger}
    assert listed(office, "/v1/partners?q=NAVER") == {net.naver}
    assert listed(net.desk.public, "/v1/partners?q=NAVER") == {net.naver}
    assert [each["subject"]["id"] for each in hits(office, "NAVER")] == [net.naver]
    for each in (net.naver, again):
        found = listed(office, f"/v1/agreements?partner={each}")
        assert found == {net.agreement, signed}
    assert listed(office, "/v1/agreements?q=네이버") >= {net.agreement, signed}
    assert office.get(f"/v1/partners/{again}?known_at={seq}").text == before[again].text
    assert office.get(f"/v1/partners?known_at={seq}").text == list_before

    parted = separate(office, net.naver, again, seen=2)

    assert (parted.status, parted.json["merged_ids"]) == (201, [])
    back = {each: office.get(f"/v1/partners/{each}") for each in (again, net.naver)}
    assert back[again].text == before[again].text
    assert back[again].headers["ETag"] == before[again].headers["ETag"]
    assert back[net.naver].text.replace('"version":3', '"version":1') == before[net.naver].text
    assert office.get("/v1/partners").text.replace('"version":3', '"version":1') == list_before
    assert listed(office, f"/v1/agreements?partner={again}") == {signed}
    told = office.get(f"/v1/history?subject={net.naver}").json["items"]
    assert [(each["entry"]["kind"], each["entry"]["reason"]) for each in told[:2]] == [
        ("partner.separated", WHY["reason"]),
        ("partner.merged", WHY["reason"]),
    ]


def hits(asker: Asker, q: str) -> list[dict[str, Any]]:
    groups = asker.get(f"/v1/search?q={q}").json["groups"]
    return [hit for each in groups if each["type"] == "partner" for hit in each["items"]]


def test_what_was_merged_one_after_the_other_comes_apart_in_the_other_order(
    twice: tuple[Network, str],
) -> None:
    net, again = twice
    office = net.desk.office
    merge(office, again, net.naver)

    merged = merge(office, net.naver, net.stranger, seen=2)

    assert merged.json["merged_ids"] == [net.naver, again]
    for each in (again, net.naver):
        led = office.get(f"/v1/partners/{each}")
        assert led.headers["Location"] == f"/v1/partners/{net.stranger}"
    assert listed(office, f"/v1/agreements?partner={again}") == {net.agreement}
    within = separate(office, net.stranger, again, seen=2)
    assert (within.status, within.code) == (409, "partner.merged_within")
    assert separate(office, net.stranger, net.naver, seen=2).json["merged_ids"] == []
    assert office.get(f"/v1/partners/{again}").headers["Location"].endswith(net.naver)


def test_a_merge_that_makes_no_sense_is_refused_and_changes_nothing(
    twice: tuple[Network, str],
) -> None:
    net, again = twice
    office = net.desk.office
    both = agreement(net.city, net.gist, again, title={"ko": "둘 다 있는 협약"})
    office.made("/v1/agreements", both)
    other_city = office.made("/v1/partners", partner("전남광주시", own=True))["id"]
    seq = office.seq()

    refused = {
        "partner.merge_itself": merge(office, again, again),
        "reference.unknown": merge(office, again, "00000000-0000-7000-8000-000000000000"),
        "partner.merge_sides": merge(office, again, net.city),
        "partner.merge_own": merge(office, net.city, other_city),
        "partner.merge_twice": merge(office, again, net.gist),
        "change.reason_missing": merge(office, again, net.naver, reason=None),
        "version.stale": merge(office, again, net.naver, seen=7),
        "partner.not_merged": separate(office, net.naver, again, seen=1),
    }

    found = {code: each.code for code, each in refused.items() if code != "change.reason_missing"}
    assert found == {code: code for code in found}
    assert refused["change.reason_missing"].status == 422
    assert "둘 다 있는 협약" in refused["partner.merge_twice"].json["detail"]
    assert office.seq() == seq
    assert merge(office, net.city, other_city, own_meant=True).status == 201


def test_what_is_merged_is_merged_nowhere_else_nor_changed_nor_signs_beside_itself(
    twice: tuple[Network, str],
) -> None:
    net, again = twice
    office = net.desk.office
    merge(office, again, net.naver)

    assert merge(office, again, net.gist).code == "partner.is_merged"
    assert merge(office, net.naver, again, seen=2).code == "partner.is_merged"
    changed = office.patch(f"/v1/partners/{again}", {"memo": "x"}, seen=1)
    assert (changed.status, changed.code) == (409, "partner.is_merged")
    assert net.naver in changed.json["detail"]
    third = office.made("/v1/partners", partner("네이버 주식회사"))["id"]
    merge(office, third, net.naver)
    for pair in ((again, net.naver), (again, third)):
        beside = office.post("/v1/agreements", agreement(net.city, *pair))
        assert (beside.status, beside.code) == (409, "partner.merge_twice")
    assert office.post("/v1/agreements", agreement(net.city, again)).status == 201


def test_who_looks_after_a_merged_partner_sees_the_affairs_of_the_one_organisation(
    twice: tuple[Network, str],
) -> None:
    net, again = twice
    office = net.desk.office
    liaison = net.desk.of("liaison", [again])
    office.made("/v1/seats", net.seat())
    assert listed(liaison, "/v1/agreements") == set()

    merge(office, again, net.naver)

    assert listed(liaison, "/v1/agreements") == {net.agreement}
    assert len(liaison.items("/v1/seats")) == 1
    separate(office, net.naver, again, seen=2)
    assert listed(liaison, "/v1/agreements") == set()


def test_two_clerks_who_merge_crosswise_leave_one_that_stands(twice: tuple[Network, str]) -> None:
    net, again = twice
    pairs = [(again, net.naver), (net.naver, again)]

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda each: merge(net.desk.of("office"), *each), pairs))

    assert sorted(each.status for each in answers) in ([201, 409], [201, 412])
    led = [net.desk.office.get(f"/v1/partners/{each}").status for each in (again, net.naver)]
    assert sorted(led) == [200, 307]


def test_who_was_told_apart_is_not_asked_about_again(twice: tuple[Network, str]) -> None:
    net, again = twice
    office = net.desk.office
    path = f"/v1/partners/{again}/distinctions"

    told = office.post(path, {"other_id": net.naver, "reason": "본사와 지사"}, seen=1)

    assert (told.status, told.json["distinct_ids"]) == (201, [net.naver])
    repeated = office.post(f"/v1/partners/{net.naver}/distinctions", {"other_id": again}, seen=1)
    assert repeated.status == 201
    assert repeated.json["version"] == 1
    assert "distinct_ids" not in net.desk.public.get(f"/v1/partners/{again}").json
    assert listed(office, f"/v1/partners?distinct={net.naver}") == {again}
    assert listed(net.desk.public, f"/v1/partners?distinct={net.naver}") == set()
    assert office.post(path, {"other_id": again}, seen=2).code == "partner.apart_from_itself"


def test_the_shelves_are_what_the_log_says_after_merging_and_separating(
    twice: tuple[Network, str], each_store: Store
) -> None:
    net, again = twice
    office = net.desk.office
    merge(office, again, net.naver)
    separate(office, net.naver, again, seen=2)
    merge(office, again, net.naver, seen=1)

    with each_store.new_shelves() as shelves:
        found = reindex(shelves, compare_only=True, progress=lambda _done, _all: None)

    assert found.differences == ()
    assert listed(office, f"/v1/agreements?partner={again}") == {net.agreement}
