"""Where an installation keeps everything: one folder, `IEUM_HOME`, and what lies in it.

```
.ieum-home      marks the folder as ours; nothing is ever wiped without it
settings.env    the operator's own wishes, NAME=value a line; may be absent
keys/           public keys, one for each issuer
secrets/        private keys, the Neo4j password, the cookie secret, first passwords (0700, 0600)
databases/      registry.db notify.db portal.db
neo4j/          the graph's store
mailbox/        caught mail, one file a letter
own             there if the home was begun empty or restored: no sample goes in by itself
documents/      the bytes of documents
restoring       there while a restore is under way
run/            what runs now: plan.json, supervisord.conf, <process>.json, the lock, the socket
logs/           one rotated file a process
```
"""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ieum.say import OperatorError

MARK = ".ieum-home"
SAMPLES = ("gwangju-2021.yaml", "illustration.yaml")
LONGEST_SOCKET = 100
"""An address of a Unix socket holds 107 bytes on Linux, 103 elsewhere."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds all state of one installation.

    Attributes:
        root: Absolute; need not exist yet.
    """

    root: Path

    @property
    def keys(self) -> Path:
        """Public keys."""
        return self.root / "keys"

    @property
    def secrets(self) -> Path:
        """Private keys and passwords."""
        return self.root / "secrets"

    @property
    def databases(self) -> Path:
        """SQLite files."""
        return self.root / "databases"

    @property
    def neo4j(self) -> Path:
        """The graph's store."""
        return self.root / "neo4j"

    @property
    def mailbox(self) -> Path:
        """Caught mail."""
        return self.root / "mailbox"

    @property
    def documents(self) -> Path:
        """The bytes of documents, each named by what it holds."""
        return self.root / "documents"

    @property
    def restoring(self) -> Path:
        """There while a restore is under way: what stands here is half."""
        return self.root / "restoring"

    @property
    def own(self) -> Path:
        """There if the home is an office's own: no sample and no sample account goes in."""
        return self.root / "own"

    @property
    def run(self) -> Path:
        """What runs now."""
        return self.root / "run"

    @property
    def logs(self) -> Path:
        """One rotated file a process."""
        return self.root / "logs"

    @property
    def socket(self) -> Path:
        """The supervisor's socket; elsewhere if the home's path is too long for one."""
        inside = self.run / "supervisor.sock"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET:
            return inside
        short = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"ieum-{os.getuid()}-{short}.sock"

    @property
    def first_accounts(self) -> Path:
        """The logins and passwords made at the first start."""
        return self.secrets / "first-accounts.json"

    def exists(self) -> bool:
        """Say whether this folder was made by us."""
        return (self.root / MARK).is_file()

    def make(self) -> None:
        """Create what is missing, readable by the owner alone.

        Raises:
            OperatorError: `home.not_ours` if the folder holds other things, `home.not_writable`.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            if not self.exists():
                self._refuse_strangers()
            for folder in (
                self.root,
                self.keys,
                self.secrets,
                self.databases,
                self.documents,
                self.neo4j,
                self.mailbox,
                self.run,
                self.logs,
            ):
                folder.mkdir(exist_ok=True)
                folder.chmod(0o700)
            for file in (*self.databases.rglob("*"), *self.neo4j.rglob("*"), *self.logs.iterdir()):
                _close_to_others(file)
            (self.root / MARK).write_text("1\n", encoding="utf-8")
        except (PermissionError, NotADirectoryError, FileExistsError) as error:
            raise OperatorError(
                "home.not_writable",
                f"{error.filename or self.root}에 쓸 수 없습니다({error.strerror}). "
                "소유자를 바꾸거나(chown) 다른 폴더를 쓰십시오: IEUM_HOME=~/ieum make up",
                f"Cannot write to {error.filename or self.root} ({error.strerror}). "
                "Change its owner (chown) or use another folder: IEUM_HOME=~/ieum make up",
            ) from error

    def _refuse_strangers(self) -> None:
        strangers = [each.name for each in self.root.iterdir() if each.name != "settings.env"]
        if strangers:
            listed = ", ".join(sorted(strangers)[:3])
            raise OperatorError(
                "home.not_ours",
                f"{self.root}에 이음의 것이 아닌 파일이 있습니다({listed} …). "
                "빈 폴더를 IEUM_HOME으로 정하십시오.",
                f"{self.root} holds files that are not Ieum's ({listed} …). "
                "Set IEUM_HOME to an empty folder.",
            )

    def wishes(self) -> dict[str, str]:
        """Read the operator's own settings.

        Returns:
            Names to values of `settings.env`, blank lines and `#` lines left out.

        Raises:
            OperatorError: `settings.unreadable`, naming the line.
        """
        path = self.root / "settings.env"
        if not path.exists():
            return {}
        try:
            written = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise OperatorError(
                "settings.unreadable",
                f"{path}을(를) 읽을 수 없습니다. UTF-8로 저장한 파일이어야 합니다.",
                f"{path} cannot be read. It must be a file, saved as UTF-8.",
            ) from error
        found: dict[str, str] = {}
        for number, text in enumerate(written.splitlines(), start=1):
            if not text.strip() or text.lstrip().startswith("#"):
                continue
            name, sign, value = text.partition("=")
            if not sign or not name.strip().isidentifier():
                raise OperatorError(
                    "settings.unreadable",
                    f"{path} {number}번째 줄은 이름=값이 아닙니다. 고친 뒤 다시 하십시오.",
                    f"{path} line {number} is not NAME=value. Mend it and try again.",
                )
            found[name.strip()] = value.strip().strip("\"'")
        return found


def checkout() -> Path | None:
    """Find the folder with `data/gwangju-2021.yaml`: the working folder, or above this file."""
    for folder in (Path.cwd(), *Path(__file__).resolve().parents):
        if (folder / "data" / SAMPLES[0]).is_file():
            return folder
    return None


def home_of(environment: Mapping[str, str]) -> Home:
    """Find the home: `IEUM_HOME`, else `var/` beside the Makefile, else `./var`."""
    named = environment.get("IEUM_HOME", "").strip()
    if named:
        return Home(Path(named).expanduser().resolve())
    return Home(((checkout() or Path.cwd()) / "var").resolve())


def samples() -> list[Path]:
    """Find the sample files that a first start loads; empty if they are not there."""
    found = checkout()
    paths = [found / "data" / name for name in SAMPLES] if found else []
    return [path for path in paths if path.is_file()]


def _close_to_others(file: Path) -> None:
    """Take from others what an earlier release, or another umask, left them."""
    with suppress(FileNotFoundError):  # A running process may just have removed it.
        mode = file.stat().st_mode
        if mode & 0o077:
            file.chmod(mode & 0o700)
