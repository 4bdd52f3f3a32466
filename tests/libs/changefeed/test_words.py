"""Types, kinds of entries and facts have words in both languages, and mean one thing."""

from collections.abc import Iterator

import pytest

from changefeed.declared import fields_of
from changefeed.kinds import KINDS, SUBJECT_TYPES
from changefeed.subjects.all import DECLARED
from changefeed.words import SHOWN, facts_of, kind_label, mentions, type_label


@pytest.mark.parametrize("subject_type", SUBJECT_TYPES)
def test_every_type_has_a_word(subject_type: str) -> None:
    found = type_label(subject_type)

    assert found is not None
    assert found.ko
    assert found.en


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_entry_has_words(name: str) -> None:
    found = kind_label(name)

    assert found is not None
    assert found.ko
    assert found.en


def test_a_kind_is_called_by_its_subject_and_what_happened_to_it() -> None:
    changed, erased = kind_label("partner.changed"), kind_label("contact.erased")

    assert changed is not None
    assert erased is not None
    assert (changed.ko, changed.en) == ("파트너 변경", "partner changed")
    assert (erased.ko, erased.en) == ("개인정보 삭제", "personal data erased")


def test_what_a_newer_release_writes_has_no_words_yet() -> None:
    assert type_label("later") is None
    assert kind_label("later.heard") is None
    assert facts_of("later") == {}


def test_a_key_points_at_one_type_wherever_it_occurs() -> None:
    seen: dict[str, set[str]] = {}
    for key, named in _all_mentions():
        seen.setdefault(key, set()).add(named)

    assert {key: {named} for key, named in mentions().items()} == seen
    assert set(mentions().values()) <= set(DECLARED)


def _all_mentions() -> Iterator[tuple[str, str]]:
    waiting = list(SHOWN.values())
    while waiting:
        for field in fields_of(waiting.pop()):
            if field.fact.names is not None:
                yield field.key, field.fact.names
            if field.parts is not None:
                waiting.append(field.parts)


def test_facts_stand_in_the_order_of_their_declaration_people_with_their_address() -> None:
    assert list(facts_of("department"))[:2] == ["id", "name"]
    assert "email" in facts_of("contact")
