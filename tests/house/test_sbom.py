"""The bill of materials names everything that the locks name, and nothing else."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("other_processes")

ROOT = Path(__file__).parents[2]
SERVICES = ("registry", "graph", "notify", "portal", "operator", "all")


def bill_of(service: str) -> dict[str, Any]:
    command = [sys.executable, "-I", str(ROOT / "requirements" / "sbom.py"), service]
    made = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(made.stdout)
    return found


def of_kind(bill: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [each for each in bill["components"] if each["purl"].startswith(f"pkg:{kind}/")]


@pytest.mark.parametrize("service", SERVICES)
def test_every_pinned_package_is_there_with_all_its_digests(service: str) -> None:
    lock = (ROOT / "requirements" / f"{service}.txt").read_text(encoding="utf-8")

    told = of_kind(bill_of(service), "pypi")

    pins = re.findall(r"^([^\s=\[]+)(?:\[.*\])?==([^\s;]+)", lock, re.MULTILINE)
    assert sorted((each["name"], each["version"]) for each in told) == sorted(pins)
    digests = [each["value"] for one in told for each in one["properties"]]
    assert sorted(digests) == sorted(re.findall(r"sha256:([0-9a-f]{64})", lock))


def test_assets_and_jars_are_there_each_by_its_digest() -> None:
    bill = bill_of("all")
    assets = json.loads((ROOT / "services/portal/assets.lock.json").read_text("utf-8"))["assets"]
    jars = (ROOT / "deploy/engine/src/ieum_engine/jars.lock").read_text("utf-8")

    def digests(kind: str) -> list[str]:
        return sorted(each["hashes"][0]["content"] for each in of_kind(bill, kind))

    assert digests("npm") == sorted(each["sha256"] for each in assets)
    assert digests("maven") == sorted(re.findall(r"\b[0-9a-f]{64}\b", jars))


@pytest.mark.parametrize("service", SERVICES)
def test_it_has_what_cyclonedx_demands(service: str) -> None:
    bill = bill_of(service)

    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.5", 1)
    references = [each["bom-ref"] for each in bill["components"]]
    assert len(references) == len(set(references))
    assert all(each["type"] and each["name"] and each["version"] for each in bill["components"])
    assert bill == bill_of(service)
