"""What would change in the network reads as sentences, whatever kind of tie it is."""

from ieum_graph.domain.kinds import CALLED, EDGE_KINDS
from ieum_portal.domain.consequences import INNER
from ieum_portal.pages.changing.sentences import SENTENCES
from tests.portal.neighbours import Neighbours, a_tie
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import DONE, PROOF, preview


def test_every_kind_of_tie_that_is_told_has_its_sentences() -> None:
    told = {
        kind.type
        for kind in EDGE_KINDS
        for ends in kind.ends
        if kind.type != CALLED and INNER.title() not in ends
    }

    assert told - set(SENTENCES) == set()


def test_a_milestone_under_an_agreement_is_told_in_a_sentence(
    enter: Enter, neighbours: Neighbours
) -> None:
    tie = a_tie("opens", "naver", "T05") | {"type": "DUE_UNDER"}
    tie["source"] = tie["source"] | {"kind": "milestone", "label": {"ko": "회의록", "en": None}}
    tie["target"] = tie["target"] | {"kind": "agreement", "label": {"ko": "협약", "en": None}}
    neighbours.said["redrawn"] = {"edges": [tie], "coverage": []}

    page = preview(enter(), DONE, **PROOF).text

    assert "이행과제 회의록이 ‘협약’에 딸리게 됩니다." in page
    assert "– 근거는 –" not in page
