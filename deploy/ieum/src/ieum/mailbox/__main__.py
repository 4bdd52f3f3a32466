"""`python -m ieum.mailbox`: the mailbox as the supervisor starts it.

It imports nothing of the operator's other verbs: that keeps the process at a third of the memory.
"""

import os

from httpedge.environ import Environ
from ieum.mailbox.serving import serve


def main() -> None:
    """Serve until told to end."""
    settings = Environ(os.environ)
    folder = settings.path("IEUM_MAILBOX")
    page = settings.listen("IEUM_MAILBOX_LISTEN")
    smtp = settings.listen("IEUM_MAILBOX_SMTP_LISTEN")
    settings.check()
    serve(folder, page=page, smtp=smtp)


if __name__ == "__main__":
    main()
