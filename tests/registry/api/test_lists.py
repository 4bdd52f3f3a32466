"""What every list understands: the filters that its declaration names."""

import pytest

from changefeed.declared import collection_of
from changefeed.lists import filters_of
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
            asked = [f"{each.name}={code}" for code in each.field.fact.codes]
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
    assert told["agreement"] == "Agreement (협약)"
