"""A milestone is set under an agreement and changed at the desk; its owner is a place to choose."""

import re

import pytest

from changefeed.subjects.contact import Person
from changefeed.subjects.seat import Seat
from ieum_portal.operations.offers import FEW
from ieum_portal.pages.changing.declared import Form
from tests.portal.neighbours import Neighbours, a_letter
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import open_form, opened, preview, send, sent
from tests.portal.sample import AGREEMENT, AGREEMENTS, DEPARTMENTS, identity, resource, words

NEW = f"/agreements/{identity(AGREEMENT)}/milestones/new"
CHANGE = f"/milestones/{identity('m1')}/change"
TYPED = {
    "title_ko": "상호운용 시험",
    "due_on": "2027.3.2.",
    "owner": identity("naver"),
    "collaboration_id": identity("naver-T05"),
}


def a_department(number: int) -> dict[str, object]:
    return {**DEPARTMENTS[0], **resource(f"team-{number}", name=words(f"도시{number:03}과"))}


def test_a_milestone_is_set_after_a_look(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    assert f'href="{NEW}"' in client.get(f"/agreements/{identity(AGREEMENT)}").text

    shown = preview(client, NEW, **TYPED)
    recorded = send(client, shown, "record")

    made = neighbours.registry.newest()
    assert neighbours.registry.changes()[-1].kind == "milestone.set"
    assert made["owner"] == {"type": "partner", "id": identity("naver")}
    assert (made["due_on"], made["title"]) == ("2027-03-02", words("상호운용 시험", None))
    assert made["agreement_id"] == identity(AGREEMENT)
    assert made["collaboration_id"] == identity("naver-T05")
    assert recorded.location.startswith(f"/agreements/{identity(AGREEMENT)}?recorded=")
    assert re.search(r"협력</th>.*?네이버.*? – .*?메타도시 플랫폼", shown.text, re.DOTALL)


def test_an_owner_is_a_department_or_a_party_of_the_agreement(enter: Enter) -> None:
    page = open_form(enter(), NEW).text
    offered = page.partition('<select id="owner"')[2].partition("</select>")[0]

    assert re.search(r">문화\S* ?\(부서\)<|>문화.*\(부서\)<", offered)
    assert re.search(r">네이버.*\(파트너\)<", offered)
    assert identity("own") not in offered


def test_a_department_is_taken_as_a_department(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()

    send(client, preview(client, NEW, **TYPED | {"owner": identity("culture")}), "record")

    assert neighbours.registry.newest()["owner"] == {
        "type": "department",
        "id": identity("culture"),
    }


def test_of_many_departments_the_owner_is_searched_for(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.registry.hold(department=[*DEPARTMENTS, *map(a_department, range(FEW))])
    client = enter()

    page = open_form(client, NEW)
    found = sent(client, page, "find-owner", **TYPED, **{"owner-sought": "도시049"})
    picked = re.findall(r'type="radio" name="owner" value="([^"]+)"', found.text)
    send(client, sent(client, found, "preview", owner=identity("team-49")), "record")

    assert {identity("naver"), identity("team-49")} <= set(picked)
    assert identity("team-1") not in picked
    assert opened(found)["title_ko"] == "상호운용 시험"
    assert neighbours.registry.newest()["owner"]["type"] == "department"


def test_a_milestone_begun_from_a_commitment_names_it(enter: Enter) -> None:
    client = enter()
    start = f"{NEW}?commitment={identity('naver-T05')}"
    assert start in client.get(f"/agreements/{identity(AGREEMENT)}").text

    assert opened(open_form(client, start))["collaboration_id"] == identity("naver-T05")


def test_a_moved_day_is_recorded_with_its_letters_by_recipient(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    new = a_letter(due_at="2026-12-04T00:00:00Z")
    neighbours.said["reposted"] |= {"added": [new]}

    shown = preview(client, CHANGE, due_on="26.12.11", reason="연기 합의")
    send(client, shown, "record")

    now = neighbours.registry.one("milestones", identity("m1"))
    assert re.search(r"기한</th>.*?2026-11-11.*?2026-12-11", shown.text, re.DOTALL)
    assert re.search(r'"recipient[^"]*">네이버.* 연락담당자<', shown.text)
    assert (now["due_on"], now["owner"]["id"]) == ("2026-12-11", identity("naver"))
    assert neighbours.registry.changes()[-1].reason == "연기 합의"


def test_an_open_form_of_a_milestone_changes_nothing_by_itself(enter: Enter) -> None:
    assert "지금 기록과 다른 것이 없어" in preview(enter(), CHANGE).text


@pytest.mark.parametrize("field", ["title_ko", "due_on", "owner"])
def test_what_is_missing_stands_at_its_field(
    enter: Enter, neighbours: Neighbours, field: str
) -> None:
    head = neighbours.registry.head()

    page = preview(enter(), NEW, **TYPED | {field: ""})

    assert re.findall(r'<li><a href="#(\w+)">', page.text) == [field]
    assert neighbours.registry.head() == head


def test_who_is_no_party_is_refused_at_the_owner(enter: Enter, neighbours: Neighbours) -> None:
    page = preview(enter(), NEW, **TYPED | {"owner": identity("nobody")})

    assert re.findall(r'<li><a href="#(\w+)">', page.text) == ["owner"]


def test_a_party_that_leaves_before_the_day_is_refused_at_the_owner_in_words(
    enter: Enter, neighbours: Neighbours
) -> None:
    agreement = AGREEMENTS[0]
    parties = [
        {**each, "left_on": "2026-12-31"} if each["partner_id"] == identity("naver") else each
        for each in agreement["parties"]
    ]
    neighbours.registry.hold(agreement=[agreement | {"parties": parties}, *AGREEMENTS[1:]])

    page = preview(enter(), NEW, **TYPED | {"collaboration_id": ""})

    assert re.search(r'id="owner-fault">[^<]*이행 주체나 기한을 고치십시오', page.text)


@pytest.mark.parametrize("kind_of", [Person, Seat])
def test_every_declared_place_can_be_asked_for(
    kind_of: type[Person] | type[Seat],
) -> None:
    asked = Form(kind_of, "at")

    here = asked.defaults({"at": {"type": "department", "id": identity("culture")}})
    assert here == {"at": identity("culture")}
