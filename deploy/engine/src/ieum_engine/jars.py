"""Which jars make up the engine, and how do they come onto this machine?

`jars.lock` names each jar with its SHA-256; nothing else is ever put on the class path. The jars
are fetched by jgo, with its settings and the user's Maven cache, and never shipped with Ieum:
Neo4j is under another licence (ADR 0004).
"""

import fcntl
import hashlib
import shutil
import time
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import jgo
import requests
from jgo.config import GlobalSettings
from jgo.constants import MAVEN_CENTRAL_URL
from jgo.maven import MavenContext

from ieum_engine.refused import Refused

NEO4J = "5.26.30"
ENDPOINT = f"org.neo4j:neo4j:{NEO4J}+org.neo4j:neo4j-bolt:{NEO4J}"

Tell = Callable[[int, int, int], None]
"""Called with jars there, jars wanted, bytes there."""


@dataclass(frozen=True, slots=True, order=True)
class Jar:
    """One jar as pinned; `classifier` is empty but for native parts such as `linux-x86_64`."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def file_name(self) -> str:
        """The name that it has in a Maven repository."""
        tail = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{tail}.jar"

    def line(self) -> str:
        """Its line in `jars.lock`."""
        return f"{self.group}:{self.artifact}:{self.version}:{self.classifier} {self.sha256}"

    @classmethod
    def from_line(cls, line: str) -> "Jar":
        """Read a line of `jars.lock`."""
        coordinate, sha256 = line.split()
        group, artifact, version, classifier = coordinate.split(":")
        return cls(group, artifact, version, classifier, sha256)


def pinned() -> list[Jar]:
    """Read `jars.lock`, in its order, which is the order of the class path."""
    text = files("ieum_engine").joinpath("jars.lock").read_text(encoding="utf-8")
    return [Jar.from_line(line) for line in text.splitlines() if line and line[0] != "#"]


def jar_folder(cache: Path) -> Path:
    """Name the folder for exactly these jars: another lock is another folder."""
    seal = hashlib.sha256("\n".join(jar.line() for jar in pinned()).encode()).hexdigest()
    return cache / f"neo4j-{NEO4J}-{seal[:8]}"


def class_path(cache: Path) -> list[Path]:
    """Give the jars in order; their hashes were checked when they were fetched.

    Raises:
        Refused: The jars are not there.
    """
    folder = jar_folder(cache)
    if not folder.is_dir():
        raise Refused(
            f"Neo4j's jars are not in {folder}. Fetch them once: ieum-engine fetch --cache {cache}"
        )
    return [folder / jar.file_name for jar in pinned()]


def fetch(cache: Path, tell: Tell) -> Path:
    """Bring all pinned jars into the cache and check each; what is there already stays.

    The folder appears whole or not at all; an interrupted fetch goes on where it stopped. Two
    fetches at once wait for each other.

    Returns:
        The folder with the jars.

    Raises:
        Refused: No network, no room, or a jar that is not the pinned one.
    """
    folder, jars = jar_folder(cache), pinned()
    try:
        with _alone(cache):
            if folder.is_dir() and all(_is_whole(folder / jar.file_name, jar) for jar in jars):
                return folder
            part = folder.with_name(folder.name + ".part")
            part.mkdir(exist_ok=True)
            _fill(part, jars, tell)
            shutil.rmtree(folder, ignore_errors=True)
            part.rename(folder)
    except OSError as error:
        if isinstance(error, requests.RequestException):
            raise Refused(
                "Neo4j's jars could not be fetched: the Maven registry did not answer. Check the "
                "network, or the repositories in jgo's settings, and run the same command again; "
                f"it goes on where it stopped. ({type(error).__name__})"
            ) from error
        raise Refused(
            f"Neo4j's jars cannot be written to {cache}: {error.strerror}. It takes 300 MB; make "
            "room, or name another folder with --cache or IEUM_CACHE."
        ) from error
    return folder


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "fetch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fill(part: Path, jars: list[Jar], tell: Tell) -> None:
    settings = GlobalSettings.load()
    context = MavenContext(
        repo_cache=settings.repo_cache,
        remote_repos={"central": MAVEN_CENTRAL_URL, **settings.repositories},
        timeout=60,
    )
    there = volume = 0
    with ThreadPoolExecutor(4, thread_name_prefix="fetch") as pool:
        waiting = [pool.submit(_bring, context, jar, part / jar.file_name) for jar in jars]
        try:
            for done in as_completed(waiting):
                volume += done.result()
                there += 1
                tell(there, len(jars), volume)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _bring(context: MavenContext, jar: Jar, target: Path) -> int:
    """Put one jar in place.

    Returns:
        Its size in bytes.
    """
    if not _is_whole(target, jar):
        found = _from_registry(context, jar)
        target.unlink(missing_ok=True)
        try:
            target.hardlink_to(found)
        except OSError:  # Another file system, or one without links.
            shutil.copyfile(found, target)
    return target.stat().st_size


def _from_registry(context: MavenContext, jar: Jar) -> Path:
    """Find a jar in the Maven cache or fetch it; one cut short by a kill is fetched again."""
    component = context.project(jar.group, jar.artifact).at_version(jar.version)
    artifact = component.artifact(jar.classifier, "jar")
    for attempt in range(4):
        try:
            found = Path(artifact.resolve())
        except requests.RequestException:
            cut_short = artifact.cached_path
            if cut_short is not None:
                cut_short.unlink(missing_ok=True)
            if attempt == 3:
                raise
            time.sleep(2**attempt)
            continue
        if _is_whole(found, jar):
            return found
        found.unlink()
    raise Refused(
        f"{jar.file_name} came with another content than the one pinned in jars.lock. The registry "
        "or something on the way altered it: do not go on; ask who runs the network."
    )


def _is_whole(file: Path, jar: Jar) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest() == jar.sha256


def resolved(scratch: Path) -> list[Jar]:
    """Let jgo work out the jars of `ENDPOINT` anew: for whoever moves to another Neo4j."""
    made = jgo.build(ENDPOINT, cache_dir=scratch)
    found = tomllib.loads((Path(made.path) / "jgo.lock.toml").read_text(encoding="utf-8"))
    return sorted(
        Jar(
            each["groupId"],
            each["artifactId"],
            each["version"],
            each.get("classifier", ""),
            each["sha256"],
        )
        for each in found["dependencies"]
    )
