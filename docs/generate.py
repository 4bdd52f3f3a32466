"""`make docs`: writes the pages that come from the code; a test fails when one of them is stale."""

import importlib
import json
import sys
import tempfile
from pathlib import Path

from docs import facts, fields
from ieum_graph.domain import kinds

DOCS = Path(__file__).parent
SERVICES = ("registry", "graph", "notify")


def pages() -> dict[Path, str]:
    """Give every generated page with its text."""
    found = {
        DOCS / "graph-model.md": kinds.as_markdown(),
        DOCS / "access-of-fields.md": fields.as_markdown(),
        DOCS / "facts.md": facts.as_markdown(),
    }
    with tempfile.TemporaryDirectory() as folder:
        settings = sample_settings(Path(folder))
        for service in SERVICES:
            found[DOCS / "api" / f"{service}.json"] = openapi(service, settings)
    return found


def sample_settings(folder: Path) -> dict[str, str]:
    """Give an environment that every service can be made from without anything running."""
    (folder / "secret").write_text("never used", encoding="utf-8")
    values = {
        "IEUM_KEYS": str(folder),
        "IEUM_SIGNING_KEY": str(folder / "secret"),
        "IEUM_NEO4J_URL": "bolt://127.0.0.1:1",
        "IEUM_NEO4J_USER": "neo4j",
        "IEUM_NEO4J_PASSWORD_FILE": str(folder / "secret"),
        "IEUM_SMTP_URL": "smtp://127.0.0.1:1",
        "IEUM_MAIL_FROM": "ieum@gwangju.example",
        "IEUM_PORTAL_URL": "http://127.0.0.1:1",
        "IEUM_REGISTRY_DOCUMENTS": str(folder / "documents"),
    }
    for service in SERVICES:
        name = f"IEUM_{service.upper()}"
        values[f"{name}_LISTEN"] = "127.0.0.1:1"
        values[f"{name}_URL"] = "http://127.0.0.1:1"
        values[f"{name}_DATABASE"] = f"sqlite:///{folder}/{service}.db"
    return values


def openapi(service: str, environment: dict[str, str]) -> str:
    """Give a service's OpenAPI document as it would serve it."""
    module = importlib.import_module(f"ieum_{service}.app")
    app = module.create_app(module.read_settings(environment))
    document = app.test_client().get("/openapi.json").get_json()
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> int:
    """Write what changed and name it."""
    for path, text in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"written: {path.relative_to(DOCS.parent)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
