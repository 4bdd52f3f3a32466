"""An installation as `make up` makes it, in a folder and on ports of its own."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from uuid import uuid4

import psutil
import sqlalchemy as sa

from ieum import supervision
from ieum.home import Home
from ieum.leftover_processes import Started, alive
from ieum.ports import OFFSETS, Ports, is_free
from ieum.reach import Reach
from ieum.verbs.status import look
from tests.postgres import running_server

PROGRAM = Path(sys.executable).parent / "ieum"
STORES = ("registry", "notify", "portal")
SERVICES = ("registry", "graph", "notify", "portal")


Left = TypeVar("Left")


class Broken(Exception):
    """The operator's program said that something could not be done."""


@dataclass(frozen=True, slots=True)
class Installation:
    """One home with its ports, run by the operator's program alone.

    Attributes:
        databases: Where each service keeps its store, by its name.
    """

    home: Home
    ports: Ports
    databases: Mapping[str, str]

    def ieum(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one verb.

        Raises:
            Broken: It ended with another status than 0.
        """
        environment = {
            **os.environ,
            "IEUM_HOME": str(self.home.root),
            "IEUM_PORT_BASE": str(self.ports.base),
        }
        done = subprocess.run(
            [PROGRAM, *arguments], env=environment, capture_output=True, text=True, check=False
        )
        if check and done.returncode != 0:
            said = f"{done.stdout[-2000:]}{done.stderr[-2000:]}"
            raise Broken(f"ieum {' '.join(arguments)} ended with {done.returncode}:\n{said}")
        return done

    def up(self) -> None:
        """Start whatever does not run, as the operator does; a crowded machine is given time."""
        self.ieum("up", "--timeout", "900")

    def token(self, subject: str) -> str:
        """Give an office token for a whole run; keys belong to whom they were used by."""
        role = ("--role", "office", "--subject", subject)
        return self.ieum("token", *role, "--ttl", "12h").stdout.strip()

    def logins(self) -> dict[str, str]:
        """Give the first accounts' passwords by login."""
        text = self.home.first_accounts.read_text(encoding="utf-8")
        return {each["login"]: each["password"] for each in json.loads(text)["accounts"]}

    def alive(self) -> list[Started]:
        """List the processes of this home that live, by their own notes."""
        return alive(self.home.run)

    def missing(self) -> dict[str, str]:
        """Say of each process that does not do its work what it lacks; empty if all do.

        A service answers its /readyz, a follower stands at the head of the log, all are kept by
        a living supervisor.
        """
        lacks = {row.name: row.missing for row in look(self.home, self.ports) if row.missing}
        if not supervision.answers(self.home):
            lacks["supervisor"] = "does not answer"
        return lacks

    def reach(self) -> Reach:
        """Ask the services in the operator's name."""
        return Reach(self.home, self.ports)

    def workers_of(self, started: Started) -> list[psutil.Process]:
        """List the worker processes of a service's web server."""
        process = started.process()
        if process is None:
            return []
        try:
            return process.children()
        except psutil.NoSuchProcess:
            return []


@contextmanager
def installation(on: str, base: int, smtp_url: str) -> Iterator[Installation]:
    """Start an installation on `sqlite` or `postgresql`; everything is gone afterwards.

    On PostgreSQL each service runs as two processes. If what is done with it fails, its logs are
    kept in test-results/.
    """
    with TemporaryDirectory(prefix="ieum-chaos-") as folder, _databases(on) as wished:
        wishes = {"IEUM_SMTP_URL": smtp_url, "IEUM_LETTER_HOURS": "any", **wished}
        lines = "".join(f"{name}={value}\n" for name, value in wishes.items())
        home = Home(Path(folder))
        (home.root / "settings.env").write_text(lines, encoding="utf-8")
        stores = {
            service: wished.get(
                f"IEUM_{service.upper()}_DATABASE", f"sqlite:///{home.databases / service}.db"
            )
            for service in STORES
        }
        made = Installation(home, Ports(base), stores)
        try:
            made.up()
            yield made
        except BaseException:
            keep_logs(made, on)
            raise
        finally:
            stopped = made.ieum("down", check=False)
            if stopped.returncode:
                print(stopped.stdout, stopped.stderr, file=sys.stderr)


def keep_logs(where: Installation, on: str) -> None:
    """Copy the logs to where a person looks for them after a failure."""
    kept = Path("test-results") / f"chaos-logs-{on}"
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(where.home.logs, kept)


@contextmanager
def _databases(on: str) -> Iterator[dict[str, str]]:
    """Give the settings that name a store for each service, on a server of the run's own."""
    if on == "sqlite":
        yield {}
        return
    with running_server() as server:
        admin = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        names = {service: f"ieum_chaos_{service}_{uuid4().hex[:8]}" for service in STORES}
        with admin.connect() as connection:
            for name in names.values():
                connection.exec_driver_sql(
                    f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
                )
        url = sa.make_url(server)
        wishes = {
            f"IEUM_{service.upper()}_DATABASE": url.set(database=name).render_as_string(
                hide_password=False
            )
            for service, name in names.items()
        }
        wishes |= {f"IEUM_{service.upper()}_PROCESSES": "2" for service in SERVICES}
        try:
            yield wishes
        finally:
            with admin.connect() as connection:
                for name in names.values():
                    connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def free_base(wanted: int | None) -> int:
    """Find a port base whose ports, and those of a second installation, are free now."""
    for base in [wanted] if wanted else range(20400, 24000, 80):
        if all(is_free(Ports(base + more).of(name)) for more in (0, 40) for name in OFFSETS):
            return base
    raise Broken(f"ports from {wanted or 20400} on are taken; set IEUM_PORT_BASE")


def wait_until_empty(look: Callable[[], Left], within_s: float) -> Left:
    """Ask again until nothing is left, and give what was left at last."""
    until = time.monotonic() + within_s
    while (left := look()) and time.monotonic() < until:
        time.sleep(0.5)
    return left
