"""The mailbox's pages: the list, one letter, its HTML part by itself, and the list as JSON.

A letter is somebody else's text: its HTML is shown in a frame without scripts, forms, same origin
or network, under a policy of its own.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader

from ieum.mailbox.letters import Letters, arrived_at, part

SEOUL = ZoneInfo("Asia/Seoul")
PER_PAGE = 50
HEAD = re.compile("<head[^>]*>", re.IGNORECASE)
OURS = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'"
OTHERS = "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:"

TEXTS: dict[str, dict[str, str]] = {
    "ko": {
        "title": "받은 메일함",
        "lead": "이 컴퓨터 안의 메일함입니다. 이음이 보낸 메일은 모두 여기에 담기고, "
        "밖으로는 나가지 않습니다.",
        "empty": "아직 받은 메일이 없습니다.",
        "received": "받은 시각",
        "to": "받는 사람",
        "from": "보낸 사람",
        "subject": "제목",
        "no_subject": "(제목 없음)",
        "older": "이전 메일",
        "back": "목록",
        "as_html": "HTML로 보기",
        "as_text": "텍스트로 보기",
        "headers": "전체 헤더",
        "attachments": "첨부파일",
        "raw": "원본(.eml)",
        "count": "모두 {count}통",
        "absent": "그런 메일이 없습니다. 목록으로 돌아가십시오.",
        "frame": "메일의 HTML 본문",
    },
    "en": {
        "title": "Mailbox",
        "lead": "A mailbox inside this machine. All mail that Ieum sends ends here; none leaves.",
        "empty": "No mail yet.",
        "received": "Received",
        "to": "To",
        "from": "From",
        "subject": "Subject",
        "no_subject": "(no subject)",
        "older": "Older mail",
        "back": "All mail",
        "as_html": "As seen",
        "as_text": "Text only",
        "headers": "All headers",
        "attachments": "Attachments",
        "raw": "Original (.eml)",
        "count": "{count} in all",
        "absent": "There is no such letter. Go back to the list.",
        "frame": "HTML part of the letter",
    },
}

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Page:
    """An answer.

    Attributes:
        policy: Its content security policy.
    """

    status: HTTPStatus
    kind: str
    body: bytes
    policy: str = OURS
    more: dict[str, str] = field(default_factory=dict)

    def headers(self) -> dict[str, str]:
        """Give all headers."""
        return {
            "Content-Type": self.kind,
            "Content-Length": str(len(self.body)),
            "Content-Security-Policy": self.policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
            **self.more,
        }


def page_for(letters: Letters, path: str, asked: dict[str, str]) -> Page:
    """Give the page at a path.

    Args:
        asked: `lang` (ko, en) and `before` (an id) are understood.
    """
    language = "en" if asked.get("lang") == "en" else "ko"
    match [each for each in path.split("/") if each]:
        case []:
            return _list(letters, language, asked.get("before"))
        case ["messages.json"]:
            found = [each.to_wire() for each in letters.newest(1000, before=asked.get("before"))]
            body = json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8")
            return Page(HTTPStatus.OK, "application/json; charset=utf-8", body)
        case ["messages", letter_id, *rest]:
            message = letters.message(letter_id)
            if message is not None:
                return _of_letter(letters, letter_id, message, rest, language)
    return _absent(language)


def _of_letter(
    letters: Letters, letter_id: str, message: EmailMessage, rest: list[str], language: str
) -> Page:
    match rest:
        case []:
            return _letter(letter_id, message, language)
        case ["html"]:
            shown = in_new_windows(part(message, "html") or "").encode("utf-8")
            return Page(HTTPStatus.OK, "text/html; charset=utf-8", shown, OTHERS)
        case ["raw"]:
            return _download(letters.raw(letter_id) or b"", "message/rfc822", f"{letter_id}.eml")
        case ["attachments", number] if number.isdecimal():
            found = list(message.iter_attachments())
            if int(number) < len(found):
                each = found[int(number)]
                content = each.get_payload(decode=True)
                body = content if isinstance(content, bytes) else b""
                return _download(body, each.get_content_type(), each.get_filename() or "file")
    return _absent(language)


def _list(letters: Letters, language: str, before: str | None) -> Page:
    found = letters.newest(PER_PAGE + 1, before=before)
    rows = [
        {
            "id": each.id,
            "received": _seoul(each.received_at),
            "to": ", ".join(each.to),
            "subject": each.subject,
        }
        for each in found[:PER_PAGE]
    ]
    older = found[PER_PAGE - 1].id if len(found) > PER_PAGE else None
    return _html("list.html", language, rows=rows, older=older, count=len(letters.ids()))


def _letter(letter_id: str, message: EmailMessage, language: str) -> Page:
    return _html(
        "letter.html",
        language,
        id=letter_id,
        subject=str(message.get("Subject", "")),
        sender=str(message.get("From", "")),
        to=str(message.get("To", "")),
        received=_seoul(arrived_at(letter_id)),
        has_html=part(message, "html") is not None,
        text=part(message, "plain"),
        headers=[(name, str(value)) for name, value in message.items()],
        attachments=[
            each.get_filename() or each.get_content_type() for each in message.iter_attachments()
        ],
    )


def _absent(language: str) -> Page:
    return _html("absent.html", language, status=HTTPStatus.NOT_FOUND)


def _html(
    template: str, language: str, *, status: HTTPStatus = HTTPStatus.OK, **values: object
) -> Page:
    text = _templates.get_template(template).render(
        lang=language, t=TEXTS[language], query="?lang=en" if language == "en" else "", **values
    )
    return Page(status, "text/html; charset=utf-8", text.encode("utf-8"))


def in_new_windows(html: str) -> str:
    """Have a letter's links open beside the mailbox; inside the frame they would lead nowhere."""
    base = '<base target="_blank">'
    found = HEAD.search(html)
    return html[: found.end()] + base + html[found.end() :] if found else base + html


def _seoul(instant: datetime) -> str:
    return f"{instant.astimezone(SEOUL):%Y-%m-%d %H:%M:%S}"


def _download(body: bytes, kind: str, name: str) -> Page:
    more = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Page(HTTPStatus.OK, kind, body, OTHERS, more)
