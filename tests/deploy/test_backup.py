"""A backup is taken while people write and letters go out; where it is restored nothing is doubled.

Registry and sender are real processes on both databases; only the portal's store stands still.
"""

import io
import json
import os
import stat
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Lock, Thread
from unittest import mock

import pytest
from werkzeug.serving import BaseWSGIServer, make_server

import ieum.backing_up
import ieum.restoring
import ieum.verbs.export
import ieum_notify.app
import ieum_notify.settings
import ieum_notify.storage.migrate
import ieum_portal.app
import ieum_portal.storage.migrate
import ieum_registry.app
import ieum_registry.settings
import ieum_registry.storage.migrate
from ieum.app import main
from ieum.backing_up import back_up
from ieum.environment import environment_for
from ieum.home import Home
from ieum.keys import make_secrets
from ieum.loading import send
from ieum.ports import Ports
from ieum.reach import Reach
from ieum.restoring import refuse_half, restore
from ieum.say import OperatorError
from ieum_notify.app import make_work
from ieum_notify.jobs.run import Work
from ieum_registry.storage.documents.arriving import arrived
from ieum_registry.storage.documents.folder import FolderFiles
from tests.journey.conftest import free_base
from tests.postgres import Databases
from tests.smtp import Mailbox

pytestmark = [pytest.mark.storage, pytest.mark.timeout(240)]

STORES = {
    "registry": ieum_registry.storage.migrate.STEPS,
    "notify": ieum_notify.storage.migrate.STEPS,
    "portal": ieum_portal.storage.migrate.STEPS,
}
PROGRAMS = {
    "registry": ieum_registry.app.main,
    "notify": ieum_notify.app.main,
    "portal": ieum_portal.app.main,
}
HOUSE = """
format: 1
illustrative: true
departments:
  - {key: office, office: true, name: {ko: "총괄과", en: "Office"}}
contacts:
  - {key: officer, at: {department: office}, name: "홍길동", email: gildong@gwangju.example,
     language: ko, purpose: "연락", consented_on: {ago: P1M}, retain_until: {in: P3Y}}
seats:
  - {key: seat, at: {department: office}, role: officer, language: ko,
     holders: [{contact: officer, from: {ago: P1M}}]}
"""


def milestones(first: int, count: int) -> str:
    """Write milestones whose seven-day letter is due at once."""
    rows = "\n".join(
        f'  - {{key: m{each}, title: {{ko: "점검 {each}", en: "Check {each}"}}, '
        "due_on: {in: P5D}, owner: {department: office}}"
        for each in range(first, first + count)
    )
    return f"format: 1\nillustrative: true\nmilestones:\n{rows}\n"


class House:
    """One home whose registry answers and whose sender sends, in this process."""

    def __init__(
        self, root: Path, smtp: str, databases: dict[str, str], documents: Path | None
    ) -> None:
        self.home, self.ports = Home(root), Ports(free_base())
        self.home.make()
        wishes = {
            "IEUM_SMTP_URL": smtp,
            "IEUM_LETTER_HOURS": "any",
            **{f"IEUM_{name.upper()}_DATABASE": url for name, url in databases.items()},
        }
        if documents is not None:
            wishes["IEUM_REGISTRY_DOCUMENTS"] = str(documents)
        text = "".join(f"{name}={value}\n" for name, value in wishes.items())
        (root / "settings.env").write_text(text, encoding="utf-8")
        make_secrets(self.home)
        self._server: BaseWSGIServer | None = None
        self._dead = Event()
        self._sender: Thread | None = None
        self.fault: Exception | None = None

    def environment(self, service: str) -> dict[str, str]:
        return environment_for(service, self.home, self.ports)

    def start(self) -> None:
        settings = ieum_registry.settings.read_settings(self.environment("registry"))
        app = ieum_registry.app.create_app(settings)
        port = self.ports.of("registry")
        self._server = make_server("127.0.0.1", port, app, threaded=True)
        Thread(target=self._server.serve_forever, daemon=True).start()
        settings_of_notify = ieum_notify.settings.read_settings(self.environment("notify"))
        self._sender = Thread(target=self._send, args=(make_work(settings_of_notify),))
        self._sender.start()

    def _send(self, work: Work) -> None:
        """Follow, plan and send, round after round, until the house is no more."""
        while not self._dead.is_set():
            try:
                work.follow(0)
                work.plan(None)
                work.dispatch(self._alive)
            except Exception as error:  # noqa: BLE001  Told by the test.
                if not self._dead.is_set():
                    self.fault = error
                return

    def _alive(self) -> None:
        """Go on; whatever is in hand is finished."""

    def end(self) -> None:
        self._dead.set()
        if self._sender is not None:
            self._sender.join()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
        self._sender = self._server = None
        assert self.fault is None, self.fault

    def load(self, text: str) -> None:
        file = self.home.root / f"load-{time.monotonic_ns()}.yaml"
        file.write_text(text, encoding="utf-8")
        send(Reach(self.home, self.ports), [file], is_trial=False)
        file.unlink()


def eventually(look: Callable[[], object], within_s: float = 120) -> None:
    until = time.monotonic() + within_s
    while True:
        if look():
            return
        assert time.monotonic() < until, f"not within {within_s} s"
        time.sleep(0.1)


Houses = Callable[..., House]


@pytest.fixture
def houses(
    tmp_path: Path,
    database_urls: Databases,
    smtp_server: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Houses]:
    monkeypatch.setattr(ieum.backing_up, "run_verb", run_here)
    monkeypatch.setattr(ieum.restoring, "run_verb", run_here)
    made: list[House] = []

    def house(*, is_new: bool = False, documents: Path | None = None) -> House:
        urls = {
            name: database_urls(_nothing if is_new else steps.migrate)
            for name, steps in STORES.items()
        }
        root = tmp_path / f"home-{len(made)}"
        made.append(House(root, smtp_server.url, urls, documents))
        return made[-1]

    yield house
    for each in made:
        each.end()


ONE_AT_A_TIME = Lock()


def run_here(home: Home, ports: Ports, service: str, verb: str, *arguments: str) -> str:
    """Run a service's verb in this process: a program of its own takes seconds to start."""
    outside = {name: text for name, text in os.environ.items() if not name.startswith("IEUM_")}
    said = io.StringIO()
    with (
        ONE_AT_A_TIME,
        mock.patch.dict(os.environ, outside | environment_for(service, home, ports), clear=True),
        redirect_stdout(said),
    ):
        status = PROGRAMS[service]([verb, *arguments])
    assert status == 0, said.getvalue()
    return said.getvalue()


def _nothing(_url: str) -> None:
    """Leave a database as it is made: empty."""


@contextmanager
def writing(house: House) -> Iterator[None]:
    """Let somebody write all the while, in a thread of their own."""
    stopping = Event()

    def write() -> None:
        for each in range(1000, 2000, 3):
            if stopping.is_set():
                return
            house.load(milestones(each, 3))

    thread = Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()


def test_what_is_restored_is_whole_and_mails_nothing_twice(
    houses: Houses, smtp_server: Mailbox, tmp_path: Path
) -> None:
    house = houses()
    house.start()
    house.load(HOUSE)
    house.load(milestones(0, 40))
    smtp_server.answer_after_s = 0.02
    eventually(lambda: len(smtp_server.messages) > 5)

    with writing(house):
        file, said = back_up(house.home, house.ports, tmp_path, with_secrets=False, now=_now())
        at_the_cut = len(smtp_server.messages)
        # The old house goes on for a while, and then it is no more.
        eventually(lambda: len(smtp_server.messages) > at_the_cut + 10)
    house.end()
    smtp_server.answer_after_s = 0.0
    other = houses(is_new=True)
    stands = restore(other.home, other.ports, file)
    other.start()
    other.load(milestones(5000, 4))
    new = [f"점검 {each}" for each in range(5000, 5004)]
    eventually(lambda: all(any(title in each for each in subjects(smtp_server)) for title in new))

    ids = Counter(str(each["Message-ID"]) for each in smtp_server.messages)
    assert {each: times for each, times in ids.items() if times > 1} == {}
    assert stands.held > 0
    assert (stands.seq, stands.hash) == (
        said["stores"]["registry"]["seq"],
        said["stores"]["registry"]["hash"],
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as whole:
        assert not [each for each in whole.namelist() if each.startswith("home/")]


def subjects(mailbox: Mailbox) -> list[str]:
    return [str(each["Subject"]) for each in mailbox.messages]


def _now() -> datetime:
    return datetime.now(UTC)


on_sqlite = pytest.mark.parametrize("database_urls", ["sqlite"], indirect=True)


@pytest.fixture
def kept(houses: Houses, tmp_path: Path) -> Path:
    """A backup of a house with a few records."""
    house = houses()
    house.start()
    house.load(HOUSE)
    file, _ = back_up(house.home, house.ports, tmp_path, with_secrets=True, now=_now())
    house.end()
    return file


def refused(house: House, file: Path) -> str:
    with pytest.raises(OperatorError) as error:
        restore(house.home, house.ports, file)
    return error.value.code


@on_sqlite
def test_keys_go_along_when_asked_and_the_restored_house_believes_them(
    houses: Houses, kept: Path
) -> None:
    other = houses(is_new=True)
    before = (other.home.secrets / "portal-secret").read_text(encoding="utf-8")

    restore(other.home, other.ports, kept)

    after = (other.home.secrets / "portal-secret").read_text(encoding="utf-8")
    assert after != before
    other.start()
    other.load(milestones(0, 1))
    with zipfile.ZipFile(kept) as whole:
        assert "home/secrets/neo4j-password" not in whole.namelist()


@on_sqlite
@pytest.mark.parametrize("verb", ["backup", "export"])
def test_documents_go_along_wherever_either_house_keeps_them(
    houses: Houses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    monkeypatch.setattr(ieum.verbs.export, "run_verb", run_here)
    house = houses(documents=tmp_path / "elsewhere")
    files = FolderFiles(tmp_path / "elsewhere")
    with files.arriving() as half:
        half.write(b"not all of it")
    with arrived(io.BytesIO("협약서".encode()), files) as found:
        files.keep(found)
    monkeypatch.setenv("IEUM_HOME", str(house.home.root))
    assert main([verb, str(tmp_path / "all.zip")]) == 0

    for documents in (None, tmp_path / "again"):
        other = houses(is_new=True, documents=documents)
        monkeypatch.setenv("IEUM_HOME", str(other.home.root))
        assert main(["load", str(tmp_path / "all.zip")]) == 0
        place = FolderFiles(documents or other.home.documents)

        assert [name for name, _ in place.kept()] == [found.sha256]
        assert b"".join(place.read(found.sha256)).decode() == "협약서"


@on_sqlite
def test_a_house_in_use_is_left_as_it_is(houses: Houses, kept: Path) -> None:
    other = houses()
    other.start()
    other.load(HOUSE)
    before = Reach(other.home, other.ports).get("registry", "/v1/head")

    assert refused(other, kept) == "restore.not_empty"
    assert Reach(other.home, other.ports).get("registry", "/v1/head") == before


@on_sqlite
def test_a_restore_that_was_interrupted_is_done_again_with_the_same_file_alone(
    houses: Houses, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = houses(is_new=True)

    def killed(home: Home, ports: Ports, service: str, verb: str, *arguments: str) -> str:
        if (service, verb) == ("notify", "copy-in"):
            raise KeyboardInterrupt
        return run_here(home, ports, service, verb, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr(ieum.restoring, "run_verb", killed)
        with pytest.raises(KeyboardInterrupt):
            restore(other.home, other.ports, kept)
    with pytest.raises(OperatorError) as half:
        refuse_half(other.home)
    third = houses()
    later, _ = back_up(third.home, third.ports, tmp_path / "b.zip", with_secrets=False, now=_now())

    assert half.value.code == "restore.half"
    assert refused(other, later) == "restore.other_file"
    assert restore(other.home, other.ports, kept).seq == 4
    refuse_half(other.home)


@on_sqlite
@pytest.mark.parametrize(
    ("code", "change"),
    [("restore.newer", {"step": "9999_more"}), ("restore.other_database", {"kind": "other"})],
)
def test_a_backup_that_does_not_fit_changes_nothing(
    houses: Houses, kept: Path, code: str, change: dict[str, str]
) -> None:
    other = houses(is_new=True)
    with zipfile.ZipFile(kept) as whole:
        parts = {each: whole.read(each) for each in whole.namelist()}
    said = json.loads(parts["manifest.json"])
    said["stores"]["registry"] |= change
    parts["manifest.json"] = json.dumps(said).encode()
    with zipfile.ZipFile(kept, "w") as whole:
        for name, content in parts.items():
            whole.writestr(name, content)

    assert refused(other, kept) == code
    assert not other.home.restoring.exists()
    assert (
        json.loads(run_here(other.home, other.ports, "registry", "store-state"))["is_used"] is False
    )
