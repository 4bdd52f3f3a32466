"""인사이동 at the desk: all that one answers for is listed, handed over and taken back."""

import io
import re

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from uuid_utils.compat import uuid7
from werkzeug.test import TestResponse

from ieum_portal.domain.draft import Draft, Topic
from tests.portal.desk import NOON
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import open_form, send
from tests.portal.sample import (
    AGREEMENTS,
    CONTACTS,
    DEPARTMENTS,
    MILESTONES,
    SEATS,
    at,
    identity,
    resource,
    words,
)

OLD, NEW = identity("ai-policy"), identity("culture")
KIM, LEE = identity("kim"), identity("lee")
PERSON = f"/contacts/{KIM}/handover"
DEPARTMENT = f"/departments/{OLD}/handover"


def _person(key: str, name: str) -> dict[str, object]:
    return CONTACTS[0] | {
        "id": identity(key),
        "key": key,
        "at": at("department", "ai-policy"),
        "name": name,
        "email": f"{key}@gwangju.example",
    }


@pytest.fixture
def staffed(neighbours: Neighbours) -> Neighbours:
    seat = resource(
        "officer-seat",
        at=at("department", "ai-policy"),
        role="officer",
        language="ko",
        holders=[{"contact_id": KIM, "from": "2026-01-05", "to": None}],
    )
    people = [_person("kim", "김주무"), _person("lee", "이주무")]
    led = [AGREEMENTS[0] | {"lead_department_id": OLD}, *AGREEMENTS[1:]]
    owed = MILESTONES[0] | {"owner": at("department", "ai-policy")}
    neighbours.registry.hold(
        contact=[*CONTACTS, *people],
        seat=[*SEATS, seat],
        agreement=led,
        milestone=[owed, *MILESTONES[1:]],
    )
    return neighbours


def rows(page: str) -> list[tuple[str, str]]:
    """Give each record of the table with who takes it."""
    found = re.findall(
        r'name="matter" value="([^"]+)">\s*<select id="[^"]+" name="give"(.*?)</select>',
        page,
        re.DOTALL,
    )
    chosen = re.compile(r'<option value="([^"]*)" selected>')
    return [(matter, "".join(chosen.findall(options))) for matter, options in found]


def look(client: FlaskClient, address: str, gives: dict[str, str], **typed: str) -> TestResponse:
    """Fill the form in and give its preview, or the form with what is wrong."""
    form = open_form(client, address)
    table = rows(form.text)
    give = [gives.get(matter.split(":")[0], chosen) for matter, chosen in table]
    matters = [matter for matter, _ in table]
    said = {"on": "2026-11-23", "reason": "정기 인사", **typed}
    return client.get(send(client, form, "preview", matter=matters, give=give, **said).location)


def test_all_of_a_person_goes_to_a_colleague_and_back_the_same_day(
    enter: Enter, staffed: Neighbours
) -> None:
    client, registry = enter(), staffed.registry
    assert f'href="/contacts/{KIM}/handover"' in client.get(f"/contacts/{KIM}").text
    assert "김주무" in client.get("/handovers/new").text

    shown = look(client, PERSON, {}, to_contact_id=LEE)
    before = registry.head()
    recorded = send(client, shown, "record")
    receipt = client.get(recorded.location)

    assert "인공지능정책과 담당자" in shown.text
    assert "이주무" in shown.text
    entries = registry.changes()[before:]
    assert [each.kind for each in entries] == ["seat.changed", "handover.recorded"]
    assert {each.reason for each in entries} == {"정기 인사"}
    [gone, new] = registry.one("seats", identity("officer-seat"))["holders"]
    assert (gone["to"], new["contact_id"]) == ("2026-11-22", LEE)
    assert "되돌리기" in receipt.text
    assert "이주무" in receipt.text
    assert "2026-11-23" in client.get("/handovers").text

    handover = receipt.request.path.rpartition("/")[2]
    undo = f"/handovers/{handover}/undo"
    form = open_form(client, undo)
    back = send(client, form, "preview", reason="발령 취소")
    done = send(client, client.get(back.location), "record")
    [holder] = registry.one("seats", identity("officer-seat"))["holders"]
    assert (holder["contact_id"], holder["to"]) == (KIM, None)
    assert "되돌림" in client.get(done.location).text


def test_a_department_is_split_and_each_matter_may_be_left_or_given_elsewhere(
    enter: Enter, staffed: Neighbours
) -> None:
    client, registry = enter(), staffed.registry
    assert f'href="/departments/{OLD}/handover"' in client.get(f"/departments/{OLD}").text
    stays = {"milestone": "stay", "event": "stay", "seat": "stay", "contact": "stay"}

    shown = look(client, DEPARTMENT, stays, to_department_id=NEW, on="2026-12-01")
    recorded = send(client, shown, "record")

    assert "2026-12-01에 저절로" in shown.text
    assert registry.one("agreements", AGREEMENTS[0]["id"])["lead_department_id"] == OLD
    receipt = client.get(recorded.location).text
    assert "그날을 기다림" in receipt
    assert "마저 넘기기" in receipt


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_list_to_sign_says_what_is_handed_over_and_has_places_to_sign(
    enter: Enter, staffed: Neighbours, language: str
) -> None:
    client = enter(language=language)
    shown = look(client, PERSON, {}, to_contact_id=LEE)
    path = send(client, shown, "record").location.partition("?")[0]

    paper = client.get(f"{path}/list.pdf")
    book = client.get(f"{path}/list.xlsx")

    assert (paper.status_code, paper.content_type) == (200, "application/pdf")
    assert "UTF-8''" in paper.headers["Content-Disposition"]
    with pypdfium2.PdfDocument(paper.data) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    text = "".join(text.split())
    words = {
        "ko": ["인계자", "인수자", "입회자", "(서명 또는 인)", "담당에 딸림"],
        "en": ["Handed over by", "Taken over by", "Witness", "(signature or seal)"],
    }[language]
    assert [each for each in words if "".join(each.split()) not in text] == []
    assert "김주무" in text
    assert "이주무" in text
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.data)).get_sheet_by_index(0).to_python()
    title = AGREEMENTS[0]["title"]["ko" if language == "ko" else "en"]
    assert title in [row[2] for row in sheet]
    assert len(sheet) > 2


def test_what_cannot_be_stands_at_its_row_and_nothing_typed_is_lost(
    enter: Enter, staffed: Neighbours
) -> None:
    client, head = enter(), staffed.registry.head()

    early = look(client, PERSON, {"seat": ""}, to_contact_id=LEE, on="2026-01-04")
    nothing = look(client, PERSON, {"seat": "stay"}, to_contact_id=LEE)
    nobody = look(client, PERSON, {}, to_contact_id="", name="박신임")

    assert 'id="matter-0-fault"' in early.text
    assert "2026-01-05부터" in early.text
    assert "넘길 것을 하나는 고르십시오." in nothing.text
    assert 'id="email-fault"' in nobody.text
    assert 'value="박신임"' in nobody.text
    assert staffed.registry.head() == head


def test_a_matter_changed_between_preview_and_button_is_not_written_over(
    enter: Enter, staffed: Neighbours
) -> None:
    client, registry = enter(), staffed.registry
    shown = look(client, PERSON, {}, to_contact_id=LEE)
    seat = registry.one("seats", identity("officer-seat"))
    registry.change("seat", seat, language="en")
    head = registry.head()

    answer = client.get(send(client, shown, "record").location)

    assert "그사이 다른 사람이 바꾸었습니다" in answer.text
    assert f"{seat['id']}:2" in answer.text
    assert registry.head() == head


def test_unfinished_forms_of_who_leaves_are_counted_for_the_office(
    enter: Enter, app: Flask, neighbours: Neighbours
) -> None:
    assert neighbours.registry.head() > 0
    wired = app.extensions["ieum"]
    [liaison] = [each for each in wired.auth.accounts.all() if each.contact_id is not None]
    draft = Draft(
        id=uuid7(),
        account_id=liaison.id,
        form="x",
        path="/x",
        back="/",
        topic=Topic(None),
        values={},
        seen=0,
        key="k",
        step="form",
        revision=1,
        made_at=NOON,
        changed_at=NOON,
    )
    wired.drafts.add(draft)
    try:
        page = open_form(enter(), f"/contacts/{liaison.contact_id}/handover")
    finally:
        wired.drafts.drop(draft.id, liaison.id)

    assert "작성 중인 것이 1건 있습니다" in page.text
    assert rows(page.text)[0][0].startswith("seat:")


def test_a_large_handover_names_all_who_may_take_it_once_on_the_page(
    enter: Enter, staffed: Neighbours
) -> None:
    client, registry = enter(), staffed.registry
    led = [
        {**AGREEMENTS[0], "id": identity(f"many-{n}"), "key": f"many-{n}", "number": f"2020-{n}"}
        | {"lead_department_id": OLD}
        for n in range(40)
    ]
    others = [
        resource(
            f"division-{n}", name=words("같은과" if n < 2 else f"{n}과", f"D{n}"), office=False
        )
        for n in range(30)
    ]
    registry.hold(
        department=[*DEPARTMENTS, *others],
        agreement=led,
        collaboration=[],
        milestone=[],
        journal=[],
    )

    form = open_form(client, DEPARTMENT)
    assert form.status_code == 200, re.sub(r"<[^>]+>|\s+", " ", form.text)
    assert form.text.count("29과") == 2  # In the list of all rows, and as the one for all.
    matters = re.findall(r'name="matter" value="([^"]+)"', form.text)
    by_number = [one for one in matters if one.startswith("agreement:")]
    give = dict.fromkeys(matters, "그대로 둠")
    give |= dict(zip(by_number, ("", "7과", "같은과 (2)", " 없는과 "), strict=False))
    said = {"on": "2026-11-23", "reason": "조직 개편", "to_department_id": NEW}
    wrong = client.get(
        send(
            client, form, "preview", matter=matters, give=[give[each] for each in matters], **said
        ).location
    )
    assert 'value="없는과" placeholder' in wrong.text
    assert 'aria-invalid="true"' in wrong.text
    give[by_number[3]] = "leave as it is"
    shown = client.get(
        send(
            client, wrong, "preview", matter=matters, give=[give[each] for each in matters], **said
        ).location
    )
    send(client, shown, "record")

    leads = [
        registry.one("agreements", each.split(":")[1])["lead_department_id"]
        for each in by_number[:4]
    ]
    assert leads[:2] == [NEW, identity("division-7")]
    assert leads[2] in (identity("division-0"), identity("division-1"))
    assert leads[3] == OLD
