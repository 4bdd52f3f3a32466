"""The liaison's two minutes: right, wrong, taken back; and what the office answers."""

import io
import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.document_files import png
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter, csrf
from tests.portal.pages.test_changing import open_form, send, sent
from tests.portal.sample import AGREEMENT, NAVER, PARTNERS, identity, milestone

PAGE = "/our-records"


def pressed(client: FlaskClient, page: TestResponse, value: str) -> TestResponse:
    """Press a button of the page."""
    once = re.search(r'name="once" value="(\w+)"', page.text)
    assert once is not None
    form: dict[str, object] = {"csrf_token": csrf(page), "once": once.group(1), "right": value}
    if ":" not in value:
        form[f"of-{value}"] = re.findall(f'name="of-{value}" value="([^"]+)"', page.text)
    return client.post(f"{PAGE}/right", data=form)


def marks(page: TestResponse, kind: str) -> list[str]:
    return re.findall(f'name="of-{kind}" value="([^"]+)"', page.text)


def test_a_liaison_says_what_is_right_and_what_is_wrong_and_hears_the_answer(
    enter: Enter, neighbours: Neighbours
) -> None:
    liaison, office = enter("liaison"), enter()
    assert f'href="{PAGE}"' in liaison.get("/").text
    page = liaison.get(PAGE)
    assert "네이버" in page.text
    [partner] = marks(page, "partner")

    # Right: one record, then a whole section, each once however often it is pressed.
    head = neighbours.registry.head()
    first, again = pressed(liaison, page, partner), pressed(liaison, page, partner)
    assert first.location == again.location
    assert neighbours.registry.head() == head + 1
    assert neighbours.registry.newest()["state"] == "confirmed"
    milestones = marks(page, "milestone")
    pressed(liaison, page, "milestone")
    told = [
        ":".join((each["type"], each["id"])) for each in neighbours.registry.newest()["records"]
    ]
    assert told == [each.rpartition(":")[0] for each in milestones]
    assert liaison.get(PAGE).text.count("확인</span>") == 1 + len(milestones)

    # Wrong: a form that holds what is on record.
    wrong = f"{PAGE}/partner:{identity('naver')}/wrong"
    form = open_form(liaison, wrong)
    nothing = sent(liaison, form, "at_once", reason="같습니다")
    assert "기록된 값과 같습니다" in nothing.text
    form = open_form(liaison, wrong)
    typed = {"website": "https://new.naver.example", "reason": "누리집을 옮겼습니다"}
    proposed = send(liaison, form, "at_once", **typed)
    assert proposed.location.startswith(PAGE)
    reply = neighbours.registry.newest()
    assert [each["field"] for each in reply["changes"]] == ["website"]
    page = liaison.get(proposed.location)
    assert "정정 검토 대기" in page.text

    # The office sees it among what is to be done, and records it by one press.
    assert "/replies?state=open" in office.get("/").text
    listed = office.get("/replies?state=open").text
    where = f"/replies/{reply['id']}/accept"
    assert where in listed
    form = open_form(office, where)
    assert "<del>" in form.text
    assert "https://new.naver.example" in form.text
    accepted = send(office, form, "at_once")
    assert accepted.location.startswith("/replies"), accepted.text
    assert "https://new.naver.example" in liaison.get(PAGE).text
    assert "반영" in liaison.get(PAGE).text

    # Another is refused, and the liaison reads why.
    form = open_form(liaison, wrong)
    send(liaison, form, "at_once", website="https://other.example", reason="다시")
    refused = f"/replies/{neighbours.registry.newest()['id']}/refuse"
    send(office, open_form(office, refused), "at_once", reason="누리집이 열리지 않습니다")
    assert "누리집이 열리지 않습니다" in liaison.get(PAGE).text

    # A third is taken back.
    form = open_form(liaison, wrong)
    send(liaison, form, "at_once", website="https://third.example", reason="셋째")
    page = liaison.get(PAGE)
    [address] = re.findall(r'action="(/our-records/replies/[^"]+/withdraw)"', page.text)
    liaison.post(address, data={"csrf_token": csrf(page), "seen": "1"})
    assert neighbours.registry.newest()["state"] == "withdrawn"
    assert not re.findall(r'action="(/our-records/replies/[^"]+/withdraw)"', liaison.get(PAGE).text)


def test_what_was_changed_meanwhile_is_not_confirmed(enter: Enter, neighbours: Neighbours) -> None:
    liaison = enter("liaison")
    page = liaison.get(PAGE)
    naver = next(each for each in PARTNERS if each["id"] == identity("naver"))
    neighbours.registry.change("partner", naver, website="https://moved.example")
    head = neighbours.registry.head()

    answer = pressed(liaison, page, marks(page, "partner")[0])

    assert neighbours.registry.head() == head
    assert "그사이 시에서 고친" in liaison.get(answer.location).text


def test_only_liaisons_have_records_of_their_own(enter: Enter) -> None:
    for role in ("office", "department", "auditor"):
        assert enter(role).get(PAGE).status_code == 403
    assert enter("liaison").get("/replies").status_code == 403


def test_a_liaison_sends_a_proof_with_a_file(enter: Enter, neighbours: Neighbours) -> None:
    liaison, where = enter("liaison"), f"/proofs/collaboration:{identity('naver-T05')}/new"
    assert f'href="{where}"' in liaison.get(PAGE).text
    form = liaison.get(where)
    assert "증빙" in form.text
    assert 'name="disclosure"' not in form.text
    once = re.search(r'name="once" value="(\w+)"', form.text)
    assert once is not None
    typed = {"csrf_token": csrf(form), "once": once.group(1), "title_ko": "시연 결과"}

    refused = liaison.post(where, data=typed | {"file": (io.BytesIO(b"MZ"), "시연.exe")})
    assert refused.status_code == 422
    assert "시연 결과" in refused.text
    sent_ = liaison.post(where, data=typed | {"file": (io.BytesIO(png("proof")), "시연.png")})

    assert sent_.location.startswith(PAGE), sent_.text
    made = neighbours.registry.newest()
    assert (made["collaboration_id"], made["disclosure"]) == (identity("naver-T05"), "parties")
    assert "시연 결과" in liaison.get(PAGE).text


def test_a_page_of_a_large_record_shows_the_first_and_leads_to_the_others(
    enter: Enter, neighbours: Neighbours
) -> None:
    many = [milestone(f"large-{n}", f"과제 {n}", f"Task {n}", 9, NAVER) for n in range(60)]
    neighbours.registry.hold(milestone=many)
    liaison = enter("liaison")

    page = liaison.get(PAGE)
    assert len(marks(page, "milestone")) == 20
    assert "60건 가운데 20건" in page.text
    [alone] = re.findall(r'href="(/our-records\?[^"]*of=milestone)"', page.text)
    assert f'href="/milestones?owner={identity("naver")}"' in page.text

    # One type alone, page by page; what is answered there leads back there.
    first = liaison.get(alone.replace("&amp;", "&"))
    assert len(marks(first, "milestone")) == 50
    assert not marks(first, "partner")
    [following] = re.findall(r'rel="next" href="([^"]+)"', first.text)
    last = liaison.get(following.replace("&amp;", "&"))
    assert len(marks(last, "milestone")) == 10
    assert not set(marks(last, "milestone")) & set(marks(first, "milestone"))
    [after] = re.findall(r'name="after" value="([^"]+)"', last.text)
    [mark] = marks(last, "milestone")[:1]
    form = {"csrf_token": csrf(last), "once": "a1", "right": mark, "of": "milestone"}
    answer = liaison.post(f"{PAGE}/right", data={**form, "after": after})
    again = liaison.get(answer.location)
    assert marks(again, "milestone") == marks(last, "milestone")
    assert again.text.count("확인</span>") == 1


def test_a_liaison_says_who_holds_the_role_now_and_the_office_accepts(
    enter: Enter, neighbours: Neighbours
) -> None:
    liaison, office, seat = enter("liaison"), enter(), identity("naver-liaison-seat")
    where = f"{PAGE}/seats/{seat}/successor"
    assert f'href="{where}"' in liaison.get(PAGE).text
    typed = {"name": "새담당", "email": "new@naver.example", "consented_on": "2026-11-20"}

    wrong = sent(liaison, open_form(liaison, where), "at_once", name="새담당", email="new")
    assert "새담당" in wrong.text
    proposed = send(liaison, open_form(liaison, where), "at_once", **typed)
    assert proposed.location.startswith(PAGE), proposed.text
    assert "정정 검토 대기" in liaison.get(PAGE).text
    reply = neighbours.registry.newest()

    # The log knows neither name nor address; the office reads them while it decides.
    assert "새담당" not in str(neighbours.registry.changes())
    form = open_form(office, f"/replies/{reply['id']}/accept")
    assert "<ins>새담당</ins> new@naver.example" in form.text
    assert f'href="/seats/{seat}/handover"' in form.text
    send(office, form, "at_once")

    [*_, holder] = neighbours.registry.one("seats", seat)["holders"]
    assert holder["contact_id"] != identity("naver-liaison")
    assert neighbours.registry.one("replies", reply["id"])["state"] == "accepted"
    assert "새담당" not in liaison.get("/").text


def test_pages_lead_the_liaison_to_what_it_may_say_of_its_own(enter: Enter) -> None:
    liaison, office = enter("liaison"), enter()
    naver, gist = (f"/partners/{identity(each)}" for each in ("naver", "gist"))
    agreement = f"/agreements/{identity(AGREEMENT)}"
    own = f"{PAGE}/partner:{identity('naver')}/wrong"

    assert f'href="{own}"' in liaison.get(naver).text
    assert f"{PAGE}/contact:{identity('naver-liaison')}/wrong" in liaison.get(naver).text
    assert PAGE + "/" not in liaison.get(gist).text
    assert PAGE + "/" not in office.get(naver).text
    page = liaison.get(agreement).text
    assert f"{PAGE}/agreement:{identity(AGREEMENT)}/wrong" in page
    assert f"{PAGE}/milestone:{identity('m1')}/wrong" in page
    assert f"/proofs/milestone:{identity('m1')}/new" in page
    assert f"/proofs/collaboration:{identity('naver-T05')}/new" in page
    assert identity("m4") not in "".join(re.findall(r"/proofs/milestone:[^/]+/new", page))
    at_desk = office.get(agreement).text
    assert f"/proofs/milestone:{identity('m4')}/new" in at_desk
