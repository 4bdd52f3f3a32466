"""The rules there are: told apart by name, each with its letter and its words."""

import pytest

from ieum_notify.domain.rule import Rule
from ieum_notify.domain.rules.register import RULES
from ieum_notify.outbound.typeset import LETTERS


def test_no_two_rules_share_a_name() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_its_letter_and_says_everything_in_both_languages(rule: Rule) -> None:
    assert (LETTERS / rule.letter).is_dir()
    for words in (rule.title, rule.kind, *rule.settles.values()):
        assert words.ko
        assert words.en
    for code in rule.settles:
        assert code.startswith(f"{rule.subject_type}.")
