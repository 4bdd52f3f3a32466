"""What can be refused here."""


class NotFound(Exception):
    """No letter was ever planned under this key, and no rule would plan one."""


class CopyShort(Exception):
    """The copy of facts does not hold what an answer needs; asking again later is right.

    Attributes:
        code: Dotted and stable (api/problems.py).
        facts: What the message names.
    """

    code = "copy.behind"

    def __init__(self, **facts: object) -> None:
        """Keep what the message names."""
        super().__init__(self.code)
        self.facts = facts


class CopyBehind(CopyShort):
    """The copy has not come as far as what is asked about."""


class CopyFilling(CopyShort):
    """The copy is being filled: half of the facts would tell half of the letters."""

    code = "copy.filling"


class ResendRefused(Exception):
    """There is nothing to send again.

    Attributes:
        code: `resend.nothing_waits` or `resend.not_owed`.
        facts: What the message names.
    """

    def __init__(self, code: str, **facts: object) -> None:
        """Keep what the message names."""
        super().__init__(code)
        self.code = code
        self.facts = facts


class NotGiven(Exception):
    """Entries that somebody asks about begin further ahead than the log's next.

    Attributes:
        facts: What the message names.
    """

    code = "consequences.not_given"

    def __init__(self, **facts: object) -> None:
        """Keep what the message names."""
        super().__init__(self.code)
        self.facts = facts


class FactsRefused(Exception):
    """Facts that somebody asks about are none that a record holds; asking again changes nothing.

    Attributes:
        facts: What the message names.
    """

    code = "consequences.facts_unreadable"

    def __init__(self, **facts: object) -> None:
        """Keep what the message names."""
        super().__init__(self.code)
        self.facts = facts


class AccountLetterNotSent(Exception):
    """A letter about an account was not taken.

    Attributes:
        code: `mail.away`: ask again later; `mail.refused`: this address takes no letters.
        facts: What the mail server said, by its codes alone.
    """

    def __init__(self, code: str, answer: str) -> None:
        """Keep the codes; never a text, which may hold an address."""
        super().__init__(code)
        self.code = code
        self.facts = {"answer": answer}
