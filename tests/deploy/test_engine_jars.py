"""The engine's jars: each pinned once by its hash; none fetched is said with the remedy."""

from pathlib import Path

import pytest

from ieum_engine import jars
from ieum_engine.refused import Refused


def test_each_jar_is_pinned_once_with_its_hash() -> None:
    pinned = jars.pinned()

    assert len({jar.file_name for jar in pinned}) == len(pinned)
    assert all(len(jar.sha256) == 64 for jar in pinned)
    assert jars.Jar.from_line(pinned[0].line()) == pinned[0]


def test_no_address_of_a_registry_is_committed() -> None:
    text = "".join(jar.line() for jar in jars.pinned())

    assert "//" not in text


def test_jars_that_were_never_fetched_are_refused_with_the_command(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="ieum-engine fetch"):
        jars.class_path(tmp_path)
