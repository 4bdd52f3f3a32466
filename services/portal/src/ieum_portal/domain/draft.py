"""A form as somebody has filled it in so far, kept on the server until it is recorded."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal, Self
from uuid import UUID

from changefeed.subjects.parts import Words

Step = Literal["opened", "form", "preview", "record"]
"""How far it has come: nothing typed; typed; looked at; sent to be recorded, outcome unknown."""

KEPT_FOR = timedelta(days=14)
"""From the last change on; what nobody finishes in that time nobody misses."""

EMPTY_FOR = timedelta(days=1)
"""A form in which nothing was typed, or what is left of one that is recorded."""

KEY_KNOWN = timedelta(hours=23)
"""An Idempotency-Key is known to the registry for a day; an hour of it is left for the way."""

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
        is_empty = self.step == "opened" or self.led_to is not None
        kept_for = EMPTY_FOR if is_empty else KEPT_FOR
        return now >= self.changed_at + kept_for

    def recorded(self, led_to: str, now: datetime) -> Self:
        """Give it without what it held; only whether the same is sent again can be told."""
        digest = {_DIGEST: (_digest(self.key, self.values),)}
        return replace(
            self, values=digest, topic=Topic(None), led_to=led_to, changed_at=now, step="record"
        )

    def was_recorded_from(self, values: Values) -> bool:
        """Whether it is recorded, and held just this."""
        held = self.values.get(_DIGEST)
        return self.led_to is not None and held == (_digest(self.key, values),)

    def is_unsure(self, now: datetime) -> bool:
        """Whether it went to be recorded and nobody knows what became of it.

        The registry knows a key for a day. After that it is as if it had not been sent, and the
        preview says what is on record by now.
        """
        return self.led_to is None and self.step == "record" and now < self.changed_at + KEY_KNOWN

    @property
    def is_unfinished(self) -> bool:
        """Whether there is something in it to go on with."""
        return self.led_to is None and self.step != "opened"


_DIGEST = "digest"


def _digest(key: str, values: Values) -> str:
    told = json.dumps({name: list(values[name]) for name in sorted(values)}, ensure_ascii=False)
    return sha256(f"{key}|{told}".encode()).hexdigest()
