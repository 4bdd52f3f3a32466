"""The mailbox as a process: an SMTP side that takes everything, an HTTP side that shows it.

Both listen on the loopback address alone. Standard library and aiosmtpd, no framework: the
process stays small beside the services it helps to show.
"""

import json
import signal
import threading
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from ieum.mailbox.letters import Letters
from ieum.mailbox.pages import Page, page_for
from ieum.say import line

BIGGEST_LETTER = 20_000_000
LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]"})
Listen = tuple[str, int]


class Catcher:
    """Answers an SMTP server's questions: every address is fine, every letter is kept."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep a letter; a full disk asks the sender to try again later."""
        content = envelope.content
        raw = content.encode("utf-8") if isinstance(content, str) else content or b""
        try:
            kept = self._letters.keep(raw, list(envelope.rcpt_tos), datetime.now(UTC))
        except OSError as error:
            return f"452 4.3.1 cannot keep it: {error.strerror}"
        return f"250 2.0.0 kept as {kept}"


def smtp_side(letters: Letters, listen: Listen) -> Controller:
    """Make the SMTP side; `start()` and `stop()` it."""
    return Controller(
        Catcher(letters),
        hostname=listen[0],
        port=listen[1],
        enable_SMTPUTF8=True,
        decode_data=False,
        data_size_limit=BIGGEST_LETTER,
        ident="Ieum mailbox: nothing is delivered",
    )


def http_side(letters: Letters, listen: Listen) -> ThreadingHTTPServer:
    """Make the HTTP side; `serve_forever()` and `shutdown()` it."""

    class Handler(BaseHTTPRequestHandler):
        """One request for a page."""

        protocol_version = "HTTP/1.1"
        server_version = "ieum-mailbox"
        sys_version = ""
        timeout = 30

        def do_GET(self) -> None:
            """Answer with a page, JSON or 404."""
            if self.headers.get("Host", "").rsplit(":", 1)[0] not in LOCAL:
                self._send(Page(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", b"wrong host"))
                return
            address = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            if address.path in {"/healthz", "/readyz"}:
                body = json.dumps({"status": "ok"}).encode()
                self._send(Page(HTTPStatus.OK, "application/json", body))
            else:
                self._send(page_for(letters, address.path, asked))

        do_HEAD = do_GET  # noqa: N815  http.server's name

        def log_message(self, *_: object) -> None:
            """Say nothing: addresses of letters are nobody's business."""

        def _send(self, page: Page) -> None:
            self.send_response(page.status)
            for name, value in page.headers().items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(page.body)

    server = ThreadingHTTPServer(listen, Handler)
    server.daemon_threads = True
    return server


def serve(folder: Path, *, page: Listen, smtp: Listen) -> None:
    """Serve both sides until SIGTERM or SIGINT."""
    folder.mkdir(parents=True, exist_ok=True)
    letters = Letters(folder)
    web = http_side(letters, page)
    post = smtp_side(letters, smtp)
    post.start()

    def end(*_: object) -> None:
        threading.Thread(target=web.shutdown).start()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    at = datetime.now(UTC).isoformat()
    said = {"event": "mailbox.listening", "level": "info", "timestamp": at, "service": "mailbox"}
    line(json.dumps({**said, "smtp_port": smtp[1], "page_port": page[1]}))
    web.serve_forever(poll_interval=0.2)
    post.stop()
    web.server_close()
