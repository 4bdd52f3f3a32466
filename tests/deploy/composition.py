"""docker-compose.yml as Compose reads it: variables filled in from .env.example."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "docker-compose.yml"
EXAMPLE = ROOT / ".env.example"
OWN = ("registry", "graph", "notify", "portal")
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<sign>[-?])(?P<rest>[^}]*))?\}")


@dataclass(frozen=True)
class Container:
    """One service of the file.

    Attributes:
        image_of: Which of our images it runs (`operator` too), None for a foreign one.
        mounts: Where each named volume is seen inside.
        after: Which service must have reached which condition before it starts.
    """

    name: str
    raw: dict[str, Any]
    image_of: str | None
    command: tuple[str, ...]
    environment: dict[str, str]
    mounts: dict[str, str]
    after: dict[str, str]

    @property
    def is_job(self) -> bool:
        """Say whether it runs once, to its end."""
        return bool(self.raw.get("restart") == "no")


def example() -> dict[str, str]:
    """Read .env.example."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def wanted_variables() -> set[str]:
    """List every variable that the file takes from its surroundings."""
    return {found["name"] for found in VARIABLE.finditer(COMPOSE.read_text(encoding="utf-8"))}


def document(values: dict[str, str]) -> dict[str, Any]:
    """Read the file with its variables filled in; LookupError names a missing one that must be."""

    def fill(found: re.Match[str]) -> str:
        value = values.get(found["name"], "")
        if not value and found["sign"] == "?":
            raise LookupError(f"{found['name']}: {found['rest']}")
        return value or (found["rest"] if found["sign"] == "-" else "")

    def filled(node: Any) -> Any:  # noqa: ANN401  Whatever YAML holds.
        if isinstance(node, dict):
            return {key: filled(each) for key, each in node.items()}
        if isinstance(node, list):
            return [filled(each) for each in node]
        return VARIABLE.sub(fill, node) if isinstance(node, str) else node

    # As Compose does: parsed first, so that no value can change the shape of the file.
    read: dict[str, Any] = filled(yaml.safe_load(COMPOSE.read_text(encoding="utf-8")))
    return read


def containers(values: dict[str, str]) -> dict[str, Container]:
    """Give every service of the file by name."""
    services: dict[str, dict[str, Any]] = document(values)["services"]
    return {name: _container(name, raw) for name, raw in services.items()}


def _container(name: str, raw: dict[str, Any]) -> Container:
    mounts = dict(each.split(":")[:2] for each in raw.get("volumes", ()))
    after = {other: each["condition"] for other, each in raw.get("depends_on", {}).items()}
    return Container(
        name,
        raw,
        raw["build"]["args"]["SERVICE"] if "build" in raw else None,
        tuple(raw.get("command", ())),
        {key: str(value) for key, value in raw.get("environment", {}).items()},
        {volume: inside for volume, inside in mounts.items() if not volume.startswith(".")},
        after,
    )
