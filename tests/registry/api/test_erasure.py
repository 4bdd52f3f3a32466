"""A person is erased for good: nothing personal is left anywhere, and the log stays whole."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from uuid_utils.compat import uuid7

from changefeed.chain import first_break
from changefeed.change import Actor
from changefeed.cursor import Cursor
from changefeed.page import from_wire
from ieum_registry.operations.reindex import reindex
from ieum_registry.operations.retention import retain
from ieum_registry.operations.verify import verify
from ieum_registry.storage.store import Store
from tests.registry.api.bodies import Network

pytestmark = pytest.mark.storage

NAME, EMAIL, PHONE = "남궁비밀", "secret.person@naver.example", "010-4321-8765"
PURPOSE = "남궁비밀에게 이행 안내"
TRACES = (NAME, EMAIL, PHONE, PURPOSE, "secret.person")
REASON = {"reason": "본인 요청"}


def contact(net: Network, **more: object) -> dict[str, Any]:
    return net.contact(**{"name": NAME, "email": EMAIL, "phone": PHONE, "purpose": PURPOSE, **more})


@pytest.fixture
def person(each_net: Network) -> str:
    """Somebody with a history: registered under a repeatable key, changed, and seated."""
    office = each_net.desk.office
    made = office.post("/v1/contacts", contact(each_net), Idempotency_Key="once").json["id"]
    office.patch(f"/v1/contacts/{made}", {"purpose": PURPOSE + " 2", "language": "en"}, seen=1)
    return str(made)


def seat_of(net: Network, person: str, **more: object) -> str:
    held = [{"contact_id": person, "from": "2026-01-01"}]
    made: str = net.desk.office.made("/v1/seats", net.seat(holders=held, **more))["id"]
    return made


def erased(net: Network, person: str, *, seen: int = 2) -> dict[str, Any]:
    return net.desk.office.made(f"/v1/contacts/{person}/erasures", REASON, seen=seen)


def everything_stored(store: Store) -> str:
    """Give each row of each table of the database as text."""
    url = str(store._engine.url.render_as_string(hide_password=False))
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        tables = sa.inspect(engine).get_table_names()
        return "".join(
            str([tuple(row) for row in connection.execute(sa.text(f'SELECT * FROM "{table}"'))])  # noqa: S608
            for table in tables
        )


def test_nothing_personal_is_left_in_any_table(
    each_net: Network, each_store: Store, person: str
) -> None:
    seat_of(each_net, person)
    before = everything_stored(each_store)

    erased(each_net, person)

    after = everything_stored(each_store)
    for trace in TRACES:
        assert trace in before, trace
        assert trace not in after, trace


def test_a_fresh_read_says_that_the_person_was_erased(each_net: Network, person: str) -> None:
    office = each_net.desk.office
    before = office.seq()

    told = erased(each_net, person)

    now = office.get(f"/v1/contacts/{person}").json
    today = each_net.desk.clock.now.astimezone().date()
    assert now == told
    assert abs(date.fromisoformat(now["erased_on"]) - today) <= timedelta(days=1)
    assert (now["name"], now["email"], now["phone"], now["purpose"]) == (None, None, None, None)
    for path in (
        "/v1/contacts",
        "/v1/changes?limit=1000",
        "/v1/history?limit=200",
        f"/v1/contacts/{person}?known_at={before}",
        f"/v1/contacts?known_at={before}",
        f"/v1/contacts/{person}/export",
    ):
        text = office.get(path, X_Access_Reason="a look").text
        assert not any(each in text for each in TRACES), path


def test_the_log_stays_whole_and_says_who_erased_and_why(
    each_net: Network, each_store: Store, person: str
) -> None:
    seat = seat_of(each_net, person)

    erased(each_net, person)

    assert verify(each_store.stored_changes()).bad_seq is None
    with each_store.new_shelves() as shelves:
        assert reindex(shelves, compare_only=True).differences == ()
    feed = each_net.desk.office.get("/v1/changes?limit=1000").json["items"]
    assert (
        first_break([from_wire(each) for each in feed], after_seq=0, after_hash=Cursor().hash)
        is None
    )
    [entry] = [each for each in feed if each["kind"] == "contact.erased"]
    assert (entry["subject_id"], entry["reason"]) == (person, "본인 요청")
    earlier = [each for each in feed if each["subject_id"] == person and each["version"] < 3]
    assert [each["body"] for each in earlier] == [None, None]
    redacted = {each["body"]["redacts"] for each in feed if each["kind"] == "redaction.recorded"}
    assert redacted == {each["seq"] for each in earlier}
    assert feed[-1]["seq"] == each_net.desk.office.seq()
    assert [each["kind"] for each in feed if each["subject_id"] == seat][-1] == "seat.changed"


def test_seats_are_left_on_the_day_and_letters_find_nobody(each_net: Network, person: str) -> None:
    seat = seat_of(each_net, person)
    later = each_net.desk.office.made(
        "/v1/seats",
        each_net.seat(role="head", holders=[{"contact_id": person, "from": "2099-01-01"}]),
    )["id"]

    erased(each_net, person)

    office, notify = each_net.desk.office, each_net.desk.service("notify")
    [holder] = office.get(f"/v1/seats/{seat}").json["holders"]
    assert holder["contact_id"] == person
    assert holder["to"] is not None
    assert office.get(f"/v1/seats/{later}").json["holders"] == []
    [told] = notify.post("/v1/resolutions", {"seats": [seat]}).json["seats"]
    assert told["people"] == []


def test_the_erased_are_neither_changed_nor_seated_nor_brought_back(
    each_net: Network, person: str
) -> None:
    office = each_net.desk.office
    seat = seat_of(each_net, person)
    free = office.made("/v1/seats", each_net.seat(role="head"))["id"]
    erased(each_net, person)
    holders = [{"contact_id": person, "from": "2026-01-01"}]
    version = office.get(f"/v1/seats/{seat}").json["version"]

    refused = [
        office.patch(f"/v1/contacts/{person}", {"name": NAME}, seen=3),
        office.post(f"/v1/contacts/{person}/erasures", REASON, seen=3),
        office.post(
            f"/v1/seats/{free}/handovers", {"contact_id": person, "from": "2026-12-01"}, seen=1
        ),
        office.patch(f"/v1/seats/{seat}", {"holders": holders}, seen=version),
        office.post("/v1/seats", each_net.seat(role="deputy", holders=holders)),
        office.post("/v1/contacts", contact(each_net), Idempotency_Key="once"),
    ]

    assert [(each.status, each.code) for each in refused] == [
        (409, "contact.is_erased"),
        (409, "contact.is_erased"),
        (422, "seat.holder_erased"),
        (422, "seat.holder_erased"),
        (422, "seat.holder_erased"),
        (422, "idempotency.reused"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        NAME,
        " ".join(NAME),
        f"{EMAIL} 요청",
        EMAIL.upper(),
        f"전화 {PHONE}",
        f"전화 {PHONE.replace('-', '')}",
        f"전화 {PHONE.replace('-', ' ')}",
        f"전화 {PHONE.replace('-', '.')}",
        f"call +82 {PHONE.removeprefix('0')}",
        "전화 ０１０-４３２１-８７６５",
    ],
)
def test_the_reason_may_not_hold_what_is_to_go(each_net: Network, person: str, said: str) -> None:
    office = each_net.desk.office

    refused = office.post(f"/v1/contacts/{person}/erasures", {"reason": said}, seen=2)

    assert (refused.status, refused.code, refused.pointers) == (
        422,
        "contact.reason_names",
        ["/reason"],
    )
    assert office.get(f"/v1/contacts/{person}").json["name"] == NAME


def test_erasing_needs_a_reason_the_version_and_the_office(each_net: Network, person: str) -> None:
    desk, path = each_net.desk, f"/v1/contacts/{person}/erasures"

    assert desk.office.post(path, {}, seen=2).status == 422
    assert desk.office.post(path, REASON).status == 428
    assert desk.office.post(path, REASON, seen=1).status == 412
    for other in (desk.of("liaison", [each_net.naver]), desk.of("auditor"), desk.public):
        assert other.post(path, REASON, seen=2).status in (401, 403)
    dry = desk.office.post(f"{path}?dry_run=true", REASON, seen=2).json["entries"]
    assert dry[0]["kind"] == "contact.erased"
    assert desk.office.get(f"/v1/contacts/{person}").json["name"] == NAME


def test_everything_about_one_person_is_one_answer_for_the_office(
    each_net: Network, person: str
) -> None:
    office, seat = each_net.desk.office, seat_of(each_net, person)
    office.get(f"/v1/contacts/{person}")

    assert office.get(f"/v1/contacts/{person}/export").status == 422

    told = office.get(f"/v1/contacts/{person}/export", X_Access_Reason="they%20ask").json

    assert (told["contact"]["name"], told["contact"]["email"]) == (NAME, EMAIL)
    assert [each["id"] for each in told["seats"]] == [seat]
    assert [each["entry"]["version"] for each in told["history"]] == [2, 1]
    assert {each["reason"] for each in told["access"]} == {""}
    assert "GET /v1/contacts/<uuid:contact_id>" in {each["act"] for each in told["access"]}
    assert told["elsewhere"]
    for other in (each_net.desk.of("auditor"), each_net.desk.of("liaison", [each_net.naver])):
        assert other.get(f"/v1/contacts/{person}/export").status == 403


def test_people_are_erased_once_their_retention_has_run_out(
    each_net: Network, each_store: Store, person: str
) -> None:
    office, today = each_net.desk.office, date(2026, 11, 23)
    days = {"past": "2026-11-22", "today": "2026-11-23", "open": None}
    kept = {
        name: office.made("/v1/contacts", contact(each_net, retain_until=until))["id"]
        for name, until in days.items()
    }

    def run() -> int:
        now = each_net.desk.clock.now
        ledger = each_store.ledger.in_name_of(Actor("rule:retention", "rule"), at=now)
        return retain(
            today=today,
            now=now,
            access_kept_days=400,
            new_id=uuid7,
            ledger=ledger,
            access=each_store.access,
            imports=each_store.imports,
        ).contacts

    assert (run(), run()) == (1, 0)
    names = {name: office.get(f"/v1/contacts/{each}").json["name"] for name, each in kept.items()}
    assert names == {"past": None, "today": NAME, "open": NAME}
    assert office.get(f"/v1/contacts/{person}").json["name"] == NAME
    [entry] = [
        each
        for each in office.get("/v1/changes?limit=1000").json["items"]
        if each["kind"] == "contact.erased"
    ]
    assert entry["actor"] == {"id": "rule:retention", "role": "rule", "on_behalf_of": None}
    assert office.items("/v1/contacts?expired=true&on=2026-11-23") == []


def test_a_file_brings_nobody_back(each_net: Network) -> None:
    desk = each_net.desk
    text = """\
format: 1
sources:
  book: {title: 책자, kind: book}
partners:
  - {key: maker, kind: company, name: {ko: 만드는 곳}, source: book}
contacts:
  - {key: kim, at: {partner: maker}, language: ko, purpose: %s,
     consented_on: 2026-01-01, name: %s, email: %s}
"""
    assert desk.load(people=text % (PURPOSE, NAME, EMAIL)).status == 201
    kim = desk.office.by_key("/v1/contacts", "kim")
    erased(each_net, kim["id"], seen=1)

    again = desk.load(people=text % (PURPOSE + "!", NAME, EMAIL))

    assert again.status in (200, 201), again.text
    told = desk.office.get(f"/v1/contacts/{kim['id']}").json
    assert (told["name"], told["purpose"], told["version"]) == (None, None, 2)


def test_who_was_erased_is_out_of_every_sight_by_name(each_net: Network, person: str) -> None:
    erased(each_net, person)

    for asker in (
        each_net.desk.office,
        each_net.desk.of("liaison", [each_net.naver]),
        each_net.desk.of("auditor"),
        each_net.desk.service("portal"),
    ):
        [found] = [each for each in asker.items("/v1/contacts") if each["id"] == person]
        assert not any(each in json.dumps(found, ensure_ascii=False) for each in TRACES)
