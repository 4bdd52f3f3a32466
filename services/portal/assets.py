"""Fetches the files of other people that the portal ships, as assets.lock.json names them.

    python services/portal/assets.py

For whoever changes the lock; running the portal needs none of this, the files are committed.
`npm pack` gets each package in exactly the version named; its integrity and each file's sha256
must be those of the lock, or nothing is written. Files are taken unchanged: the fonts' licence
reserves their name for them.
"""

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).parent
STATIC = HERE / "src" / "ieum_portal" / "static"


def main() -> int:
    """Fetch, check and copy; gives 0, or 1 if something is not as locked."""
    assets = json.loads((HERE / "assets.lock.json").read_text("utf-8"))["assets"]
    for (package, version), files in groupby(assets, lambda each: (each["pkg"], each["version"])):
        wanted = list(files)
        with tempfile.TemporaryDirectory() as folder:
            archive = _pack(f"{package}@{version}", Path(folder))
            if _integrity(archive) != wanted[0]["integrity"]:
                print(f"{package} {version} is not the package that was locked", file=sys.stderr)
                return 1
            for each in wanted:
                if not _copy(archive, each):
                    return 1
    return 0


def _pack(name: str, folder: Path) -> Path:
    subprocess.run(["npm", "pack", "--silent", name], cwd=folder, check=True)  # noqa: S603, S607  The lock names it.
    return next(folder.glob("*.tgz"))


def _integrity(archive: Path) -> str:
    digest = hashlib.sha512(archive.read_bytes()).digest()
    return f"sha512-{base64.b64encode(digest).decode()}"


def _copy(archive: Path, asset: dict[str, str]) -> bool:
    with tarfile.open(archive) as opened:
        member = opened.extractfile(f"package/{asset['file']}")
        content = member.read() if member else b""
    if hashlib.sha256(content).hexdigest() != asset["sha256"]:
        print(f"{asset['file']} is not the file that was locked", file=sys.stderr)
        return False
    target = STATIC / asset["dest"]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    print(f"{asset['dest']}  {len(content):,} bytes")
    return True


if __name__ == "__main__":
    sys.exit(main())
