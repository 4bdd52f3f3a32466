"""A commitment is changed at the desk, and evidence is added to what stands."""

import pytest

from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import open_form, opened, preview, send
from tests.portal.sample import AGREEMENT, MILESTONES, identity

NAVER = f"/commitments/{identity('naver-T05')}"
PAGE = f"/agreements/{identity(AGREEMENT)}"
PROOF = {"proved_on": "2026-11-20", "proof": "시연 영상", "link": "https://city.example/v"}


def test_a_commitment_is_changed_and_keeps_what_is_not_touched(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    was = neighbours.registry.one("collaborations", identity("naver-T05"))
    assert f'href="{NAVER}/change"' in client.get(PAGE).text

    form = opened(open_form(client, f"{NAVER}/change"))
    send(client, preview(client, f"{NAVER}/change", role="supply", reason="정정"), "record")

    now = neighbours.registry.one("collaborations", identity("naver-T05"))
    assert form.getlist("technology_ids") == was["technology_ids"]
    assert now["role"] == "supply"
    assert now["evidence"] == was["evidence"]
    assert now["technology_ids"] == was["technology_ids"]


@pytest.mark.parametrize(("place", "name"), [("commitments", "naver-T05"), ("milestones", "m1")])
def test_evidence_is_added_to_what_stands(
    enter: Enter, neighbours: Neighbours, place: str, name: str
) -> None:
    done = [MILESTONES[0] | {"done_on": "2026-11-20"}, *MILESTONES[1:]]
    neighbours.registry.hold(milestone=done)
    collection = "collaborations" if place == "commitments" else place
    client, path = enter(), f"/{place}/{identity(name)}/evidence"
    before = neighbours.registry.one(collection, identity(name))["evidence"]
    assert f'href="{path}"' in client.get(PAGE).text

    empty = preview(client, path, **PROOF | {"proof": " "})
    send(client, preview(client, path, **PROOF), "record")

    assert '<a href="#proof">' in empty.text
    now = neighbours.registry.one(collection, identity(name))["evidence"]
    added = {"on": "2026-11-20", "text": "시연 영상", "link": "https://city.example/v"}
    assert now == [*before, added]
