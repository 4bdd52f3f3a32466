"""A disposable PostgreSQL, and a fresh, migrated store for each test on both databases.

`TEST_DATABASE_URL` names a server to use instead; its role must be allowed to create databases.
Without it Debian's own programs start one: as root under the account `postgres`, else as whoever
runs the tests. Where there is none, the tests say which command brings one; with CI=true they fail.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

INSTALL = "apt-get install -y postgresql"
VERSIONS = Path("/usr/lib/postgresql")
MEMORY = Path("/dev/shm")  # noqa: S108  Each server gets a folder of its own there.
ROOM = 2**30
THROWN_AWAY = "-c fsync=off -c full_page_writes=off -c autovacuum=off -c max_wal_size=256MB"
"""Nothing of it is wanted after a crash, and no database lives long enough to be tidied."""


def _programs() -> Path | None:
    """Find Debian's newest initdb and pg_ctl, which are not on PATH."""
    found = sorted(VERSIONS.glob("*/bin/pg_ctl"), key=lambda each: float(each.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("pg_ctl")
    return None if on_path is None else Path(on_path).parent


def _missing(what: str) -> None:
    message = f"{what}; as root: {INSTALL}, or set TEST_DATABASE_URL=postgresql+psycopg://…"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def _place() -> str:
    """Give where the data lie: in memory if there is room, as a disk is shared with others."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        return str(MEMORY)
    return "/tmp"  # noqa: S108  As above.


@contextmanager
def _server(programs: Path) -> Iterator[str]:
    """Start a server in an empty folder, on a socket alone, without fsync; give its address."""
    as_root = os.geteuid() == 0
    # Short: the path of a socket may have 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="ieum-pg-", dir=_place()))
    prefix = ["runuser", "-u", "postgres", "--"] if as_root else []
    if as_root:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)

    def run(*command: str) -> None:
        done = subprocess.run(
            [*prefix, *command],
            cwd="/",
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stderr}")

    data = str(folder / "data")
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200 {THROWN_AWAY}"
    try:
        run(
            *(str(programs / "initdb"), "-D", data, "-A", "trust", "-U", "test"),
            *("-E", "UTF8", "--locale=C.UTF-8", "-N"),
        )
        log = str(folder / "log")
        run(str(programs / "pg_ctl"), "-D", data, "-l", log, "-o", options, "-w", "start")
        try:
            yield f"postgresql+psycopg://test@/postgres?host={folder}"
        finally:
            run(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_server() -> Iterator[str]:
    """Give the address of a server where databases can be made: its database `postgres`."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    programs = _programs()
    if programs is None:
        _missing("no PostgreSQL on this machine")
        return
    with _server(programs) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a server for the whole run."""
    with running_server() as url:
        yield url


Databases = Callable[[Callable[[str], object]], str]
"""Takes what fills a store, gives the address of a fresh one that is filled so."""


class _Copies:
    """Makes databases cheaply: each way of filling one is run once, into a template."""

    def __init__(self, server: str) -> None:
        self._server = sa.make_url(server)
        self._admin = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        self._templates: dict[Callable[[str], object], str] = {}

    def fresh(self, fill: Callable[[str], object]) -> str:
        if fill not in self._templates:
            name = self._create("template0")
            fill(self._address(name))
            self._templates[fill] = name
        return self._address(self._create(self._templates[fill]))

    def drop(self, *urls: str) -> None:
        # Soon: three hundred of them take longer to delete than all tests to run.
        with self._admin.connect() as connection:
            for url in urls:
                name = sa.make_url(url).database
                connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def drop_templates(self) -> None:
        self.drop(*(self._address(name) for name in self._templates.values()))

    def _create(self, template: str) -> str:
        name = f"ieum_test_{uuid4().hex}"
        with self._admin.connect() as connection:
            connection.exec_driver_sql(
                f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' LOCALE 'C.UTF-8'"
            )
        return name

    def _address(self, database: str) -> str:
        return self._server.set(database=database).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres_copies(postgres_url: str) -> Iterator[_Copies]:
    """The templates of this run."""
    copies = _Copies(postgres_url)
    yield copies
    copies.drop_templates()


@pytest.fixture
def postgres_databases(postgres_copies: _Copies) -> Iterator[Databases]:
    """Gives fresh PostgreSQL databases, filled as asked; gone after the test."""
    made: list[str] = []

    def fresh(fill: Callable[[str], object]) -> str:
        made.append(postgres_copies.fresh(fill))
        return made[-1]

    yield fresh
    postgres_copies.drop(*made)


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Gives one filled SQLite file for each way of filling it, to be copied."""
    folder = tmp_path_factory.mktemp("templates")
    templates: dict[Callable[[str], object], str] = {}

    def template(fill: Callable[[str], object]) -> str:
        if fill not in templates:
            templates[fill] = f"sqlite:///{folder / uuid4().hex}.db"
            fill(templates[fill])
        return templates[fill]

    return template


@pytest.fixture
def sqlite_databases(sqlite_templates: Databases, tmp_path: Path) -> Databases:
    """Gives fresh SQLite files, filled as asked."""

    def fresh(fill: Callable[[str], object]) -> str:
        engine = sa.create_engine(sqlite_templates(fill), poolclass=sa.NullPool)
        path = tmp_path / f"{uuid4().hex}.db"
        with engine.connect() as connection:
            connection.exec_driver_sql(f"VACUUM INTO '{path}'")
        return f"sqlite:///{path}"

    return fresh


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_urls(request: pytest.FixtureRequest) -> Databases:
    """Gives fresh stores, filled as asked; each test that wants it runs on both databases."""
    databases: Databases = request.getfixturevalue(
        "sqlite_databases" if request.param == "sqlite" else "postgres_databases"
    )
    return databases
