"""Send a letter about an account at once; nothing of it is kept here: its link lets people in.

Source: docs/rules/access.md, A-12.
"""

from ieum_notify.domain.account_letter import AccountLetter
from ieum_notify.domain.errors import AccountLetterNotSent
from ieum_notify.operations.ports import MailAway, MailFailed, MailServer


def send_account_letter(wanted: AccountLetter, mail_server: MailServer) -> str:
    """Hand one letter to the mail server; asked again for the same link it is the same letter.

    Returns:
        Its Message-ID.

    Raises:
        AccountLetterNotSent: The server is away, will take it later, or never takes it.
    """
    letter = wanted.letter(mail_server.domain)
    try:
        with mail_server.open(_go_on) as mailing:
            mailing.send(letter, _go_on)
    except MailAway as error:
        raise AccountLetterNotSent("mail.away", error.code) from error
    except MailFailed as error:
        is_final = error.verdict in ("address", "refused")
        told = error.enhanced_code or str(error.smtp_code or error.fault)
        raise AccountLetterNotSent("mail.refused" if is_final else "mail.away", told) from error
    return letter.message_id


def _go_on() -> None:
    """Say nothing while the server lets us wait: whoever asked waits as well."""
