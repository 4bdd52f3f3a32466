"""What stands in a document is found by who may read it, until it is erased."""

from typing import Any

import pytest

from ieum_registry.commands.documents import read_next
from ieum_registry.storage.index import spans
from ieum_registry.storage.store import Store
from tests.document_files import docx, hwp, hwpx, packed, pdf, png
from tests.registry.api.bodies import Network
from tests.registry.api.test_documents import kept
from tests.registry.desk import Asker

pytestmark = pytest.mark.usefixtures("other_processes")

LAST = "제23조(해석) 이 협약의 해석에 이견이 있으면 수소충전소 운영위원회에서 정한다."
PARAGRAPHS = [*(f"제{number}조(협력) 상호 협력한다." for number in range(1, 200)), LAST]


def read_all(net: Network, store: Store) -> int:
    """Do what the service does beside serving."""
    documents, times = net.desk.documents, 0
    while read_next(store, documents.files, documents.reader, net.desk.clock()):
        times += 1
    return times


def found(by: Asker, words: str) -> list[dict[str, Any]]:
    """Give the documents that a search over everything finds."""
    groups = by.get(f"/v1/search?q={words}").json["groups"]
    return [each for one in groups if one["type"] == "document" for each in one["items"]]


def test_words_of_every_format_lead_to_the_document(each_net: Network, each_store: Store) -> None:
    net, office = each_net, each_net.desk.office
    made = {
        "docx": kept(net, docx(*PARAGRAPHS), file_name="가.docx", title="협약서"),
        "hwpx": kept(net, hwpx(["차량 위에 올린 관제탑"]), file_name="나.hwpx", title="계획서"),
        "hwp": kept(
            net, hwp(*PARAGRAPHS[:-1], "인공지능 실증도시"), file_name="다.hwp", title="안"
        ),
        "pdf": kept(net, pdf("first", "hydrogen station"), file_name="c.pdf", title="영문본"),
        "png": kept(net, png("no text"), title="사진"),
    }

    assert read_all(net, each_store) == 4
    assert read_all(net, each_store) == 0

    [hit] = found(office, "운영위원회")
    assert hit["subject"] == {**hit["subject"], "id": made["docx"]["id"]}
    assert "text" not in hit["subject"]
    [why] = hit["why"]
    assert (why["field"], why["label"]["ko"]) == ("text", "본문")
    assert why["text"][why["first"] : why["last"]] == "운영위원회"
    assert [each["subject"]["id"] for each in found(office, "협약서 운영위원회")] == [
        made["docx"]["id"]
    ]
    assert [each["subject"]["id"] for each in found(office, "관제탑")] == [made["hwpx"]["id"]]
    assert [each["subject"]["id"] for each in found(office, "실증도시")] == [made["hwp"]["id"]]
    assert [each["subject"]["id"] for each in found(office, "Hydrogen")] == [made["pdf"]["id"]]
    assert found(office, "운영위원회 관제탑") == []


def test_it_is_told_of_each_document_what_became_of_its_text(
    net: Network, sqlite_store: Store
) -> None:
    made = {
        "kept": kept(net, docx("글"), file_name="가.docx"),
        "none": kept(net, pdf(""), file_name="scan.pdf"),
        "altered": kept(net, docx("고쳐질 글"), file_name="나.docx"),
        "locked": kept(net, hwp("잠긴 글", flags=3), file_name="마.hwp"),
        "missing": kept(net, docx("사라질 글"), file_name="다.docx"),
        "unreadable": kept(net, packed({"word/document.xml": b"<"}), file_name="라.docx"),
    }
    files = net.desk.documents.files
    with files.on_disk(made["altered"]["sha256"]) as path:
        path.write_bytes(b"x")
    files.forget(made["missing"]["sha256"])

    def states(by: Asker) -> dict[str, str]:
        found = {each: by.get(f"/v1/documents/{made[each]['id']}/state") for each in made}
        return {each: answer.json["text"] for each, answer in found.items()}

    assert set(states(net.desk.office).values()) == {"reading"}
    read_all(net, sqlite_store)
    assert states(net.desk.office) == {each: each for each in made}
    picture = kept(net, png("no text"))
    said = net.desk.office.get(f"/v1/documents/{picture['id']}/state").json
    assert said == {"text": "none", "checked_at": None, "fault": None, "whole_at": None}
    assert net.desk.public.get(f"/v1/documents/{picture['id']}/state").status == 404


@pytest.mark.parametrize("few", [500, 1])
def test_words_of_few_texts_and_of_many_are_found_alike(
    each_net: Network, each_store: Store, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(spans, "MOST_READ", few)
    net, long = each_net, " ".join(PARAGRAPHS)
    made = [
        kept(net, docx(f"{long} {word}"), file_name=f"{word}.docx", title=word)["id"]
        for word in ("가나다", "나다라", "다라마")
    ]
    read_all(net, each_store)

    def ids(words: str) -> set[str]:
        return {each["subject"]["id"] for each in found(net.desk.office, words)}

    assert ids("협력한다") == set(made)
    assert ids("협력한다 나다") == set(made[:2])
    assert ids("협") == set(made)
    assert ids("가다나") == set()
    hit, *_ = found(net.desk.office, "운영위원회")
    [why] = hit["why"]
    assert why["text"][why["first"] : why["last"]] == "운영위원회"
    assert len(why["text"]) < 300


def test_nobody_finds_what_they_may_not_read(net: Network, sqlite_store: Store) -> None:
    kept(net, docx("닫힌 부속합의"), file_name="가.docx")
    told = kept(net, docx("열린 부속합의"), file_name="나.docx", disclosure="parties")
    read_all(net, sqlite_store)

    party = net.desk.of("liaison", [net.naver])

    assert [each["subject"]["id"] for each in found(party, "부속합의")] == [told["id"]]
    assert len(found(net.desk.office, "부속합의")) == 2
    for other in (net.desk.public, net.desk.of("liaison", [net.stranger])):
        assert found(other, "부속합의") == []


def test_an_erased_text_is_found_no_longer_and_lies_nowhere(
    net: Network, sqlite_store: Store
) -> None:
    made = kept(net, docx("지워질 비밀조항"), file_name="가.docx")
    read_all(net, sqlite_store)
    assert len(found(net.desk.office, "비밀조항")) == 1

    net.desk.office.made(f"/v1/documents/{made['id']}/erasures", {"reason": "개인정보"}, seen=1)

    assert found(net.desk.office, "비밀조항") == []
    for table in ("document_passage", "passage_gram"):
        assert sqlite_store.database.rows(f"SELECT * FROM {table}") == []  # noqa: S608  Fixed.
    assert read_all(net, sqlite_store) == 0


def test_a_document_erased_while_it_is_read_leaves_no_text(
    net: Network, sqlite_store: Store
) -> None:
    made = kept(net, docx("읽는 동안 지움"), file_name="가.docx")
    document_id = sqlite_store.texts.claim(net.desk.clock())
    assert document_id is not None
    documents = net.desk.documents
    with documents.files.on_disk(made["sha256"]) as path:
        passages = documents.reader.passages(made["media_type"], path)

    net.desk.office.made(f"/v1/documents/{made['id']}/erasures", {"reason": "잘못"}, seen=1)
    sqlite_store.texts.keep(document_id, "kept", passages, now=net.desk.clock())

    assert sqlite_store.database.rows("SELECT * FROM document_passage") == []


def test_what_cannot_be_read_is_tried_once_and_holds_nobody_up(
    net: Network, sqlite_store: Store
) -> None:
    broken = docx("x").replace(b"word/document.xml", b"word/document.xm_")
    made = kept(net, docx("가"), file_name="가.docx")
    with net.desk.documents.files.on_disk(made["sha256"]) as path:
        path.write_bytes(broken)
    after = kept(net, docx("나중에 온 문서"), file_name="나.docx")

    assert read_all(net, sqlite_store) == 2

    rows = sqlite_store.database.rows("SELECT document_id, state FROM document_reading")
    states = {each[0]: each[1] for each in rows}
    assert states == {made["id"]: "altered", after["id"]: "kept"}
