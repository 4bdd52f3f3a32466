"""One limit for a field at every door: files, bodies, forms."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest
from marshmallow import Schema, fields
from werkzeug.datastructures import MultiDict

from changefeed import limits
from changefeed.change import Actor
from changefeed.subjects.agreement import Party
from changefeed.subjects.parts import Words
from ieum_portal.pages.changing.filled import Filled
from ieum_registry.api.journal import JournalEntryShape
from ieum_registry.api.message import Message
from ieum_registry.api.shapes.agreement import AgreementShape
from ieum_registry.api.shapes.calendar_day import CalendarDayShape
from ieum_registry.api.shapes.catalogue import (
    ProgrammeShape,
    ServiceFieldShape,
    StrategyShape,
    TaskShape,
    TechnologyShape,
)
from ieum_registry.api.shapes.collaboration import CollaborationShape
from ieum_registry.api.shapes.contact import NamedContactShape
from ieum_registry.api.shapes.department import DepartmentShape
from ieum_registry.api.shapes.event import EventShape
from ieum_registry.api.shapes.milestone import MilestoneShape
from ieum_registry.api.shapes.partner import PartnerShape
from ieum_registry.api.shapes.parts import AtMost, Passage
from ieum_registry.api.shapes.promise import PromiseReportShape, PromiseShape
from ieum_registry.api.shapes.seat import SeatShape
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.partner import Partner
from ieum_registry.domain.subjects import SUBJECTS
from ieum_registry.operations.loading.faults import LoadRefused
from ieum_registry.storage.store import Store
from tests.registry.api.bodies import agreement, partner
from tests.registry.desk import Desk
from tests.registry.operations.conftest import *  # noqa: F403 - its fixtures.
from tests.registry.operations.conftest import Loader

SHAPES: Mapping[str, type[Schema]] = {
    "partner": PartnerShape,
    "department": DepartmentShape,
    "programme": ProgrammeShape,
    "strategy": StrategyShape,
    "task": TaskShape,
    "service_field": ServiceFieldShape,
    "technology": TechnologyShape,
    "agreement": AgreementShape,
    "contact": NamedContactShape,
    "seat": SeatShape,
    "collaboration": CollaborationShape,
    "milestone": MilestoneShape,
    "event": EventShape,
    "journal": JournalEntryShape,
    "promise": PromiseShape,
    "promise_report": PromiseReportShape,
    "calendar_day": CalendarDayShape,
}
WHERE = {
    "partner": "/partners/0",
    "department": "/departments/0",
    "programme": "/programme",
    "strategy": "/programme/strategies/0",
    "task": "/programme/strategies/0/tasks/0",
    "service_field": "/programme/service_fields/0",
    "technology": "/technologies/0",
    "agreement": "/agreements/0",
    "contact": "/contacts/0",
    "seat": "/seats/0",
    "collaboration": "/collaborations/0",
    "milestone": "/milestones/0",
    "event": "/events/0",
    "journal": "/journal/0",
    "promise": "/promises/0",
    "promise_report": "/promise_reports/0",
    "calendar_day": "/calendar_days/0",
}
IN_FILES = {
    "parties": "parties/partners",
    "partner_ids": "partners",
    "task_ids": "tasks",
    "technology_ids": "technologies",
    "service_field_ids": "service_fields",
}
"""What a list is called in files, where its body names it otherwise."""


@dataclass(frozen=True)
class Limited:
    """A field that may hold so much and no more."""

    subject_type: str
    path: tuple[str, ...]
    most: int
    is_list: bool

    @property
    def in_file(self) -> tuple[str, ...]:
        named = (IN_FILES.get(self.path[0], self.path[0]).split("/"), self.path[1:])
        return tuple(re.sub("_as$", "_on", step) for part in named for step in part)


def limited(subject_type: str, shape: Schema, *above: str) -> Iterator[Limited]:
    """Walk a shape and give each of its fields that has a limit."""
    for name, field in shape.fields.items():
        path = (*above, name)
        inner = field.inner if isinstance(field, fields.List) else field
        for validator in field.validators:
            if isinstance(validator, AtMost) and isinstance(validator.max, int):
                is_list = isinstance(field, fields.List)
                yield Limited(subject_type, path, validator.max, is_list)
        more = (*path, "0") if isinstance(field, fields.List) else path
        if isinstance(inner, fields.Nested):
            yield from limited(subject_type, inner.schema, *more)
        elif inner is not field:
            for validator in inner.validators:
                if isinstance(validator, AtMost) and isinstance(validator.max, int):
                    yield Limited(subject_type, more, validator.max, is_list=False)


ALL = [each for name, shape in SHAPES.items() for each in limited(name, shape())]


def value(this: Limited, length: int, *, in_file: bool) -> object:
    """Make a value of that length."""
    name = this.path[-1]
    if not this.is_list:
        if name in {"link", "website", "disclosure_url"}:
            return "https://a.example/".ljust(length, "a")
        return "가" * length
    if name == "evidence":
        return [{"on": "2026-01-01", "text": "증빙"}] * length
    if name == "aliases":
        return [f"별칭 {position}" for position in range(length)]
    if name == "deadlines":
        return [{"kind": "booth", "on": "2026-01-01"}] * length
    ids = [f"k{position}" if in_file else str(uuid4()) for position in range(length)]
    if name == "holders":
        who = "contact" if in_file else "contact_id"
        return [{who: each, "from": "2026-01-01"} for each in ids]
    if name == "parties" and not in_file:
        return [{"partner_id": each} for each in ids]
    return ids


def put(into: dict[str, Any], path: tuple[str, ...], what: object) -> None:
    """Put a value at a path, with what must stand around it."""
    for step, then in pairwise(path):
        if then == "0":
            into = into.setdefault(step, [{"on": "2026-01-01", "text": "증빙"}])[0]
            if not isinstance(into, dict):
                raise TypeError(step)
        elif step != "0":
            into = into.setdefault(step, {})
    into[path[-1]] = what


def said_of_body(this: Limited, length: int) -> object:
    """Give what a body's shape says of the field."""
    body: dict[str, Any] = {}
    if this.path[-1] == "0":
        put(body, this.path[:-1], [value(this, length, in_file=False)])
    else:
        put(body, this.path, value(this, length, in_file=False))
    messages: Any = SHAPES[this.subject_type]().validate(body)
    for step in this.path:
        found = messages.get(step, messages.get(int(step)) if step.isdigit() else None)
        if found is None:
            return None
        messages = found
    return messages


def said_of_file(load_texts: Loader, this: Limited, length: int) -> list[tuple[str, Any]]:
    """Give the limits that a file oversteps at the field, each with what is said of it."""
    record: dict[str, Any] = {"key": "k"}
    path = this.in_file
    if path[-1] == "0":
        put(record, path[:-1], [value(this, length, in_file=True)])
    else:
        put(record, path, value(this, length, in_file=True))
    steps = WHERE[this.subject_type].strip("/").split("/")
    top: Any = record
    for step in reversed(steps):
        top = [top] if step == "0" else {step: top}
        if isinstance(top, dict) and step != steps[0]:
            top["key"] = f"{step}-key"
    pointer = "/".join([WHERE[this.subject_type], *path])
    try:
        load_texts(file=json.dumps({"format": "1", **top}, ensure_ascii=False))
    except LoadRefused as refused:
        faults = refused.faults
    else:
        faults = []
    return [
        (each.code, each.facts)
        for each in faults
        if each.pointer == pointer and each.code in {"field.too_long", "field.too_many"}
    ]


def test_every_kind_of_record_is_looked_through() -> None:
    made_otherwise = {"document", "handover", "load", "redaction", "reply"}
    assert set(SHAPES) == SUBJECTS.keys() - made_otherwise
    assert {("agreement", "title", "ko"), ("event", "partner_ids"), ("seat", "holders")} <= {
        (each.subject_type, *each.path) for each in ALL
    }


@pytest.mark.parametrize("this", ALL, ids=lambda each: f"{each.subject_type}.{'.'.join(each.path)}")
def test_a_field_has_one_limit_at_every_door(load_texts: Loader, this: Limited) -> None:
    within = said_of_body(this, this.most)
    beyond = said_of_body(this, this.most + 1)

    assert not isinstance(within, list)  # Of other fields, at most.
    assert isinstance(beyond, list)
    assert isinstance(beyond[0], Message)
    assert str(this.most + 1) in beyond[0].ko
    assert said_of_file(load_texts, this, this.most) == []
    [(_, facts)] = said_of_file(load_texts, this, this.most + 1)
    assert facts["name"] == ".".join(this.in_file)
    assert facts.get("length", facts.get("count")) == this.most + 1


def test_every_text_of_a_body_has_a_limit() -> None:
    def texts(shape: Schema) -> Iterator[fields.Field[Any]]:
        for field in shape.fields.values():
            inner = field.inner if isinstance(field, fields.List) else field
            if isinstance(inner, fields.Nested):
                yield from texts(inner.schema)
            elif isinstance(inner, Passage):
                yield inner

    for shape in SHAPES.values():
        for field in texts(shape()):
            assert [each for each in field.validators if isinstance(each, AtMost)], field.name


def test_the_desks_forms_take_what_the_registry_takes() -> None:
    texts = {"line": "가" * limits.LINE, "passage": "가" * limits.PASSAGE}
    texts["link"] = "https://x.example/" + "a" * (limits.LINK - 18)
    for over in (0, 1):
        typed = Filled(MultiDict({name: text + "a" * over for name, text in texts.items()}))
        for name in texts:
            getattr(typed, name)(name)
        assert typed.faults == (dict.fromkeys(texts, "too_long") if over else {})


def test_what_is_too_long_is_named_by_its_own_name_with_its_length(desk: Desk) -> None:
    file = (
        "format: 1\nown: {key: city, kind: government, name: {ko: 시}}\n"
        "partners:\n  - {key: p, kind: company, name: {ko: 기관}}\nagreements:\n"
        f"  - {{key: a, kind: mou, title: {{ko: {'가' * 501}}}, signed_on: 2026-01-01,\n"
        "     end: {rule: evergreen}, parties: {own: true, partners: [p]}}\n"
    )
    refused = desk.load(a=file)
    city = desk.office.made("/v1/partners", partner("시", own=True))["id"]
    other = desk.office.made("/v1/partners", partner())["id"]
    body = agreement(city, other, title={"ko": "가" * 501})
    by_body = desk.office.post("/v1/agreements", body)

    [error] = refused.json["errors"]
    assert error["detail"] == "title.ko: 501자, 500자까지입니다. 줄이십시오."
    [error] = by_body.json["errors"]
    assert error["pointer"] == "/title/ko"
    assert error["detail"] == "501자입니다. 500자까지 적을 수 있으니 줄이십시오."


def test_an_agreement_is_recorded_by_a_title_of_500_letters(desk: Desk) -> None:
    city = desk.office.made("/v1/partners", partner("시", own=True))["id"]
    other = desk.office.made("/v1/partners", partner())["id"]

    made = desk.office.made("/v1/agreements", agreement(city, other, title={"ko": "가" * 500}))

    assert len(desk.office.get(f"/v1/agreements/{made['id']}").json["title"]["ko"]) == 500


def many_parties(desk: Desk, count: int) -> str:
    """Load an agreement with so many partners beside the city, and give its id."""
    keys = [f"p{number}" for number in range(count)]
    file = "\n".join(
        [
            "format: 1",
            "own: {key: city, kind: government, name: {ko: 시}}",
            "partners:",
            *(f"  - {{key: {key}, kind: government, name: {{ko: 도시 {key}}}}}" for key in keys),
            "agreements:",
            "  - {key: a, kind: mou, title: {ko: 선언}, signed_on: 2026-01-01,",
            "     end: {rule: evergreen},",
            f"     parties: {{own: true, partners: [{', '.join(keys)}]}}}}",
        ]
    )
    answer = desk.load(many=file)
    assert answer.status == 201, answer.text
    found: str = desk.office.by_key("/v1/agreements", "a")["id"]
    return found


def test_what_a_file_brought_stays_changeable_by_hand(desk: Desk) -> None:
    path = f"/v1/agreements/{many_parties(desk, 601)}"

    changed = desk.office.patch(path, {"venue": {"ko": "시청"}, "reason": "정정"}, seen=1)

    assert changed.status == 200
    assert len(changed.json["parties"]) == 602


def test_a_field_that_is_left_alone_is_not_checked_again(desk: Desk, sqlite_store: Store) -> None:
    agreement_id = UUID(many_parties(desk, 2))
    actor = Actor("before", "office")
    with sqlite_store.ledger.in_name_of(actor, at=datetime.now(UTC)).open() as transaction:
        before = transaction.take(Agreement, agreement_id)
        others = [partner_of(position) for position in range(limits.PARTIES)]
        for each in others:
            transaction.record("partner.registered", each)
        parties = (*before.parties, *(Party(each.id, "partner", None) for each in others))
        long = replace(before, parties=parties)
        transaction.record("agreement.changed", long, "limits were wider then")
    path = f"/v1/agreements/{agreement_id}"

    changed = desk.office.patch(path, {"venue": {"ko": "시청"}, "reason": "정정"}, seen=2)
    touched = desk.office.patch(path, {"parties": changed.json["parties"], "reason": "x"}, seen=3)

    assert changed.status == 200
    assert len(changed.json["parties"]) == limits.PARTIES + 3
    assert touched.status == 422
    assert touched.pointers == ["/parties"]


def partner_of(position: int) -> Partner:
    return Partner(uuid4(), "government", Words(f"도시 {position}"))


def test_all_sides_of_an_agreement_are_resolved_at_once(desk: Desk) -> None:
    notify = desk.service("notify")
    seats = [str(uuid4()) for _ in range(limits.PARTIES)]
    subjects = [{"type": "partner", "id": each} for each in seats]

    answer = notify.post("/v1/resolutions", {"seats": seats, "subjects": subjects})
    refused = notify.post("/v1/resolutions", {"seats": [*seats, str(uuid4())]})

    assert (answer.status, answer.json) == (200, {"subjects": [], "seats": []})
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/seats")
