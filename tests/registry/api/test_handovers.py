"""인사이동: all that one answers for goes to another, in one act, and back on the same day."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from changefeed.subjects.handover import HANDED_TYPES
from ieum_registry.commands.work import hand_over_what_is_due
from ieum_registry.domain.errors import Overtaken
from ieum_registry.domain.handover import Whom, handed_types
from ieum_registry.operations.again import TRIES
from ieum_registry.operations.held import held_by
from tests.registry.api.bodies import Network
from tests.registry.desk import Answer, Desk
from tests.registry.interfering import Interfered

Facts = dict[str, Any]

NOON = datetime.fromisoformat("2026-11-23T12:00+09:00")
TODAY, TOMORROW = "2026-11-23", "2026-11-24"


class Office:
    """A department with two people, a seat, an agreement, a milestone, an event; and another."""

    def __init__(self, net: Network) -> None:
        self.net, self.desk = net, net.desk
        self.desk.clock.now = NOON
        made = self.desk.office.made
        self.old, self.new = (
            net.department,
            made("/v1/departments", {"name": {"ko": "미래산업과"}})["id"],
        )
        self.kim, self.lee = (self.person(each) for each in ("김주무", "이주무"))
        self.seat = made(
            "/v1/seats",
            {
                "at": {"type": "department", "id": self.old},
                "role": "officer",
                "holders": [{"contact_id": self.kim, "from": "2025-01-01"}],
            },
        )["id"]
        self.led = made(
            "/v1/agreements",
            {
                "kind": "mou",
                "title": {"ko": "실증 협약"},
                "signed_on": "2024-01-02",
                "end": {"rule": "evergreen"},
                "lead_department_id": self.old,
                "parties": [
                    {"partner_id": net.city, "side": "own", "signed_on": "2024-01-02"},
                    {"partner_id": net.naver, "signed_on": "2024-01-02"},
                ],
            },
        )["id"]
        owner = {"type": "department", "id": self.old}
        self.milestone = made("/v1/milestones", net.milestone(owner=owner))["id"]
        self.event = made("/v1/events", net.event(department_id=self.old))["id"]
        self.spoken = made(
            "/v1/journal",
            {
                "partner_id": net.naver,
                "on": "2026-11-01",
                "kind": "call",
                "department_id": self.old,
                "text": "전화로 확인",
            },
        )["id"]

    def person(self, name: str, department: str | None = None, **more: object) -> str:
        at = {"type": "department", "id": department or self.old}
        found: str = self.desk.office.made(
            "/v1/contacts", self.net.contact(at=at, name=name, **more)
        )["id"]
        return found

    def read(self, path: str) -> Facts:
        found: Facts = self.desk.office.get(f"/v1/{path}").json
        return found

    def held(self, on: str = TODAY, **whose: str) -> list[Facts]:
        [(name, one)] = whose.items()
        answer = self.desk.office.get(f"/v1/handovers/held?{name}={one}&on={on}")
        assert answer.status == 200, answer.text
        found: list[Facts] = answer.json["items"]
        return found

    def matters(self, **whose: str) -> list[Facts]:
        return [_matter(each) for each in self.held(**whose)]

    def hand_over(self, body: Mapping[str, object], key: str = "") -> Answer:
        whole = {"on": TODAY, "reason": "정기 인사", **body}
        if not key:
            return self.desk.office.post("/v1/handovers", whole)
        return self.desk.office.post("/v1/handovers", whole, Idempotency_Key=key)

    def from_kim_to_lee(self, **more: object) -> Answer:
        return self.hand_over(
            {
                "from_contact_id": self.kim,
                "to_contact_id": self.lee,
                "matters": self.matters(contact=self.kim),
                **more,
            }
        )

    def all_of_the_department(self, **more: object) -> Answer:
        return self.hand_over(
            {
                "from_department_id": self.old,
                "to_department_id": self.new,
                "matters": self.matters(department=self.old),
                **more,
            }
        )


def _matter(held: Facts, **more: object) -> Facts:
    resource = held["resource"]
    return {"type": held["type"], "id": resource["id"], "version": resource["version"], **more}


@pytest.fixture
def office(net: Network) -> Office:
    return Office(net)


@pytest.fixture
def each_office(each_net: Network) -> Office:
    return Office(each_net)


def test_an_officer_hands_all_seats_to_a_colleague(each_office: Office) -> None:
    office = each_office

    answer = office.from_kim_to_lee()

    assert answer.status == 201, answer.text
    assert office.read(f"seats/{office.seat}")["holders"] == [
        {"contact_id": office.kim, "from": "2025-01-01", "to": "2026-11-22"},
        {"contact_id": office.lee, "from": TODAY, "to": None},
    ]
    assert [each["type"] for each in office.held(contact=office.lee)] == ["seat"]
    assert office.held(contact=office.kim) == []
    entries = [each["entry"]["kind"] for each in office.read("history?limit=2")["items"]]
    assert entries == ["handover.recorded", "seat.changed"]


def test_of_all_seats_those_of_one_person_alone_are_read(office: Office) -> None:
    office.desk.office.made("/v1/seats", office.net.seat())
    given: list[str] = []

    class Noted:
        """The records behind a desk; notes what each list gives."""

        def list(self, *args: Any, **how: Any) -> Any:  # noqa: ANN401
            page = records.list(*args, **how)
            given.extend(json.loads(each.text)["id"] for each in page.items)
            return page

    records = office.desk.app.extensions["ieum_registry"].records
    whom = Whom("contact", UUID(office.kim))
    held_by(whom, on=date(2026, 11, 23), records=cast("Any", Noted()))

    assert given == [office.seat]


def test_a_department_is_merged_into_another_in_one_act(each_office: Office) -> None:
    office = each_office
    held = office.held(department=office.old)
    assert [each["type"] for each in held] == [
        "contact",
        "contact",
        "seat",
        "agreement",
        "milestone",
        "event",
    ]

    answer = office.all_of_the_department()

    assert answer.status == 201, answer.text
    assert office.held(department=office.old) == []
    assert office.read(f"agreements/{office.led}")["lead_department_id"] == office.new
    assert office.read(f"milestones/{office.milestone}")["owner"]["id"] == office.new
    assert office.read(f"events/{office.event}")["department_id"] == office.new
    assert office.read(f"seats/{office.seat}")["at"]["id"] == office.new
    assert office.read(f"contacts/{office.lee}")["at"]["id"] == office.new
    assert office.read(f"journal/{office.spoken}")["department_id"] == office.old


def test_a_department_is_split_by_matter_with_a_default(office: Office) -> None:
    third = office.desk.office.made("/v1/departments", {"name": {"ko": "문화산업과"}})["id"]
    matters = [
        {**each, "to_department_id": third} if each["type"] == "agreement" else each
        for each in office.matters(department=office.old)
        if each["type"] != "event"
    ]

    assert office.all_of_the_department(matters=matters).status == 201

    assert office.read(f"agreements/{office.led}")["lead_department_id"] == third
    assert office.read(f"milestones/{office.milestone}")["owner"]["id"] == office.new
    assert [each["type"] for each in office.held(department=office.old)] == ["event"]


def test_somebody_new_takes_over_and_is_entered_by_the_same_act(office: Office) -> None:
    person = {
        "name": "박신임",
        "email": "park@gwangju.example",
        "purpose": "협약 업무",
        "consented_on": TODAY,
    }

    answer = office.from_kim_to_lee(to_contact_id=None, person=person)

    assert answer.status == 201, answer.text
    new = answer.json["to_contact_id"]
    assert office.read(f"contacts/{new}")["at"] == {"type": "department", "id": office.old}
    assert office.read(f"seats/{office.seat}")["holders"][1]["contact_id"] == new


def test_a_dry_run_says_every_entry_and_writes_none(office: Office) -> None:
    before = office.desk.office.seq()
    body = {
        "from_department_id": office.old,
        "to_department_id": office.new,
        "on": TODAY,
        "reason": "조직 개편",
        "matters": office.matters(department=office.old),
    }

    answer = office.desk.office.post("/v1/handovers?dry_run=true", body)

    assert answer.status == 200
    kinds = [each["kind"] for each in answer.json["entries"]]
    assert (len(kinds), kinds[-1]) == (7, "handover.recorded")
    assert {each["reason"] for each in answer.json["entries"]} == {"조직 개편"}
    assert office.desk.office.seq() == before


def test_the_same_sent_twice_is_done_once(office: Office) -> None:
    body = {
        "from_contact_id": office.kim,
        "to_contact_id": office.lee,
        "matters": office.matters(contact=office.kim),
    }

    first = office.hand_over(body, "one")
    again = office.hand_over(body, "one")

    assert (first.status, again.status) == (201, 201)
    assert first.json == again.json


def test_what_has_no_days_waits_for_its_day(each_office: Office) -> None:
    office = each_office

    answer = office.all_of_the_department(on=TOMORROW)

    assert answer.status == 201, answer.text
    assert answer.json["done_on"] is None
    assert office.read(f"agreements/{office.led}")["lead_department_id"] == office.old
    changed = office.desk.office.patch(
        f"/v1/events/{office.event}", {"department_id": office.new, "reason": "먼저 맡음"}, seen=1
    )
    assert changed.status == 200, changed.text
    assert _come(office, NOON) == 0
    tomorrow = datetime.fromisoformat("2026-11-24T00:01+09:00")
    assert (_come(office, tomorrow), _come(office, tomorrow)) == (1, 0)
    assert office.read(f"agreements/{office.led}")["lead_department_id"] == office.new
    done = office.read(f"handovers/{answer.json['id']}")
    assert done["done_on"] == TOMORROW
    kept = {each["type"]: each["kept"] for each in done["matters"] if each["kept"]}
    assert kept == {"event": "changed"}
    [newest] = office.read("history?limit=1")["items"]
    assert newest["entry"]["actor"] == {
        "id": "rule:handover",
        "role": "rule",
        "on_behalf_of": None,
    }


def _come(office: Office, at: datetime) -> int:
    office.desk.clock.now = at
    return hand_over_what_is_due(_Reached(office.desk), at=at)


class _Reached:
    """The store behind a desk, as the worker uses it; `write` comes beside each transaction."""

    def __init__(self, desk: Desk, write: Callable[[int], object] = lambda _: None) -> None:
        wiring = desk.app.extensions["ieum_registry"]
        self.records, self.imports, self._for = wiring.records, wiring.imports, wiring.ledger_for
        self.ledger, self._write = self, write

    def in_name_of(self, actor: Any, *, at: datetime) -> Any:  # noqa: ANN401
        return Interfered(self._for(actor, at=at, key_use=None, dry_run=False), self._write)


def test_handovers_of_days_gone_by_are_carried_out_in_the_order_of_their_days(
    office: Office,
) -> None:
    third = office.desk.office.made("/v1/departments", {"name": {"ko": "문화산업과"}})["id"]
    matters = [each for each in office.matters(department=office.old) if each["type"] == "event"]
    for on, taker in (("2026-11-26", third), ("2026-11-25", office.new)):
        made = office.all_of_the_department(on=on, to_department_id=taker, matters=matters)
        assert made.status == 201, made.text

    assert _come(office, datetime.fromisoformat("2026-11-30T09:00+09:00")) == 2

    assert office.read(f"events/{office.event}")["department_id"] == office.new


def test_one_that_cannot_be_carried_out_keeps_no_other_waiting(office: Office) -> None:
    first, second = (
        office.all_of_the_department(
            on=on,
            matters=[each for each in office.matters(department=office.old) if each["type"] == of],
        ).json["id"]
        for on, of in (("2026-11-24", "event"), ("2026-11-25", "milestone"))
    )
    at = office.desk.clock.now = datetime.fromisoformat("2026-11-25T09:00+09:00")

    def busy(turn: int) -> None:
        if turn <= TRIES:
            raise Overtaken("handover", UUID(first), "")

    with pytest.raises(Overtaken):
        hand_over_what_is_due(_Reached(office.desk, busy), at=at)

    assert office.read(f"handovers/{first}")["done_on"] is None
    assert office.read(f"handovers/{second}")["done_on"] == "2026-11-25"
    assert _come(office, at) == 1
    assert office.read(f"handovers/{first}")["done_on"] == "2026-11-25"


def test_two_workers_at_once_carry_it_out_once(each_office: Office) -> None:
    office = each_office
    office.all_of_the_department(on=TOMORROW)
    at = office.desk.clock.now = datetime.fromisoformat("2026-11-24T00:01+09:00")
    came: list[int] = []

    def the_other(turn: int) -> None:
        if turn == 1:
            came.append(_come(office, at))

    came.append(hand_over_what_is_due(_Reached(office.desk, the_other), at=at))

    assert came == [1, 0]
    kinds = [each["entry"]["kind"] for each in office.read("history?limit=20")["items"]]
    assert kinds.count("handover.done") == 1


def test_seats_change_hands_on_a_day_to_come_by_themselves(office: Office) -> None:
    answer = office.from_kim_to_lee(on="2026-12-01")

    assert answer.json["done_on"] == TODAY
    [first, second] = office.read(f"seats/{office.seat}")["holders"]
    assert (first["to"], second["from"]) == ("2026-11-30", "2026-12-01")


def test_it_is_taken_back_as_it_was(each_office: Office) -> None:
    office = each_office
    paths = [
        *(f"contacts/{each}" for each in (office.kim, office.lee)),
        f"seats/{office.seat}",
        f"agreements/{office.led}",
        f"milestones/{office.milestone}",
        f"events/{office.event}",
    ]
    before = [_facts(office.read(each)) for each in paths]
    done = office.all_of_the_department().json

    undone = office.desk.office.post(
        f"/v1/handovers/{done['id']}/undos", {"reason": "발령 취소"}, seen=1
    )

    assert undone.status == 201, undone.text
    assert undone.json["undone_on"] == TODAY
    assert [_facts(office.read(each)) for each in paths] == before
    again = office.desk.office.post(
        f"/v1/handovers/{done['id']}/undos", {"reason": "발령 취소"}, seen=1
    )
    assert (again.status, again.code) == (412, "version.stale")


def _facts(resource: Facts) -> Facts:
    return {key: each for key, each in resource.items() if key != "version"}


def test_what_somebody_touched_since_stays_and_is_named(office: Office) -> None:
    done = office.all_of_the_department().json
    office.desk.office.patch(
        f"/v1/agreements/{office.led}", {"number": "2026-1", "reason": "번호"}, seen=2
    )

    undone = office.desk.office.post(
        f"/v1/handovers/{done['id']}/undos", {"reason": "발령 취소"}, seen=1
    ).json

    kept = {each["type"]: each["kept"] for each in undone["matters"] if each["kept"]}
    assert kept == {"agreement": "touched"}
    assert office.read(f"agreements/{office.led}")["lead_department_id"] == office.new
    assert office.read(f"events/{office.event}")["department_id"] == office.old


def test_the_day_after_it_is_not_taken_back_any_more(office: Office) -> None:
    done = office.from_kim_to_lee().json
    office.desk.clock.now = datetime.fromisoformat("2026-11-24T09:00+09:00")

    late = office.desk.office.post(
        f"/v1/handovers/{done['id']}/undos", {"reason": "발령 취소"}, seen=1
    )

    assert (late.status, late.code) == (409, "handover.too_late")


def test_a_handover_that_waits_is_called_off(office: Office) -> None:
    done = office.all_of_the_department(on="2026-12-31").json

    undone = office.desk.office.post(
        f"/v1/handovers/{done['id']}/undos", {"reason": "발령 취소"}, seen=1
    )

    assert undone.status == 201, undone.text
    assert _come(office, datetime.fromisoformat("2026-12-31T09:00+09:00")) == 0
    assert office.read(f"agreements/{office.led}")["lead_department_id"] == office.old


def test_of_two_handovers_at_once_one_is_refused(office: Office) -> None:
    matters = office.matters(contact=office.kim)

    first = office.from_kim_to_lee(matters=matters)
    second = office.from_kim_to_lee(matters=matters)

    assert (first.status, second.status, second.code) == (201, 412, "version.stale")


def test_a_matter_changed_since_it_was_seen_stops_all(office: Office) -> None:
    matters = office.matters(department=office.old)
    office.desk.office.patch(
        f"/v1/agreements/{office.led}", {"number": "2026-1", "reason": "번호"}, seen=1
    )
    before = office.desk.office.seq()

    answer = office.all_of_the_department(matters=matters)

    assert (answer.status, answer.code) == (412, "version.stale")
    place = next(at for at, each in enumerate(matters) if each["type"] == "agreement")
    assert answer.pointers == [f"/matters/{place}/version"]
    assert office.desk.office.seq() == before


def test_what_cannot_be_is_refused_with_its_place(office: Office) -> None:
    elsewhere = office.person("정타과", office.new)
    gone = office.person("최퇴직", retain_until="2026-11-01")
    matters = office.matters(contact=office.kim)
    nobody = str(uuid7())
    kim, old = office.kim, office.old
    cases: list[tuple[Facts, int, str, str]] = [
        ({"to_contact_id": kim}, 422, "handover.to_oneself", "/to_contact_id"),
        ({"to_contact_id": gone}, 422, "handover.taker_left", "/to_contact_id"),
        ({"to_contact_id": nobody}, 422, "reference.unknown", "/to_contact_id"),
        ({"to_contact_id": elsewhere}, 409, "seat.holder_elsewhere", "/matters/0"),
        (
            {"to_contact_id": None, "to_department_id": office.new},
            422,
            "handover.other_kind",
            "/to_department_id",
        ),
        (
            {"to_contact_id": None, "to_department_id": nobody, "from_contact_id": None}
            | {"from_department_id": old, "matters": office.matters(department=old)},
            422,
            "reference.unknown",
            "/to_department_id",
        ),
        ({"on": "2024-12-31"}, 409, "handover.before_its_start", "/matters/0"),
        ({"matters": matters * 2}, 422, "handover.twice", "/matters/1"),
        ({"matters": [{**matters[0], "id": nobody}]}, 422, "reference.unknown", "/matters/0/id"),
        (
            {"from_contact_id": office.lee, "to_contact_id": kim},
            409,
            "handover.not_held",
            "/matters/0",
        ),
        ({"matters": []}, 422, "request.invalid", "/matters"),
        ({"reason": " "}, 422, "request.invalid", "/reason"),
        ({"from_department_id": old}, 422, "request.invalid", "/from_contact_id"),
    ]
    before = office.desk.office.seq()

    for more, status, code, pointer in cases:
        answer = office.from_kim_to_lee(**more)
        assert (answer.status, answer.code, answer.pointers) == (status, code, [pointer]), more
    assert office.desk.office.seq() == before


def test_no_reason_names_who_gives_or_takes(office: Office) -> None:
    person = {"name": "박신임", "email": "park@gwangju.example", "purpose": "협약 업무"}
    person |= {"consented_on": TODAY}
    department = {"matters": office.matters(department=office.old)}
    before = office.desk.office.seq()

    for answer in (
        office.from_kim_to_lee(reason="김주무 전보"),
        office.from_kim_to_lee(reason="후임 이 주무"),
        office.from_kim_to_lee(to_contact_id=None, person=person, reason="박신임 발령"),
        office.all_of_the_department(**department, reason="김주무 등 이동"),
    ):
        assert (answer.status, answer.code) == (422, "contact.reason_names"), answer.text
        assert answer.pointers == ["/reason"]
    assert office.desk.office.seq() == before
    done = office.from_kim_to_lee().json
    undone = office.desk.office.post(
        f"/v1/handovers/{done['id']}/undos", {"reason": "이주무 발령 취소"}, seen=1
    )
    assert (undone.status, undone.code) == (422, "contact.reason_names")


def test_nobody_but_the_office_hands_over_or_reads_it(office: Office) -> None:
    others = (
        office.desk.of("department", department=office.old),
        office.desk.of("liaison", [office.net.naver]),
        office.desk.of("auditor"),
    )
    for asker in others:
        assert asker.post("/v1/handovers", {}).status == 403
        assert asker.get(f"/v1/handovers/held?contact={office.kim}").status == 403


def test_the_types_that_change_hands_are_those_that_declarations_name() -> None:
    assert {*handed_types("contact"), *handed_types("department")} == set(HANDED_TYPES)
