"""A neighbour is called directly and with our own token, whatever the environment says."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from changefeed.cursor import Cursor
from changefeed.reader import FeedReader, FeedUnavailable
from changefeed.session import house_session


@dataclass
class Record:
    """A registry with an empty log, and the tokens that it was shown."""

    url: str = ""
    shown: list[str | None] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)


@pytest.fixture
def record() -> Iterator[Record]:
    heard = Record()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.shown.append(self.headers["Authorization"])
            body = json.dumps({"items": [], "next": 0, "head": 0, "seq": 7}).encode()
            shown = self.headers["Authorization"]
            self.send_response(401 if shown in heard.refused else 200)
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


class Kept:
    """Tokens that are kept until somebody asks for others."""

    def __init__(self) -> None:
        self.number = 1

    def __call__(self) -> str:
        return f"token-{self.number}"

    def renew(self) -> None:
        self.number += 1


def test_a_token_that_is_not_accepted_is_signed_anew_at_once(record: Record) -> None:
    record.refused = {"Bearer token-1"}

    page = FeedReader(record.url, Kept(), house_session()).read(Cursor())

    assert page.items == ()
    assert record.shown == ["Bearer token-1", "Bearer token-2"]


def test_a_second_refusal_is_an_outage_and_no_storm(record: Record) -> None:
    record.refused = {"Bearer token-1", "Bearer token-2"}

    with pytest.raises(FeedUnavailable):
        FeedReader(record.url, Kept(), house_session()).read(Cursor())
    assert len(record.shown) == 2
