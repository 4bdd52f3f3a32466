"""The life of an agreement at the desk: proposed, reviewed, approved, signed, renewed, ended."""

import pytest

from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import open_form, preview, send
from tests.portal.sample import AGREEMENT, AGREEMENTS, PARTNERS, identity

CITY = PARTNERS[0]["id"]
PAGE = f"/agreements/{identity(AGREEMENT)}"
OTHER = {"proposed_on": "2026-11-01", "proposed_by": "portal:somebody-else"}


def proposed(neighbours: Neighbours, **drafting: str) -> None:
    """Make the sample's agreement a proposal of somebody else."""
    [sample, *others] = AGREEMENTS
    parties = [{**each, "signed_on": None} for each in sample["parties"]]
    days = {"signed_on": None, "effective_on": None, "drafting": {**OTHER, **drafting}}
    neighbours.registry.hold(
        agreement=[{**sample, "parties": parties, **days}, *others], collaboration=[], milestone=[]
    )


def test_an_agreement_is_proposed_without_a_day_of_signing(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    before = neighbours.registry.head()
    said = {"title_ko": "새 업무협약", "rule": "evergreen", "kind": "mou"}
    parties = {"parties": [CITY, identity("naver")]}

    shown = preview(client, "/agreements/propose", **said, **parties)
    recorded = send(client, shown, "record")

    assert "recorded=" in recorded.location, shown.text
    assert neighbours.registry.head() == before + 1
    entry = neighbours.registry.changes()[-1]
    facts = neighbours.registry.newest()
    assert entry.kind == "agreement.proposed"
    assert facts["signed_on"] is None
    assert [each["signed_on"] for each in facts["parties"]] == [None, None]
    page = client.get(f"/agreements/{entry.subject_id}").text
    assert "초안" in page
    assert "제안한 사람은 자기 제안을 검토하거나 승인하지 않습니다" in page


def test_the_page_offers_what_may_be_done_and_says_why_not_of_the_rest(
    enter: Enter, neighbours: Neighbours
) -> None:
    proposed(neighbours)
    client = enter()

    page = client.get(PAGE).text

    assert f'href="{PAGE}/review"' in page
    assert f'href="{PAGE}/approve"' not in page
    assert "먼저 검토를 기록하십시오" in page
    assert "담당자의 검토를 받으십시오" in page
    assert "서명을 받아 기록하십시오" not in page
    assert f'href="{PAGE}/review"' not in enter("auditor").get(PAGE).text


@pytest.mark.parametrize(
    ("drafting", "path", "typed", "kind"),
    [
        ({}, "review", {}, "agreement.reviewed"),
        ({"reviewed_on": "2026-11-02"}, "approve", {}, "agreement.approved"),
        ({"reviewed_on": "2026-11-02"}, "return", {"reason": "보완"}, "agreement.returned"),
        (
            {"reviewed_on": "2026-11-02", "approved_on": "2026-11-03"},
            "sign",
            {"partner_ids": [CITY, identity("naver")], "signed_on": "2026-11-20"},
            "agreement.signed",
        ),
    ],
)
def test_a_proposal_moves_on_after_a_look(
    enter: Enter,
    neighbours: Neighbours,
    drafting: dict[str, str],
    path: str,
    typed: dict[str, str | list[str]],
    kind: str,
) -> None:
    proposed(neighbours, **drafting)
    client = enter()

    shown = preview(client, f"{PAGE}/{path}", **typed)
    recorded = send(client, shown, "record")

    assert "recorded=" in recorded.location, shown.text
    assert neighbours.registry.changes()[-1].kind == kind


@pytest.mark.parametrize(
    ("path", "typed", "kind"),
    [
        ("renew", {"ends_on": "2031-12-31"}, "agreement.renewed"),
        (
            "leave",
            {"partner_id": identity("naver"), "left_on": "2026-12-31", "reason": "공문 접수"},
            "agreement.left",
        ),
        (
            "end",
            {"on": "2026-12-31", "how": "terminated", "reason": "합의"},
            "agreement.ended",
        ),
    ],
)
def test_an_agreement_in_force_moves_on_after_a_look(
    enter: Enter,
    neighbours: Neighbours,
    path: str,
    typed: dict[str, str],
    kind: str,
) -> None:
    [sample, *others] = AGREEMENTS
    end = {**sample["end"], "rule": "fixed", "ends_on": "2029-11-15"}
    neighbours.registry.hold(agreement=[{**sample, "end": end}, *others])
    client = enter()
    assert f'href="{PAGE}/{path}"' in client.get(PAGE).text

    shown = preview(client, f"{PAGE}/{path}", **typed)
    recorded = send(client, shown, "record")

    assert "recorded=" in recorded.location, shown.text
    assert kind in [each.kind for each in neighbours.registry.changes()]


def test_a_proposal_is_mended_at_the_desk_and_stays_unsigned(
    enter: Enter, neighbours: Neighbours
) -> None:
    proposed(neighbours, reviewed_on="2026-11-02")
    client = enter()
    assert 'name="signed_on"' not in open_form(client, f"{PAGE}/change").text

    everybody: dict[str, str | list[str]] = {
        "parties": [each["id"] for each in PARTNERS],
        "parties.signed_on": [""] * len(PARTNERS),
    }
    said = {"venue_ko": "시청", "reason": "장소 정함"}
    shown = preview(client, f"{PAGE}/change", **said, **everybody)
    recorded = send(client, shown, "record")

    assert "recorded=" in recorded.location, shown.text
    facts = neighbours.registry.newest()
    assert facts["venue"] == {"ko": "시청", "en": None}
    assert {each["signed_on"] for each in facts["parties"]} == {None}
    assert (facts["signed_on"], facts["drafting"]["reviewed_on"]) == (None, None)


def test_who_signed_must_be_chosen(enter: Enter, neighbours: Neighbours) -> None:
    proposed(neighbours, reviewed_on="2026-11-02", approved_on="2026-11-03")

    shown = preview(enter(), f"{PAGE}/sign", signed_on="2026-11-20")

    assert '<a href="#partner_ids">' in shown.text


def test_an_ending_is_taken_back(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    said = {"on": "2026-12-31", "how": "achieved", "reason": "목적 달성"}
    send(client, preview(client, f"{PAGE}/end", **said), "record")

    shown = preview(client, f"{PAGE}/reopen", reason="잘못 기록")
    send(client, shown, "record")

    assert "agreement.reopened" in [each.kind for each in neighbours.registry.changes()]
    assert neighbours.registry.one("agreements", identity(AGREEMENT))["ended"] is None


def test_what_cannot_be_is_told_beside_its_field_and_stays_typed(
    enter: Enter, neighbours: Neighbours
) -> None:
    client, before = enter(), neighbours.registry.head()
    said = {"on": "1999-01-01", "how": "terminated", "note": "합의 해지", "reason": "합의"}

    shown = preview(client, f"{PAGE}/end", **said)

    assert '<a href="#on">' in shown.text
    assert "합의 해지" in open_form(client, f"{PAGE}/end").text or "합의 해지" in shown.text
    assert neighbours.registry.head() == before
