"""Documents: files of agreements go in, come out as they were, and are erased."""

from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.document_files import IDLE, docx, hwp, hwpx, packed, pdf, png
from tests.registry.api.bodies import Network
from tests.registry.desk import Answer, Asker

NAME = "업무협약서(정본).png"
UNKNOWN = "01a206d3-0000-7000-8000-000000000000"


def sent(net: Network, data: bytes, **said: object) -> Answer:
    """Send a file of the network's agreement."""
    about = {
        "agreement_id": net.agreement,
        "title": "업무협약서",
        "file_name": NAME,
        **said,
    }
    return net.desk.office.send(f"/v1/documents?{urlencode(about)}", data)


def kept(net: Network, data: bytes, **said: object) -> dict[str, Any]:
    """Put one on record."""
    answer = sent(net, data, **said)
    assert answer.status == 201, answer.text
    found: dict[str, Any] = answer.json
    return found


def content(net: Network, document: dict[str, Any], by: Asker | None = None) -> Answer:
    return (by or net.desk.office).get(f"/v1/documents/{document['id']}/content")


@pytest.mark.usefixtures("other_processes")
def test_a_file_comes_out_as_it_went_in_under_its_korean_name(each_net: Network) -> None:
    data = pdf("Mutual cooperation", "Second page")

    made = kept(each_net, data, kind="binding", language="ko", file_name=NAME.replace("png", "pdf"))

    assert (made["size"], made["pages"], made["media_type"]) == (len(data), 2, "application/pdf")
    assert made["sha256"] == sha256(data).hexdigest()
    assert (made["kind"], made["disclosure"], made["erased_on"]) == ("binding", "closed", None)
    answer = each_net.desk.office.client.get(
        f"/v1/documents/{made['id']}/content", headers=each_net.desk.office.headers
    )
    assert answer.data == data
    said = answer.headers["Content-Disposition"]
    assert said.startswith('attachment; filename="')
    assert said.endswith(
        "filename*=UTF-8''%EC%97%85%EB%AC%B4%ED%98%91%EC%95%BD%EC%84%9C%28%EC%A0%95%EB%B3%B8%29.pdf"
    )
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.usefixtures("other_processes")
def test_a_page_is_drawn_so_that_nobody_needs_to_open_the_file(net: Network) -> None:
    made = kept(net, pdf("One", "Two"), file_name="가.pdf")

    drawn = net.desk.office.client.get(
        f"/v1/documents/{made['id']}/pages/2", headers=net.desk.office.headers
    )

    assert (drawn.status_code, drawn.mimetype) == (200, "image/png")
    assert drawn.data.startswith(b"\x89PNG")
    assert net.desk.office.get(f"/v1/documents/{made['id']}/pages/3").code == "document.no_page"


REFUSED = {
    "nothing in it": ("가.pdf", b"", "document.empty"),
    "another format than its name says": ("가.pdf", docx("글"), "document.not_what_it_claims"),
    "a PDF in its first bytes alone": ("가.pdf", b"%PDF-1.7\nx", "document.not_what_it_claims"),
    "an old Word file under the name of a hwp": (
        "가.hwp",
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 4096,
        "document.not_what_it_claims",
    ),
    "a spreadsheet under the name of a docx": (
        "가.docx",
        packed({"xl/workbook.xml": b"<x/>"}),
        "document.not_what_it_claims",
    ),
    "a program": ("가.exe", b"MZ", "document.unknown_ending"),
    "no ending": ("협약서", pdf("x"), "document.unknown_ending"),
    "macros": (
        "가.docx",
        docx("글", also={"word/vbaProject.bin": b"x"}),
        "document.macros",
    ),
    "macros under another name": (
        "가.docx",
        docx(
            "글",
            also={
                "[Content_Types].xml": b'<Types><Override PartName="/word/x.bin"'
                b' ContentType="application/vnd.ms-office.vbaProject"/></Types>'
            },
        ),
        "document.macros",
    ),
    "a document made for macros": ("가.docm", docx("글"), "document.macros"),
    "a script in a hwp": (
        "가.hwp",
        hwp("글", script="function OnDocument_Open() { run(); }"),
        "document.macros",
    ),
    "a script in a hwp behind a comment": (
        "가.hwp",
        hwp("글", script="//todo\u2028run();"),
        "document.macros",
    ),
    "a script in a hwpx": (
        "가.hwpx",
        hwpx(["글"], also={"Scripts/sourceScripts": f"{IDLE}run();".encode("utf-16-le")}),
        "document.macros",
    ),
    "locked whole": (
        "가.docx",
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 4096,
        "document.locked",
    ),
    "a bomb": ("가.hwpx", packed({"Contents/a": b"\0" * (2**20 * 64)}), "document.bomb"),
}


PARTS = {
    "macros": "word/vbaProject.bin",
    "macros under another name": "word/x.bin",
    "a document made for macros": ".docm",
    "a script in a hwp": "Scripts/DefaultJScript",
    "a script in a hwp behind a comment": "Scripts/DefaultJScript",
    "a script in a hwpx": "Scripts/sourceScripts",
}


@pytest.mark.usefixtures("other_processes")
@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_taken_is_told_and_nothing_is_kept(net: Network, case: str) -> None:
    name, data, code = REFUSED[case]
    before = net.desk.office.seq()

    answer = sent(net, data, file_name=name)

    assert (answer.status, answer.code) == (422, code)
    assert answer.pointers == ["/file_name"]
    if code == "document.macros":
        assert PARTS[case] in answer.json["detail"]
    assert net.desk.office.seq() == before
    assert list(net.desk.documents.files.left_over()) == []


@pytest.mark.usefixtures("other_processes")
def test_korean_formats_are_taken(net: Network) -> None:
    idle = {"Scripts/sourceScripts": IDLE.encode("utf-16-le")}
    assert kept(net, hwpx(["상호 협력"], also=idle), file_name="협약서.HWPX")["pages"] is None
    made = kept(net, hwp("상호 협력", script=IDLE), file_name="협약서.hwp")
    assert (made["media_type"], made["pages"]) == ("application/x-hwp", None)
    assert kept(net, docx("상호 협력"), file_name="협약서.docx")["pages"] is None


def test_a_version_replaces_the_newest_and_only_once(net: Network) -> None:
    first = kept(net, png("first"))
    second = kept(net, png("second"), replaces_id=first["id"])

    again = sent(net, png("third"), replaces_id=first["id"])

    assert second["replaces_id"] == first["id"]
    assert (again.status, again.code) == (409, "document.replaced")
    assert sent(net, png("third"), replaces_id=UNKNOWN).code == "reference.unknown"


def test_an_erased_file_is_gone_and_its_hash_stays(each_net: Network) -> None:
    net = each_net
    made = kept(net, png("to be erased"))
    path = f"/v1/documents/{made['id']}"

    erased = net.desk.office.made(f"{path}/erasures", {"reason": "개인정보 포함"}, seen=1)

    assert (erased["sha256"], erased["version"]) == (made["sha256"], 2)
    assert erased["erased_on"] is not None
    assert not net.desk.documents.files.is_kept(made["sha256"])
    assert (content(net, made).status, content(net, made).code) == (410, "document.is_erased")
    assert net.desk.office.patch(path, {"title": {"ko": "새"}}, seen=2).code == "document.is_erased"
    again = net.desk.office.post(f"{path}/erasures", {"reason": "또"}, seen=2)
    assert again.code == "document.is_erased"


def test_the_same_bytes_under_another_document_stay_when_one_is_erased(net: Network) -> None:
    data = png("twice on record")
    one, other = kept(net, data), kept(net, data)

    net.desk.office.made(f"/v1/documents/{one['id']}/erasures", {"reason": "중복"}, seen=1)

    assert content(net, other).status == 200
    net.desk.office.made(f"/v1/documents/{other['id']}/erasures", {"reason": "중복"}, seen=1)
    assert not net.desk.documents.files.is_kept(one["sha256"])


def test_a_missing_or_changed_file_is_told(net: Network) -> None:
    data = png("to be damaged")
    made = kept(net, data)
    with net.desk.documents.files.on_disk(made["sha256"]) as path:
        path.write_bytes(data + b"x")
        assert (content(net, made).status, content(net, made).code) == (409, "document.altered")
        path.unlink()
    assert (content(net, made).status, content(net, made).code) == (409, "document.missing")

    kept(net, data)  # Sent again the file is whole again, for the first document as well.

    assert content(net, made).status == 200


def test_a_party_reads_what_is_opened_to_it_and_learns_of_nothing_else(net: Network) -> None:
    party = net.desk.of("liaison", [net.naver])
    stranger = net.desk.of("liaison", [UNKNOWN])
    closed = kept(net, png("closed"), title="내부 검토 의견")
    told = kept(net, png("told"), title="정본", disclosure="parties")

    assert [each["id"] for each in party.items("/v1/documents")] == [told["id"]]
    assert content(net, told, party).status == 200
    assert content(net, closed, party).status == 404
    for other in (stranger, net.desk.public):
        assert other.items("/v1/documents") == []
        assert content(net, told, other).status == 404


def test_who_opened_a_closed_file_is_on_record(net: Network) -> None:
    closed = kept(net, png("closed and opened"))
    told = kept(net, png("told and opened"), disclosure="parties")

    content(net, closed)
    content(net, told)

    net.desk.app.extensions["ieum_registry"].access_log.flush()
    [looked] = net.desk.office.items(f"/v1/access-records?subject={closed['id']}")
    assert looked["act"] == "GET /v1/documents/<uuid:document_id>/content"
    assert net.desk.office.items(f"/v1/access-records?subject={told['id']}") == []


def test_no_document_is_wider_open_than_its_agreement(net: Network) -> None:
    refused = sent(net, png("public"), disclosure="public")

    assert (refused.status, refused.code) == (409, "document.wider_than_agreement")


def test_the_same_key_puts_one_file_on_record_once(net: Network) -> None:
    about = urlencode({"agreement_id": net.agreement, "title": "가", "file_name": "가.png"})

    first = net.desk.office.send(f"/v1/documents?{about}", png("x"), Idempotency_Key="k")
    again = net.desk.office.send(f"/v1/documents?{about}", png("x"), Idempotency_Key="k")
    other = net.desk.office.send(f"/v1/documents?{about}", png("y"), Idempotency_Key="k")

    assert (first.status, again.status) == (201, 201)
    assert first.json == again.json
    assert other.code == "idempotency.reused"


def test_a_dry_run_keeps_no_file(net: Network) -> None:
    data = png("only tried")

    answer = sent(net, data, dry_run="true")

    assert (answer.status, answer.json["dry_run"]) == (200, True)
    assert not net.desk.documents.files.is_kept(sha256(data).hexdigest())
