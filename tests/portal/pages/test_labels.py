"""Each code that the record knows has a word on the pages."""

from typing import get_args

import pytest

from changefeed.subjects.agreement import AGREEMENT_KINDS, END_RULES
from ieum_portal.pages import labels
from ieum_registry.domain.lifecycle import AGREEMENT_STATES, PartyState


@pytest.mark.parametrize(
    ("shown", "codes"),
    [
        (labels.AGREEMENT_KINDS, AGREEMENT_KINDS),
        (labels.END_RULES, END_RULES),
        (labels.AGREEMENT_STATES, AGREEMENT_STATES),
        (labels.PARTY_STATES, get_args(PartyState)),
    ],
    ids=["kinds", "ends", "states", "party states"],
)
def test_each_code_has_its_word_and_no_other_has(
    shown: labels.Labels, codes: tuple[str, ...]
) -> None:
    assert set(shown) == set(codes)
