"""A disk that fills up during an upload: it is said, and nothing of the file stays."""

import json
import shutil
from pathlib import Path
from urllib.parse import urlencode

import pytest

from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.store import Store
from tests.document_files import png
from tests.registry.served import Registry, serve_registry
from tests.registry.small_disk import LARGEST
from tests.registry.storage.subjects import agreement, partner, record


def sent(registry: Registry, agreement_id: object, data: bytes) -> tuple[int, dict[str, object]]:
    about = {"agreement_id": agreement_id, "title": "업무협약서", "file_name": "가.png"}
    answer = registry.served.ask(
        "POST",
        f"/v1/documents?{urlencode(about)}",
        data,
        Authorization=registry.bearer("office"),
        Accept_Language="ko",
    )
    return answer.status, json.loads(answer.read())


@pytest.mark.usefixtures("other_processes")
def test_a_disk_that_fills_up_is_told_and_nothing_of_the_file_stays(
    tmp_path: Path, empty_database: Path
) -> None:
    filled = tmp_path / "filled.db"
    parties = partner("광주", own=True), partner()
    of = agreement(parties[0].id, parties[1].id)
    shutil.copy(empty_database, filled)
    store = Store(f"sqlite:///{filled}", disclose=disclosed)
    record(store, *parties, of)
    store.close()
    folder = tmp_path / "house"
    folder.mkdir()

    with serve_registry(folder, filled, "tests.registry.small_disk:create") as registry:
        status, said = sent(registry, of.id, png("x" * 2 * LARGEST))
        left = [path for path in (folder / "documents").rglob("*") if path.is_file()]
        again, made = sent(registry, of.id, png("small"))

    assert (status, said["code"]) == (507, "storage.full")
    assert "저장된 것은 없습니다" in str(said["detail"])
    assert left == []
    assert (again, made["version"]) == (201, 1)
    store = Store(f"sqlite:///{folder}/registry.db", disclose=disclosed)
    assert store.named_files() == {made["sha256"]}
    store.close()
