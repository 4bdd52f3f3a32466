"""The history as people read it: newest first, with what was before, to whom it may be shown."""

from datetime import UTC, datetime
from typing import Any

from tests.registry.api.bodies import Network
from tests.registry.desk import Answer


def entries(answer: Answer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answer.json["items"]
    return found


def test_the_newest_comes_first_with_what_was_before(each_net: Network) -> None:
    office = each_net.desk.office
    office.patch(f"/v1/partners/{each_net.naver}", {"website": "https://naver.example"}, seen=1)

    newest = entries(office.get("/v1/history?limit=1"))[0]

    assert newest["entry"]["kind"] == "partner.changed"
    assert newest["entry"]["body"]["website"] == "https://naver.example"
    assert newest["previous"]["website"] is None


def test_a_first_entry_has_nothing_before_it(each_net: Network) -> None:
    found = entries(each_net.desk.office.get(f"/v1/history?subject={each_net.naver}"))

    assert [(each["entry"]["version"], each["previous"]) for each in found] == [(1, None)]


def test_pages_walk_back_to_the_first_entry_without_gap_or_repetition(each_net: Network) -> None:
    office, numbers, before = each_net.desk.office, [], ""
    while True:
        page = office.get(f"/v1/history?limit=4{before}").json
        numbers += [each["entry"]["seq"] for each in page["items"]]
        if page["next"] is None:
            break
        before = f"&before={page['next']}"

    assert numbers == list(range(page["head"], 0, -1))


def test_an_entry_is_the_one_of_the_feed(each_net: Network) -> None:
    office = each_net.desk.office

    told = [each["entry"] for each in entries(office.get("/v1/history?limit=200"))]

    assert told[::-1] == entries(office.get("/v1/changes"))


def test_subjects_types_kinds_and_roles_narrow(each_net: Network) -> None:
    office = each_net.desk.office

    def kinds(asked: str) -> list[str]:
        return [each["entry"]["kind"] for each in entries(office.get(f"/v1/history?{asked}"))]

    both = f"{each_net.task},{each_net.agreement}"
    assert kinds(f"subject={both}") == ["agreement.recorded", "task.registered"]
    assert kinds("subject_type=technology") == ["technology.registered"]
    assert set(kinds("kind=partner.registered")) == {"partner.registered"}
    assert kinds("role=rule") == []
    assert len(kinds("role=office")) == office.get("/v1/head").json["seq"]


def test_days_are_those_of_seoul_with_both_ends(each_net: Network) -> None:
    desk = each_net.desk
    desk.clock.now = datetime(2027, 3, 1, 14, 59, tzinfo=UTC)  # 23:59 in Seoul.
    late = desk.office.made("/v1/technologies", {"name": {"ko": "늦은 밤"}})["id"]
    desk.clock.now = datetime(2027, 3, 1, 15, 0, tzinfo=UTC)  # The next day in Seoul.
    next_day = desk.office.made("/v1/technologies", {"name": {"ko": "이튿날"}})["id"]

    def on(first: str, last: str) -> list[str]:
        found = desk.office.get(f"/v1/history?recorded_from={first}&recorded_to={last}")
        return [each["entry"]["subject_id"] for each in entries(found)]

    assert on("2027-03-01", "2027-03-01") == [late]
    assert on("2027-03-02", "2027-03-09") == [next_day]
    assert on("2027-03-01", "2027-03-02") == [next_day, late]


def test_what_a_reader_may_see_nothing_of_is_not_there(each_net: Network) -> None:
    desk = each_net.desk
    made = desk.office.made("/v1/contacts", each_net.contact())
    desk.office.patch(f"/v1/contacts/{made['id']}", {"purpose": "비밀"}, seen=1)

    for asker in (desk.public, desk.of("liaison", [each_net.gist])):
        assert entries(asker.get(f"/v1/history?subject={made['id']}")) == []
    own = entries(desk.of("liaison", [each_net.naver]).get(f"/v1/history?subject={made['id']}"))
    assert own[0]["previous"]["purpose"] == "이행 안내"


def test_pages_of_a_stranger_are_as_full_as_if_nothing_hidden_were_there(
    each_net: Network,
) -> None:
    desk = each_net.desk
    for count in range(7):
        desk.office.made("/v1/contacts", each_net.contact(purpose=f"비밀 {count}"))
        if count % 3 == 0:
            desk.office.made("/v1/technologies", {"name": {"ko": f"기술 {count}"}})

    pages, before = [], ""
    while True:
        page = desk.public.get(f"/v1/history?subject_type=technology&limit=2{before}").json
        pages.append([each["entry"]["kind"] for each in page["items"]])
        if page["next"] is None:
            break
        before = f"&before={page['next']}"
    kinds = {each["entry"]["kind"] for each in entries(desk.public.get("/v1/history?limit=200"))}

    assert list(map(len, pages)) == [2, 2]
    assert not kinds & {"contact.registered", "agreement.recorded"}
    assert desk.public.get("/v1/history?kind=contact.registered").json["items"] == []


def test_a_new_place_reads_past_what_a_contact_was_elsewhere(each_net: Network) -> None:
    desk = each_net.desk
    made = desk.office.made("/v1/contacts", each_net.contact())
    path = f"/v1/contacts/{made['id']}"
    for seen in range(1, 6):
        desk.office.patch(path, {"purpose": f"옛 일 {seen}"}, seen=seen)
    moved = {"at": {"type": "partner", "id": each_net.gist}, "purpose": "새 일"}
    desk.office.patch(path, moved, seen=6)
    mine = desk.office.made(
        "/v1/contacts", each_net.contact(at={"type": "partner", "id": each_net.gist})
    )

    asked = f"/v1/history?subject={made['id']},{mine['id']}&limit=2"
    page = desk.of("liaison", [each_net.gist]).get(asked).json

    assert [each["entry"]["version"] for each in page["items"]] == [1, 7]
    assert page["next"] is None


def test_a_contact_that_moved_does_not_tell_the_new_place_of_the_old_one(
    each_net: Network,
) -> None:
    desk = each_net.desk
    made = desk.office.made("/v1/contacts", each_net.contact(purpose="옛 기관의 일"))
    moved = {"at": {"type": "partner", "id": each_net.gist}, "purpose": "새 기관의 일"}
    desk.office.patch(f"/v1/contacts/{made['id']}", moved, seen=1)

    found = desk.of("liaison", [each_net.gist]).get(f"/v1/history?subject={made['id']}")

    assert "옛 기관의 일" not in found.text
    newest = entries(found)[0]
    assert newest["entry"]["body"]["purpose"] == "새 기관의 일"
    assert newest["previous"] is None


def test_what_cannot_be_looked_for_is_told_with_its_place(each_net: Network) -> None:
    office = each_net.desk.office

    for asked, place in {
        "subject=x": "/subject",
        "subject_type=club": "/subject_type",
        "kind=club.founded": "/kind",
        "before=0": "/before",
        "limit=201": "/limit",
        "recorded_from=gestern": "/recorded_from",
    }.items():
        refused = office.get(f"/v1/history?{asked}")
        assert refused.status == 422, asked
        assert refused.pointers[0].startswith(place), asked
