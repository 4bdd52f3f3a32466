"""Events over HTTP: both clocks, revisions, cancelling, and everything that cannot be."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.registry.api.bodies import Network, network
from tests.registry.desk import Desk

NOTHING = "01a206d3-0000-7000-8000-000000000000"
MORNING = datetime(2026, 11, 22, 23, tzinfo=UTC)
"""08:00 of 23 November in Seoul; still the day before where the events are."""


@pytest.fixture
def net(desk: Desk) -> Network:
    desk.clock.now = MORNING
    return network(desk)


def made(net: Network, **more: object) -> tuple[str, dict[str, Any]]:
    found = net.desk.office.made("/v1/events", net.event(**more))
    return f"/v1/events/{found['id']}", found


def test_an_event_is_registered_as_its_own_clock_says(net: Network) -> None:
    deadlines = [
        {"kind": "booth", "on": "2026-12-18", "at": "17:00"},
        {"kind": "registration", "on": "2026-12-04"},
    ]

    path, found = made(net, deadlines=deadlines, partner_ids=[net.gist, net.naver, net.gist])

    assert found["starts_at"] == "2027-03-15T09:00"
    assert found["partner_ids"] == sorted([net.gist, net.naver])
    assert [each["kind"] for each in found["deadlines"]] == ["registration", "booth"]
    assert found["deadlines"][0]["at"] is None
    assert (found["revision"], found["revised_on"], found["cancelled_on"]) == (0, None, None)
    assert net.desk.public.get(path).json == found


@pytest.mark.parametrize(
    ("more", "code", "pointer"),
    [
        ({"zone": "US/Los Angeles"}, "event.zone_unknown", "/zone"),
        ({"zone": "localtime"}, "event.zone_unknown", "/zone"),
        ({"zone": "Factory"}, "event.zone_unknown", "/zone"),
        ({"country": "ZZ"}, "event.country_unknown", "/country"),
        ({"starts_at": "2027-03-14T02:30"}, "event.no_such_time", "/starts_at"),
        ({"ends_at": "2027-03-15T09:00"}, "event.ends_first", "/ends_at"),
        ({"ends_at": "9999-12-31T23:59"}, "event.year", "/ends_at"),
        (
            {"deadlines": [{"kind": "booth", "on": "2027-03-19"}]},
            "event.deadline_after_end",
            "/deadlines/0/on",
        ),
        (
            {"deadlines": [{"kind": "papers", "on": "2027-03-14", "at": "02:00"}]},
            "event.no_such_time",
            "/deadlines/0/at",
        ),
        (
            {"deadlines": [{"kind": "booth", "on": "2027-01-01"}] * 2},
            "event.deadline_twice",
            "/deadlines/1/kind",
        ),
        ({"partner_ids": [NOTHING]}, "reference.unknown", "/partner_ids"),
        ({"task_ids": [NOTHING]}, "reference.unknown", "/task_ids"),
        ({"department_id": NOTHING}, "reference.unknown", "/department_id"),
    ],
)
def test_an_event_that_cannot_be_is_refused_and_says_why_in_both_languages(
    net: Network, more: dict[str, object], code: str, pointer: str
) -> None:
    office, seq = net.desk.office, net.desk.office.seq()

    korean = office.post("/v1/events", net.event(**more), Accept_Language="ko")
    english = office.post("/v1/events", net.event(**more), Accept_Language="en")

    assert (korean.status, korean.code) == (english.status, english.code) == (422, code)
    assert [each["pointer"] for each in korean.json["errors"]] == [pointer]
    assert korean.json["detail"] != english.json["detail"]
    assert "–" not in english.json["detail"]
    assert office.seq() == seq


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"starts_at": "2027-03-15T09:00+09:00"}, "/starts_at"),
        ({"starts_at": "2027-03-15"}, "/starts_at"),
        ({"ends_at": 20270315}, "/ends_at"),
        ({"kind": "party"}, "/kind"),
        ({"link": "http://expo.example"}, "/link"),
        ({"link": "https://[::1"}, "/link"),
        ({"link": 'https://"><script>'}, "/link"),
        ({"link": "https://javascript:alert(1)"}, "/link"),
        ({"revision": 7}, "/revision"),
        ({"revised_on": "2026-11-23"}, "/revised_on"),
        ({"cancelled_on": "2026-11-23"}, "/cancelled_on"),
        ({"deadlines": [{"kind": "booth", "on": "2027-01-01", "at": "25:00"}]}, "/deadlines/0/at"),
        ({"deadlines": [{"kind": "flight", "on": "2027-01-01"}]}, "/deadlines/0/kind"),
        ({"title": {"ko": " "}}, "/title/ko"),
    ],
)
def test_a_body_of_another_shape_is_refused_at_its_place(
    net: Network, more: dict[str, object], pointer: str
) -> None:
    answer = net.desk.office.post("/v1/events", net.event(**more))

    assert (answer.status, answer.code) == (422, "request.invalid")
    assert [each["pointer"] for each in answer.json["errors"]] == [pointer]


@pytest.mark.parametrize("name", ["revision", "revised_on", "provenance", "colour"])
def test_what_nobody_may_send_is_not_taken_away_either(net: Network, name: str) -> None:
    path = f"/v1/events/{net.desk.office.made('/v1/events', net.event())['id']}"

    answer = net.desk.office.patch(path, {name: None}, seen=1)

    assert (answer.status, answer.code) == (422, "request.invalid")
    assert [each["pointer"] for each in answer.json["errors"]] == [f"/{name}"]


def test_a_misspelt_zone_is_answered_with_names_near_it(net: Network) -> None:
    answer = net.desk.office.post(
        "/v1/events", net.event(zone="America/LosAngeles"), Accept_Language="en"
    )

    assert "America/Los_Angeles" in answer.json["detail"].split("Near it:")[1]


def test_a_move_is_a_revision_and_a_new_title_is_none(net: Network) -> None:
    office = net.desk.office
    path, _ = made(net)

    moved = office.patch(path, {"starts_at": "2027-03-16T09:00"}, seen=1)
    named = office.patch(path, {"title": {"ko": "새 이름"}, "partner_ids": []}, seen=2)

    assert (moved.json["revision"], moved.json["revised_on"]) == (1, "2026-11-23")
    assert (named.json["revision"], named.json["revised_on"]) == (1, "2026-11-23")
    assert (named.json["version"], named.json["partner_ids"]) == (3, [])


def test_nobody_but_the_registry_counts_revisions(net: Network) -> None:
    path, _ = made(net)

    answer = net.desk.office.patch(path, {"revision": 9}, seen=1)

    assert (answer.status, answer.code) == (422, "request.invalid")
    assert [each["pointer"] for each in answer.json["errors"]] == ["/revision"]


def test_an_event_is_cancelled_once_with_a_reason(net: Network) -> None:
    office = net.desk.office
    path, _ = made(net)
    cancellations = f"{path}/cancellations"

    early = office.post(cancellations, {"cancelled_on": "2026-11-24", "reason": "취소"}, seen=1)
    unsaid = office.post(cancellations, {"cancelled_on": "2026-11-23"}, seen=1)
    done = office.post(
        cancellations,
        {"cancelled_on": "2026-11-23", "reason": "예산 삭감", "cancelled_for": "주최 측 사정"},
        seen=1,
    )
    again = office.post(cancellations, {"cancelled_on": "2026-11-23", "reason": "취소"}, seen=2)
    after = office.patch(path, {"title": {"ko": "다시"}}, seen=2)

    assert (early.status, early.code) == (422, "event.cancelled_in_future")
    assert (unsaid.status, unsaid.code) == (422, "request.invalid")
    assert (done.status, done.json["cancelled_on"]) == (201, "2026-11-23")
    assert (done.json["revision"], done.json["revised_on"]) == (1, "2026-11-23")
    assert net.desk.public.get(path).json["cancelled_for"] == "주최 측 사정"
    assert (again.status, again.code) == (409, "event.is_cancelled")
    assert (after.status, after.code) == (409, "event.is_cancelled")
    [entry] = office.get(f"/v1/changes?after={int(done.headers['X-Change-Seq']) - 1}").json["items"]
    assert (entry["kind"], entry["reason"]) == ("event.cancelled", "예산 삭감")


def test_a_cancellation_is_taken_back_with_a_reason(net: Network) -> None:
    office = net.desk.office
    path, was = made(net)
    gone = {"cancelled_on": "2026-11-20", "reason": "오인", "cancelled_for": "주최 측 사정"}

    stands = office.post(f"{path}/reopenings", {"reason": "확인"}, seen=1)
    office.made(f"{path}/cancellations", gone, seen=1)
    unsaid = office.post(f"{path}/reopenings", {}, seen=2)
    back = office.post(f"{path}/reopenings", {"reason": "주최 측이 바로잡음"}, seen=2)
    others = office.patch(path, {"title": {"ko": "다시"}}, seen=3)
    again = office.post(f"{path}/cancellations", gone, seen=4)

    assert (stands.status, stands.code) == (409, "event.not_cancelled")
    assert (unsaid.status, unsaid.code) == (422, "request.invalid")
    assert back.status == 201, back.text
    moved = {"revision": 2, "revised_on": "2026-11-23", "version": 3}
    before = {"revised_from": {"cancelled_on": "2026-11-20", "cancelled_for": "주최 측 사정"}}
    assert back.json == was | moved | before
    [entry] = office.get(f"/v1/changes?after={int(back.headers['X-Change-Seq']) - 1}&limit=1").json[
        "items"
    ]
    assert (entry["kind"], entry["reason"]) == ("event.reopened", "주최 측이 바로잡음")
    assert (others.status, again.status) == (200, 201)
    assert net.desk.public.post(f"{path}/reopenings", {"reason": "x"}, seen=5).status == 401


def test_what_would_be_over_is_not_taken_back(net: Network) -> None:
    office = net.desk.office
    path, _ = made(net, starts_at="2026-11-01T09:00", ends_at="2026-11-02T17:00", deadlines=[])
    office.made(f"{path}/cancellations", {"cancelled_on": "2026-10-20", "reason": "취소"}, seen=1)

    late = office.post(f"{path}/reopenings", {"reason": "다시"}, seen=2)

    assert (late.status, late.code) == (409, "event.is_over")
    assert office.get(path).json["cancelled_on"] == "2026-10-20"


def test_its_standing_tells_both_clocks(net: Network) -> None:
    deadlines = [{"kind": "booth", "on": "2026-12-18", "at": "17:00"}]
    path, _ = made(net, deadlines=deadlines)

    found = net.desk.public.get(f"{path}/standing?on=2027-03-14").json

    assert found == {
        "on": "2027-03-14",
        "state": "upcoming",
        "days_left": 1,
        "starts_at": {
            "civil": "2027-03-15T09:00",
            "zone": "America/Los_Angeles",
            "seoul": "2027-03-16T01:00",
            "utc": "2027-03-15T16:00:00Z",
        },
        "ends_at": {
            "civil": "2027-03-18T18:00",
            "zone": "America/Los_Angeles",
            "seoul": "2027-03-19T10:00",
            "utc": "2027-03-19T01:00:00Z",
        },
        "deadlines": [
            {
                "kind": "booth",
                "on": "2026-12-18",
                "at": "17:00",
                "seoul": "2026-12-19T10:00",
                "days_left": -86,
                "passed": True,
            }
        ],
    }


def test_events_are_found_by_what_they_are_linked_with_and_when_they_are(net: Network) -> None:
    office = net.desk.office
    made(net, key="expo")
    made(
        net,
        key="berlin",
        kind="conference",
        zone="Europe/Berlin",
        country="DE",
        city={"ko": "베를린", "en": "Berlin"},
        starts_at="2027-01-20T10:00",
        ends_at="2027-01-20T18:00",
        partner_ids=[net.gist],
        task_ids=[],
    )
    path, _ = made(net, key="gone", starts_at="2027-02-01T09:00", ends_at="2027-02-02T09:00")
    office.made(f"{path}/cancellations", {"cancelled_on": "2026-11-20", "reason": "취소"}, seen=1)

    def keys(asked: str) -> list[str]:
        return [each["key"] for each in office.items(f"/v1/events?{asked}")]

    assert keys("") == ["berlin", "gone", "expo"]
    assert keys(f"partner={net.naver}") == ["gone", "expo"]
    assert keys(f"task={net.task}&kind=expo") == ["gone", "expo"]
    assert keys("kind=conference") == ["berlin"]
    assert keys("starts_from=2027-02-01&starts_to=2027-03-15") == ["gone", "expo"]
    assert keys("state=upcoming") == ["berlin", "expo"]
    assert keys("state=under_way&on=2027-01-20") == ["berlin"]
    assert keys("state=past&on=2027-01-21") == ["berlin"]
    assert keys("state=cancelled") == ["gone"]
    assert keys("state=upcoming&on=2026-11-19") == ["berlin", "gone", "expo"]
    assert keys("q=베를린") == ["berlin"]


def test_what_is_still_under_way_there_is_under_way_without_a_day(net: Network) -> None:
    path, _ = made(net, key="expo", deadlines=[{"kind": "papers", "on": "2027-03-18"}])
    public, clock = net.desk.public, net.desk.clock

    def keys(state: str) -> list[str]:
        return [each["key"] for each in public.items(f"/v1/events?state={state}")]

    clock.now = datetime(2027, 3, 19, 0, 59, 59, tzinfo=UTC)  # 17:59 there, the 19th in Seoul.
    before = public.get(f"{path}/standing").json
    assert (keys("under_way"), keys("ahead"), keys("past")) == (["expo"], ["expo"], [])
    clock.now = datetime(2027, 3, 19, 1, tzinfo=UTC)
    after = public.get(f"{path}/standing").json
    assert (keys("under_way"), keys("ahead"), keys("past")) == ([], [], ["expo"])

    assert (before["on"], before["state"]) == ("2027-03-18", "under_way")
    assert (before["deadlines"][0]["passed"], after["state"]) == (False, "past")
    clock.now = datetime(2027, 3, 15, 15, 59, 59, tzinfo=UTC)
    assert (keys("upcoming"), keys("ahead")) == (["expo"], ["expo"])
    assert keys("under_way&on=2027-03-15") == ["expo"]


def test_a_list_gives_each_with_its_standing_if_asked(net: Network) -> None:
    path, found = made(net, key="expo")

    [now] = net.desk.public.items("/v1/events?standing=true")
    [then] = net.desk.public.items("/v1/events?standing=true&on=2027-03-14")

    assert now == found | {"standing": net.desk.public.get(f"{path}/standing").json}
    assert then["standing"] == net.desk.public.get(f"{path}/standing?on=2027-03-14").json
    assert "standing" not in net.desk.public.items("/v1/events")[0]


def test_an_english_name_added_moves_nobody(net: Network) -> None:
    venue, city = {"ko": "전시장", "en": None}, {"ko": "라스베이거스", "en": "Las Vegas"}
    path, _ = made(net, venue=venue, city=city)

    named = net.desk.office.patch(path, {"venue": venue | {"en": "Hall"}}, seen=1).json
    moved = net.desk.office.patch(path, {"venue": {"ko": "다른 곳", "en": "Hall"}}, seen=2).json

    assert (named["revision"], named["venue"]["en"]) == (0, "Hall")
    assert moved["revision"] == 1


def test_events_come_as_a_sheet(net: Network) -> None:
    made(net, deadlines=[{"kind": "booth", "on": "2026-12-18", "at": "17:00"}])

    head, row, *_ = net.desk.public.get("/v1/events", Accept="text/csv").text.splitlines()

    assert "제목,제목(영어),구분,시간대,시작,끝,나라,도시,도시(영어)" in head
    assert "2027-03-15T09:00" in row
    assert "미국" in row
    assert "부스 신청 2026-12-18 17:00" in row


def test_a_dry_run_shows_the_entry_and_writes_none(net: Network) -> None:
    office = net.desk.office
    path, _ = made(net)
    seq = office.seq()

    answer = office.patch(f"{path}?dry_run=true", {"zone": "America/Denver"}, seen=1)

    [entry] = answer.json["entries"]
    assert (entry["kind"], entry["body"]["revision"]) == ("event.changed", 1)
    assert office.seq() == seq
