"""Whether keys and passwords are there, whole, and nobody else's to read."""

import stat
from collections.abc import Iterator
from datetime import datetime, timedelta

from ieum.checks.finding import Finding
from ieum.home import Home
from ieum.keys import ISSUERS, private_key

FIRST_LOGINS_FOR = timedelta(days=7)
"""How long the first passwords may lie in their file before that is a finding."""


def secrets(home: Home, now: datetime) -> Iterator[Finding]:
    """Look at keys and passwords: there, whole, and nobody else's to read."""
    wanted = [private_key(home, kid) for kid in ISSUERS]
    wanted += [home.secrets / "neo4j-password", home.secrets / "portal-secret"]
    wanted += [home.keys / f"{kid}.json" for kid in ISSUERS]
    for path in wanted:
        if not path.is_file():
            yield Finding(
                "key.missing",
                str(path),
                "키 파일이 없습니다. 백업에서 되돌리거나 make up 으로 새로 만드십시오.",
                "A key is missing. Restore it from the backup, or have make up make a new one.",
            )
    for path in (home.secrets, *sorted(home.secrets.glob("*"))):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            right = "700" if path.is_dir() else "600"
            yield Finding(
                "key.readable_by_others",
                str(path),
                f"다른 사용자가 읽을 수 있습니다(mode {mode:o}). 하십시오: chmod {right} {path}",
                f"Others can read it (mode {mode:o}). Do: chmod {right} {path}",
            )
    if home.first_accounts.is_file():
        made_at = datetime.fromtimestamp(home.first_accounts.stat().st_mtime, now.tzinfo)
        if now - made_at > FIRST_LOGINS_FOR:
            yield Finding(
                "first_accounts.left",
                str(home.first_accounts),
                "처음 비밀번호 파일이 아직 있습니다. 비밀번호를 옮겨 적고 파일을 지우십시오.",
                "The first passwords still lie there. Keep them elsewhere and delete the file.",
            )
