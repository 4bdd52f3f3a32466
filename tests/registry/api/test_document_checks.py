"""Files of documents are looked at daily: what is gone or altered is told until it is back."""

from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from ieum_registry.api.figures import document_figures
from ieum_registry.commands.document_checks import (
    MOST_BYTES_A_SECOND,
    verify_documents,
    verify_documents_daily,
)
from ieum_registry.commands.documents import read_next
from ieum_registry.storage.store import Store
from tests.document_files import docx, png
from tests.registry.api.bodies import Network
from tests.registry.api.test_documents import kept

DAY_1, DAY_2 = (datetime(2026, 11, day, 3, tzinfo=UTC) for day in (28, 29))


def verified(net: Network, store: Store, at: datetime) -> tuple[int, list[str]]:
    said: list[str] = []
    code = verify_documents(store, net.desk.documents.files, now=lambda: at, say=said.append)
    return code, said


def standing(net: Network) -> dict[str, object]:
    answer = net.desk.of("auditor").get("/v1/documents/verification")
    assert answer.status == 200
    found: dict[str, object] = answer.json
    return found


@pytest.mark.parametrize("fault", ["missing", "altered"])
def test_damage_is_told_with_when_it_was_whole_and_until_it_is_back(
    each_net: Network, each_store: Store, fault: str
) -> None:
    net, data = each_net, png("signed")
    made, other = kept(net, data, title="업무협약서"), kept(net, png("other"), title="사진")
    assert verified(net, each_store, DAY_1)[0] == 0
    files = net.desk.documents.files
    with files.on_disk(made["sha256"]) as path:
        path.unlink() if fault == "missing" else path.write_bytes(data[:-1] + b"!")

    code, said = verified(net, each_store, DAY_2)

    assert code == 1
    assert any("업무협약서" in line and "2026-11-28" in line for line in said)
    found = standing(net)
    assert (found["files"], found["damaged"], found["unchecked"]) == (2, 1, 0)
    assert found["whole_at"] == "2026-11-28T03:00:00.000000Z"
    assert found["items"] == [
        {
            "id": made["id"],
            "title": "업무협약서",
            "fault": fault,
            "checked_at": "2026-11-29T03:00:00.000000Z",
            "whole_at": "2026-11-28T03:00:00.000000Z",
        }
    ]
    figures = {each.name: each.value for each in document_figures(each_store.checks)}
    assert figures["ieum_documents_damaged"] == 1
    kept(net, data, title="다시 올림")
    assert verified(net, each_store, DAY_2)[0] == 0
    assert (standing(net)["damaged"], standing(net)["items"]) == (0, [])
    assert files.is_kept(other["sha256"])


def test_what_was_erased_is_missed_by_nobody(net: Network, sqlite_store: Store) -> None:
    made = kept(net, png("to be erased"))
    verified(net, sqlite_store, DAY_1)
    net.desk.office.made(f"/v1/documents/{made['id']}/erasures", {"reason": "잘못"}, seen=1)

    assert verified(net, sqlite_store, DAY_2)[0] == 0
    assert standing(net) == {
        "files": 0,
        "unchecked": 0,
        "since": None,
        "whole_at": None,
        "damaged": 0,
        "items": [],
    }
    assert net.desk.public.get("/v1/documents/verification").status == 401


@pytest.mark.usefixtures("other_processes")
def test_a_text_that_could_not_be_read_for_want_of_its_file_is_read_once_it_is_back(
    net: Network, sqlite_store: Store
) -> None:
    data = docx("돌아온 협약서")
    made = kept(net, data, file_name="가.docx")
    documents = net.desk.documents
    documents.files.forget(made["sha256"])

    def read() -> bool:
        return read_next(sqlite_store, documents.files, documents.reader, DAY_1)

    assert (read(), read()) == (True, False)

    kept(net, data, file_name="나.docx")
    verified(net, sqlite_store, DAY_1)

    assert (read(), read(), read()) == (True, True, False)
    rows = sqlite_store.database.rows("SELECT state FROM document_reading")
    assert [state for (state,) in rows] == ["kept", "kept"]


class Rounds(Event):
    """Lets the daily round look so many times."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self._looks = looks

    def wait(self, timeout: float | None = None) -> bool:
        del timeout
        self._looks -= 1
        return self._looks < 0


def test_each_is_looked_at_once_a_day_and_not_faster_than_it_may(
    net: Network, sqlite_store: Store
) -> None:
    data, at, waited = png("x" * 100_000), DAY_1, list[float]()
    made = kept(net, data)
    files = net.desk.documents.files

    def look(at: datetime) -> None:
        verify_documents_daily(
            sqlite_store,
            files,
            now=lambda: at,
            stopping=Rounds(1),
            first_after_s=0,
            wait=waited.append,
        )

    look(at)
    assert sum(waited) == pytest.approx(len(data) / MOST_BYTES_A_SECOND)
    look(at + timedelta(hours=23))
    assert len(waited) == 2
    files.forget(made["sha256"])
    look(at + timedelta(hours=25))
    assert standing(net)["damaged"] == 1


@pytest.mark.parametrize("fault", ["missing", "altered"])
def test_the_office_puts_the_very_file_back_and_the_alarm_is_over(
    each_net: Network, each_store: Store, fault: str
) -> None:
    net, data = each_net, png("signed")
    made, office = kept(net, data, title="업무협약서"), net.desk.office
    with net.desk.documents.files.on_disk(made["sha256"]) as path:
        path.unlink() if fault == "missing" else path.write_bytes(data[:-1] + b"!")
    verified(net, each_store, DAY_1)
    listed = office.get("/v1/documents/damaged").json
    assert (listed["total"], listed["items"][0]["fault"]) == (1, fault)
    head, where = office.get("/v1/changes").json["head"], f"/v1/documents/{made['id']}/content"

    other = office.client.put(where, data=png("other"), headers=office.headers)
    assert other.json is not None
    assert (other.status_code, other.json["code"]) == (422, "document.other_bytes")
    assert office.get("/v1/documents/damaged").json["total"] == 1
    back = office.client.put(where, data=data, headers=office.headers)

    assert (back.status_code, back.json and back.json["fault"]) == (200, None)
    assert office.get("/v1/documents/damaged").json == {"total": 0, "items": []}
    assert office.client.get(where, headers=office.headers).data == data
    assert office.get("/v1/changes").json["head"] == head
    liaison = net.desk.of("liaison", [net.naver])
    assert liaison.client.put(where, data=data, headers=liaison.headers).status_code == 403
