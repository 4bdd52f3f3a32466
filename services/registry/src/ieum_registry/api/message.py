"""One sentence in two languages, chosen when it is shown."""

from typing import Self

from httpedge.language import language


class Message(str):
    """A message for marshmallow, which knows one language alone.

    It is English text to marshmallow; `str()` of it, taken while a request is answered, is in
    the reader's language.
    """

    __slots__ = ("ko",)

    ko: str

    def __new__(cls, ko: str, en: str) -> Self:
        """Take both sentences; both may hold the same `{names}`."""
        said = super().__new__(cls, en)
        said.ko = ko
        return said

    def format(self, *args: object, **facts: object) -> str:
        """Fill both, as marshmallow fills its messages."""
        return Message(self.ko.format(*args, **facts), super().format(*args, **facts))

    def __str__(self) -> str:
        """Give it in the reader's language."""
        return self.ko if language() == "ko" else super().__str__()
