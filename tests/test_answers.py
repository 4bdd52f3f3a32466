"""A run fails by an answer that no document knows, with any number of workers."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.answers import Document

ROOT = Path(__file__).parents[1]
DOCUMENT: dict[str, Any] = {
    "paths": {
        "/v1/things/{thing_id}": {
            "get": {
                "responses": {
                    "200": {
                        "description": "It",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
                        },
                    },
                    "304": {"description": "Unchanged"},
                }
            }
        },
        "/v1/things/best": {"get": {"responses": {"404": {"description": "None"}}}},
    },
    "components": {
        "schemas": {
            "Thing": {
                "type": "object",
                "properties": {"id": {"type": "string", "format": "uuid"}},
                "required": ["id"],
                "additionalProperties": False,
            }
        }
    },
}
GOOD = b'{"id": "01a206d3-0000-7000-8000-000000000001"}'
TEST = """
import pytest
from flask import Flask


@pytest.mark.parametrize("status", [200, {status}])
def test_it(status):
    app = Flask("ieum_registry")
    app.add_url_rule("/v1/head", "head", lambda: ({body}, status))
    assert app.test_client().get("/v1/head").status_code == status
"""


def said(path: str, status: int, body: bytes, kind: str = "application/json") -> list[str]:
    return Document(DOCUMENT).faults("get", path, status, kind, body)


def test_what_is_documented_is_no_fault() -> None:
    assert said("/v1/things/1", 200, GOOD) == []
    assert said("/v1/things/1", 304, b"", "") == []
    assert said("/v1/things/best", 404, b"", "") == []


@pytest.mark.parametrize(
    ("status", "body", "kind", "fault"),
    [
        (418, GOOD, "application/json", "this status is not documented"),
        (200, GOOD, "text/csv", "text/csv is not documented"),
        (200, b"", "", "no kind of content is not documented"),
        (200, b"{}", "application/json", "required"),
        (200, b'{"id": "x"}', "application/json", "uuid"),
        (200, GOOD[:-1] + b', "more": 1}', "application/json", "more"),
    ],
)
def test_what_is_not_documented_is_named(status: int, body: bytes, kind: str, fault: str) -> None:
    [found] = said("/v1/things/1", status, body, kind)

    assert found.startswith(f"GET /v1/things/{{thing_id}} {status}: ")
    assert fault in found


@pytest.mark.usefixtures("other_processes")
@pytest.mark.parametrize("workers", ["0", "2"])
@pytest.mark.parametrize(
    ("status", "body", "is_well"),
    [
        (200, '{"seq": 0, "hash": ""}', True),
        (418, '{"seq": 0, "hash": ""}', False),
        (200, '{"seq": "none"}', False),
    ],
)
def test_a_run_fails_by_what_is_not_documented(
    tmp_path: Path, status: int, body: str, workers: str, *, is_well: bool
) -> None:
    (tmp_path / "test_it.py").write_text(
        TEST.replace("{status}", str(status)).replace("{body}", body)
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.answers",
        "-p",
        "no:cacheprovider",
    ]
    more = ["-n", workers, f"--rootdir={tmp_path}", "-c", "/dev/null", str(tmp_path)]

    run = subprocess.run([*command, *more], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (run.returncode == 0) is is_well, run.stdout + run.stderr
    assert ("answers that are not documented" in run.stdout) is not is_well
