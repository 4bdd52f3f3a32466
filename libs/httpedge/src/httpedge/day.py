"""The field of a day in bodies and queries: `YYYY-MM-DD`, and what is wrong with any other."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import fields

from changefeed.written_day import read_day

KNOWN_AT = (
    r"^([0-9]{1,15}|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+ -][0-9]{2}:[0-9]{2}))$"
)
"""How the clock of knowing is written: a number of the log, or an instant with its offset."""


class Day(fields.Date):
    """A day of the calendar, written `2021-11-16`; another form is told how it is to be written."""

    default_error_messages = {
        "invalid": "This is no day. Write it like 2021-11-16.",
        "unreadable": "This is no day. Write it like 2021-11-16.",
        "form": "Write this day as {meant}.",
        "order": "Nobody can tell which day this is. Write one of: {meant}.",
        "day_missing": "The day of the month is missing. Write the whole day, like 2021-11-16.",
        "calendar": "There is no such day in the calendar. Check it and mend it.",
    }

    def _deserialize(
        self,
        value: Any,  # noqa: ANN401  marshmallow's signature, here and below.
        attr: str | None,  # noqa: ARG002
        data: Mapping[str, Any] | None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ANN401, ARG002
    ) -> date:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        found = read_day(value)
        if isinstance(found, date):
            return found
        raise self.make_error(found.why, meant=", ".join(found.meant))
