"""The document says of each route its name, whom it lets in, and every status that it answers."""

import re
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from httpedge.access import RULE
from tests.answers import SERVICES, documents
from tests.registry.api.bodies import Network, partner
from tests.registry.desk import Desk


@pytest.mark.parametrize("service", SERVICES)
def test_the_document_is_openapi(service: str) -> None:
    found = documents()[service].document

    assert [str(each) for each in OpenAPIV31SpecValidator(found).iter_errors()] == []


def operations(service: str) -> list[dict[str, Any]]:
    paths = documents()[service].document["paths"]
    return [
        operation
        for path in paths.values()
        for method, operation in path.items()
        if method != "parameters"
    ]


@pytest.mark.parametrize("service", SERVICES)
def test_each_operation_has_a_name_of_its_own_a_rule_and_its_refusals(service: str) -> None:
    found = operations(service)

    names = [each["operationId"] for each in found]
    assert len(set(names)) == len(names) > 5
    assert all(re.fullmatch(r"[a-z0-9_]+", each) for each in names)
    for each in found:
        is_public = "public" in each["x-allowed-roles"]
        assert each["security"] == ([{}] if is_public else []) + [{"bearer": []}]
        assert {"401", "500"} <= each["responses"].keys()
        assert ("403" in each["responses"]) is not is_public
        assert "default" not in each["responses"]


def test_the_document_names_the_rule_that_is_kept(desk: Desk) -> None:
    told = {each["operationId"]: each["x-allowed-roles"] for each in operations("registry")}

    for endpoint, view in desk.app.view_functions.items():
        name = endpoint.replace(".", "_").replace("-", "_")
        if name in told:
            assert set(told[name]) == getattr(view, RULE)


def test_a_dry_run_is_answered_as_documented(net: Network) -> None:
    operation = documents()["registry"].document["paths"]["/v1/partners"]["post"]

    answer = net.desk.office.post("/v1/partners?dry_run=true", partner())

    assert answer.status == 200
    [kind] = operation["responses"]["200"]["content"].values()
    assert kind["schema"] == {"$ref": "#/components/schemas/DryRunBody"}
    assert answer.json["dry_run"] is True


def test_the_clock_of_knowing_has_its_form_in_the_document() -> None:
    parameters = documents()["registry"].document["paths"]["/v1/partners"]["get"]["parameters"]
    [known_at] = [each for each in parameters if each["name"] == "known_at"]
    form = re.compile(known_at["schema"]["pattern"])

    assert form.search("12")
    assert form.search("2026-11-23T12:00:00+09:00")
    assert form.search("2026-11-23T03:00:00Z")
    assert not form.search("abc")
    assert not form.search("2026-11-23")
