"""A clerk puts a file under an agreement, looks at it, replaces and erases it, without scripts."""

import errno
import re
from io import BytesIO
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ieum_portal.pages.document import form
from ieum_registry.storage.documents.folder import FolderFiles
from tests.document_files import docx, png
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter, csrf, say_why
from tests.portal.pages.test_changing import open_form, send
from tests.portal.sample import AGREEMENT, identity

OF = f"/agreements/{identity(AGREEMENT)}"
NEW = f"{OF}/documents/new"


def sent(
    client: FlaskClient, name: str, data: bytes, address: str = NEW, **typed: str
) -> TestResponse:
    """Send the form as the page gives it."""
    page = client.get(address).text
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[-1]
    [once] = re.findall(r'name="once" value="([^"]+)"', page)
    values = {"title_ko": "부속 합의서", "kind": "binding", "language": "ko", **typed}
    form = {"disclosure": "closed", "csrf_token": token, "once": once, **values}
    return client.post(address, data={**form, "file": (BytesIO(data), name)})


def test_a_file_is_put_under_an_agreement_and_comes_out_as_it_went_in(
    enter: Enter, neighbours: Neighbours
) -> None:
    client, data = enter(), png(f"signed {uuid4()}")
    assert f'href="{NEW}"' in client.get(OF).text

    answer = sent(client, "협약서(정본).png", data)

    seq = neighbours.registry.head()
    assert (answer.status_code, answer.location) == (303, f"{OF}?recorded={seq}#documents")
    page = client.get(answer.location).text
    [address] = re.findall(r'href="(/documents/[0-9a-f-]{36})">부속 합의서', page)
    shown = client.get(address).text
    assert "협약서(정본).png" in shown
    assert f'<img class="leaf" src="{address}/seen"' in shown
    taken = client.get(say_why(client, f"/reason?kind=document&next={address}/content").location)
    assert taken.data == data
    assert taken.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''%ED%98%91%EC%95%BD%EC%84%9C" in taken.headers["Content-Disposition"]
    assert taken.headers["Content-Security-Policy"].startswith("sandbox;")


def test_what_was_typed_stays_when_a_file_is_not_taken(
    enter: Enter, neighbours: Neighbours
) -> None:
    client, head = enter(), neighbours.registry.head()

    refused = sent(client, "협약서.pdf", docx("글"), title_ko="애써 적은 제목")
    lacking = sent(client, "", b"", title_ko="애써 적은 제목")

    for answer, said in (
        (refused, "내용이 application/pdf 형식이 아닙니다"),
        (lacking, "고르십시오"),
    ):
        assert answer.status_code == 422
        assert 'value="애써 적은 제목"' in answer.text
        assert said in answer.text
    assert neighbours.registry.head() == head


def test_what_was_typed_waits_in_the_page_while_the_registry_is_away(
    enter: Enter, neighbours: Neighbours
) -> None:
    client, data = enter(), png(f"later {uuid4()}")
    page = client.get(NEW).text
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[-1]
    [once] = re.findall(r'name="once" value="([^"]+)"', page)
    form = {"csrf_token": token, "once": once, "title_ko": "애써 적은 제목", "kind": "draft"}
    form |= {"language": "ko", "disclosure": "closed"}
    neighbours.registry.is_down = True
    away = client.post(NEW, data={**form, "file": (BytesIO(data), "가.png")})
    neighbours.registry.is_down = False

    waiting = away.text[away.text.index('<form class="confirm"') :]
    held = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', waiting))
    again = client.post(NEW, data=held)

    assert away.status_code == 503
    assert "다시 고르십시오" in away.text
    assert again.status_code == 422
    assert 'value="애써 적은 제목"' in again.text
    assert f'name="once" value="{once}"' in again.text


@pytest.mark.parametrize("where", ["registry", "portal"])
def test_a_disk_that_fills_up_is_told_and_what_was_typed_stays(
    enter: Enter, neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    client, head = enter(), neighbours.registry.head()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(
        *{"registry": (FolderFiles, "keep"), "portal": (form, "_look_at")}[where], full
    )
    answer = sent(client, "협약서.png", png("larger than the room"), title_ko="애써 적은 제목")

    assert answer.status_code == 507
    assert "저장된 것은 없습니다" in answer.text
    assert neighbours.registry.head() == head
    assert ('value="애써 적은 제목"' in answer.text) == (where == "registry")


def test_the_same_form_sent_twice_puts_one_document_on_record(
    enter: Enter, neighbours: Neighbours
) -> None:
    client, data, head = enter(), png("twice"), neighbours.registry.head()
    page = client.get(NEW).text
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[-1]
    [once] = re.findall(r'name="once" value="([^"]+)"', page)
    form = {"csrf_token": token, "once": once, "title_ko": "가", "kind": "draft"}

    answers = [
        client.post(NEW, data={**form, "disclosure": "closed", "file": (BytesIO(data), "가.png")})
        for _ in range(2)
    ]

    assert [each.status_code for each in answers] == [303, 303]
    assert neighbours.registry.head() == head + 1


def test_a_new_version_leads_back_to_the_old_one_which_can_be_erased(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    sent(client, "초안.png", png(f"first {uuid4()}"), title_ko="협약서 초안")
    first = neighbours.registry.newest()
    replacing = f"{NEW}?replaces={first['id']}"
    assert "협약서 초안" in client.get(replacing).text

    sent(client, "정본.png", png(f"second {uuid4()}"), replacing, title_ko="협약서 정본")

    second = neighbours.registry.newest()
    assert second["replaces_id"] == first["id"]
    old = client.get(f"/documents/{first['id']}").text
    assert "새 판이 있음" in old
    assert f'href="/documents/{second["id"]}"' in old
    address = f"/documents/{first['id']}/erase"
    answer = send(client, open_form(client, address), "at_once", reason="서명 전 초안")
    assert (
        answer.location
        == f"/documents/{first['id']}?recorded={neighbours.registry.head()}#recorded"
    )
    gone = client.get(answer.location).text
    assert "파일 지움" in gone
    assert first["sha256"] in gone
    assert client.get(f"/documents/{first['id']}/content").status_code != 200


def test_a_liaison_sees_what_is_opened_and_can_put_nothing_on_record(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    sent(client, "가.png", png(f"closed {uuid4()}"), title_ko="내부 검토서")
    sent(client, "나.png", png(f"told {uuid4()}"), title_ko="공유본", disclosure="parties")

    liaison = enter("liaison")

    page = liaison.get(OF).text
    assert "공유본" in page
    assert "내부 검토서" not in page
    assert NEW not in page
    assert liaison.get(NEW).status_code == 403


def test_a_damaged_file_stands_on_the_desk_with_the_act_that_ends_it(
    enter: Enter, neighbours: Neighbours
) -> None:
    client, data = enter(), png(f"damaged {uuid4()}")
    sent(client, "협약서.png", data)
    made = neighbours.registry.newest()
    assert "되돌려 놓기" not in client.get("/").text
    neighbours.registry.find_damaged(made["sha256"])

    desk = client.get("/").text
    where = f"/documents/{made['id']}/file"
    assert f'href="{where}"' in desk
    assert f'href="{where}"' in client.get(f"/documents/{made['id']}").text
    page = client.get(where)
    form = {"csrf_token": csrf(page)}
    nothing = client.post(where, data=form)
    assert (nothing.status_code, "올릴 파일을 고르십시오" in nothing.text) == (422, True)
    other = client.post(where, data={**form, "file": (BytesIO(png("other")), "협약서.png")})
    assert (other.status_code, "내용이 달라" in other.text) == (422, True)
    back = client.post(where, data={**form, "file": (BytesIO(data), "협약서.png")})

    assert back.location == f"/documents/{made['id']}"
    assert f'href="{where}"' not in client.get("/").text
