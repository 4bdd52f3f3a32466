"""The real network of 2021, loaded and served, counts as the press counted it."""

import pytest

from tests.registry.desk import GWANGJU, ILLUSTRATION, Desk

pytestmark = pytest.mark.storage


def test_the_network_of_2021_is_served_as_published(each_desk: Desk) -> None:
    answer = each_desk.load(GWANGJU)

    office = each_desk.office
    [agreement] = office.items("/v1/agreements")
    assert answer.status == 201
    assert len(office.items("/v1/partners")) == 24
    assert len(office.items("/v1/partners?own=any")) == 25
    assert len(office.items("/v1/tasks")) == 16
    assert len(office.items("/v1/strategies")) == 4
    assert len(office.items("/v1/service-fields")) == 7
    assert len(agreement["parties"]) == 25
    assert [each["side"] for each in agreement["parties"]].count("own") == 1
    assert agreement["disclosure"] == "public"
    assert len(agreement["provenance"]["source"]) == 2


def test_the_agreement_is_one_entry(each_desk: Desk) -> None:
    each_desk.load(GWANGJU)

    changes = each_desk.office.get("/v1/changes").json["items"]

    assert [each["kind"] for each in changes].count("agreement.recorded") == 1
    assert changes[-1]["kind"] == "load.recorded"


def test_loading_twice_changes_nothing(each_desk: Desk) -> None:
    each_desk.load(GWANGJU, ILLUSTRATION)
    seq = each_desk.office.seq()

    again = each_desk.load(GWANGJU, ILLUSTRATION)

    assert again.status == 200
    assert again.json["load"] is None
    assert again.json["recorded"] == again.json["changed"] == {}
    assert again.json["unchanged"]["partner"] == 25
    assert each_desk.office.seq() == seq


def test_examples_are_marked(each_desk: Desk) -> None:
    each_desk.load(GWANGJU, ILLUSTRATION)

    office = each_desk.office
    assert all(
        each["provenance"]["illustrative"]
        for path in ("collaborations", "milestones", "events", "seats", "contacts", "technologies")
        for each in office.items(f"/v1/{path}")
    )
    assert not any(each["provenance"]["illustrative"] for each in office.items("/v1/partners"))
