"""The life of an agreement over HTTP: each move, who may make it when, and what it leaves."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.registry.api.bodies import Network
from tests.registry.desk import Answer, Asker

TODAY = "2026-11-23"
FIXED = {"rule": "fixed", "term_months": 36}


@pytest.fixture(autouse=True)
def monday(request: pytest.FixtureRequest) -> None:
    """Let it be a Monday for whichever network the test asks for."""
    for name in ("net", "each_net"):
        if name in request.fixturenames:
            found: Network = request.getfixturevalue(name)
            found.desk.clock.now = datetime(2026, 11, 23, 3, tzinfo=UTC)


class Proposal:
    """A proposal of the city with two partners, and the colleagues who move it."""

    def __init__(self, net: Network, **more: object) -> None:
        self.net = net
        self.kim, self.lee = (net.desk.of("office", subject=each) for each in ("kim", "lee"))
        parties = [{"partner_id": each} for each in (net.naver, net.gist)]
        body = {
            "kind": "mou",
            "title": {"ko": "새 업무협약"},
            "end": FIXED,
            "parties": [{"partner_id": net.city, "side": "own"}, *parties],
            **more,
        }
        made = self.kim.post("/v1/agreements/proposals", body)
        assert made.status == 201, made.text
        self.id, self.version = made.json["id"], made.json["version"]

    def move(self, asker: Asker, move: str, **said: object) -> Answer:
        answer = asker.post(f"/v1/agreements/{self.id}/{move}", said, seen=self.version)
        if answer.status == 201:
            self.version = answer.json["version"]
        return answer

    def moved(self, asker: Asker, move: str, **said: object) -> dict[str, Any]:
        answer = self.move(asker, move, **said)
        assert answer.status == 201, answer.text
        found: dict[str, Any] = answer.json
        return found

    def approved(self) -> "Proposal":
        self.moved(self.lee, "reviews")
        self.moved(self.lee, "approvals")
        return self

    def signed(self) -> "Proposal":
        everybody = [self.net.city, self.net.naver, self.net.gist]
        self.moved(self.kim, "signatures", partner_ids=everybody, signed_on=TODAY)
        return self

    def state(self, on: str = TODAY, asker: Asker | None = None) -> str:
        asks = asker or self.kim
        told: str = asks.get(f"/v1/agreements/{self.id}/standing?on={on}").json["state"]
        listed = asks.items(f"/v1/agreements?state={told}&on={on}")
        assert self.id in {each["id"] for each in listed}, "the list says the same"
        return told

    def lawful(self, asker: Asker) -> set[str]:
        moves = asker.get(f"/v1/agreements/{self.id}/moves").json["moves"]
        assert all(each["lawful"] or each["detail"] for each in moves)
        return {each["move"] for each in moves if each["lawful"]}


def test_it_is_proposed_reviewed_approved_and_signed_by_one_after_another(
    each_net: Network,
) -> None:
    net = each_net
    found = Proposal(net, quorum=2)

    assert found.state() == "draft"
    assert found.lawful(found.kim) == {"endings"}
    assert found.lawful(found.lee) == {"reviews", "endings"}
    found.moved(found.lee, "reviews")
    assert found.state() == "reviewed"
    found.moved(found.lee, "approvals")
    assert found.state() == "approved"
    first = found.moved(
        found.kim, "signatures", partner_ids=[net.city, net.naver], signed_on="2026-11-20"
    )
    assert (found.state(), first["signed_on"]) == ("signing", None)
    second = found.moved(found.kim, "signatures", partner_ids=[net.gist], signed_on=TODAY)

    assert (second["signed_on"], second["effective_on"]) == (TODAY, TODAY)
    assert second["end"]["ends_on"] == "2029-11-23"
    days = ("2026-11-19", "2026-11-20", TODAY, "2029-11-24")
    assert [found.state(each) for each in days] == ["draft", "signing", "in_force", "ended"]
    kinds = [
        each["kind"]
        for each in found.kim.get("/v1/changes?after=0&limit=1000").json["items"]
        if each["subject_id"] == found.id
    ]
    assert kinds == [
        *("agreement.proposed", "agreement.reviewed", "agreement.approved"),
        *("agreement.signed", "agreement.signed"),
    ]


def test_nobody_reviews_or_approves_their_own_proposal(net: Network) -> None:
    found = Proposal(net)

    assert found.move(found.kim, "reviews").code == "agreement.own_proposal"
    found.moved(found.lee, "reviews")
    assert found.move(found.kim, "approvals").code == "agreement.own_proposal"
    assert found.state() == "reviewed"


def test_what_was_changed_after_its_review_is_a_draft_again(net: Network) -> None:
    found = Proposal(net).approved()

    changed = found.kim.patch(
        f"/v1/agreements/{found.id}",
        {"title": {"ko": "고친 업무협약"}, "reason": "문구 수정"},
        seen=found.version,
    )

    assert changed.status == 200, changed.text
    found.version = changed.json["version"]
    assert found.state() == "draft"
    signed = found.move(found.kim, "signatures", partner_ids=[net.city], signed_on=TODAY)
    assert (signed.status, signed.code) == (409, "agreement.not_approved")


def test_no_change_by_hand_signs_what_nobody_approved(net: Network) -> None:
    found = Proposal(net)
    parties = found.kim.get(f"/v1/agreements/{found.id}").json["parties"]
    signed = [{**each, "signed_on": TODAY} for each in parties]

    answer = found.kim.patch(
        f"/v1/agreements/{found.id}", {"parties": signed, "reason": "서명"}, seen=found.version
    )

    assert (answer.status, answer.code) == (409, "agreement.not_approved")
    assert found.state() == "draft"


def test_no_day_of_signing_is_said_of_what_nobody_has_signed(net: Network) -> None:
    found = Proposal(net, end={"rule": "evergreen"}).approved()

    answer = found.kim.patch(
        f"/v1/agreements/{found.id}", {"signed_on": TODAY, "reason": "서명"}, seen=found.version
    )

    assert (answer.status, answer.code) == (422, "agreement.proposed_signed")
    assert found.state() == "approved"


def test_no_file_signs_what_nobody_approved(net: Network) -> None:
    found = Proposal(net, key="planned")
    text = """format: 1
agreements:
  - key: planned
    kind: mou
    title: {ko: 새 업무협약}
    signed_on: 2026-11-20
    end: {rule: fixed, term_months: 36}
    parties: {own: true, partners: [naver]}
"""

    answer = net.desk.load(file=text)

    assert answer.status == 422, answer.text
    assert found.state() == "draft"


def test_a_proposal_is_the_office_s_own_until_it_is_approved_and_public_once_signed(
    each_net: Network,
) -> None:
    net = each_net
    found = Proposal(net, disclosure="public")
    liaison = net.desk.of("liaison", [net.naver])
    path = f"/v1/agreements/{found.id}"

    def seen() -> list[int]:
        return [asker.get(path).status for asker in (net.desk.public, liaison, found.kim)]

    def listed() -> list[bool]:
        askers = (net.desk.public, liaison, found.kim)
        return [found.id in {x["id"] for x in each.items("/v1/agreements")} for each in askers]

    assert (seen(), listed()) == ([404, 404, 200], [False, False, True])
    found.approved()
    assert (seen(), listed()) == ([404, 200, 200], [False, True, True])
    found.signed()
    assert (seen(), listed()) == ([200, 200, 200], [True, True, True])
    assert "drafting" not in net.desk.public.get(path).json


def test_a_partner_joins_leaves_and_comes_back(each_net: Network) -> None:
    net = each_net
    found = Proposal(net).approved().signed()
    body = net.collaboration(agreement_id=found.id, starts_on=TODAY)
    work = found.kim.made("/v1/collaborations", body)

    left = found.moved(
        found.kim,
        "withdrawals",
        partner_id=net.naver,
        left_on="2026-12-31",
        why="사업 종료",
        reason="공문 접수",
    )

    assert left["parties"][1]["left_on"] == "2026-12-31"
    bounded = found.kim.get(f"/v1/collaborations/{work['id']}").json
    assert bounded["holds_until"] == "2026-12-31"
    again = found.move(
        found.kim, "withdrawals", partner_id=net.naver, left_on=TODAY, reason="또 탈퇴"
    )
    assert (again.status, again.code) == (422, "agreement.not_a_party")
    net.desk.clock.now = datetime(2027, 3, 2, 3, tzinfo=UTC)
    back = found.moved(found.kim, "joinings", partner_id=net.naver, joined_on="2027-03-02")
    spans = [each for each in back["parties"] if each["partner_id"] == net.naver]
    assert [each["left_on"] for each in spans] == ["2026-12-31", None]
    assert spans[1]["joined_on"] == "2027-03-02"


def test_a_term_is_renewed_from_the_first_term_s_day(net: Network) -> None:
    end = {"rule": "auto_renews", "ends_on": "2027-01-31", "term_months": 1}
    found = Proposal(net, end=end).approved().signed()

    first = found.moved(found.kim, "renewals")
    second = found.moved(found.kim, "renewals")

    assert [first["end"]["ends_on"], second["end"]["ends_on"]] == ["2027-02-28", "2027-03-31"]
    assert second["renewals"] == [
        {"from": "2027-02-01", "ends_on": "2027-02-28", "by": "office"},
        {"from": "2027-03-01", "ends_on": "2027-03-31", "by": "office"},
    ]
    shorter = found.move(found.kim, "renewals", ends_on="2027-03-31")
    assert (shorter.status, shorter.code) == (422, "agreement.renewal_shorter")


def test_what_is_over_is_not_renewed(net: Network) -> None:
    found = Proposal(net).approved().signed()
    net.desk.clock.now = datetime(2029, 11, 24, 3, tzinfo=UTC)

    answer = found.move(found.kim, "renewals", ends_on="2031-01-01")

    assert (answer.status, answer.code) == (409, "agreement.is_over")


def test_it_is_ended_with_what_hangs_on_it_and_taken_back(each_net: Network) -> None:
    net = each_net
    found = Proposal(net).approved().signed()
    body = net.collaboration(agreement_id=found.id, starts_on=TODAY)
    work = found.kim.made("/v1/collaborations", body)["id"]
    said = {"on": "2026-12-31", "how": "terminated", "note": "합의 해지"}

    ended = found.moved(found.kim, "endings", **said, reason="합의서 접수")

    assert ended["ended"] == said
    assert [found.state("2026-12-31"), found.state("2027-01-01")] == ["in_force", "ended"]
    assert found.kim.get(f"/v1/collaborations/{work}").json["holds_until"] == "2026-12-31"
    assert found.lawful(found.kim) == {"reopenings"}
    assert found.move(found.kim, "renewals").code == "agreement.is_ended"
    found.moved(found.kim, "reopenings", reason="잘못 기록")
    assert found.state("2027-01-01") == "in_force"
    assert found.kim.get(f"/v1/collaborations/{work}").json["holds_until"] == "2029-11-23"


def test_a_proposal_is_dropped_and_nothing_else_can_be_said_of_it(net: Network) -> None:
    found = Proposal(net)

    wrong = found.move(found.kim, "endings", on=TODAY, how="expired", reason="무산")
    found.moved(found.kim, "endings", on=TODAY, how="not_concluded", reason="무산")

    assert (wrong.status, wrong.code) == (422, "agreement.never_concluded")
    assert [found.state(), found.state("2026-11-24")] == ["draft", "ended"]


@pytest.mark.parametrize(
    ("move", "said", "code"),
    [
        ("signatures", {"partner_ids": ["stranger"], "signed_on": TODAY}, "agreement.not_awaited"),
        (
            "signatures",
            {"partner_ids": ["naver"], "signed_on": "2026-11-24"},
            "agreement.signed_in_future",
        ),
        ("renewals", {}, "agreement.not_signed"),
        ("joinings", {"partner_id": "stranger", "joined_on": TODAY}, "agreement.not_signed"),
        ("returns", {"reason": "x"}, None),
        (
            "endings",
            {"on": "2026-11-19", "how": "terminated", "reason": "x"},
            "agreement.never_concluded",
        ),
        ("reopenings", {"reason": "x"}, "agreement.not_ended"),
        ("reviews", {}, "agreement.is_reviewed"),
    ],
)
def test_a_move_out_of_order_is_refused_and_changes_nothing(
    net: Network, move: str, said: dict[str, Any], code: str | None
) -> None:
    found = Proposal(net).approved()
    before = found.kim.get(f"/v1/agreements/{found.id}").json
    named = {"stranger": net.stranger, "naver": net.naver}
    if "partner_id" in said:
        said = {**said, "partner_id": named[said["partner_id"]]}
    if "partner_ids" in said:
        said = {**said, "partner_ids": [named[each] for each in said["partner_ids"]]}

    answer = found.move(found.lee, move, **said)

    if code is None:
        assert found.state() == "draft"
        return
    assert answer.code == code
    assert answer.status in (409, 422)
    assert found.kim.get(f"/v1/agreements/{found.id}").json == before


def test_an_agreement_ends_neither_before_its_signing_nor_after_its_own_end(net: Network) -> None:
    found = Proposal(net).approved().signed()

    early = found.move(found.kim, "endings", on="2026-11-22", how="terminated", reason="x")
    late = found.move(found.kim, "endings", on="2029-11-24", how="terminated", reason="x")

    assert (early.status, early.code) == (422, "agreement.ended_before_signing")
    assert (late.status, late.code) == (422, "agreement.ended_later")


def test_who_was_awaited_does_not_leave_and_nobody_joins_what_is_over(net: Network) -> None:
    found = Proposal(net).approved()
    found.moved(found.kim, "signatures", partner_ids=[net.city, net.naver], signed_on="2026-11-20")
    left = {"partner_id": net.gist, "left_on": TODAY, "reason": "탈퇴"}

    awaited = found.move(found.kim, "withdrawals", **left)
    net.desk.clock.now = datetime(2029, 11, 24, 3, tzinfo=UTC)
    late = found.move(found.kim, "joinings", partner_id=net.stranger, joined_on="2029-11-24")
    signed = found.move(found.kim, "signatures", partner_ids=[net.gist], signed_on="2029-11-24")

    assert (awaited.status, awaited.code) == (422, "agreement.not_a_party")
    assert (late.status, late.code, late.pointers) == (
        422,
        "agreement.joined_after_end",
        ["/joined_on"],
    )
    assert (signed.code, signed.pointers) == ("agreement.joined_after_end", ["/signed_on"])


def test_what_ended_by_leaving_is_not_renewed(net: Network) -> None:
    end = {"rule": "auto_renews", "ends_on": "2027-11-22", "term_months": 12}
    found = Proposal(net, end=end).approved().signed()
    for each in (net.naver, net.gist):
        gone = {"partner_id": each, "left_on": TODAY, "reason": "탈퇴"}
        found.moved(found.kim, "withdrawals", **gone)
    net.desk.clock.now = datetime(2026, 11, 24, 3, tzinfo=UTC)

    answer = found.move(found.kim, "renewals")

    assert (answer.status, answer.code) == (409, "agreement.is_over")


def test_of_two_clerks_who_renew_at_once_one_is_told(net: Network) -> None:
    end = {"rule": "auto_renews", "ends_on": "2027-11-22", "term_months": 12}
    found = Proposal(net, end=end).approved().signed()
    seen = found.version

    found.moved(found.kim, "renewals")
    found.version = seen
    second = found.move(found.lee, "renewals")

    assert second.status == 412
    assert len(found.kim.get(f"/v1/agreements/{found.id}").json["renewals"]) == 1


def test_it_amends_itself_through_no_number_of_others(net: Network) -> None:
    first = Proposal(net)
    second = Proposal(net, amends_id=first.id)
    third = Proposal(net, renews_id=second.id)

    answer = first.kim.patch(
        f"/v1/agreements/{first.id}",
        {"supersedes_id": third.id, "reason": "대체"},
        seen=first.version,
    )

    assert (answer.status, answer.code) == (409, "agreement.cycle")
    assert answer.pointers == ["/supersedes_id"]


def test_a_dry_run_shows_the_entries_and_writes_none(net: Network) -> None:
    found = Proposal(net).approved().signed()
    body = net.collaboration(agreement_id=found.id, starts_on=TODAY)
    found.kim.made("/v1/collaborations", body)
    said = {"on": "2026-12-31", "how": "achieved", "reason": "목적 달성"}

    answer = found.kim.post(
        f"/v1/agreements/{found.id}/endings?dry_run=true", said, seen=found.version
    )

    kinds = [each["kind"] for each in answer.json["entries"]]
    assert kinds == ["agreement.ended", "collaboration.changed"]
    assert found.state("2027-01-01") == "in_force"
