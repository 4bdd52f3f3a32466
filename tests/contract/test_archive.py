"""The register that the office takes out over HTTP is taken in elsewhere to the same state."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

import pytest

from changefeed.change import Change
from changefeed.page import from_wire
from ieum.archive import opened
from ieum_graph.domain.changes import Edge, Node, Tracing
from ieum_registry.commands.register_archive import take_in
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.operations.register_packing import packed
from ieum_registry.storage.documents.folder import FolderFiles
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from tests.document_files import png
from tests.registry.desk import GWANGJU, ILLUSTRATION, Desk, House

WHY = {"X-Access-Reason": "move"}


@dataclass(frozen=True)
class Two:
    """Two registers, of which one is asked at a time."""

    house: House
    stores: tuple[Store, Store]

    def one(self) -> Desk:
        """Ask the one that is taken out."""
        return Desk(self.house, self.stores[0])

    def other(self) -> Desk:
        """Ask the one that it is taken into."""
        return Desk(self.house, self.stores[1])


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    stores = []
    for name in ("one", "other"):
        STEPS.migrate(f"sqlite:///{tmp_path}/{name}.db")
        stores.append(Store(f"sqlite:///{tmp_path}/{name}.db", disclose=disclosed))
    (tmp_path / "house").mkdir()
    house = House.build(tmp_path / "house", f"sqlite:///{tmp_path}/one.db")
    yield Two(house, (stores[0], stores[1]))
    for each in stores:
        each.close()


def feed(desk: Desk) -> list[Change]:
    found: list[Change] = []
    while True:
        after = found[-1].seq if found else 0
        page = desk.office.get(f"/v1/changes?after={after}&limit=1000").json["items"]
        if not page:
            return found
        found += map(from_wire, page)


def drawn(desk: Desk) -> tuple[dict[str, Edge], dict[str, Node]]:
    """Give what the graph draws of a register from the beginning on."""
    tracing = Tracing(())
    for change in feed(desk):
        tracing.take(change)
    return dict(tracing.edits.opened), dict(tracing.edits.nodes)


def test_an_archive_over_http_is_the_whole_register(two: Two, tmp_path: Path) -> None:
    desk = two.one()
    assert desk.load(GWANGJU, ILLUSTRATION).status == 201
    data = png("signed")
    agreement_id = desk.office.get("/v1/agreements?limit=1").json["items"][0]["id"]
    about = {"agreement_id": agreement_id, "title": "협약서", "file_name": "가.png"}
    assert desk.office.send(f"/v1/documents?{urlencode(about)}", data).status == 201

    answer = desk.office.client.get(
        "/v1/archive?people=true", headers={**desk.office.headers, **WHY}
    )

    (tmp_path / "register.zip").write_bytes(answer.data)
    archive = opened(tmp_path / "register.zip")
    name = sha256(data).hexdigest()
    assert archive.said["documents"] == 1
    archive.unpack(f"documents/{name[:2]}/{name[2:]}", tmp_path / "document")
    assert (tmp_path / "document").read_bytes() == data
    for each in ("log.jsonl", "people.jsonl"):
        archive.unpack(f"register/{each}", tmp_path / "register" / each)
    people = "/v1/contacts"
    before = desk.office.get("/v1/head").json, feed(desk), drawn(desk), desk.office.items(people)
    take_in(two.stores[1], tmp_path / "register")
    other = two.other()
    after = other.office.get("/v1/head").json, feed(other), drawn(other), other.office.items(people)
    assert after == before


def test_it_is_the_offices_alone_and_kept_in_the_record_of_access(two: Two) -> None:
    desk = two.one()
    desk.load(GWANGJU, ILLUSTRATION)

    for asker in (desk.public, desk.of("liaison"), desk.of("auditor"), desk.of("department")):
        assert asker.get("/v1/archive").status in {401, 403}
    desk.office.client.get("/v1/archive", headers=desk.office.headers)
    lacking = desk.office.get("/v1/archive?people=true")
    desk.office.client.get("/v1/archive?people=true", headers={**desk.office.headers, **WHY})

    assert lacking.code == "access_reason.missing"
    looks = desk.office.get("/v1/access-records?limit=200").json["items"]
    shown = [each for each in looks if each["outcome"] == "200"]
    taken = [each["subjects"] for each in shown if each["act"] == "GET /v1/archive"]
    assert sorted(map(bool, taken)) == [False, True]


def test_it_is_given_out_in_small_pieces(tmp_path: Path) -> None:
    name = "ab" * 32

    class Large(FolderFiles):
        def read(self, sha256: str) -> Iterator[bytes]:
            assert sha256 == name
            return (bytes(2**16) for _ in range(500))

    (tmp_path / "register").mkdir()
    (tmp_path / "register" / "log.jsonl").write_bytes(b"{}\n" * 100_000)

    sizes = [len(each) for each in packed({}, tmp_path / "register", Large(tmp_path), [name])]

    assert sum(sizes) > 500 * 2**16
    assert max(sizes) < 2**18
