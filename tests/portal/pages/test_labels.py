"""Each code that the record derives has a word on the pages; what has none shows as it is."""

from typing import get_args

import pytest
from flask import Flask

from ieum_portal.pages import labels
from ieum_registry.domain.lifecycle import AGREEMENT_STATES, AgreementFlag, PartyState


@pytest.mark.parametrize(
    ("shown", "codes"),
    [
        (labels.TABLES["agreement_state"], AGREEMENT_STATES),
        (labels.TABLES["flag"], get_args(AgreementFlag)),
        (labels.PARTY_STATES, get_args(PartyState)),
    ],
    ids=["states", "flags", "party states"],
)
def test_each_code_has_its_word_and_no_other_has(
    shown: labels.Labels, codes: tuple[str, ...]
) -> None:
    assert set(shown) == set(codes)


def test_a_code_without_a_name_shows_as_it_is(app: Flask) -> None:
    assert "planet" not in labels.NODE_KINDS
    with app.test_request_context():
        assert labels.label("planet", "node_kind") == "planet"
