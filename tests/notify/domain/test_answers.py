"""Every class of answer in every phase: only an address that does not exist buries a letter."""

from typing import get_args

import pytest

from ieum_notify.domain.answers import Phase, Verdict, meaning

PHASES: tuple[Phase, ...] = get_args(Phase)

TABLE: list[tuple[Phase, int | None, str | None, Verdict]] = [
    # Before a letter: greeting, EHLO, STARTTLS, AUTH. Nothing there is about anybody's letter.
    ("open", None, None, "away"),
    ("open", 421, "4.3.2", "away"),
    ("open", 450, "4.7.1", "away"),
    ("open", 451, None, "away"),
    ("open", 454, "4.7.0", "away"),
    ("open", 500, None, "away"),
    ("open", 502, "5.5.1", "away"),
    ("open", 530, "5.7.0", "away"),
    ("open", 534, "5.7.9", "away"),
    ("open", 535, "5.7.8", "away"),
    ("open", 550, "5.1.1", "away"),
    ("open", 550, "5.7.1", "away"),
    ("open", 554, None, "away"),
    # MAIL FROM names ourselves: whatever is wrong with it is wrong for every letter.
    ("mail", 250, "2.1.0", "taken"),
    ("mail", None, None, "later"),
    ("mail", 421, None, "away"),
    ("mail", 451, None, "away"),
    ("mail", 452, "4.3.1", "away"),
    ("mail", 503, None, "away"),
    ("mail", 530, "5.7.0", "away"),
    ("mail", 550, "5.1.1", "away"),
    ("mail", 550, "5.7.1", "away"),
    ("mail", 552, "5.3.4", "away"),
    ("mail", 553, "5.1.8", "away"),
    ("mail", 554, None, "away"),
    # RCPT TO: an address, or the server's mind about us.
    ("rcpt", 250, "2.1.5", "taken"),
    ("rcpt", 251, None, "taken"),
    ("rcpt", None, None, "later"),
    ("rcpt", 421, "4.7.0", "away"),
    ("rcpt", 450, "4.2.0", "later"),
    ("rcpt", 450, "5.1.1", "later"),
    ("rcpt", 451, "4.7.1", "later"),
    ("rcpt", 452, "4.5.3", "later"),
    ("rcpt", 501, "5.1.3", "address"),
    ("rcpt", 550, "5.1.0", "address"),
    ("rcpt", 550, "5.1.1", "address"),
    ("rcpt", 550, "5.1.2", "address"),
    ("rcpt", 551, "5.1.6", "address"),
    ("rcpt", 553, "5.1.3", "address"),
    ("rcpt", 556, "5.1.10", "address"),
    ("rcpt", 550, "5.1.7", "refused"),
    ("rcpt", 550, "5.1.8", "refused"),
    ("rcpt", 530, "5.7.0", "refused"),
    ("rcpt", 535, "5.7.8", "refused"),
    ("rcpt", 550, None, "refused"),
    ("rcpt", 550, "4.7.1", "refused"),
    ("rcpt", 550, "5.2.1", "refused"),
    ("rcpt", 550, "5.4.1", "refused"),
    ("rcpt", 550, "5.7.1", "refused"),
    ("rcpt", 550, "5.7.26", "refused"),
    ("rcpt", 551, None, "refused"),
    ("rcpt", 552, "5.2.2", "refused"),
    ("rcpt", 553, None, "refused"),
    ("rcpt", 554, "5.7.1", "refused"),
    ("rcpt", 354, None, "later"),
    # DATA, the command: 354 asks for the text, nothing else does.
    ("data", None, None, "later"),
    ("data", 250, None, "later"),
    ("data", 421, None, "away"),
    ("data", 451, None, "later"),
    ("data", 503, "5.5.1", "refused"),
    ("data", 550, "5.1.1", "refused"),
    ("data", 554, "5.5.1", "refused"),
    # After the final dot.
    ("text", 250, "2.0.0", "taken"),
    ("text", None, None, "doubt"),
    ("text", 354, None, "doubt"),
    ("text", 421, "4.3.2", "away"),
    ("text", 450, None, "later"),
    ("text", 451, "4.3.0", "later"),
    ("text", 452, "4.3.1", "later"),
    ("text", 550, "5.1.1", "refused"),
    ("text", 550, "5.7.1", "refused"),
    ("text", 552, "5.3.4", "refused"),
    ("text", 554, None, "refused"),
    ("text", 554, "5.6.0", "refused"),
]


@pytest.mark.parametrize(("phase", "code", "enhanced", "verdict"), TABLE)
def test_each_answer_has_one_meaning(
    phase: Phase, code: int | None, enhanced: str | None, verdict: Verdict
) -> None:
    assert meaning(phase, code, enhanced) == verdict


@pytest.mark.parametrize("phase", PHASES)
def test_no_policy_and_no_bare_refusal_is_ever_about_the_address(phase: Phase) -> None:
    enhanced = [
        None,
        *(f"5.{subject}.{detail}" for subject in (0, *range(2, 8)) for detail in range(60)),
    ]
    found = {meaning(phase, code, each) for code in range(500, 600) for each in enhanced}

    assert "address" not in found


@pytest.mark.parametrize("phase", PHASES)
def test_what_is_said_for_now_never_ends_a_letter(phase: Phase) -> None:
    found = {
        meaning(phase, code, f"5.1.{detail}") for code in range(400, 500) for detail in range(11)
    }

    assert found <= {"later", "away"}


def test_an_address_is_judged_where_it_is_named_and_nowhere_else() -> None:
    assert {phase for phase in PHASES if meaning(phase, 550, "5.1.1") == "address"} == {"rcpt"}


def test_only_a_positive_answer_takes_a_letter() -> None:
    answers = [None, *range(100, 700)]

    taken = {code for code in answers if meaning("text", code) == "taken"}

    assert taken == set(range(200, 300))
