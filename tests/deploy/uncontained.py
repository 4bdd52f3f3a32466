"""Runs what docker-compose.yml says, container for container, as processes of this machine.

Commands, variables, order, conditions and health checks are those of the file. What stands in:
folders for volumes, ports of 127.0.0.1 for hosts of the network, this environment for the images,
a PostgreSQL and a Neo4j of this machine for the official ones.
"""

import json
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import requests

from httpedge.ready import readiness_address
from tests.deploy.composition import ROOT, Container, containers, document, example
from tests.postgres import _missing, _programs
from tests.system import WITH_SBIN

BIN = Path(sys.executable).parent
OUTSIDE = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
OUTSIDE["PATH"] = WITH_SBIN
PATIENCE_S = 240


class Uncontained:
    """One installation.

    Attributes:
        running: The processes of what serves and works, by the container's name.
        jobs: What each job printed.
    """

    def __init__(self, folder: Path, base: int, mail_port: int) -> None:
        self.folder = folder
        self.base = base
        self._ports = {
            "portal:8400": base,
            "registry:8401": base + 1,
            "graph:8402": base + 2,
            "notify:8403": base + 3,
            "postgres:5432": base + 32,
            "neo4j:7687": base + 687,
            "relay:587": mail_port,
            "proxy:8443": base + 4,
            "proxy:8080": base + 5,
            "proxy:8081": base + 6,
        }
        values = example() | {
            "IEUM_PORTAL_URL": f"https://localhost:{base + 4}",
            "IEUM_LETTER_HOURS": "any",  # It is started at any hour, on any day.
        }
        self.containers = containers(values)
        self._document = document(values)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.jobs: dict[str, str] = {}

    def port(self, name: str) -> int:
        """Give the port of 127.0.0.1 at which a host of the network is found here."""
        return next(port for at, port in self._ports.items() if at.startswith(f"{name}:"))

    def port_at(self, place: str) -> int:
        """Give the port of 127.0.0.1 that stands in for `host:port` of the network."""
        return self._ports[place]

    def folder_of(self, volume: str) -> Path:
        """Give the folder that stands in for a volume."""
        place = self.containers["secrets"].mounts.get(volume, "")
        if place.startswith("/handed-out"):
            return self.folder / place[1:]
        return self.folder / "volumes" / volume

    def command_of(self, container: Container) -> list[str]:
        """Give what the container runs, as it runs here."""
        program, *rest = container.command
        found = BIN / program
        path = str(found) if found.exists() else program
        return [path, *(self._here(each, container) for each in rest)]

    def environment_of(self, container: Container) -> dict[str, str]:
        """Give the container's own variables, as they are here, and none of this shell's."""
        told = {name: self._here(text, container) for name, text in container.environment.items()}
        if "PGHOST" in told:
            told |= {"PGHOST": "127.0.0.1", "PGPORT": str(self.port("postgres"))}
            told["SECRETS"] = self._here("/secrets", container)
        return OUTSIDE | told

    def _here(self, text: str, container: Container) -> str:
        if text.startswith("/tmp/"):  # noqa: S108  The container's own.
            return f"{self.folder}/{container.name}-tmp/{text[5:]}"
        for at, port in self._ports.items():
            host, inner = at.split(":")
            text = text.replace(f"0.0.0.0:{inner}", f"127.0.0.1:{port}")
            text = re.sub(rf"(?<![\w.]){host}:{inner}\b", f"127.0.0.1:{port}", text)
        text = text.replace("127.0.0.1:8081", f"127.0.0.1:{self.port_at('proxy:8081')}")
        if container.name == "secrets":
            text = text.replace("/handed-out", str(self.folder / "handed-out"))
        for volume, place in container.mounts.items():
            text = re.sub(rf"(?<![\w.]){place}(?![\w-])", str(self.folder_of(volume)), text)
        for bound in container.raw.get("volumes", ()):
            source, place, *_ = bound.split(":")
            if source.startswith("./"):
                text = re.sub(rf"(?<![\w.]){place}(?![\w-])", str(ROOT / source), text)
        return text

    def run_job(self, name: str) -> str:
        """Run a job to its end and give what it printed; any other end than 0 is a failure."""
        return self.run(self.containers[name])

    def run(self, container: Container, *command: str) -> str:
        """Run a container's command, or another one in its place, as `compose run` does."""
        mine = command and [str(BIN / command[0]), *(self._here(e, container) for e in command[1:])]
        done = subprocess.run(
            mine or self.command_of(container),
            cwd=self.folder,
            env=self.environment_of(container),
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_S,
        )
        self.jobs[container.name] = done.stdout + done.stderr
        assert done.returncode == 0, f"{container.name}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def operator(self, *command: str) -> str:
        """Run `docker compose run --rm operator …`."""
        return self.run(self.containers["operator"], "ieum", *command)

    def start(self, name: str) -> None:
        """Start what serves or works; another replica of it under the name `name.2`."""
        container = self.containers[name.partition(".")[0]]
        self.heartbeat_of(container.name).parent.mkdir(exist_ok=True)
        log = (self.folder / f"{name}.log").open("ab")
        self.running[name] = subprocess.Popen(
            self.command_of(container),
            cwd=self.folder,
            env=self.environment_of(container),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        log.close()

    def is_healthy(self, name: str) -> bool:
        """Ask by the container's health check or else its image's, with its own variables."""
        container = self.containers[name]
        recipe = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
        [of_image] = re.findall(r"^  CMD (\[.*\])$", recipe, re.MULTILINE)
        test = container.raw.get("healthcheck", {}).get("test", ["CMD", *json.loads(of_image)])
        assert test[:2] in (["CMD", "python"], ["CMD", "curl"]), f"{name} cannot be asked: {test}"
        program = {"python": sys.executable}.get(test[1], test[1])
        return not subprocess.run(
            [program, *(self._here(each, container) for each in test[2:])],
            env=self.environment_of(container),
            capture_output=True,
            check=False,
        ).returncode

    def heartbeat_of(self, name: str) -> Path:
        """Give the file that a worker touches, here in place of its container's own /tmp."""
        return self.folder / f"{name}-tmp" / "alive"

    def _is_up(self, container: Container) -> bool:
        if "--heartbeat" in container.command:
            shows = self.heartbeat_of(container.name).exists()
        else:
            shows = container.image_of is None or self._answers(container)
        return shows and self.is_healthy(container.name)

    def _answers(self, container: Container) -> bool:
        try:
            return requests.get(readiness_address(self.environment_of(container)), timeout=5).ok
        except requests.RequestException:
            return False

    def log_of(self, name: str) -> str:
        """Give what a process printed."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def up(self, stores: dict[str, Callable[[], None]]) -> None:
        """Start everything in the order of the file.

        Args:
            stores: For a foreign container what starts its stand-in and returns once it is healthy.
        """
        given = ROOT / self._document["configs"]["operator-settings"]["file"]
        settings = given.read_text(encoding="utf-8")
        home = self.folder_of("operator")
        home.mkdir(parents=True)
        here = self._here(settings, self.containers["operator"])
        (home / "settings.env").write_text(here, encoding="utf-8")
        for volume in self._document["volumes"]:
            self.folder_of(volume).mkdir(parents=True, exist_ok=True)
        wanted = [each for each in self.containers.values() if "profiles" not in each.raw]
        reached: dict[str, Future[None]] = {}
        with ThreadPoolExecutor(len(wanted)) as several:

            def bring_up(container: Container) -> None:
                for other in container.after:
                    reached[other].result()
                self._bring_up(container, stores)

            while missing := [each for each in wanted if each.name not in reached]:
                ready = [each for each in missing if each.after.keys() <= reached.keys()]
                assert ready, f"these wait for one another: {missing}"
                reached |= {each.name: several.submit(bring_up, each) for each in ready}
            for each in reached.values():
                each.result()

    def _bring_up(self, container: Container, stores: dict[str, Callable[[], None]]) -> None:
        if container.name in stores:
            stores[container.name]()
        elif container.is_job:
            self.run_job(container.name)
        else:
            self.start(container.name)
            if not container.raw.get("healthcheck", {}).get("disable"):
                until = time.monotonic() + PATIENCE_S
                # Asked within this process until it says yes: to start a program ten times a second
                # for each container takes from them the time that they need to come up.
                while not self._is_up(container):
                    process = self.running[container.name]
                    assert process.poll() is None, self.log_of(container.name)
                    assert time.monotonic() < until, self.log_of(container.name)
                    time.sleep(0.1)

    def stop(self, name: str) -> int:
        """Ask a process to end, as `docker stop` does; -9 says that it had to be killed."""
        process = self.running.pop(name)
        process.terminate()
        try:
            return process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def down(self) -> dict[str, int]:
        """Stop all; exit statuses by name."""
        return {name: self.stop(name) for name in list(self.running)}


def free_base() -> int:
    """Find a number from which all ports are free."""
    for base in range(19600, 20600, 40):
        if all(_is_free(base + offset) for offset in (0, 1, 2, 3, 4, 5, 6, 32, 687)):
            return base
    raise AssertionError("no free range of ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@contextmanager
def postgres(installation: Uncontained) -> Iterator[None]:
    """Run what stands in for the official image: its account, password, options and first steps."""
    programs = _programs()
    if programs is None:
        _missing("no PostgreSQL on this machine")
        return
    container = installation.containers["postgres"]
    folder = Path(tempfile.mkdtemp(prefix="ieum-pg-", dir="/tmp"))  # A socket's path is short.
    password = folder / "password"
    shutil.copy(installation.folder_of("secrets-postgres") / "password", password)
    prefix: list[str] = []
    if os.geteuid() == 0:
        prefix = ["runuser", "-u", "postgres", "--"]
        for path in (folder, password):
            os.chown(path, pwd.getpwnam("postgres").pw_uid, -1)
    data = folder / "data"
    arguments = container.environment["POSTGRES_INITDB_ARGS"].split()

    def run(program: str, *rest: str) -> None:
        command = [*prefix, str(programs / program), "-D", str(data), *rest]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL)

    options = [*container.command[1:], "-k", str(folder), "-c", "fsync=off"]
    options += ["-c", "listen_addresses=127.0.0.1", "-p", str(installation.port("postgres"))]
    try:
        run("initdb", "-U", "postgres", f"--pwfile={password}", "-N", *arguments)
        run("pg_ctl", "-l", str(folder / "log"), "-o", " ".join(options), "-w", "start")
        try:
            yield
        finally:
            run("pg_ctl", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def neo4j(installation: Uncontained) -> Iterator[None]:
    """Run what stands in for the official image, with the password that was handed to it."""
    auth = (installation.folder_of("secrets-neo4j") / "auth").read_text(encoding="utf-8")
    password = installation.folder / "neo4j-password"
    password.write_text(auth.removeprefix("neo4j/"), encoding="utf-8")
    engine = (sys.executable, "-m", "ieum_engine.app")
    subprocess.run([*engine, "fetch"], check=True, stdout=subprocess.DEVNULL)
    listen = f"127.0.0.1:{installation.port('neo4j')}"
    log = installation.folder / "neo4j.log"
    data = str(installation.folder_of("neo4j"))
    command = [*engine, "serve", "--data", data, "--listen", listen]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--password-file", str(password)],
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        until = time.monotonic() + PATIENCE_S
        while '"engine.ready"' not in (text := log.read_text(encoding="utf-8")):
            assert process.poll() is None, text
            assert time.monotonic() < until, text
            time.sleep(0.2)
        yield
    finally:
        process.kill()  # What it holds is thrown away; to close it in order takes 5 s.
        process.wait()


@contextmanager
def running(folder: Path, mail_port: int) -> Iterator[Uncontained]:
    """Bring everything up, give it, and take it down again whatever happened."""
    installation = Uncontained(folder, free_base(), mail_port)
    with ExitStack() as stores:

        def started(store: Callable[[Uncontained], Any]) -> Callable[[], None]:
            return lambda: stores.enter_context(store(installation))

        try:
            installation.up({"postgres": started(postgres), "neo4j": started(neo4j)})
            yield installation
        finally:
            installation.down()
