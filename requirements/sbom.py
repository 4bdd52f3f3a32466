"""Say what Ieum is made of (CycloneDX 1.5): python requirements/sbom.py registry > sbom.cdx.json.

Out of the locks, so it needs no network and is the same each time: Python packages with the digests
that pip may take them by; with `portal` the vendored assets, with `all` Neo4j's jars as well.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ASSETS = ROOT / "services/portal/assets.lock.json"
JARS = ROOT / "deploy/engine/src/ieum_engine/jars.lock"
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)")
DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def packages(lock: str) -> Iterator[dict[str, Any]]:
    """Give the Python packages of a lock; one that several files carry has several digests."""
    for entry in lock.replace("\\\n", " ").splitlines():
        if found := PIN.match(entry):
            name, version = found.groups()
            purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
            digests = [
                {"name": "ieum:file-sha256", "value": each} for each in DIGEST.findall(entry)
            ]
            yield component(purl, name, version, properties=digests)


def assets(lock: str) -> Iterator[dict[str, Any]]:
    """Give the files that the portal serves of others."""
    for each in json.loads(lock)["assets"]:
        purl = f"pkg:npm/{each['pkg']}@{each['version']}#{each['file']}"
        yield component(
            purl,
            each["pkg"],
            each["version"],
            hashes=[{"alg": "SHA-256", "content": each["sha256"]}],
            licenses=[{"expression": each["licence"]}],
        )


def jars(lock: str) -> Iterator[dict[str, Any]]:
    """Give the files that the embedded Neo4j runs from."""
    for line in lock.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        coordinate, sha256 = line.split()
        group, artifact, version, classifier = (*coordinate.split(":"), "")[:4]
        purl = f"pkg:maven/{group}/{artifact}@{version}"
        purl += f"?classifier={classifier}" if classifier else ""
        yield component(
            purl, artifact, version, group=group, hashes=[{"alg": "SHA-256", "content": sha256}]
        )


def component(purl: str, name: str, version: str, **more: object) -> dict[str, Any]:
    """Write one component."""
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        **more,
    }


def bill(service: str) -> dict[str, Any]:
    """Write the bill of one deployable, or of `all`."""
    lock = (ROOT / "requirements" / f"{service}.txt").read_text(encoding="utf-8")
    parts = list(packages(lock))
    if service in {"portal", "all"} and ASSETS.exists():
        parts += assets(ASSETS.read_text(encoding="utf-8"))
    if service == "all" and JARS.exists():
        parts += jars(JARS.read_text(encoding="utf-8"))
    name = "ieum" if service == "all" else f"ieum-{service}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": name, "bom-ref": name}},
        "components": sorted(parts, key=lambda each: each["bom-ref"]),
    }


if __name__ == "__main__":
    json.dump(bill(sys.argv[1]), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
