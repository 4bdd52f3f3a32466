"""The closed list holds together."""

from changefeed.kinds import KINDS


def test_each_kind_is_named_for_its_subject() -> None:
    assert all(name.split(".")[0] == kind.subject_type for name, kind in KINDS.items())


def test_ending_and_correcting_demand_a_reason() -> None:
    demanding = {name for name, kind in KINDS.items() if kind.needs_reason}

    assert demanding == {
        "agreement.changed",
        "agreement.ended",
        "agreement.left",
        "agreement.reopened",
        "agreement.returned",
        "agreement.retracted",
        "department.retracted",
        "partner.merged",
        "partner.retracted",
        "partner.separated",
        "handover.recorded",
        "handover.undone",
        "journal.retracted",
        "load.undone",
        "contact.erased",
        "contact.retracted",
        "seat.retracted",
        "document.erased",
        "collaboration.ended",
        "milestone.cancelled",
        "milestone.reopened",
        "event.cancelled",
        "event.reopened",
        "promise.reopened",
        "promise.retracted",
        "promise.revised",
        "promise.settled",
        "promise_report.changed",
        "promise_report.refused",
        "promise_report.retracted",
        "redaction.recorded",
        "reply.refused",
    }
