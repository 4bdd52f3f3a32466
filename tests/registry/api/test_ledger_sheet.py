"""The ledger as a sheet says in words what the record says in codes."""

from typing import get_args

from changefeed.subjects.agreement import AGREEMENT_KINDS, DISCLOSURES, END_RULES
from ieum_registry.api.ledger_sheet import WORDS
from ieum_registry.domain.lifecycle import AGREEMENT_STATES, AgreementFlag


def test_every_code_of_an_agreement_has_its_words_and_no_other_has() -> None:
    codes = (AGREEMENT_KINDS, END_RULES, DISCLOSURES, AGREEMENT_STATES, get_args(AgreementFlag))

    assert set(WORDS) == {each for some in codes for each in some}
    assert all(each.ko and each.en for each in WORDS.values())
