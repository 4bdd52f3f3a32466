"""What can keep a page from showing what was asked for."""

from typing import Literal

Neighbour = Literal["registry", "graph", "notify"]


class NotFound(Exception):
    """No such subject, or none that this viewer may see: the two are never told apart."""


class NeighbourDown(Exception):
    """A neighbour gave no usable answer; the page shows what it has without it."""

    def __init__(self, neighbour: Neighbour, detail: str = "") -> None:
        """Name the neighbour; the detail is for the log."""
        super().__init__(f"{neighbour}: {detail}")
        self.neighbour = neighbour


class NeighbourSlow(NeighbourDown):
    """A neighbour had not answered when the page could wait no longer; it may well be there."""


class NeighbourRefused(Exception):
    """A neighbour answered no."""

    def __init__(self, neighbour: Neighbour, code: str, detail: str = "") -> None:
        """Name the neighbour and the code of its problem; the detail is for the reader."""
        super().__init__(f"{neighbour}: {code}")
        self.neighbour = neighbour
        self.code = code
        self.detail = detail


class NoSuchPlace(Exception):
    """A list was to go on from a place that it never gave: the address is made up or mangled."""


class Stale(Exception):
    """Somebody has changed the record since it was read; nothing was written."""


class ChangeRefused(Exception):
    """The registry's rules do not take a change; nothing was written.

    Attributes:
        detail: What is wrong and what to do, in the reader's language.
        faults: The same for each fact at fault, by the way to it in the record: `done_on`,
            `title/ko`, and of several of a kind `deadlines/booth/on`.
    """

    def __init__(self, code: str, detail: str, faults: dict[str, str]) -> None:
        """Carry the problem as the registry put it."""
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.faults = faults


class NoPartnerToday(Exception):
    """The viewer is a liaison whose seats are all given up: there is nothing to ask for."""


class NoSuchDraft(NotFound):
    """No such draft, or another account's."""


class TooManyDrafts(Exception):
    """The account has as many unfinished forms as it may."""


class WrongCredentials(Exception):
    """Login and password do not belong together, or the account is closed: never told apart."""


class TooManyAttempts(Exception):
    """Signing in has failed too often.

    Attributes:
        wait_s: Whole seconds until the next attempt is taken, at least 1.
    """

    def __init__(self, wait_s: int) -> None:
        """Say how long to wait."""
        super().__init__(f"wait {wait_s} s")
        self.wait_s = wait_s


class LoginTaken(Exception):
    """An account with this login is there already."""


class LoginUnknown(Exception):
    """There is no account with this login."""


class AccountEnded(Exception):
    """The account has ended for good."""


class AccountUnfit(Exception):
    """An account cannot be like that.

    Attributes:
        part: `text` (login or name), `address` (the login is none), `role` (none is chosen),
            `contact`, `department`, `administrator` (that role does not administer), or `sure`
            (to end for good was not confirmed).
    """

    def __init__(
        self,
        part: Literal["text", "address", "role", "contact", "department", "administrator", "sure"],
    ) -> None:
        """Name what does not fit."""
        super().__init__(part)
        self.part = part


class LastAdministrator(Exception):
    """Nobody could administer accounts any more; nothing was changed."""


class LinkClosed(Exception):
    """A link that lets choose a password was used, has run out, or was never made."""


class PasswordUnfit(Exception):
    """A password may not be chosen.

    Attributes:
        fault: As `domain.password.password_fault` names it, or `wrong`: the old one is another.
    """

    def __init__(
        self, fault: Literal["short", "long", "plain", "login", "differs", "wrong"]
    ) -> None:
        """Name what is wrong."""
        super().__init__(fault)
        self.fault = fault


class FirstRunOver(Exception):
    """The house has its first account, or whoever asks does not hold the code."""
