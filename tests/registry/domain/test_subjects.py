"""Facts go to the domain and back without loss, for every type that the log knows."""

from datetime import date, time

import pytest

from changefeed.kinds import SUBJECT_TYPES
from changefeed.mapping import from_facts, to_facts
from changefeed.subjects.calendar_day import CalendarDay
from changefeed.subjects.catalogue import Programme, ServiceField, Strategy, Task, Technology
from changefeed.subjects.department import Department
from changefeed.subjects.document import Document
from changefeed.subjects.event import Deadline
from changefeed.subjects.handover import Handover, Matter
from changefeed.subjects.journal import JournalEntry
from changefeed.subjects.load import Load, LoadedDocument
from changefeed.subjects.parts import Evidence, Place, Provenance, Source, Words
from changefeed.subjects.promise import ReachedFigure, Revision
from changefeed.subjects.redaction import Redaction
from changefeed.subjects.reply import AnsweredRecord, ProposedFact
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.partner import Partner
from ieum_registry.domain.promise import Promise, PromiseReport
from ieum_registry.domain.reply import Reply
from ieum_registry.domain.seat import held
from ieum_registry.domain.subjects import SUBJECTS, Subject
from ieum_registry.domain.term import Term
from tests.registry.makers import (
    ALICE,
    NAVER,
    agreement,
    collaboration,
    event,
    milestone,
    number,
    seat,
)

NAME = Words("이름", "Name")
DAY = date(2026, 11, 23)
SOURCED = Provenance((Source("보도자료", "news", DAY), Source("책자", "book")), illustrative=True)
PROOF = (Evidence(DAY, "회의록", "https://gwangju.example/1"),)
ONE = number(1)

EXAMPLES: list[Subject] = [
    Partner(ONE, "company", NAME, "naver", ("별칭",), False, "2208162517", "https://x.example"),
    Partner(ONE, "government", Words("광주광역시"), own=True, provenance=SOURCED),
    Department(ONE, NAME, "ai", office=True),
    Contact(ONE, Place("partner", NAVER), "ko", "이행 안내", DAY, "kim", DAY),
    seat(holders=(held(ALICE, Term(DAY, DAY)), held(ONE, Term(DAY)))),
    Programme(ONE, NAME, DAY, "p"),
    Strategy(ONE, number(2), 1, NAME, "S1"),
    Task(ONE, number(2), 16, NAME, "T16"),
    ServiceField(ONE, number(2), 7, "citizen", NAME, "F7"),
    Technology(ONE, NAME, "xr", ("확장현실",), number(2)),
    Technology(ONE, NAME),
    agreement(),
    agreement(
        number="2021-1",
        purpose=NAME,
        venue=NAME,
        programme_id=ONE,
        lead_department_id=ONE,
        provenance=SOURCED,
    ),
    collaboration(),
    collaboration(
        technology_ids=(ONE,), service_field_id=ONE, ends_on=DAY, holds_until=DAY, evidence=PROOF
    ),
    JournalEntry(ONE, NAVER, DAY, "visit", number(2), "진행 상황 확인", "j", number(3)),
    JournalEntry(ONE, NAVER, DAY, "call", number(2), "통화"),
    Document(
        ONE, number(2), NAME, "정본.pdf", "application/pdf", 9, "ab" * 32, 2, "d", "ko", "binding"
    ),
    Document(
        ONE,
        number(2),
        NAME,
        "그림.png",
        "image/png",
        9,
        "ab" * 32,
        replaces_id=number(3),
        collaboration_id=number(4),
        milestone_id=number(5),
        disclosure="parties",
        erased_on=DAY,
    ),
    milestone(),
    milestone(agreement_id=ONE, collaboration_id=ONE, done_on=DAY, evidence=PROOF),
    event(),
    event(
        key="expo",
        venue=NAME,
        link="https://expo.example/2027",
        deadlines=(Deadline("papers", DAY), Deadline("registration", DAY, time(17, 30))),
        department_id=ONE,
        partner_ids=(NAVER, ONE),
        task_ids=(ONE,),
        revision=2,
        revised_on=DAY,
        cancelled_on=DAY,
        provenance=SOURCED,
    ),
    Promise(ONE, number(2), NAVER, "jobs", 0, "명", DAY, DAY),
    Promise(
        ONE,
        number(2),
        NAVER,
        "own",
        2**53 - 1,
        "건",
        DAY,
        DAY,
        "p",
        NAME,
        number(3),
        "4대 보험 명부",
        (Revision(DAY, 7, DAY, "증설 연기"),),
        (ReachedFigure(DAY, 0, number(4)),),
        "withdrawn",
        DAY,
        SOURCED,
    ),
    PromiseReport(ONE, number(2), DAY, 0),
    PromiseReport(
        ONE,
        number(2),
        DAY,
        12,
        "r",
        number(3),
        NAVER,
        "partner",
        "refused",
        True,
        PROOF,
        number(4),
        "설명",
        "퇴사",
        DAY,
        "까닭",
    ),
    Reply(ONE, NAVER, DAY, (AnsweredRecord("milestone", number(2), 3),), "confirmed"),
    Reply(
        ONE,
        NAVER,
        DAY,
        (AnsweredRecord("contact", ALICE, 1),),
        "refused",
        (ProposedFact("language", '"ko"', '"en"'), ProposedFact("name")),
        "설명",
        DAY,
        "까닭",
    ),
    CalendarDay(ONE, DAY, False, NAME, "총괄부서"),
    Redaction(ONE, 7, "partner", NAVER),
    Handover(
        ONE,
        DAY,
        DAY,
        "정기 인사",
        from_department_id=number(2),
        to_department_id=number(3),
        matters=(
            Matter("agreement", number(4), None, number(5), 3, {"lead_department_id": str(ONE)}),
            Matter("event", number(6), kept="changed"),
        ),
        done_on=DAY,
    ),
    Load(ONE, DAY, (LoadedDocument("a.yaml", "0" * 64),), {"partner": 25}),
]


@pytest.mark.parametrize("subject", EXAMPLES, ids=lambda each: each.subject_type)
def test_facts_are_the_whole_subject(subject: Subject) -> None:
    assert from_facts(type(subject), to_facts(subject)) == subject


def test_every_type_that_the_log_knows_is_known_and_tried() -> None:
    assert set(SUBJECTS) == set(SUBJECT_TYPES)
    assert {each.subject_type for each in EXAMPLES} == set(SUBJECTS)


def test_a_wrong_business_number_is_no_partner() -> None:
    with pytest.raises(RuleBroken) as caught:
        Partner(ONE, "company", NAME, business_number="2208162518")

    assert caught.value.code == "partner.business_number"


def test_consent_and_retention_bound_what_may_be_written() -> None:
    kept = Contact(ONE, Place("partner", NAVER), "ko", "안내", DAY, retain_until=DAY)

    assert kept.may_be_written_to(DAY)
    assert not kept.may_be_written_to(date(2026, 11, 24))
    assert not kept.may_be_written_to(date(2026, 11, 22))
