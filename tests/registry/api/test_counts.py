"""A list is counted by what it is filtered by: as far as its reader sees it, however long it is."""

from typing import Any

import pytest

from tests.registry.api.bodies import Network, agreement, partner
from tests.registry.api.test_merging import merge
from tests.registry.desk import Asker

COMMITMENTS = "/v1/collaborations/counts"


@pytest.fixture
def busy(each_net: Network) -> Network:
    """Two partners on one task, one of them twice and in a field."""
    net, office = each_net, each_net.desk.office
    field = office.made(
        "/v1/service-fields",
        {
            "programme_id": net.programme,
            "position": 1,
            "group": "industry",
            "name": {"ko": "교통"},
        },
    )["id"]
    office.made("/v1/collaborations", net.collaboration(service_field_id=field))
    office.made("/v1/collaborations", net.collaboration(technology_ids=[net.technology]))
    office.made("/v1/collaborations", net.collaboration(partner_id=net.gist, role="lead"))
    return net


def counted(asker: Asker, query: str, path: str = COMMITMENTS) -> dict[str, Any]:
    answer = asker.get(f"{path}?{query}")
    assert answer.status == 200, answer.text
    told: dict[str, Any] = answer.json
    return told


def groups(told: dict[str, Any], way: int = 0) -> dict[tuple[Any, ...], int]:
    return {tuple(each["values"]): each["count"] for each in told["counts"][way]["groups"]}


def test_several_ways_are_counted_at_once_the_largest_group_first(busy: Network) -> None:
    told = counted(busy.desk.office, "by=partner;task,role;technology")

    assert told["total"] == 3
    assert [each["by"] for each in told["counts"]] == [
        ["partner"],
        ["task", "role"],
        ["technology"],
    ]
    assert told["counts"][0]["groups"][0] == {"values": [busy.naver], "count": 2}
    assert groups(told) == {(busy.naver,): 2, (busy.gist,): 1}
    assert groups(told, 1) == {(busy.task, "develop"): 2, (busy.task, "lead"): 1}
    assert groups(told, 2) == {(busy.technology,): 1, (None,): 2}


def test_different_ones_are_counted_once_in_each_group_and_in_all(busy: Network) -> None:
    told = counted(busy.desk.office, f"by=task;service_field&distinct=partner&task={busy.task}")

    assert (told["total"], groups(told)) == (2, {(busy.task,): 2})
    assert sorted(groups(told, 1).values()) == [1, 2]


def test_a_list_is_narrowed_before_it_is_counted(busy: Network) -> None:
    office = busy.desk.office

    for query, total in (
        (f"partner={busy.gist},{busy.stranger}", 1),
        ("service_field=none", 2),
        (f"programme={busy.programme}", 3),
        ("role=lead", 1),
        ("in_force=true&on=2021-12-31", 0),
        ("in_force=true&on=2022-01-01", 3),
        ("may_hold=true&on=2022-01-01&illustrative=true", 0),
        (f"known_at={office.seq() - 1}", 2),
    ):
        assert counted(office, query)["total"] == total, query


def test_lists_take_several_ids_and_none_too(busy: Network) -> None:
    office = busy.desk.office

    assert len(office.items(f"/v1/collaborations?partner={busy.naver},{busy.gist}")) == 3
    assert len(office.items("/v1/collaborations?service_field=none")) == 2
    assert len(office.items(f"/v1/agreements?partner={busy.naver},{busy.stranger}")) == 1


def test_more_groups_than_wanted_are_cut_off_and_that_is_said(busy: Network) -> None:
    told = counted(busy.desk.office, "by=partner&most=1")

    assert groups(told) == {(busy.naver,): 2}
    assert told["counts"][0]["more"] is True
    assert counted(busy.desk.office, "by=partner&most=2")["counts"][0]["more"] is False


def test_a_reader_counts_what_that_reader_sees_listed(busy: Network) -> None:
    desk = busy.desk
    hidden = desk.office.made("/v1/agreements", agreement(busy.city, busy.stranger))["id"]
    desk.office.made(
        "/v1/collaborations",
        busy.collaboration(partner_id=busy.stranger, agreement_id=hidden),
    )

    for caller in (
        desk.office,
        desk.of("liaison", [busy.naver]),
        desk.of("liaison", [busy.stranger]),
    ):
        listed = caller.items("/v1/collaborations")
        told = counted(caller, "by=partner")
        assert told["total"] == len(listed)
        assert {one for (one,) in groups(told)} == {each["partner_id"] for each in listed}
    assert desk.public.get(f"{COMMITMENTS}?by=partner").status == 401


def test_what_is_written_meanwhile_is_counted(busy: Network) -> None:
    office = busy.desk.office
    assert counted(office, "by=partner")["total"] == 3

    office.made("/v1/collaborations", busy.collaboration(partner_id=busy.gist))

    assert groups(counted(office, "by=partner")) == {(busy.naver,): 2, (busy.gist,): 2}


def test_a_merged_partner_counts_as_who_stands_for_it(busy: Network) -> None:
    office = busy.desk.office
    again = office.made("/v1/partners", partner("네이버 주식회사"))["id"]
    under = office.made("/v1/agreements", agreement(busy.city, again))["id"]
    office.made("/v1/collaborations", busy.collaboration(partner_id=again, agreement_id=under))

    assert merge(office, again, busy.naver).status == 201

    told = counted(office, "by=partner&distinct=agreement")
    assert groups(told) == {(busy.naver,): 2, (busy.gist,): 1}
    assert counted(office, "distinct=partner")["total"] == 2
    assert groups(counted(office, f"by=partner&partner={busy.naver}")) == {(busy.naver,): 3}
    by_agreement = counted(office, "by=partner", "/v1/agreements/counts")
    assert groups(by_agreement)[(busy.naver,)] == 2


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("by=starts", "/by"),
        ("by=partner,nobody", "/by"),
        ("by=partner;task;role;agreement;technology;disclosure;service_field", "/by"),
        ("by=partner,task,role,agreement", "/by"),
        ("distinct=title", "/distinct"),
        ("most=0", "/most"),
        ("limit=10", "/limit"),
        ("partner=x", "/partner"),
        ("technology=none", "/technology"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_what_can(
    net: Network, query: str, pointer: str
) -> None:
    answer = net.desk.office.get(f"{COMMITMENTS}?{query}")

    assert (answer.status, answer.json["code"]) == (422, "request.invalid")
    assert [each["pointer"] for each in answer.json["errors"]] == [pointer]


def test_a_strange_grouping_is_answered_with_the_names_of_all(net: Network) -> None:
    answer = net.desk.office.get(f"{COMMITMENTS}?by=starts", language="ko")

    detail = answer.json["errors"][0]["detail"]
    assert "partner, agreement, task, role, technology, service_field, disclosure" in detail
    assert "이렇게는 셀 수 없습니다" in detail
