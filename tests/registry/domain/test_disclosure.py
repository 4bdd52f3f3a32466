"""What the public may read follows from the facts alone."""

import pytest

from ieum_registry.domain.agreement import End
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.domain.words import Words
from tests.registry.makers import agreement, collaboration, milestone, seat

SIGNED = agreement(purpose=Words("상호 협력"), end=End("evergreen", None, "해마다 검토"))


def test_a_public_agreement_is_disclosed_wholly() -> None:
    facts = agreement(disclosure="public").facts()

    assert disclosed("agreement", facts) == facts


def test_a_partly_public_agreement_keeps_its_purpose_and_note() -> None:
    facts = {**SIGNED.facts(), "disclosure": "partly"}

    shown = disclosed("agreement", facts)

    assert shown is not None
    assert shown["purpose"] is None
    assert shown["end"] == {"rule": "evergreen", "ends_on": None, "note": None}
    assert shown.keys() == facts.keys()
    assert facts["purpose"] is not None


def test_a_closed_agreement_is_not_disclosed() -> None:
    assert disclosed("agreement", SIGNED.facts()) is None


def test_a_commitment_is_disclosed_or_not() -> None:
    public = collaboration(disclosure="public").facts()

    assert disclosed("collaboration", public) == public
    assert disclosed("collaboration", collaboration().facts()) is None


@pytest.mark.parametrize("subject", [seat(), milestone()])
def test_people_and_promises_are_not_disclosed(subject: object) -> None:
    facts = subject.facts()  # type: ignore[attr-defined]  # Both have facts.

    assert disclosed(subject.subject_type, facts) is None  # type: ignore[attr-defined]  # As above.


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
