"""What pages raise when the request itself cannot be answered."""


class BadRequest(Exception):
    """The address or the form cannot be read; the code picks the sentence."""

    def __init__(self, code: str) -> None:
        """Name the fault."""
        super().__init__(code)
        self.code = code


class NotForRole(Exception):
    """The page is not for the role of whoever is signed in."""
