"""Several people are registered by one request, all or none."""

from http import HTTPStatus

from changefeed import limits
from tests.registry.api.bodies import Network


def test_several_people_are_registered_together_in_their_order(each_net: Network) -> None:
    office = each_net.desk.office
    people = [each_net.contact(name=f"이름{n}", email=f"a{n}@naver.example") for n in range(3)]

    answer = office.post("/v1/contacts/batches", {"contacts": people}, Idempotency_Key="once")
    again = office.post("/v1/contacts/batches", {"contacts": people}, Idempotency_Key="once")

    assert answer.status == HTTPStatus.CREATED
    assert again.json == answer.json
    assert [each["name"] for each in office.items("/v1/contacts")] == ["이름0", "이름1", "이름2"]
    assert answer.json["name"] == "이름0"
    assert again.headers["X-Change-Seq"] == answer.headers["X-Change-Seq"] == str(office.seq())


def test_one_fault_refuses_all_and_names_its_place(each_net: Network) -> None:
    office = each_net.desk.office
    people = [each_net.contact(), each_net.contact(email="kim"), each_net.contact(name="")]

    answer = office.post("/v1/contacts/batches", {"contacts": people})

    assert answer.status == HTTPStatus.UNPROCESSABLE_ENTITY
    pointers = {each["pointer"] for each in answer.json["errors"]}
    assert pointers == {"/contacts/1/email", "/contacts/2/name"}
    assert office.items("/v1/contacts") == []


def test_a_house_that_is_not_there_refuses_all(each_net: Network) -> None:
    office = each_net.desk.office
    nowhere = {"type": "partner", "id": "018f0000-0000-7000-8000-0000000000ff"}

    answer = office.post(
        "/v1/contacts/batches", {"contacts": [each_net.contact(), each_net.contact(at=nowhere)]}
    )

    assert answer.json["code"] == "reference.unknown"
    assert office.items("/v1/contacts") == []


def test_none_and_too_many_are_refused(each_net: Network) -> None:
    office = each_net.desk.office

    for people in ([], [each_net.contact()] * (limits.TOGETHER + 1)):
        answer = office.post("/v1/contacts/batches", {"contacts": people})
        assert answer.status == HTTPStatus.UNPROCESSABLE_ENTITY

    assert office.items("/v1/contacts") == []


def test_a_trial_gives_every_entry_and_writes_none(each_net: Network) -> None:
    office = each_net.desk.office
    people = [each_net.contact(), each_net.contact()]

    answer = office.post("/v1/contacts/batches?dry_run=true", {"contacts": people})

    assert [each["kind"] for each in answer.json["entries"]] == ["contact.registered"] * 2
    assert office.items("/v1/contacts") == []


def test_a_repeated_request_brings_nobody_back_who_was_erased_since(each_net: Network) -> None:
    office = each_net.desk.office
    people = [each_net.contact(name=f"이름{n}", email=f"a{n}@naver.example") for n in range(3)]
    office.post("/v1/contacts/batches", {"contacts": people}, Idempotency_Key="once")
    other = office.post("/v1/contacts", each_net.contact(), Idempotency_Key="other")
    erased = next(each for each in office.items("/v1/contacts") if each["name"] == "이름1")
    office.made(f"/v1/contacts/{erased['id']}/erasures", {"reason": "본인 요청"}, seen=1)

    again = office.post("/v1/contacts/batches", {"contacts": people}, Idempotency_Key="once")

    assert (again.status, again.code) == (422, "idempotency.reused")
    assert len(office.items("/v1/contacts")) == 4  # The erased one without a name.
    kept = office.post("/v1/contacts", each_net.contact(), Idempotency_Key="other")
    assert (kept.status, kept.json) == (201, other.json)
