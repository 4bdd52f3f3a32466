"""The closed list holds together."""

from changefeed.kinds import KINDS, SUBJECT_TYPES


def test_each_kind_is_named_for_its_subject() -> None:
    assert all(name.split(".")[0] == kind.subject_type for name, kind in KINDS.items())


def test_ending_and_correcting_demand_a_reason() -> None:
    demanding = {name for name, kind in KINDS.items() if kind.needs_reason}

    assert demanding == {
        "agreement.changed",
        "contact.erased",
        "collaboration.ended",
        "milestone.cancelled",
        "event.cancelled",
        "redaction.recorded",
    }


def test_every_subject_type_stands_in_the_document() -> None:
    from pathlib import Path

    document = Path("docs/changes.md").read_text(encoding="utf-8")

    assert [kind for kind in KINDS if f"`{kind}`" not in document] == []
    assert [name for name in SUBJECT_TYPES if f"| `{name}` |" not in document] == []
