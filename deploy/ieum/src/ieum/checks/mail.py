"""Whether the mail server takes us."""

import smtplib
from collections.abc import Iterator
from urllib.parse import urlsplit

from ieum.checks.finding import Finding


def mail(url: str, within_s: float = 5) -> Iterator[Finding]:
    """Greet the mail server, and go."""
    place = urlsplit(url)
    kind = smtplib.SMTP_SSL if place.scheme == "smtps" else smtplib.SMTP
    port = place.port or (465 if place.scheme == "smtps" else 25)
    try:
        with kind(place.hostname or "", port, timeout=within_s) as server:
            code, _ = server.ehlo()
            if code == 250:
                return
            why = str(code)
    except (OSError, smtplib.SMTPException) as error:
        why = f"{type(error).__name__}: {error}"
    yield Finding(
        "mail.refused",
        f"{place.hostname}:{port}",
        f"메일 서버가 받지 않습니다({why[:200]}). settings.env 의 IEUM_SMTP_URL 과 서버를 "
        "보십시오.",
        f"The mail server does not take us ({why[:200]}). Check IEUM_SMTP_URL in settings.env, "
        "and the server.",
    )
