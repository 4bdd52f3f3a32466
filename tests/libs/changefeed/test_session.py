"""A neighbour is called directly and with our own token, whatever the environment says."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from changefeed.cursor import Cursor
from changefeed.reader import FeedReader
from changefeed.session import house_session


@dataclass
class Record:
    """A registry with an empty log, and the tokens that it was shown."""

    url: str = ""
    shown: list[str | None] = field(default_factory=list)


@pytest.fixture
def record() -> Iterator[Record]:
    heard = Record()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.shown.append(self.headers["Authorization"])
            body = json.dumps({"items": [], "next": 0, "head": 0, "seq": 7}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        heard.url = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield heard
        server.shutdown()


@pytest.fixture
def reader(record: Record) -> FeedReader:
    return FeedReader(record.url, lambda: "a-token", house_session())


def test_a_netrc_does_not_replace_the_token(
    record: Record, reader: FeedReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password secret\n", encoding="ascii")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))

    reader.read(Cursor())

    assert record.shown == ["Bearer a-token"]


def test_a_proxy_of_the_environment_is_left_aside(
    record: Record, reader: FeedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)

    assert reader.newest() == 7
    assert len(record.shown) == 1
