"""What the client of imports sends is what the registry takes, and its answers are read."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from uuid_utils.compat import uuid7
from werkzeug.serving import make_server

from httpedge.access import ACCESS_REASON
from ieum.importing import carry_in
from ieum_registry.commands.work import work_once
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from registryclient.client import RegistryClient
from registryclient.errors import RegistryRefused
from registryclient.imports import ImportsClient
from sheetreader.workbook import open_workbook
from tests.registry.api.bodies import network
from tests.registry.desk import Desk, House

LEDGER = (
    "협약명,협약기관,체결일\n"
    '자율주행 협약,"네이버, 새 기관(주)",2021-11-16\n'
    "달력에 없는 협약,네이버,2021-02-30\n"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 'registry.db'}"
    STEPS.migrate(url)
    opened = Store(url, disclose=disclosed)
    yield opened
    opened.close()


@pytest.fixture
def imports(store: Store, tmp_path: Path) -> Iterator[ImportsClient]:
    desk = Desk(House.build(tmp_path, f"sqlite:///{tmp_path / 'registry.db'}"), store)
    network(desk)
    server = make_server("127.0.0.1", 0, desk.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    token = desk.signer.token("office", ["registry"], now=datetime.now(UTC), subject="x")
    why = {ACCESS_REASON: "to mend the lines"}
    url = f"http://127.0.0.1:{server.port}"
    yield RegistryClient(url, lambda: token, headers=lambda: why).imports
    server.shutdown()
    server.server_close()
    thread.join()


def worked(store: Store) -> None:
    while work_once(store, now=lambda: datetime.now(UTC), new_id=uuid7):
        pass


def test_every_step_of_an_import_by_its_client(imports: ImportsClient, store: Store) -> None:
    made = imports.bring("대장.csv", LEDGER.encode(), once="k-1")
    assert imports.bring("대장.csv", LEDGER.encode(), once="k-1") == made
    [name] = made.names
    decided = imports.decide(
        made.id, {"partners": {name.name: f"new:{name.proposed}"}}, seen=made.version
    )
    [fault] = imports.rows(made.id, state="fault").items
    foreseen = imports.foresee(made.id)
    approved = imports.approve(made.id, only_clean=True, seen=decided.version)
    worked(store)
    done = imports.one(made.id)
    written = imports.outcomes(made.id, state="written").items
    [sheet] = open_workbook(imports.faults(made.id), "faults.xlsx").sheets
    undone = imports.undo(made.id, "다른 해의 대장", seen=done.version)
    worked(store)

    assert (made.state, made.counts["question"], made.counts["fault"]) == ("open", 1, 1)
    assert (name.name, name.decided) == ("새 기관(주)", None)
    assert decided.records == {"partner": 1, "agreement": 1}
    assert fault.faults[0].detail
    assert [each["kind"] for each in foreseen] == ["partner.registered", "agreement.recorded"]
    assert (approved.state, done.state, undone.state) == ("committing", "done", "undoing")
    assert [each.subject_type for each in written] == ["partner", "agreement"]
    assert len(sheet.rows) == 2
    assert [each.state for each in imports.page().items] == ["undone"]


def test_the_operator_brings_a_ledger_that_asks_nothing(
    imports: ImportsClient, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "대장.csv"
    file.write_text(LEDGER, encoding="utf-8")

    def run(**said: bool) -> int:
        chosen = {"new_names": False, "only_clean": False, "is_trial": False, **said}
        return carry_in(imports, file, pause=lambda _: worked(store), **chosen)

    trial = run(is_trial=True)
    nothing_kept = imports.page().items == ()
    asked = run(new_names=True)
    told = capsys.readouterr().out
    written = run(new_names=True, only_clean=True)

    assert (trial, nothing_kept, asked, written) == (0, True, 1, 0)
    assert "2021-02-30" in told
    assert [each.state for each in imports.page().items] == ["done", "open"]
    assert store.records.list("agreement", q="자율주행").items


def test_a_file_that_is_no_sheet_is_refused_with_why(imports: ImportsClient) -> None:
    with pytest.raises(RegistryRefused) as refused:
        imports.bring("대장.xlsx", b"PK\x03\x04 nothing", once="k-1")

    assert refused.value.problem.code == "import.unreadable"
    assert refused.value.problem.errors[0]["detail"]
