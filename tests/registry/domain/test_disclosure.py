"""What the public may read follows from the facts alone."""

from datetime import date

import pytest

from changefeed.mapping import to_facts
from changefeed.subjects.agreement import End
from changefeed.subjects.parts import Words
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.domain.milestone import Milestone
from ieum_registry.domain.seat import Seat
from tests.registry.makers import agreement, collaboration, milestone, seat

THEIRS = (
    *("parent_id", "amends_id", "renews_id", "supersedes_id", "original", "legal_force", "money"),
    *("amount_won", "public_property", "council_consent", "drafting", "amendments"),
)
"""What the parties of an agreement alone read of it."""

SIGNED = agreement(purpose=Words("상호 협력"), end=End("evergreen", None, "해마다 검토"))


def test_a_public_agreement_is_disclosed_but_for_what_its_parties_alone_know() -> None:
    end = End("fixed", date(2027, 1, 1), term_months=60, notice_days=30)
    told = {"original": "문서고", "money": True, "amount_won": 5, "public_property": False}
    facts = to_facts(agreement(disclosure="public", end=end, **told))

    shown = disclosed("agreement", facts)

    assert shown is not None
    assert shown.keys() == facts.keys() - set(THEIRS)
    assert shown["end"] == {
        "rule": "fixed",
        "ends_on": "2027-01-01",
        "note": None,
        "ends_as": None,
    }
    assert "left_why" not in str(shown["parties"])
    assert all(shown[key] == facts[key] for key in shown.keys() - {"end", "parties"})


def test_a_partly_public_agreement_keeps_its_purpose_and_note() -> None:
    facts = {**to_facts(SIGNED), "disclosure": "partly"}

    shown = disclosed("agreement", facts)

    assert shown is not None
    assert shown["purpose"] is None
    assert shown["end"] == {
        "rule": "evergreen",
        "ends_on": None,
        "note": None,
        "ends_as": None,
    }
    assert shown.keys() == facts.keys() - set(THEIRS)
    assert facts["purpose"] is not None


def test_a_closed_agreement_is_not_disclosed() -> None:
    assert disclosed("agreement", to_facts(SIGNED)) is None


def test_a_commitment_is_disclosed_or_not() -> None:
    public = to_facts(collaboration(disclosure="public"))

    assert disclosed("collaboration", public) == public
    assert disclosed("collaboration", to_facts(collaboration())) is None


@pytest.mark.parametrize("subject", [seat(), milestone()])
def test_people_and_promises_are_not_disclosed(subject: Seat | Milestone) -> None:
    facts = to_facts(subject)

    assert disclosed(subject.subject_type, facts) is None


@pytest.mark.parametrize(
    "subject_type",
    [
        "partner",
        "department",
        "programme",
        "strategy",
        "task",
        "service_field",
        "technology",
        "event",
        "calendar_day",
    ],
)
def test_partners_events_and_the_catalogue_are_public(subject_type: str) -> None:
    assert disclosed(subject_type, {"id": "x"}) == {"id": "x"}
