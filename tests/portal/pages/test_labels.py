"""What the record calls by a code has one name, whichever service says it."""

import pytest
from flask import Flask
from flask_babel import force_locale

from ieum_graph.domain.answers import ROLES as SAID_BY_THE_GRAPH
from ieum_portal.pages.labels import NODE_KINDS, ROLES, label


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_role_has_the_graphs_word(app: Flask, language: str) -> None:
    with app.test_request_context(), force_locale(language):
        said = {code: label(code, "role") for code in ROLES}

    assert said == {code: getattr(words, language) for code, words in SAID_BY_THE_GRAPH.items()}


def test_a_code_without_a_name_shows_as_it_is(app: Flask) -> None:
    assert "event" not in NODE_KINDS
    with app.test_request_context():
        assert label("event", "node_kind") == "event"
