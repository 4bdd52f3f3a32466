"""Reads: stored text with its version, lists with filters and cursors, both clocks, sheets."""

import csv
import io
import time
from datetime import timedelta

import pytest

from changefeed.declared import collection_of
from changefeed.subjects.all import DECLARED
from tests.registry.api.bodies import Network, agreement, partner
from tests.registry.desk import GWANGJU, ILLUSTRATION, Answer, Desk
from tests.registry.storage.plans import watch

pytestmark = pytest.mark.storage


def test_one_is_read_with_its_version(each_net: Network) -> None:
    office = each_net.desk.office

    answer = office.get(f"/v1/partners/{each_net.naver}")

    assert answer.headers["ETag"] == '"1"'
    assert answer.json["key"] == "naver"
    assert answer.json["version"] == 1


@pytest.mark.parametrize(
    "path",
    ["departments", "programmes", "strategies", "tasks", "technologies", "agreements", "partners"],
)
def test_each_that_is_listed_is_read(each_net: Network, path: str) -> None:
    listed = each_net.desk.office.items(f"/v1/{path}")
    assert listed
    for each in listed:
        assert each_net.desk.office.get(f"/v1/{path}/{each['id']}").json == each


def test_loads_and_days_and_fields_are_read(desk: Desk) -> None:
    desk.load(GWANGJU, ILLUSTRATION)
    day = {"on": "2026-12-24", "working": False, "name": {"ko": "x"}, "decreed_by": "y"}
    desk.office.made("/v1/calendar-days", day)

    for path in ("loads", "calendar-days", "service-fields"):
        listed = desk.office.items(f"/v1/{path}")
        assert listed
        for each in listed:
            assert desk.office.get(f"/v1/{path}/{each['id']}").json == each
    assert len(desk.office.items("/v1/service-fields?group=citizen")) == 2


def test_who_has_it_is_not_sent_it_again(each_net: Network) -> None:
    answer = each_net.desk.office.get(f"/v1/partners/{each_net.naver}", If_None_Match='"1"')

    assert (answer.status, answer.text) == (304, "")


def test_what_is_not_there_is_not_found(each_net: Network) -> None:
    office = each_net.desk.office

    assert office.get(f"/v1/agreements/{each_net.naver}").code == "subject.not_found"
    assert office.get("/v1/agreements/1").status == 404
    assert office.get("/v1/nothing").status == 404


def test_lists_go_on_where_they_stopped(each_desk: Desk) -> None:
    for count in range(5):
        each_desk.office.made("/v1/partners", partner(f"기관 {count}"))

    first = each_desk.office.get("/v1/partners?limit=2").json
    second = each_desk.office.get(f"/v1/partners?limit=2&after={first['next']}").json
    third = each_desk.office.get(f"/v1/partners?limit=2&after={second['next']}").json

    names = [each["name"]["ko"] for page in (first, second, third) for each in page["items"]]
    assert names == [f"기관 {count}" for count in range(5)]
    assert third["next"] is None


def test_partners_are_filtered(each_net: Network) -> None:
    office = each_net.desk.office

    assert len(office.items("/v1/partners")) == 3
    assert len(office.items("/v1/partners?own=any")) == 4
    assert [each["id"] for each in office.items("/v1/partners?own=true")] == [each_net.city]
    assert [each["id"] for each in office.items("/v1/partners?kind=university")] == [each_net.gist]
    assert [each["id"] for each in office.items("/v1/partners?q=과학")] == [each_net.gist]
    assert [each["id"] for each in office.items("/v1/partners?key=naver")] == [each_net.naver]


def test_those_asked_for_by_id_are_listed_and_no_others(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    nobody = net.task

    def ids(query: str) -> list[str]:
        return [each["id"] for each in office.items(f"/v1/{query}")]

    assert ids(f"partners?own=any&ids={net.stranger},{net.city},{nobody}") == [
        net.city,
        net.stranger,
    ]
    assert ids(f"partners?ids={net.stranger},{net.city}") == [net.stranger]
    assert ids(f"partners?ids={net.naver},{net.gist}&kind=university") == [net.gist]
    assert ids(f"partners?ids={net.naver.upper()},{net.naver}") == [net.naver]
    assert ids(f"agreements?ids={net.agreement}&known_at={office.seq()}") == [net.agreement]
    assert ids(f"agreements?ids={net.agreement}&known_at=1") == []
    assert ids(f"departments?ids={net.department}&q=정책") == [net.department]


def test_a_list_by_id_goes_on_where_it_stopped(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    path = f"/v1/partners?limit=1&ids={net.naver},{net.gist}"

    first = office.get(path).json
    second = office.get(f"{path}&after={first['next']}").json

    assert {each["id"] for page in (first, second) for each in page["items"]} == {
        net.naver,
        net.gist,
    }
    assert second["next"] is None


def test_the_catalogue_is_filtered(each_net: Network) -> None:
    office = each_net.desk.office
    [strategy] = office.items(f"/v1/strategies?programme={each_net.programme}")

    assert len(office.items(f"/v1/tasks?programme={each_net.programme}")) == 1
    assert len(office.items(f"/v1/tasks?strategy={strategy['id']}")) == 1
    assert office.items(f"/v1/tasks?programme={each_net.naver}") == []
    assert len(office.items("/v1/technologies?q=확장")) == 1
    assert len(office.items("/v1/departments?office=true")) == 1


def test_agreements_are_filtered_by_party_and_state(each_net: Network) -> None:
    office = each_net.desk.office
    unsigned = agreement(each_net.city, each_net.stranger, title={"ko": "서명 전"})
    unsigned["parties"][1]["signed_on"] = None
    office.made("/v1/agreements", unsigned)
    ended = agreement(
        each_net.city,
        each_net.naver,
        title={"ko": "끝난 협약"},
        end={"rule": "fixed", "ends_on": "2023-12-31"},
    )
    office.made("/v1/agreements", ended)

    def titles(query: str) -> set[str]:
        return {each["title"]["ko"] for each in office.items(f"/v1/agreements?{query}")}

    assert titles("state=signing") == {"서명 전"}
    assert titles("state=in_force") == {"업무협약"}
    assert titles("state=ended") == {"끝난 협약"}
    assert titles("state=in_force&on=2023-12-31") == {"업무협약", "끝난 협약"}
    assert titles("state=signing&on=2021-11-15") == {"업무협약", "끝난 협약", "서명 전"}
    assert titles(f"partner={each_net.naver}") == {"업무협약", "끝난 협약"}
    assert titles(f"partner={each_net.naver}&state=in_force") == {"업무협약"}
    assert titles(f"programme={each_net.programme}") == {"업무협약"}
    assert titles("kind=moa") == set()


def test_a_partner_comes_back_to_its_agreement(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    left = {"partner_id": net.naver, "signed_on": "2021-11-16", "left_on": "2022-12-31"}
    back = {"partner_id": net.naver, "signed_on": "2024-03-01", "joined_on": "2024-03-01"}
    body = agreement(net.city, title={"ko": "다시 온 곳"}, programme_id=net.programme)
    body["parties"] += [back, left]
    path = f"/v1/agreements/{office.made('/v1/agreements', body)['id']}"
    work = net.collaboration(agreement_id=path.rpartition("/")[2])
    early = office.made("/v1/collaborations", work)
    late = office.made("/v1/collaborations", work | {"starts_on": "2024-03-01"})

    def listed(state: str, on: str) -> bool:
        found = office.items(f"/v1/agreements?state={state}&on={on}")
        return "다시 온 곳" in {each["title"]["ko"] for each in found}

    assert [each["signed_on"] for each in office.get(path).json["parties"]] == [
        "2021-11-16",
        "2024-03-01",
        "2021-11-16",
    ]
    for on, state, parties in (
        ("2022-12-31", "in_force", ["in_force", "awaited", "in_force"]),
        ("2023-06-01", "ended", ["in_force", "awaited", "left"]),
        ("2024-03-01", "in_force", ["in_force", "in_force", "left"]),
    ):
        standing = office.get(f"{path}/standing?on={on}").json
        assert (standing["state"], [each["state"] for each in standing["parties"]]) == (
            state,
            parties,
        )
        others = {"signing", "in_force", "ended"} - {state}
        assert listed(state, on)
        assert not any(listed(each, on) for each in others)
    assert (early["holds_until"], late["holds_from"]) == ("2022-12-31", "2024-03-01")
    assert net.desk.of("liaison", [net.naver]).get(path).status == 200
    assert office.items(f"/v1/agreements?partner={net.naver}&on=2023-06-01&state=ended")
    overlapping = {"parties": [body["parties"][0], back, left | {"left_on": "2024-03-01"}]}
    refused = office.patch(path, overlapping | {"reason": "정정"}, If_Match='"1"')
    assert (refused.status, refused.json["code"]) == (422, "agreement.party_twice")
    assert refused.json["errors"][0]["pointer"] == "/parties/1/partner_id"


def test_an_agreement_is_found_by_the_number_of_each_side(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    body = agreement(net.city, net.naver, number="광주-2021-7", disclosure="public")
    body["parties"][1]["number"] = "NAVER/21-0042"
    made = office.made("/v1/agreements", body)

    for asked in ("광주-2021-7", "21-0042", "naver/21"):
        for reader in (office, net.desk.public):
            found = reader.items(f"/v1/agreements?q={asked}")
            assert [each["id"] for each in found] == [made["id"]]
    sheet = office.get("/v1/agreements?q=21-0042", Accept="text/csv").text
    assert "네이버: NAVER/21-0042" in sheet


def test_an_unknown_end_is_counted_apart(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    body = agreement(net.city, net.naver, title={"ko": "옛 협약"}, programme_id=net.programme)
    made = office.made("/v1/agreements", body | {"end": {"rule": "unknown"}})
    work = office.made("/v1/collaborations", net.collaboration(agreement_id=made["id"]))

    def listed(query: str) -> set[str]:
        return {each["id"] for each in office.items(f"/v1/{query}")}

    states = ("signing", "in_force", "unknown_end", "ended")
    assert [made["id"] in listed(f"agreements?state={each}") for each in states] == [
        False,
        False,
        True,
        False,
    ]
    standing = office.get(f"/v1/agreements/{made['id']}/standing?on=2026-11-23").json
    assert (standing["state"], standing["flags"]) == ("unknown_end", [])
    assert {each["state"] for each in standing["parties"]} == {"unknown_end"}
    days = [standing[each] for each in ("in_force_from", "in_force_until", "unknown_from")]
    assert days == [None, None, "2021-11-16"]
    assert made["id"] not in listed("agreements?ends_from=2000-01-01")
    assert work["id"] not in listed("collaborations?in_force=true")
    assert work["id"] in listed("collaborations?unknown_end=true")
    assert (work["holds_until"], work["unknown_from"]) == ("2021-12-31", "2022-01-01")
    patch = {"end": {"rule": "fixed", "ends_on": "2027-12-31"}, "reason": "협약서 확인"}
    office.patch(f"/v1/agreements/{made['id']}", patch, If_Match='"1"')
    assert made["id"] in listed("agreements?state=in_force")
    assert work["id"] in listed("collaborations?in_force=true")
    assert work["id"] not in listed("collaborations?unknown_end=true")


def test_commitments_are_filtered(each_net: Network) -> None:
    office = each_net.desk.office
    office.made(
        "/v1/collaborations",
        each_net.collaboration(technology_ids=[each_net.technology], ends_on="2022-12-31"),
    )

    def count(query: str) -> int:
        return len(office.items(f"/v1/collaborations?{query}"))

    assert count(f"partner={each_net.naver}") == 1
    assert count(f"partner={each_net.gist}") == 0
    assert count(f"technology={each_net.technology}") == 1
    assert count(f"technology={each_net.task}") == 0
    assert count(f"task={each_net.task}&agreement={each_net.agreement}") == 1
    assert count("in_force=true") == 0
    assert count("in_force=true&on=2022-12-31") == 1
    assert office.get("/v1/collaborations?in_force=false").pointers == ["/in_force"]


def test_milestones_are_filtered_by_day_and_state(each_net: Network) -> None:
    office = each_net.desk.office
    office.made("/v1/milestones", each_net.milestone(title={"ko": "앞선 일"}))
    done = office.made("/v1/milestones", each_net.milestone(title={"ko": "끝난 일"}))
    office.post(f"/v1/milestones/{done['id']}/completions", {"done_on": "2026-01-31"}, seen=1)
    dropped = office.made("/v1/milestones", each_net.milestone(title={"ko": "그만둔 일"}))
    office.post(
        f"/v1/milestones/{dropped['id']}/cancellations",
        {"cancelled_on": "2026-02-01", "reason": "예산"},
        seen=1,
    )

    def titles(query: str) -> set[str]:
        return {each["title"]["ko"] for each in office.items(f"/v1/milestones?{query}")}

    assert titles("state=due&on=2026-12-31") == {"앞선 일"}
    assert titles("state=overdue&on=2027-01-01") == {"앞선 일"}
    assert titles("state=done&on=2026-01-31") == {"끝난 일"}
    assert titles("state=due&on=2026-01-30") == {"앞선 일", "끝난 일", "그만둔 일"}
    assert titles("state=cancelled&on=2026-02-01") == {"그만둔 일"}
    assert titles("due_from=2027-01-01") == set()
    assert len(titles(f"due_to=2026-12-31&owner={each_net.naver}")) == 3
    assert len(titles(f"agreement={each_net.agreement}&q=일")) == 3


def test_what_was_known_then_is_answered_as_then(each_net: Network) -> None:
    office = each_net.desk.office
    then = office.seq()
    office.patch(f"/v1/partners/{each_net.naver}", {"name": {"ko": "새 이름"}}, seen=1)

    path = f"/v1/partners/{each_net.naver}"
    assert office.get(path).json["name"]["ko"] == "새 이름"
    assert office.get(f"{path}?known_at={then}").json["name"]["ko"] == "네이버"
    assert office.get(f"{path}?known_at={then}").headers["ETag"] == '"1"'
    assert len(office.items(f"/v1/partners?q=새 이름&known_at={then}")) == 0
    assert office.get(f"{path}?known_at=0").status == 404


def test_an_instant_picks_what_was_known_at_it(each_desk: Desk) -> None:
    clock, office = each_desk.clock, each_desk.office
    made = office.made("/v1/partners", partner())
    between = clock.now + timedelta(minutes=30)
    clock.now += timedelta(hours=1)
    office.patch(f"/v1/partners/{made['id']}", {"name": {"ko": "새 이름"}}, seen=1)

    path = f"/v1/partners/{made['id']}?known_at="
    assert office.get(path + between.isoformat()).json["name"]["ko"] == "네이버"
    assert office.get(path + clock.now.isoformat()).json["name"]["ko"] == "새 이름"


def test_seats_are_found_by_who_holds_them_on_the_day(each_net: Network) -> None:
    office = each_net.desk.office
    kim = office.made("/v1/contacts", each_net.contact())["id"]
    held = {"contact_id": kim, "from": "2026-01-01", "to": "2026-06-30"}
    seat = office.made("/v1/seats", each_net.seat(holders=[held]))["id"]

    def ids(query: str) -> list[str]:
        return [each["id"] for each in office.items(f"/v1/seats?{query}")]

    assert ids(f"holder={kim}&role=liaison&on=2026-06-30") == [seat]
    assert ids(f"holder={kim}&on=2026-07-01") == []
    assert ids(f"at={each_net.naver}") == [seat]


def test_standing_is_told_for_a_day(each_net: Network) -> None:
    office = each_net.desk.office
    proof = [{"on": "2026-03-01", "text": "회의"}]
    office.made("/v1/collaborations", each_net.collaboration(evidence=proof))
    path = f"/v1/agreements/{each_net.agreement}/standing"

    now = office.get(f"{path}?on=2026-11-23").json

    assert now["state"] == "in_force"
    assert now["known_at"] == office.seq()
    assert now["flags"] == []
    assert (now["signed_from"], now["in_force_from"]) == ("2021-11-16", "2021-11-16")
    assert now["in_force_until"] is None
    assert [each["state"] for each in now["parties"]] == ["in_force"] * 3
    assert office.get(f"{path}?on=2027-03-02").json["flags"] == ["dormant"]
    assert office.get(f"{path}?on=2026-11-23&known_at=10").json["flags"] == ["dormant"]
    assert office.get(f"{path}?on=2020-01-01").json["state"] == "signing"


def test_agreements_are_listed_by_their_last_day_at_both_clocks(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net

    def made(rule: str, ends_on: str | None) -> str:
        end = {"rule": rule, "ends_on": ends_on}
        found = office.made("/v1/agreements", agreement(net.city, net.naver, end=end))
        return str(found["id"])

    fixed, renewing = made("fixed", "2026-12-31"), made("auto_renews", "2027-01-31")
    for rule, ends_on in (("until_purpose_achieved", "2027-01-01"), ("evergreen", None)):
        made(rule, ends_on)
    then = office.seq()

    def ids(query: str) -> set[str]:
        return {each["id"] for each in office.items(f"/v1/agreements?{query}")}

    assert ids("ends_from=2026-11-23&ends_to=2027-02-21") == {fixed, renewing}
    assert ids("ends_to=2026-12-31") == ids("ends_to=2027-01-30") == {fixed}
    assert ids("ends_from=2027-01-01") == ids("ends_from=2027-01-31") == {renewing}
    assert ids("ends_from=2027-02-01") == ids("ends_from=2027-01-31&ends_to=2027-01-01") == set()
    assert ids("ends_from=2026-01-01&ends_to=9999-12-31") == {fixed, renewing}
    standing = office.get(f"/v1/agreements/{renewing}/standing?on=2026-11-23").json
    assert (standing["last_on"], standing["in_force_until"]) == ("2027-01-31", None)
    reason = {"end": {"rule": "fixed", "ends_on": "2029-12-31"}, "reason": "갱신"}
    office.patch(f"/v1/agreements/{fixed}", reason, If_Match='"1"')
    assert ids("ends_to=2026-12-31") == set()
    assert ids(f"ends_to=2026-12-31&known_at={then}") == {fixed}
    assert office.get("/v1/agreements?ends_to=soon").status == 422


def test_the_last_days_of_closed_agreements_are_no_strangers_to_know(each_net: Network) -> None:
    office, net = each_net.desk.office, each_net
    office.made(
        "/v1/agreements",
        agreement(net.city, net.naver, end={"rule": "fixed", "ends_on": "2026-12-31"}),
    )
    query = "/v1/agreements?ends_to=2026-12-31"

    assert len(office.items(query)) == 1
    assert len(net.desk.of("liaison", [net.naver]).items(query)) == 1
    assert net.desk.of("liaison", [net.gist]).items(query) == []
    assert net.desk.public.items(query) == []


def test_agreements_are_listed_with_the_standing_that_each_has_by_itself(
    each_net: Network,
) -> None:
    office, net = each_net.desk.office, each_net
    ended = office.made(
        "/v1/agreements",
        agreement(net.city, net.naver, end={"rule": "fixed", "ends_on": "2025-12-31"}),
    )["id"]
    then = office.seq()
    proof = [{"on": "2026-03-01", "text": "회의"}]
    office.made("/v1/collaborations", net.collaboration(evidence=proof))
    office.made("/v1/milestones", net.milestone(agreement_id=None, evidence=proof))

    known_then = f"on=2026-11-23&known_at={then}"
    for clocks in ("on=2026-11-23", "on=2027-03-02", known_then, "on=2020-01-01"):
        listed = office.items(f"/v1/agreements?standing=true&{clocks}")
        assert {each["id"] for each in listed} == {ended, net.agreement}
        for each in listed:
            path = f"/v1/agreements/{each['id']}"
            standing = each.pop("standing")
            assert standing == office.get(f"{path}/standing?{clocks}").json
            assert each == office.get(path).json
    assert office.get("/v1/agreements?standing=true").json["items"][0]["standing"]["on"]
    assert office.get("/v1/agreements?standing=true&q=없는 협약").json["items"] == []
    assert "standing" not in office.get("/v1/agreements").json["items"][0]


def test_a_listed_standing_knows_no_sign_of_life_that_the_reader_may_not_see(
    each_net: Network,
) -> None:
    office, path = each_net.desk.office, f"/v1/agreements/{each_net.agreement}"
    office.patch(path, {"disclosure": "public", "reason": "공개"}, seen=1)
    proof = [{"on": "2026-03-01", "text": "회의"}]
    office.made("/v1/collaborations", each_net.collaboration(evidence=proof))

    for asker, flags in ((office, []), (each_net.desk.public, ["dormant"])):
        (line,) = asker.items("/v1/agreements?standing=true&on=2026-11-23")
        assert line["standing"]["flags"] == flags


def test_a_milestone_done_is_a_sign_of_life(each_net: Network) -> None:
    office = each_net.desk.office
    made = office.made("/v1/milestones", each_net.milestone())
    office.post(f"/v1/milestones/{made['id']}/completions", {"done_on": "2026-03-01"}, seen=1)

    standing = office.get(f"/v1/agreements/{each_net.agreement}/standing?on=2026-11-23").json
    own = office.get(f"/v1/milestones/{made['id']}/standing?on=2026-02-28").json

    assert standing["flags"] == []
    assert own == {"on": "2026-02-28", "state": "due", "days_left": 306}


@pytest.mark.parametrize("path", [collection_of(each) for each in DECLARED.values()])
def test_a_list_is_a_sheet_when_asked_for(each_net: Network, path: str) -> None:
    office = each_net.desk.office
    office.made("/v1/collaborations", each_net.collaboration())
    office.made("/v1/milestones", each_net.milestone())
    office.made("/v1/events", each_net.event())
    office.made("/v1/contacts", each_net.contact())
    office.made("/v1/seats", each_net.seat())

    answer = office.get(f"/v1/{path}", Accept="text/csv", X_Access_Reason="an audit of lists")

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.text.startswith("\ufeff")
    assert [row["id"] for row in rows] == [each["id"] for each in office.items(f"/v1/{path}")]


def test_the_sheet_of_agreements_is_the_ledger(net: Network) -> None:
    public, office = net.desk.public, net.desk.office
    named = f"/v1/agreements?ids={net.agreement}&on=2026-11-23"

    [row] = _sheet(office.get(named, Accept="text/csv"))
    [english] = _sheet(office.get(named, Accept="text/csv", Accept_Language="en"))

    partners = {each["id"]: each["name"]["ko"] for each in office.items("/v1/partners")}
    assert set(row["협약기관"].split("; ")) == {partners[net.naver], partners[net.gist]}
    assert (row["상태"], row["구분"], row["기준일"]) == ("유효", "업무협약(MOU)", "2026-11-23")
    assert (english["State"], english["Signed"]) == ("In force", row["체결일"])
    assert _sheet(public.get(named, Accept="text/csv")) == []


def test_a_sheet_asks_as_often_for_many_as_for_few(
    net: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, asked = net.desk.office, watch(monkeypatch)

    def queries() -> int:
        asked.forget()
        assert office.get("/v1/agreements", Accept="text/csv").status == 200
        return len(asked.queries)

    few = queries()
    for number in range(12):
        other = office.made("/v1/partners", partner(f"기관 {number}"))["id"]
        office.made("/v1/agreements", agreement(net.city, other))
    assert queries() == few


def _sheet(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_a_cell_is_never_a_formula(each_desk: Desk) -> None:
    each_desk.office.made("/v1/partners", partner("=HYPERLINK(1)", aliases=["=가", "나"]))

    [row] = csv.DictReader(
        io.StringIO(each_desk.office.get("/v1/partners", Accept="text/csv").text)
    )

    assert row["이름"] == "'=HYPERLINK(1)"
    assert row["다른 이름"] == "'=가; 나"


def test_the_feed_gives_whole_entries_in_order(each_net: Network) -> None:
    page = each_net.desk.office.get("/v1/changes?after=2&limit=3").json

    assert [each["seq"] for each in page["items"]] == [3, 4, 5]
    assert page["next"] == 5
    assert page["head"] == each_net.desk.office.seq()
    assert page["items"][0]["body"]["name"]["ko"] == "광주과학기술원"


def test_who_is_further_than_the_log_is_told_how_far_it_reaches(each_net: Network) -> None:
    seq = each_net.desk.office.seq()

    page = each_net.desk.office.get(f"/v1/changes?after={seq + 3}").json

    assert (page["items"], page["head"]) == ([], seq)  # So a follower sees that it was restored.


def test_a_follower_that_waits_is_answered_at_the_latest_then(each_net: Network) -> None:
    seq = each_net.desk.office.seq()
    began = time.monotonic()

    page = each_net.desk.office.get(f"/v1/changes?after={seq}&wait=0.2").json

    assert (page["items"], page["next"], page["head"]) == ([], seq, seq)
    assert time.monotonic() - began >= 0.2


def test_days_and_instants_at_the_edge_of_time_are_refused(each_net: Network) -> None:
    office = each_net.desk.office
    asked = (
        "milestones?state=due&on=9999-12-31",
        "milestones?state=overdue&on=0001-01-01",
        "partners?known_at=0001-01-01T00:00:00%2B14:00",
        "partners?known_at=9999-12-31T23:59:59-14:00",
    )

    assert [office.get(f"/v1/{each}").status for each in asked] == [422] * 4


def test_the_head_is_the_last_entrys_hash(each_net: Network) -> None:
    office = each_net.desk.office
    seq = office.seq()

    [last] = office.get(f"/v1/changes?after={seq - 1}").json["items"]

    head = office.get("/v1/head").json
    assert (head["seq"], head["hash"]) == (seq, last["hash"])


def test_health_and_documents_are_open(each_desk: Desk) -> None:
    public = each_desk.public

    assert public.get("/healthz").status == 200
    assert public.get("/readyz").json["checks"]["database"]["ok"]
    assert public.get("/openapi.json").json["openapi"] == "3.1.0"
    assert public.get("/docs").status == 200


def test_every_search_finds_letters_without_their_marks(desk: Desk) -> None:
    city = desk.office.made("/v1/partners", partner("시", own=True))["id"]
    other = desk.office.made("/v1/partners", partner("Université de Łódź"))["id"]
    desk.office.made("/v1/agreements", agreement(city, other, title={"ko": "São Paulo 협약"}))
    desk.office.made("/v1/technologies", {"name": {"ko": "기술"}, "aliases": ["Réalité étendue"]})

    assert desk.office.items("/v1/partners?q=universite lodz")[0]["name"]["ko"] == (
        "Université de Łódź"
    )
    assert len(desk.office.items("/v1/agreements?q=sao paulo")) == 1
    assert len(desk.office.items("/v1/technologies?q=realite")) == 1


def test_a_log_is_known_by_its_first_entry(desk: Desk) -> None:
    empty = desk.public.get("/v1/head").json["log"]
    desk.office.made("/v1/partners", partner("naver"))
    desk.office.made("/v1/partners", partner("nhn"))

    first, *_ = desk.office.get("/v1/changes").json["items"]

    assert empty == {"name": "city", "genesis": None}
    for path in ("/v1/head", "/v1/changes", "/v1/changes?after=2"):
        log = desk.public.get(path).json["log"]
        assert log == {"name": "city", "genesis": first["hash"]}, path
