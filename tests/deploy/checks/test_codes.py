"""docs/observability.md has a line for each code that a check can give, and for no other."""

import ast
import re
from pathlib import Path

import ieum.checks

PAGE = Path(__file__).parents[3] / "docs" / "observability.md"
CHECKS = Path(ieum.checks.__file__).parent


def given() -> set[str]:
    """Read the codes out of the checks; one that is put together ends in `*`."""
    found: set[str] = set()
    for path in CHECKS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Finding", "_behind"}:
                found |= {code for code in texts(node.args[0]) if "." in code}
    return found


def texts(node: ast.expr) -> set[str]:
    if isinstance(node, ast.IfExp):
        return texts(node.body) | texts(node.orelse)
    if isinstance(node, ast.JoinedStr):
        return {"".join(str(e.value) if isinstance(e, ast.Constant) else "*" for e in node.values)}
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_every_code_is_explained() -> None:
    rows = re.findall(
        r"^\| `([a-z0-9_]+\.[a-z_*]+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )

    listed = {re.sub(r"^letters\.(dead|in_doubt)$", "letters.*", each) for each in rows}
    assert len(given()) > 15
    assert listed == given()
