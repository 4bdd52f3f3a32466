"""What a mail server's answer means: for this letter, for its reader's address, for the server.

One answer buries a letter: the address does not exist. Whatever else the server says, or does not
say, is its own affair or that of its operator, and the letter waits.

Source: docs/rules/reminders.md, R-29 and R-30; RFC 5321, 3.8, 4.2 and 4.3.2; RFC 3463.
"""

import re
from typing import Literal

Phase = Literal["open", "mail", "rcpt", "data", "text"]
"""Where a conversation stands.

`open` is all before a letter: the connection, the greeting, EHLO, STARTTLS and AUTH. `data` is the
command, `text` what comes after it, up to the answer to the final dot.
"""

Verdict = Literal["taken", "address", "refused", "later", "away", "doubt"]
"""What an answer means.

`taken`: the server answers for the letter from now on. `address`: it says that this address does
not exist. `refused`: it does not take this letter, and not for want of the address. `later`: not
now. `away`: it takes nothing from us, whoever the letter is for. `doubt`: the text had gone out,
and nobody knows whether it was taken.
"""

_ABOUT_THE_ADDRESS = re.compile(r"5\.1\.(?!7$|8$)\d{1,3}")
"""Bad destination addresses; 5.1.7 and 5.1.8 are about the sender's, ours."""


def meaning(phase: Phase, code: int | None, enhanced: str | None = None) -> Verdict:
    """Say what an answer means.

    A bare 550 says "no such mailbox" and "not from you" alike, 5.7.x the latter: both wait. A code
    that fits no phase means that the two of us have lost each other; before the final dot that
    costs nothing.

    Args:
        code: Three digits; None where the line broke or no answer came in time.
        enhanced: As `5.1.1`, where the server gave one.
    """
    if phase == "text" and code is None:
        return "doubt"
    if phase == "open" or code == 421:
        return "away"
    if code is None:
        return "later"
    if 200 <= code < 300 and phase != "data":
        return "taken"
    if phase == "mail":
        return "away"
    if 500 <= code < 600:
        is_gone = phase == "rcpt" and _ABOUT_THE_ADDRESS.fullmatch(enhanced or "")
        return "address" if is_gone else "refused"
    if 400 <= code < 500 or phase != "text":
        return "later"
    return "doubt"
