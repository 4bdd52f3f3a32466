"""Who sees what: the disclosed for all, one's own agreements for a liaison, people for few."""

from dataclasses import replace
from typing import Any

import pytest

from changefeed.declared import opened
from changefeed.subjects.agreement import Agreement
from httpedge.caller import Role
from ieum_registry.domain import disclosure
from tests.registry.api.bodies import Network, agreement
from tests.registry.desk import Asker

pytestmark = pytest.mark.storage

READERS: tuple[Role, ...] = ("office", "auditor", "service")


@pytest.fixture
def seen(each_net: Network) -> dict[str, str]:
    """One thing of each sort under NAVER's closed agreement, and one of each under another."""
    office, net = each_net.desk.office, each_net
    other = office.made(
        "/v1/agreements", agreement(net.city, net.stranger, title={"ko": "다른 협약"})
    )["id"]
    known = office.made(
        "/v1/agreements",
        agreement(net.city, net.stranger, title={"ko": "알려진 협약"}, disclosure="partly"),
    )["id"]
    theirs: dict[str, Any] = {"partner_id": net.stranger, "agreement_id": other}
    owner = {"type": "partner", "id": net.stranger}
    kim = office.made("/v1/contacts", net.contact())["id"]
    lee = office.made("/v1/contacts", net.contact(at=owner, name="이남", email="lee@x.example"))[
        "id"
    ]
    return {
        "own/agreements": net.agreement,
        "own/collaborations": office.made("/v1/collaborations", net.collaboration())["id"],
        "own/milestones": office.made("/v1/milestones", net.milestone())["id"],
        "own/contacts": kim,
        "own/seats": office.made(
            "/v1/seats", net.seat(holders=[{"contact_id": kim, "from": "2026-01-01"}])
        )["id"],
        "peer/collaborations": office.made(
            "/v1/collaborations", net.collaboration(partner_id=net.gist)
        )["id"],
        "other/agreements": other,
        "other/collaborations": office.made("/v1/collaborations", net.collaboration(**theirs))[
            "id"
        ],
        "shown/agreements": known,
        "shown/collaborations": office.made(
            "/v1/collaborations",
            net.collaboration(**{**theirs, "agreement_id": known}, disclosure="public"),
        )["id"],
        "shown/events": office.made("/v1/events", net.event())["id"],
        "other/milestones": office.made(
            "/v1/milestones", net.milestone(agreement_id=other, owner=owner)
        )["id"],
        "other/contacts": lee,
        "other/seats": office.made("/v1/seats", net.seat(at=owner))["id"],
    }


def lists(asker: Asker, kind: str) -> set[str]:
    return {each["id"] for each in asker.items(f"/v1/{kind}")}


def test_what_one_may_read_one_sees_listed_and_the_reverse(
    each_net: Network, seen: dict[str, str]
) -> None:
    liaison = each_net.desk.of("liaison", [each_net.naver])

    visible = {"own", "peer", "shown"}
    for name, subject in seen.items():
        group, kind = name.split("/")
        is_visible = group in visible
        assert (liaison.get(f"/v1/{kind}/{subject}").status == 200) is is_visible, name
        assert (subject in lists(liaison, kind)) is is_visible, name
        for reader in READERS:
            asker = each_net.desk.of(reader)
            assert asker.get(f"/v1/{kind}/{subject}").status == 200, (reader, name)
            assert subject in lists(asker, kind), (reader, name)


def test_asking_by_id_shows_no_more_than_the_list(each_net: Network, seen: dict[str, str]) -> None:
    liaison, office = each_net.desk.of("liaison", [each_net.naver]), each_net.desk.office

    for kind in sorted({name.split("/")[1] for name in seen}):
        all_of_them = {each for name, each in seen.items() if name.endswith(f"/{kind}")}
        by_id = f"{kind}?ids={','.join(sorted(all_of_them))}"
        assert lists(office, by_id) == all_of_them
        assert lists(liaison, by_id) == lists(liaison, kind) & all_of_them


@pytest.fixture
def affairs(each_net: Network) -> dict[str, str]:
    """What a department leads or owns (`own`), whom it works with, and what is others' affair."""
    office, net = each_net.desk.office, each_net
    ours = office.made("/v1/departments", {"name": {"ko": "관광과"}})["id"]
    theirs = office.made("/v1/departments", {"name": {"ko": "교통과"}})["id"]
    here, there = ({"type": "department", "id": each} for each in (ours, theirs))
    made = {"department": ours}

    def led_by(department: str, partner: str, name: str) -> str:
        body = agreement(net.city, partner, title={"ko": name}, lead_department_id=department)
        found: str = office.made("/v1/agreements", body)["id"]
        return found

    def people(group: str, place: dict[str, str], role: str) -> None:
        name, address = f"이름-{group}", f"{group}@people.example"
        person = office.made("/v1/contacts", net.contact(at=place, name=name, email=address))["id"]
        held = [{"contact_id": person, "from": "2026-01-01"}]
        made[f"{group}/contacts"] = person
        made[f"{group}/seats"] = office.made(
            "/v1/seats", net.seat(at=place, role=role, holders=held)
        )["id"]

    for group, department, partner in (
        ("own", ours, net.naver),
        ("other", theirs, net.stranger),
    ):
        made[f"{group}/agreements"] = under = led_by(department, partner, f"협약-{group}")
        work = net.collaboration(partner_id=partner, agreement_id=under, starts_on="2022-02-01")
        made[f"{group}/collaborations"] = commitment = office.made("/v1/collaborations", work)["id"]
        made[f"{group}/milestones"] = office.made(
            "/v1/milestones",
            net.milestone(agreement_id=None, collaboration_id=commitment, owner=there),
        )["id"]
    made["owned/milestones"] = office.made(
        "/v1/milestones", net.milestone(agreement_id=made["other/agreements"], owner=here)
    )["id"]
    people("own", here, "officer")
    people("partner", {"type": "partner", "id": net.naver}, "liaison")
    people("head", {"type": "partner", "id": net.naver}, "head")
    people("city", {"type": "partner", "id": net.city}, "liaison")
    people("other", there, "officer")
    people("stranger", {"type": "partner", "id": net.stranger}, "liaison")
    return made


def test_a_department_sees_its_own_affairs_and_whom_they_need(
    each_net: Network, affairs: dict[str, str]
) -> None:
    department = each_net.desk.of("department", department=affairs["department"])

    names = "".join(department.get("/v1/contacts?limit=200").text)
    for name, subject in affairs.items():
        group, _, kind = name.partition("/")
        if not kind:
            continue
        is_visible = group in {"own", "owned", "partner"}
        assert (department.get(f"/v1/{kind}/{subject}").status == 200) is is_visible, name
        assert (subject in lists(department, kind)) is is_visible, name
        assert (subject in lists(department, f"{kind}?ids={subject}")) is is_visible, name
        if kind == "contacts":
            assert (f"이름-{group}" in names) is is_visible, name


def test_a_department_s_feed_and_history_tell_of_its_affairs_alone(
    each_net: Network, affairs: dict[str, str]
) -> None:
    department = each_net.desk.of("department", department=affairs["department"])

    feed = department.get("/v1/changes?limit=1000").json["items"]
    history = department.get("/v1/history?limit=200").json["items"]
    for entries in (feed, [each["entry"] for each in history]):
        told = {each["subject_id"] for each in entries if each["body"] is not None}
        for name, subject in affairs.items():
            group, _, kind = name.partition("/")
            if kind:
                assert (subject in told) is (group in {"own", "owned", "partner"}), name
    sheet = department.get("/v1/agreements", Accept="text/csv").text
    assert "협약-own" in sheet
    assert "협약-other" not in sheet
    assert department.get(f"/v1/agreements/{affairs['other/agreements']}/standing").status == 404
    assert department.get(f"/v1/milestones/{affairs['other/milestones']}/standing").status == 404
    assert department.items("/v1/agreements?q=협약-other") == []


def test_a_department_token_without_a_department_sees_what_the_public_sees(
    each_net: Network, affairs: dict[str, str]
) -> None:
    nobody, public = each_net.desk.of("department"), each_net.desk.public

    for kind in ("agreements", "collaborations", "partners", "events"):
        assert lists(nobody, kind) == lists(public, kind)
    for kind in ("contacts", "seats", "milestones"):
        assert lists(nobody, kind) == set()
    assert affairs["own/agreements"] not in lists(nobody, "agreements")


def test_a_department_loses_sight_of_what_another_leads_now(
    each_net: Network, affairs: dict[str, str]
) -> None:
    office, mine = each_net.desk.office, affairs["own/agreements"]
    department = each_net.desk.of("department", department=affairs["department"])
    before = office.seq()
    change = {"lead_department_id": each_net.department, "reason": "조직 개편"}

    assert office.patch(f"/v1/agreements/{mine}", change, seen=1).status == 200

    for path in (f"agreements/{mine}", f"contacts/{affairs['partner/contacts']}"):
        assert department.get(f"/v1/{path}").status == 404
        assert department.get(f"/v1/{path}?known_at={before}").status == 404


def test_a_partner_that_left_takes_its_people_out_of_the_department_s_sight(
    each_net: Network, affairs: dict[str, str]
) -> None:
    office, mine = each_net.desk.office, affairs["own/agreements"]
    department = each_net.desk.of("department", department=affairs["department"])
    parties = office.get(f"/v1/agreements/{mine}").json["parties"]
    parties.append({"partner_id": each_net.gist, "signed_on": "2021-11-16"})
    for party in parties:
        if party["partner_id"] == each_net.naver:
            party["left_on"] = "2022-06-30"

    left = office.patch(f"/v1/agreements/{mine}", {"parties": parties, "reason": "탈퇴"}, seen=1)

    assert left.status == 200, left.text
    assert department.get(f"/v1/agreements/{mine}").status == 200
    assert department.get(f"/v1/contacts/{affairs['partner/contacts']}").status == 404
    assert department.get(f"/v1/seats/{affairs['partner/seats']}").status == 404


def test_the_public_sees_the_disclosed_alone(each_net: Network, seen: dict[str, str]) -> None:
    public = each_net.desk.public

    assert lists(public, "collaborations") == {seen["shown/collaborations"]}
    assert lists(public, "agreements") == {seen["shown/agreements"]}
    assert lists(public, "events") == {seen["shown/events"]}
    disclosed = [each["disclosed"] for each in public.get("/v1/changes").json["items"]]
    assert seen["other/agreements"] not in str(disclosed)
    assert public.get(f"/v1/agreements/{each_net.agreement}").status == 404
    assert public.get(f"/v1/agreements/{each_net.agreement}/standing").status == 404
    assert len(lists(public, "partners")) == 3
    for kind in ("contacts", "seats", "milestones", "loads"):
        assert public.get(f"/v1/{kind}").status == 401, kind


def test_a_partly_disclosed_agreement_shows_the_public_a_part(each_net: Network) -> None:
    office, public = each_net.desk.office, each_net.desk.public
    office.patch(
        f"/v1/agreements/{each_net.agreement}",
        {"disclosure": "partly", "purpose": {"ko": "비밀 목적"}, "reason": "공개 심의"},
        seen=1,
    )

    shown = public.get(f"/v1/agreements/{each_net.agreement}").json
    whole = each_net.desk.of("liaison", [each_net.naver])

    assert shown["purpose"] is None
    assert "비밀" not in public.get("/v1/changes").text
    assert whole.get(f"/v1/agreements/{each_net.agreement}").json["purpose"]["ko"] == "비밀 목적"


def test_a_liaison_whose_partner_left_sees_it_no_more(each_net: Network) -> None:
    office = each_net.desk.office
    liaison = each_net.desk.of("liaison", [each_net.naver])
    parties = office.get(f"/v1/agreements/{each_net.agreement}").json["parties"]
    parties[1]["left_on"] = "2022-06-30"

    office.patch(
        f"/v1/agreements/{each_net.agreement}", {"parties": parties, "reason": "탈퇴"}, seen=1
    )

    assert liaison.get(f"/v1/agreements/{each_net.agreement}").status == 404


def test_names_are_for_those_who_may_write_to_people(
    each_net: Network, seen: dict[str, str]
) -> None:
    path = f"/v1/contacts/{seen['own/contacts']}"

    def sees_name(asker: Asker) -> bool:
        return "김연락" in asker.get(path).text and "김연락" in asker.get("/v1/contacts").text

    assert sees_name(each_net.desk.office)
    assert sees_name(each_net.desk.of("liaison", [each_net.naver]))
    assert not sees_name(each_net.desk.of("auditor"))
    assert not sees_name(each_net.desk.of("service"))
    assert "email" not in each_net.desk.of("auditor").get(path).json


def test_the_log_knows_nobody_by_name(each_net: Network, seen: dict[str, str]) -> None:
    assert seen
    feed = each_net.desk.office.get("/v1/changes?limit=1000").text

    assert "김연락" not in feed
    assert "kim@naver.example" not in feed


def test_a_liaisons_feed_hides_what_is_not_theirs(each_net: Network, seen: dict[str, str]) -> None:
    feed = each_net.desk.of("liaison", [each_net.naver]).get("/v1/changes?limit=1000").json
    bodies = {each["subject_id"]: each["body"] for each in feed["items"]}

    assert bodies[seen["own/agreements"]] is not None
    assert bodies[seen["own/collaborations"]] is not None
    assert bodies[seen["other/agreements"]] is None
    assert bodies[seen["other/contacts"]] is None
    assert len(feed["items"]) == feed["head"]


@pytest.mark.parametrize("role", ["department", "auditor", "service", "liaison"])
def test_the_office_alone_writes(each_net: Network, role: Role) -> None:
    partners = [each_net.naver] if role == "liaison" else []
    asker = each_net.desk.of(role, partners)

    answer = asker.post("/v1/partners", {"kind": "company", "name": {"ko": "x"}})

    assert (answer.status, answer.code) == (403, "role.not_allowed")


def test_a_token_for_another_service_is_refused(each_net: Network) -> None:
    asker = Asker(each_net.desk.office.client, {"Authorization": "Bearer x.y.z"})

    assert asker.get("/v1/partners").status == 401


def test_notify_alone_is_told_who_sits_where(each_net: Network) -> None:
    office, desk = each_net.desk.office, each_net.desk
    kim = office.made("/v1/contacts", each_net.contact())["id"]
    seat = office.made(
        "/v1/seats", each_net.seat(holders=[{"contact_id": kim, "from": "2026-01-01"}])
    )
    asked = {"seats": [seat["id"]]}

    assert office.post("/v1/resolutions", asked).code == "role.not_allowed"
    for other in (desk.service("graph"), desk.service("portal"), desk.of("service")):
        refused = other.post("/v1/resolutions", asked)
        assert (refused.status, refused.code) == (403, "service.not_allowed")
        assert "김연락" not in refused.text
    told = desk.service("notify").post("/v1/resolutions", asked).json
    assert told["seats"][0]["people"][0]["name"] == "김연락"


@pytest.mark.parametrize("kind", ["contacts", "seats"])
def test_the_portal_alone_of_the_services_looks_up_people_and_seats(
    each_net: Network, seen: dict[str, str], kind: str
) -> None:
    subject = seen[f"own/{kind}"]

    for path in (f"/v1/{kind}", f"/v1/{kind}/{subject}"):
        assert each_net.desk.service("portal").get(path).status == 200
        for name in ("graph", "notify"):
            refused = each_net.desk.service(name).get(path)
            assert (refused.status, refused.code) == (403, "service.not_allowed")


def test_a_person_who_moved_on_is_out_of_the_old_partners_sight(each_net: Network) -> None:
    office = each_net.desk.office
    known = office.made("/v1/contacts", each_net.contact())["id"]
    before = office.seq()
    away = {"at": {"type": "partner", "id": each_net.gist}, "email": "new@gist.example"}

    assert office.patch(f"/v1/contacts/{known}", away, seen=1).status == 200

    old = each_net.desk.of("liaison", [each_net.naver])
    assert "new@gist.example" not in old.get(f"/v1/contacts/{known}?known_at={before}").text
    assert "new@gist.example" not in old.get(f"/v1/contacts?known_at={before}").text


def test_the_feed_tells_nobody_of_people_at_another_partner(each_net: Network) -> None:
    office = each_net.desk.office
    moved = office.made("/v1/contacts", each_net.contact())["id"]
    office.patch(f"/v1/contacts/{moved}", {"at": {"type": "partner", "id": each_net.gist}}, seen=1)

    feed = each_net.desk.of("liaison", [each_net.gist]).get("/v1/changes?limit=1000").json["items"]
    bodies = [each["body"] for each in feed if each["subject_id"] == moved]

    assert bodies[0] is None
    assert bodies[1]["at"]["id"] == each_net.gist


def test_strangers_take_no_waiting_place(each_net: Network) -> None:
    seq = each_net.desk.office.seq()

    page = each_net.desk.public.get(f"/v1/changes?after={seq}&wait=25").json

    assert (page["items"], page["next"], page["head"]) == ([], seq, seq)


@pytest.mark.parametrize("q", ["광", "a", "ㄱㅈ", "네 이", "(", "ㅎ"])
def test_strangers_search_for_what_an_index_can_begin_with(each_net: Network, q: str) -> None:
    refused = each_net.desk.public.get(f"/v1/partners?q={q}")
    english = each_net.desk.public.get(f"/v1/partners?q={q}", Accept_Language="en")

    assert (refused.status, refused.code, refused.pointers) == (422, "search.too_short", ["/q"])
    assert "두 글자 이상" in refused.json["detail"]
    assert english.json["detail"].endswith("Give two characters or more, of initials three.")
    assert each_net.desk.office.get(f"/v1/partners?q={q}").status == 200


@pytest.mark.parametrize("q", ["네이", "네 이버", "ㄴㅇㅂ", "%20", ""])
def test_strangers_search_for_longer_words_as_everybody_does(each_net: Network, q: str) -> None:
    assert each_net.desk.public.get(f"/v1/partners?q={q}").status == 200


SECRET = "zq-number-of-the-office"


def test_a_field_that_is_nobodys_elses_is_told_to_no_party_by_any_door(
    each_net: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = opened(Agreement)
    less = replace(whole, keys={key: each for key, each in whole.keys.items() if key != "number"})
    monkeypatch.setitem(disclosure._TO_PARTIES, "agreement", less)
    made = each_net.agreement
    office = each_net.desk.office
    facts = {"number": SECRET, "reason": "번호 부여"}
    assert office.patch(f"/v1/agreements/{made}", facts, seen=1).status == 200
    liaison = each_net.desk.of("liaison", [each_net.naver])

    for door in (
        f"agreements/{made}",
        f"agreements/{made}?known_at={office.seq()}",
        "agreements",
        f"agreements?ids={made}&standing=true",
        f"history?subject={made}",
        "changes?limit=1000",
    ):
        assert SECRET in office.get(f"/v1/{door}").text, door
        assert SECRET not in liaison.get(f"/v1/{door}").text, door
    assert liaison.get(f"/v1/agreements/{made}").json["title"]
    assert made in lists(liaison, "agreements")
    assert SECRET not in liaison.get("/v1/agreements", Accept="text/csv").text
