"""A form as somebody has filled it in so far, kept on the server until it is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from changefeed.subjects.parts import Words

Step = Literal["opened", "form", "preview", "record"]
"""How far it has come: nothing typed; typed; looked at; sent to be recorded, outcome unknown."""

KEPT_FOR = timedelta(days=14)
"""From the last change on; what nobody finishes in that time nobody misses."""

UNTOUCHED_FOR = timedelta(days=1)
"""A form that was opened and in which nothing was typed."""

MOST = 100
"""So many drafts an account may have; how large one may be, the largest form says."""

Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a form is about, as a list of drafts names it; no type and id where it makes it."""

    name: Words | None
    type: str | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One form of one account.

    Attributes:
        form: The form's name.
        path: Its address, without the draft.
        back: Where it began.
        values: What each field holds, as typed; several where several are chosen.
        seen: The version of the subject that the person had before them; 0 of something new.
        key: Under which it is recorded, once.
        revision: Counts the times that it was kept; a window with an older one is behind.
        led_to: Where recording it led; its values are gone then.
    """

    id: UUID
    account_id: UUID
    form: str
    path: str
    back: str
    topic: Topic
    values: Values
    seen: int
    key: str
    step: Step
    revision: int
    made_at: datetime
    changed_at: datetime
    led_to: str | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether it has been kept long enough."""
        kept_for = UNTOUCHED_FOR if self.step == "opened" else KEPT_FOR
        return now >= self.changed_at + kept_for

    @property
    def is_unfinished(self) -> bool:
        """Whether there is something in it to go on with."""
        return self.led_to is None and self.step != "opened"
