"""What must be so before anything is started: room on the disk, and the engine's files."""

import subprocess
from pathlib import Path

from httpedge.storage import free_mb
from ieum.programs import program
from ieum.say import OperatorError, both, line

ROOM_MB = 1024
"""Neo4j's first store and its transaction logs take about half of it."""


def refuse_full_disk(folder: Path, *, room_mb: int = ROOM_MB) -> None:
    """Check the room on the file system of a folder.

    Raises:
        OperatorError: `disk.full`.
    """
    left = free_mb(folder)
    if left < room_mb:
        raise OperatorError(
            "disk.full",
            f"{folder}에 남은 공간이 {left} MB뿐입니다({room_mb} MB 필요). "
            "공간을 비우거나 다른 폴더를 쓰십시오: IEUM_HOME=/다른/폴더 make up",
            f"{folder} has only {left} MB left ({room_mb} MB needed). "
            "Make room, or use another folder: IEUM_HOME=/other/folder make up",
        )


def fetch_engine(cache: Path) -> None:
    """Bring Neo4j's files into the cache if they are not there; its own program shows progress.

    Raises:
        OperatorError: `engine.not_fetched`.
    """
    line(both(f"Neo4j 파일 확인: {cache}", f"Neo4j's files: {cache}"))
    done = subprocess.run(  # noqa: S603  our own program
        [program("ieum-engine"), "fetch", "--cache", str(cache)],
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode != 0:
        raise OperatorError(
            "engine.not_fetched",
            "Neo4j 파일을 내려받지 못했습니다(위의 설명 참조). 인터넷 연결을 확인하고 다시 하거나, "
            f"다른 컴퓨터에서 make up 을 한 뒤 {cache} 폴더를 복사해 오십시오.",
            "Neo4j's files could not be fetched (see above). Check the network and try again, or "
            f"run make up on another machine and copy its {cache} here.",
        )
